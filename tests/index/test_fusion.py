"""Fusion keeps what both rankings say, whatever their units."""

from __future__ import annotations

from statistics import fmean, pstdev

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.fusion import fuse
from index.hits import Hit

EVEN = (0.5, 0.5)
SCORES = st.dictionaries(st.integers(0, 30), st.integers(-1000, 1000).map(float), max_size=20)


def ranking(scores: dict[int, float]) -> list[Hit]:
    return sorted((Hit(row, score) for row, score in scores.items()), key=lambda h: (-h.score, h.passage_id))


def test_a_passage_that_both_lists_like_is_first() -> None:
    words = [Hit(1, 9.0), Hit(2, 8.0), Hit(3, 1.0)]
    dense = [Hit(4, 0.9), Hit(2, 0.8), Hit(5, 0.1)]
    assert fuse([words, dense], EVEN)[0].passage_id == 2


def test_scores_are_added_as_z_scores() -> None:
    one, other = [Hit(1, 6.0), Hit(2, 2.0)], [Hit(2, 0.5), Hit(3, 0.25), Hit(1, 0.0)]
    spread = pstdev([0.5, 0.25, 0.0])
    wanted = {
        1: 0.75 * 1 + 0.25 * (0.0 - fmean([0.5, 0.25, 0.0])) / spread,
        2: 0.75 * -1 + 0.25 * 0.25 / spread,
        3: 0.75 * -1 + 0.25 * 0.0,
    }
    assert {h.passage_id: pytest.approx(h.score) for h in fuse([one, other], (0.75, 0.25))} == wanted


def test_ties_are_settled_by_passage() -> None:
    assert [h.passage_id for h in fuse([[Hit(7, 1.0), Hit(3, 1.0), Hit(5, 1.0)], []], EVEN)] == [3, 5, 7]


def test_nothing_joined_is_nothing() -> None:
    assert fuse([[], []], EVEN) == []


def test_an_empty_list_changes_no_order() -> None:
    words = [Hit(4, 3.0), Hit(2, 2.0), Hit(9, 0.5)]
    assert [h.passage_id for h in fuse([words, []], EVEN)] == [4, 2, 9]


def test_how_much_better_one_hit_is_counts() -> None:
    # Both lists disagree about 1 and 2; the one that is far more sure decides.
    words = [Hit(1, 100.0), Hit(2, 10.0), Hit(3, 9.0), Hit(4, 8.0)]
    dense = [Hit(2, 0.52), Hit(1, 0.51), Hit(3, 0.2), Hit(4, 0.19)]
    assert fuse([words, dense], EVEN)[0].passage_id == 1


@given(SCORES, SCORES)
def test_each_passage_comes_once_best_first(one: dict[int, float], other: dict[int, float]) -> None:
    joined = fuse([ranking(one), ranking(other)], EVEN)
    assert sorted(h.passage_id for h in joined) == sorted({*one, *other})
    assert [(-h.score, h.passage_id) for h in joined] == sorted((-h.score, h.passage_id) for h in joined)


@given(SCORES, SCORES, st.sampled_from([0.25, 2.0, 1024.0]))
def test_a_ranker_s_unit_does_not_matter(one: dict[int, float], other: dict[int, float], unit: float) -> None:
    scaled = {row: score * unit for row, score in one.items()}
    plain, other_unit = (fuse([ranking(scores), ranking(other)], EVEN) for scores in (one, scaled))
    assert dict(plain) == pytest.approx(dict(other_unit), abs=1e-9)


@given(SCORES)
def test_a_passage_missing_from_a_list_scores_as_its_last(one: dict[int, float]) -> None:
    last = min(one, key=lambda row: (one[row], -row), default=None)
    joined = dict(fuse([ranking(one), [Hit(99, 1.0)]], EVEN))
    assert last is None or joined[99] == pytest.approx(joined[last])
