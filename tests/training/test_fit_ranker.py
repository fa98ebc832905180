"""The ranker's models learn what is there to learn, from what ranker.json says they learnt from."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest
from numpy.typing import NDArray

from assistant.choosing.ranker import READ, Logistic, Ranker, trained
from assistant.quotes import SHORTLIST
from benchmarks.public import Asked
from tests.shared import shared
from training.cases import Case
from training.fit_ranker import (
    ASKED_AMONG,
    FITTED_ON,
    OF_THE_SENTENCE,
    OUT,
    best,
    digests,
    fit_answer,
    fit_rank,
    fit_topic,
    read_closely,
    sure,
)

FIRST = Logistic(np.array([1.0, 0.0]), 0.0)


class Lengths:
    """Reads nothing but how long a text is; knows what it was asked."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, tuple[str, ...]]] = []

    def read(self, question: str, texts: Sequence[str]) -> NDArray[np.float64]:
        self.asked.append((question, tuple(texts)))
        return np.array([len(text) for text in texts], dtype=np.float64)


def case(rows: Sequence[Sequence[float]], right: Sequence[int] = ()) -> Case:
    """A question with a sentence for each row, the first one of one letter, the next of two."""
    texts = tuple("abcdefghijk"[n] * (n + 1) for n in range(len(rows)))
    flags = np.isin(np.arange(len(rows)), right)
    return Case(Asked("who?", (), "fit"), np.array(rows, dtype=np.float64), texts, flags)


def toy(count: int, shift: float = 0.0) -> list[Case]:
    """Cases whose right sentence has more of the first feature; the second says nothing."""
    rng = np.random.default_rng(count)
    noise = rng.normal(size=(count, 4, 2))
    noise[:, 0, 0] += 3
    return [case(rows + shift, [0]) for rows in noise]


def test_the_shortlist_keeps_each_sentence_with_its_row_its_label_and_its_reading() -> None:
    reader = Lengths()
    whole = case([[n, -n] for n in (1, 8, 3, 7, 2, 6, 5, 4)], right=[2, 4])
    cut = read_closely(whole, FIRST, reader)
    assert cut.texts == ("bb", "dddd", "ffffff", "ggggggg", "hhhhhhhh", "ccc")
    assert len(cut.texts) == SHORTLIST
    assert reader.asked == [("who?", cut.texts)]
    assert cut.matrix.tolist() == [[8, -8, 2], [7, -7, 4], [6, -6, 6], [5, -5, 7], [4, -4, 8], [3, -3, 3]]
    assert cut.right.tolist() == [False, False, False, False, False, True]


def test_equal_sentences_stay_in_their_order() -> None:
    cut = read_closely(case([[1, n] for n in range(8)], right=[7]), FIRST, Lengths())
    assert cut.matrix[:, 1].tolist() == [0, 1, 2, 3, 4, 5]
    assert not cut.right.any()


def test_right_sentences_are_ranked_above_wrong_ones() -> None:
    rank = fit_rank(toy(60))
    weights = rank.weights
    assert weights[0] > 3 * abs(weights[1])
    assert rank.bias == 0.0
    seen = best(toy(200), rank)[1]
    assert seen.mean() > 0.9


def test_only_sentences_of_one_question_are_compared() -> None:
    plain = toy(60)
    apart = [replace(c, matrix=c.matrix + 100.0 * n) for n, c in enumerate(plain)]
    assert np.allclose(fit_rank(apart).weights, fit_rank(plain).weights)


def test_many_wrong_sentences_count_no_more_than_few() -> None:
    few = toy(60)
    copied = [replace(c, matrix=c.matrix[[0, *[1, 2, 3] * 5]], right=np.arange(16) == 0) for c in few[:30]]
    assert np.allclose(fit_rank([*copied, *few[30:]]).weights, fit_rank(few).weights, atol=1e-3)


def test_a_question_without_a_right_or_a_wrong_sentence_ranks_nothing() -> None:
    useless = [case([[9.0, -9.0], [-9.0, 9.0]]), case([[9.0, -9.0], [-9.0, 9.0]], right=[0, 1])]
    assert np.array_equal(fit_rank([*toy(20), *useless]).weights, fit_rank(toy(20)).weights)


def test_the_best_sentence_tells_answers_from_none_and_the_archive_s_topic_from_others() -> None:
    good, foreign = toy(60), toy(59, shift=-4.0)
    wrong = [replace(c, matrix=c.matrix - 3, right=np.zeros(4, dtype=bool)) for c in toy(58)]
    answer, topic = fit_answer([*good, *wrong], FIRST, [0, 1]), fit_topic(good, foreign, FIRST)
    ranker = Ranker(FIRST, FIRST, topic, answer, 0.0)
    assert min(np.quantile(sure(good, ranker), 0.25), 0.5) > np.quantile(sure(foreign, ranker), 0.9)
    rows = best(good, FIRST)[0]
    assert answer.probability(rows).mean() > 2 * answer.probability(best(wrong, FIRST)[0]).mean()
    assert topic.probability(rows).mean() > 2 * topic.probability(best(foreign, FIRST)[0]).mean()


def test_the_answer_is_weighed_by_the_columns_named_alone() -> None:
    wrong = [replace(c, matrix=c.matrix - 3, right=np.zeros(4, dtype=bool)) for c in toy(58)]
    weights = fit_answer([*toy(60), *wrong], FIRST, [1]).weights
    assert weights[0] == 0 != weights[1]


def test_the_packaged_ranker_weighs_the_answer_by_its_sentence_alone() -> None:
    weights = dict(zip(READ, trained().answer.weights, strict=True))
    assert {name for name, weight in weights.items() if weight} <= set(OF_THE_SENTENCE)


def test_the_packaged_ranker_says_what_it_was_fitted_on() -> None:
    values = json.loads(OUT.read_text("utf-8"))
    assert tuple(values["fitted_on"]) == FITTED_ON
    assert tuple(values["asked_among"]) == ASKED_AMONG
    assert not any("test" in name.lower() for name in FITTED_ON)


@pytest.mark.shared
def test_the_public_data_is_what_the_packaged_ranker_was_fitted_on() -> None:
    values = json.loads(OUT.read_text("utf-8"))
    data = shared("data")
    assert digests(data, FITTED_ON) == values["fitted_on"]
    assert digests(data, ASKED_AMONG) == values["asked_among"]
