"""A sentence is weighed by the columns its weights were fitted for, and by no others."""

from __future__ import annotations

import json
from collections.abc import Sequence
from math import exp

import numpy as np
import pytest

from assistant.selection.judge import COLUMNS, Judge, Logistic, Weights, fitted, parse
from assistant.selection.reader.encoding import Window
from assistant.selection.reader.reader import Reading

WRITTEN = {
    "columns": list(COLUMNS),
    "rank": {"weights": [2.0, 1.0], "bias": 0.0},
    "answer": {"weights": [1.0, 0.5], "bias": -1.0},
    "threshold": 0.4,
    "about": "whatever else is said is left unread",
}
ROWS = np.array([[0.0, 0.0], [3.0, 1.0], [-2.0, 4.0]])


class Echo:
    """A reader that says how long each sentence is."""

    def read(self, question: str, windows: Sequence[Window]) -> list[Reading]:
        return [
            Reading(tuple(float(len(s)) for s in w.sentences), ((0, 0),) * len(w.sentences)) for w in windows
        ]


def weights(**changed: object) -> Weights:
    return parse(json.dumps({**WRITTEN, **changed}))


def test_what_is_written_is_parsed() -> None:
    found = weights()
    assert (found.rank.weights.tolist(), found.rank.bias) == ([2.0, 1.0], 0.0)
    assert (found.answer.weights.tolist(), found.answer.bias) == ([1.0, 0.5], -1.0)
    assert found.threshold == 0.4


@pytest.mark.parametrize(
    "columns", [["reading"], ["nearness", "reading"], ["reading", "luck"], [*COLUMNS, "luck"], []]
)
def test_weights_of_other_columns_are_refused(columns: list[str]) -> None:
    with pytest.raises(ValueError, match="other columns; run: make train"):
        weights(columns=columns)


def test_log_odds_are_the_weighed_sum_and_probabilities_follow_from_them() -> None:
    model = Logistic(np.array([1.0, 0.5]), -1.0)
    assert model.log_odds(ROWS).tolist() == [-1.0, 2.5, -1.0]
    assert model.probability(ROWS) == pytest.approx([1 / (1 + exp(1)), 1 / (1 + exp(-2.5)), 1 / (1 + exp(1))])


def test_each_row_has_a_rank_and_a_probability() -> None:
    rank, probability = Judge(Echo(), weights()).weigh(ROWS)
    assert rank.tolist() == [0.0, 7.0, 0.0]
    assert probability == pytest.approx(weights().answer.probability(ROWS))
    assert rank.shape == probability.shape == (3,)


def test_a_row_is_weighed_by_itself() -> None:
    judge = Judge(Echo(), weights())
    alone = [judge.weigh(ROWS[n : n + 1]) for n in range(3)]
    rank, probability = judge.weigh(ROWS)
    assert [found.item() for found, _ in alone] == rank.tolist()
    assert [found.item() for _, found in alone] == probability.tolist()


def test_a_judge_reads_with_its_reader_and_has_the_threshold_of_its_weights() -> None:
    judge = Judge(Echo(), weights(threshold=0.7))
    assert judge.threshold == 0.7
    assert judge.read("who?", [Window("", "", ("ab", "abc"))]) == [Reading((2.0, 3.0), ((0, 0), (0, 0)))]


def test_the_weights_of_the_package_were_fitted_for_these_columns() -> None:
    found = fitted()
    assert found.rank.weights.shape == found.answer.weights.shape == (len(COLUMNS),)
    assert 0 < found.threshold < 1


def test_the_weights_of_the_package_take_a_clearer_answer_for_a_better_one() -> None:
    found = fitted()
    assert found.rank.weights[COLUMNS.index("reading")] > 0
    assert found.answer.weights[COLUMNS.index("reading")] > 0
