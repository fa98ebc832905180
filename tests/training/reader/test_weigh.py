"""The weights learn what is there to learn, from what weights.json says they learnt from."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest

from assistant.selection.judge import Logistic, Weights, parse
from benchmarks.public import Asked
from index.models.embedder import file_hash
from tests.shared import shared
from training.news.archive import HELD_OUT
from training.news.stories import FOLDER
from training.reader import weigh
from training.reader.cases import Case
from training.reader.weigh import FITTED_ON, OUT, Measured, best, fit, fit_answer, fit_rank, write

FIRST = Logistic(np.array([1.0, 0.0]), 0.0)
ANSWERED, UNANSWERED = Asked("who?", (("a", 0, 1),), "fit"), Asked("who?", (), "fit")


def case(rows: Sequence[Sequence[float]], right: Sequence[int] = ()) -> Case:
    """A question with a sentence for each row."""
    flags = np.isin(np.arange(len(rows)), right)
    return Case(ANSWERED, np.array(rows, dtype=np.float64), flags)


def toy(count: int, shift: float = 0.0) -> list[Case]:
    """Cases whose right sentence has more of the first column; the second says nothing."""
    rng = np.random.default_rng(count)
    noise = rng.normal(size=(count, 4, 2))
    noise[:, 0, 0] += 3
    return [case((rows + shift).tolist(), [0]) for rows in noise]


def wrong(count: int) -> list[Case]:
    """Cases without an answer, whose sentences have less of both columns."""
    return [
        replace(c, asked=UNANSWERED, matrix=c.matrix - 3, right=np.zeros(4, dtype=bool)) for c in toy(count)
    ]


def toy_strangers(count: int) -> list[Case]:
    """Questions off the topic, whose sentences have far less of both columns."""
    return [replace(c, matrix=c.matrix - 3) for c in wrong(count)]


def test_off_topic_questions_count_as_much_as_near_misses_however_few_they_are() -> None:
    few = fit_answer(toy(60), wrong(58), toy_strangers(10), FIRST)
    many = fit_answer(toy(60), wrong(58), toy_strangers(10) * 5, FIRST)
    turned = [one.weights / np.linalg.norm(one.weights) for one in (few, many)]
    assert turned[0] @ turned[1] > 0.99


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


def test_the_best_sentence_is_the_first_of_the_best() -> None:
    rows, right = best([case([[1, 5], [2, 6], [2, 7]], [2]), case([[4, 0]], [0])], FIRST)
    assert rows.tolist() == [[2, 6], [4, 0]]
    assert right.tolist() == [False, True]


def test_the_best_sentence_tells_answers_from_none() -> None:
    answer = fit_answer(toy(60), wrong(58), toy_strangers(40), FIRST)
    rows, others = best(toy(200), FIRST)[0], best(wrong(200), FIRST)[0]
    assert answer.probability(rows).mean() > 2 * answer.probability(others).mean()


def test_the_stated_share_of_the_stories_questions_without_an_answer_is_answered() -> None:
    found = [
        Measured("stories", [*toy(60), *wrong(50)], []),
        Measured("squad", [*toy(59), *wrong(41)], toy(40, -4.0)),
    ]
    weights = fit(found)
    sure = weights.answer.probability(best(wrong(50), weights.rank)[0])
    assert np.mean(sure >= weights.threshold) == pytest.approx(weigh.FALSELY_ANSWERED)


def test_what_is_written_is_what_was_fitted(
    tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    data, out = tmp_path_factory.mktemp("data"), tmp_path_factory.mktemp("out") / "weights.json"
    for name in FITTED_ON:
        (data / name).parent.mkdir(parents=True, exist_ok=True)
        (data / name).write_text(name, "utf-8")
    monkeypatch.setattr(weigh, "OUT", out)
    write(data, Weights(FIRST, Logistic(np.array([0.25, 0.5]), -1.0), 0.123456))
    found = parse(out.read_text("utf-8"))
    assert (found.rank.weights.tolist(), found.answer.weights.tolist()) == ([1.0, 0.0], [0.25, 0.5])
    assert (found.answer.bias, found.threshold) == (-1.0, 0.1235)
    digests = json.loads(out.read_text("utf-8"))["fitted_on"]
    stories = {f"training/news/{name}.txt": FOLDER / f"{name}.txt" for name in HELD_OUT}
    files = {name: data / name for name in FITTED_ON} | stories
    assert digests == {name: file_hash(path) for name, path in files.items()}


def test_the_packaged_weights_say_what_they_were_fitted_on() -> None:
    names = set(json.loads(OUT.read_text("utf-8"))["fitted_on"])
    assert names == {*FITTED_ON, *(f"training/news/{name}.txt" for name in HELD_OUT)}
    assert not any("test" in name.lower() for name in FITTED_ON)


@pytest.mark.shared
def test_the_public_data_is_what_the_packaged_weights_were_fitted_on() -> None:
    digests = json.loads(OUT.read_text("utf-8"))["fitted_on"]
    data = shared("data")
    assert {name: digests[name] for name in FITTED_ON} == {name: file_hash(data / name) for name in FITTED_ON}
