"""Figures that can be worked out by hand come out as worked out."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.measures import Span, first_right, kept, percentiles, ranking, share, threshold, told_apart

SCORES = st.lists(st.integers(0, 5).map(float), min_size=1, max_size=30)


def test_a_ranking_is_measured_as_trec_measures_it() -> None:
    found = ranking([{"b"}, {"a", "d"}], [["a", "b", "c"], ["a", "b", "c", "d"]])
    two = (1 + 1 / math.log2(5)) / (1 + 1 / math.log2(3))
    assert found == pytest.approx(
        {
            "nDCG@10": (1 / math.log2(3) + two) / 2,
            "hit@1": 0.5,
            "recall@10": 1.0,
            "MRR@10": 0.75,
        }
    )


def test_what_is_ranked_eleventh_is_not_found() -> None:
    found = ranking([{"k"}], [list("abcdefghijk")])
    assert found == {"nDCG@10": 0, "hit@1": 0, "recall@10": 0, "MRR@10": 0}


def test_a_question_without_a_ranking_or_without_a_unit_that_answers_counts_as_a_miss() -> None:
    assert ranking([{"a"}, {"b"}, set()], [["a"], [], ["a"]])["hit@1"] == pytest.approx(1 / 3)


def test_an_answer_must_lie_within_the_quote_of_its_article() -> None:
    quotes = [Span("a", 0, 9, "x"), Span("b", 5, 9, "y"), Span("b", 0, 9, "z")]
    assert first_right(quotes, [("b", 4, 9)], ()) == 3
    assert first_right(quotes, [("b", 5, 9)], ()) == 2
    assert first_right(quotes, [("b", 5, 10)], ()) is None


def test_a_copy_of_a_right_sentence_is_right() -> None:
    quotes = [Span("c", 0, 5, "Other words."), Span("d", 0, 5, "Before them. The words.")]
    assert first_right(quotes, [("a", 0, 5)], {"The words."}) == 2


@given(SCORES, st.floats(0, 1))
def test_a_threshold_lets_no_more_through_than_it_may_and_as_much_as_it_can(
    scores: list[float], rate: float
) -> None:
    least = threshold(scores, rate)
    assert share([s >= least for s in scores]) <= rate + 1e-9
    below = [s for s in scores if s < least]
    if below:
        assert share([s >= max(below) for s in scores]) > rate - 1e-9


def test_the_area_under_the_curve_counts_ties_by_half() -> None:
    assert told_apart([0.9, 0.5], [0.5, 0.1]) == pytest.approx(3.5 / 4)
    assert math.isnan(told_apart([0.9], []))


def test_what_is_kept_at_a_rate_of_strange_questions() -> None:
    strange = [n / 20 for n in range(20)]
    assert kept([0.99, 0.94, 0.2], strange, 0.0) == pytest.approx(1 / 3)
    assert kept([0.99, 0.94, 0.2], strange, 0.05) == pytest.approx(2 / 3)


def test_durations_are_told_in_milliseconds() -> None:
    found = percentiles({"asked": [n / 1000 for n in range(101)]})
    assert found == pytest.approx({"asked, ms, p50": 50, "asked, ms, p99": 99})
