"""The question encoder learns from every passage that answers, and is never told that one of them is wrong."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from assistant.selection.reader.encoding import Window
from index.models.embedder import Vectors
from tests.fakes import BagOfWords
from tests.training.reader.dice import dice
from training.news.archive import HELD_OUT
from training.news.stories import Answer, Question, Story
from training.question_encoder import pairs
from training.question_encoder.pairs import Pairs, compared_with
from training.reader.examples import Example, Right

FIRST = Story(
    "Port strike", "The Tide", None, "strike", tuple(f"Dockers left berth {n}. {'word ' * 60}" for n in range(4)),
    (
        Question("which", "which berth was last", (Answer(3, 0, 7, leans=False),), (Answer(1, 0, 5, False, story=1),)),
        Question("name", "who stayed", ()),
    ),
)  # fmt: skip
SECOND = Story("Port at rest", "Halyard", None, "strike", ("It rained.", "Berth 3 was the last."), ())


@pytest.fixture(autouse=True)
def told(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Every text that was embedded, in its order."""
    texts: list[str] = []

    def embed(some: Sequence[str]) -> Vectors:
        texts.extend(some)
        return np.stack([found.vector for found in BagOfWords().embed_passages(some)])

    monkeypatch.setattr(pairs, "embedded", embed)
    return texts


def test_a_question_goes_with_each_passage_that_answers_it(
    told: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    held = next(iter(HELD_OUT))
    other = replace(FIRST, questions=(replace(FIRST.questions[0], text="another"),))
    monkeypatch.setattr(
        pairs, "archives", lambda: {"a": [SECOND], "b": [FIRST, SECOND], held: [other, SECOND]}
    )
    made = pairs.from_news()
    assert made.whole
    assert made.questions == ["which berth was last"]
    assert len(made.vectors) == len(told)
    answering = {told[row] for row in made.right[0]}
    assert len(answering) == 2
    assert any("berth 3" in text for text in answering)
    assert "It rained. Berth 3 was the last." in answering
    # The same words in another archive, which comes first, are not meant.
    assert 0 not in made.right[0]


def test_public_examples_come_with_their_own_windows_and_a_near_one(
    told: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    windows = tuple(Window("", "", (text,)) for text in ("Rain fell.", "Gulls cried.", "Snow fell."))
    example = Example("what cried", windows, (Right(1, 0, None),))
    silent = Example("who left", windows, ())
    monkeypatch.setattr(pairs, "public", lambda *_: [example, silent])
    made = pairs.from_public(Path())
    assert not made.whole
    assert (made.questions, [[told[row] for row in rows] for rows in made.right]) == (
        ["what cried"],
        [["Gulls cried."]],
    )
    assert told == ["Gulls cried.", "Rain fell."]


def test_a_batch_is_compared_with_all_passages_or_with_its_own_and_some() -> None:
    vectors = np.zeros((5_000, 2), np.float32)
    some = Pairs(["a", "b", "c"], [(4_999,), (7, 8), (9,)], vectors, whole=False)
    rows = compared_with(some, [0, 1], dice())
    assert {4_999, 7, 8} <= set(rows)
    assert rows == sorted(set(rows))
    assert 1_000 <= len(rows) <= 1_003
    assert compared_with(replace(some, whole=True), [0], dice()) == list(range(5_000))
