"""Wrong windows are drawn from those near a question, the nearer ones more often."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import numpy as np
import pytest

from assistant.selection.reader.encoding import Window
from index.models.embedder import Vectors
from tests.fakes import BagOfWords
from tests.training.reader.dice import dice
from training.reader import near
from training.reader.near import Pool

TEXTS = ["Dockers struck at Caldry.", "Dockers left.", "Gulls cried.", "Rain fell on the hills."]
WINDOWS = [Window("", "", (text,)) for text in TEXTS]


def embed(texts: Sequence[str]) -> Vectors:
    return np.stack([found.vector for found in BagOfWords().embed_passages(texts)])


@pytest.fixture
def pool(monkeypatch: pytest.MonkeyPatch) -> Pool:
    monkeypatch.setattr(near, "embedded", embed)
    return Pool(WINDOWS)


QUESTION = embed(["dockers struck"])[0]


def any_window(_: int) -> bool:
    return True


def test_nearer_windows_are_drawn_more_often(pool: Pool) -> None:
    drawn = Counter(pool.near(QUESTION, 1, any_window, dice(seed))[0].sentences[0] for seed in range(300))
    assert [text for text, _ in drawn.most_common(2)] == TEXTS[:2]
    assert len(drawn) > 2


def test_no_window_that_is_not_wrong_is_drawn(pool: Pool) -> None:
    for seed in range(50):
        (found,) = pool.near(QUESTION, 1, lambda at: at > 1, dice(seed))
        assert found in WINDOWS[2:]
    assert pool.near(QUESTION, 2, lambda _: False, dice()) == []


@pytest.mark.parametrize("k", [0, 1, 2, 3])
def test_as_many_are_drawn_as_are_asked_for_and_none_twice(pool: Pool, k: int) -> None:
    for seed in range(50):
        found = pool.near(QUESTION, k, any_window, dice(seed))
        assert len(found) <= k
        assert len({window.sentences for window in found}) == len(found)
        assert bool(found) is bool(k)
        assert found == pool.near(QUESTION, k, any_window, dice(seed))


def test_none_is_drawn_from_among_the_far_ones(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(near, "embedded", embed)
    texts = [*(f"Dockers struck at gate {n}." for n in range(12)), "Gulls cried."]
    many = Pool([Window("", "", (text,)) for text in texts])
    drawn = {many.near(QUESTION, 1, any_window, dice(seed))[0].sentences[0] for seed in range(400)}
    assert drawn <= set(texts[:12])
    assert len(drawn) > 6
