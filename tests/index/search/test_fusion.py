"""Fusion keeps what both rankings say of every passage, whatever BM25's unit."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.search.fusion import MEANING, fuse

ROWS = st.integers(0, 30)
WORDS = st.dictionaries(ROWS, st.integers(1, 1000).map(float), max_size=20)
COSINES = st.dictionaries(ROWS, st.floats(-1, 1), max_size=20)


def test_a_passage_that_both_like_is_first() -> None:
    words = {1: 9.0, 2: 8.0, 3: 1.0}
    assert fuse(words, {1: 0.1, 2: 0.5, 3: 0.6, 4: 0.6})[0].passage_id == 2


def test_the_score_is_a_share_of_the_best_words_and_the_cosine() -> None:
    scores = {h.passage_id: h.score for h in fuse({1: 6.0, 2: 3.0}, {1: 0.5, 2: 1.0, 3: 0.25})}
    assert scores == {
        1: pytest.approx((1 - MEANING) + MEANING * 0.5),
        2: pytest.approx((1 - MEANING) / 2 + MEANING),
        3: pytest.approx(MEANING * 0.25),
    }


def test_meaning_counts_four_times_as_much_as_words() -> None:
    # The first has all the words; the other none, and has to be nearer by a quarter.
    assert [h.passage_id for h in fuse({1: 10.0}, {1: 0.5, 2: 0.74})] == [1, 2]
    assert [h.passage_id for h in fuse({1: 10.0}, {1: 0.5, 2: 0.76})] == [2, 1]


def test_ties_are_settled_by_passage() -> None:
    assert [h.passage_id for h in fuse({}, {7: 0.5, 3: 0.5, 5: 0.5})] == [3, 5, 7]


def test_nothing_joined_is_nothing() -> None:
    assert fuse({}, {}) == []


def test_how_much_better_one_passage_is_counts() -> None:
    # Both disagree about 1 and 2; the one that is far more sure decides.
    assert fuse({1: 100.0, 2: 10.0}, {1: 0.51, 2: 0.52})[0].passage_id == 1
    assert fuse({1: 11.0, 2: 10.0}, {1: 0.2, 2: 0.8})[0].passage_id == 2


@given(WORDS, COSINES)
def test_each_passage_comes_once_best_first(words: dict[int, float], cosines: dict[int, float]) -> None:
    joined = fuse(words, cosines)
    assert sorted(h.passage_id for h in joined) == sorted(cosines)
    assert joined == sorted(joined, key=lambda h: (-h.score, h.passage_id))
    assert all(h.score <= 1 for h in joined)


@given(WORDS, COSINES, st.sampled_from([0.25, 2.0, 1024.0]))
def test_bm25_s_unit_does_not_matter(words: dict[int, float], cosines: dict[int, float], unit: float) -> None:
    scaled = {row: score * unit for row, score in words.items()}
    assert dict(fuse(words, cosines)) == pytest.approx(dict(fuse(scaled, cosines)), abs=1e-9)
