"""Rates, their intervals and times are what a person would count by hand."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.assistant import Assistant
from assistant.evaluation.confidence import OperatingPoint
from assistant.evaluation.measures import Interval, KindRates, Latency, latency, share, summarise, wilson
from assistant.evaluation.outcomes import Outcome
from assistant.evaluation.retrieval import Lookup, Ranking
from tests.assistant.evaluation.outcomes import TEXT, outcome, quote
from tests.newsroom import Newsroom


@pytest.fixture
def assistant(standing: Newsroom) -> Assistant:
    return standing.assistant()


def test_the_rates_of_twelve_outcomes(assistant: Assistant) -> None:
    answerable = [outcome(1, 5), outcome(1, 1), outcome(3, 3), outcome(4, 5), outcome(5, 5), outcome(None, 2)]
    answerable += [outcome(None, 0), outcome(None, 0)]
    others = [outcome(None, quotes, 0.3, answerable=False) for quotes in (0, 0, 0, 1)]
    report = summarise(assistant, [*answerable, *others])
    assert (report.answerable, report.unanswerable) == (8, 4)
    assert (report.hit_at_1, report.hit_at_3, report.hit_at_5) == (0.25, 0.375, 0.625)
    assert (report.silent, report.abstained) == (0.25, 0.75)
    assert (report.exact, report.median_seconds) == (1.0, 0.1)
    assert report.abstention.operating_point == OperatingPoint(0.75, 0.25)
    assert report.intervals == {
        "hit_at_1": wilson(2, 8),
        "hit_at_3": wilson(3, 8),
        "hit_at_5": wilson(5, 8),
        "silent": wilson(2, 8),
        "abstained": wilson(3, 4),
    }
    assert report.retrieval is None


def test_a_quote_that_differs_by_a_letter_is_counted(assistant: Assistant) -> None:
    right, wrong = outcome(1, 1), outcome(1, 1)
    near = wrong.answer.model_copy(update={"quotes": (quote(text=TEXT[16:69].replace("1,400", "1,900")),)})
    report = summarise(assistant, [right, right, right, Outcome(wrong.question, near, 1, 0.1)])
    assert report.exact == 0.75


def test_of_nothing_asked_no_rate_is_taken(assistant: Assistant) -> None:
    report = summarise(assistant, [], [])
    assert (report.answerable, report.unanswerable, report.by_kind) == (0, 0, ())
    rates = (report.hit_at_1, report.hit_at_3, report.hit_at_5, report.silent, report.abstained)
    assert set(rates) == {None}
    assert (report.exact, report.median_seconds, report.calibration.brier) == (None, None, None)
    assert set(report.intervals.values()) == {None}
    assert report.latency_ms == Latency(None, None, None, None, None)
    assert report.abstention.operating_point == OperatingPoint(None, None)


def test_without_unanswerable_questions_there_is_no_curve(assistant: Assistant) -> None:
    report = summarise(assistant, [outcome(1, 1, probability=0.9)])
    assert (report.hit_at_1, report.abstained, report.intervals["abstained"]) == (1.0, None, None)
    assert (report.abstention.roc_auc, report.abstention.roc) == (None, ())
    assert report.abstention.operating_point == OperatingPoint(1.0, None)


def test_without_answerable_questions_there_is_no_hit(assistant: Assistant) -> None:
    report = summarise(assistant, [outcome(None, 0, answerable=False, probability=0.1)], [])
    assert (report.hit_at_1, report.silent, report.abstained) == (None, None, 1.0)
    assert report.abstention.roc_auc is None
    assert report.calibration.brier == 0.01  # a sentence for a question without an answer is never right


def test_probabilities_are_held_against_what_was_right(assistant: Assistant) -> None:
    outcomes = [
        outcome(1, 1, probability=0.9),
        outcome(None, 0, probability=0.2),  # its near miss is right
        outcome(None, 1, answerable=False, probability=0.5),
        outcome(None, 0, answerable=False),
    ]
    report = summarise(assistant, outcomes)
    assert report.calibration.brier == 0.225  # (0.01 + 0.64 + 0.25 + 0) / 4
    assert report.abstention.roc_auc == 0.75


def test_lookups_become_the_measures_of_retrieval(assistant: Assistant) -> None:
    pytest.importorskip("ir_measures")
    ranking = Ranking(("b", "a"), frozenset("a"))
    report = summarise(assistant, [outcome(1, 1)], [Lookup(ranking, ranking, 0)])
    assert report.retrieval is not None
    assert report.retrieval.passages["RR@10"] == 0.5


def test_each_kind_has_its_rates_the_most_frequent_first(assistant: Assistant) -> None:
    outcomes = [
        outcome(None, 0, kind="who"),
        outcome(1, 1, kind="who"),
        outcome(2, 2, kind="who"),
        outcome(None, 0, kind="why", answerable=False),
        outcome(None, 1, kind="why", answerable=False),
        outcome(3, 3),
    ]
    assert summarise(assistant, outcomes).by_kind == (
        KindRates("who", 3, 0.3333, 0.6667, 0.3333, 0, None),
        KindRates("why", 0, None, None, None, 2, 0.5),
        KindRates("", 1, 0.0, 1.0, 0.0, 0, None),
    )


@pytest.mark.parametrize(
    ("hits", "count", "interval"),
    [
        # 8 of 10: (0.8 + 0.19207 ± 1.96 √(0.016 + 0.009604)) / 1.38415
        (8, 10, Interval(0.4902, 0.9433)),
        (0, 10, Interval(0.0, 0.2775)),
        (10, 10, Interval(0.7225, 1.0)),
        (1, 1, Interval(0.2065, 1.0)),
        (0, 0, None),
    ],
)
def test_wilson_intervals(hits: int, count: int, interval: Interval | None) -> None:
    assert wilson(hits, count) == interval


@settings(deadline=None)
@given(st.integers(1, 10_000).flatmap(lambda count: st.tuples(st.integers(0, count), st.just(count))))
def test_an_interval_holds_its_rate_and_narrows_with_more(case: tuple[int, int]) -> None:
    hits, count = case
    narrow, wide = wilson(10 * hits, 10 * count), wilson(hits, count)
    assert narrow
    assert wide
    assert 0 <= wide.low <= narrow.low <= round(hits / count, 4) <= narrow.high <= wide.high <= 1


def test_a_share_of_nothing_is_none() -> None:
    assert share([]) is None
    assert share([True, False, False]) == 0.3333


def test_the_first_question_is_timed_apart() -> None:
    assert latency([2.0, 0.4, 0.1, 0.3, 0.2]) == Latency(2000.0, 250.0, 385.0, 397.0, 400.0)
    assert latency([2.0, 0.1]) == Latency(2000.0, 100.0, 100.0, 100.0, 100.0)
    assert latency([2.0]) == Latency(2000.0, None, None, None, None)
