"""Curves over probabilities are those drawn by hand."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.evaluation.confidence import Bin, RocPoint, calibration, roc, roc_auc

ANSWERABLE, UNANSWERABLE = [0.9, 0.2, 0.6, 0.6], [0.1, 0.6]
PROBABILITIES = st.lists(st.integers(0, 20).map(lambda n: n / 20), min_size=1, max_size=30)


def test_the_area_counts_pairs_in_order_and_ties_half() -> None:
    # 0.9 beats two, each 0.6 one and a half, 0.2 one: 6 of 8 pairs.
    assert roc_auc(ANSWERABLE, UNANSWERABLE) == 0.75
    assert roc_auc([0.8, 0.9], [0.1, 0.7]) == 1.0
    assert roc_auc([0.1], [0.9]) == 0.0
    assert roc_auc([0.5], [0.5]) == 0.5


def test_the_curve_goes_from_nothing_answered_to_everything() -> None:
    assert roc(ANSWERABLE, UNANSWERABLE) == (
        RocPoint(None, 0.0, 0.0),
        RocPoint(0.9, 0.25, 0.0),
        RocPoint(0.6, 0.75, 0.5),
        RocPoint(0.2, 1.0, 0.5),
        RocPoint(0.1, 1.0, 1.0),
    )


def test_points_on_a_straight_line_are_left_out() -> None:
    assert roc([0.9, 0.8, 0.7], [0.3, 0.2]) == (
        RocPoint(None, 0.0, 0.0),
        RocPoint(0.7, 1.0, 0.0),
        RocPoint(0.2, 1.0, 1.0),
    )


@pytest.mark.parametrize(("answerable", "unanswerable"), [([], [0.1]), ([0.1], []), ([], [])])
def test_one_sort_of_question_makes_no_curve(answerable: list[float], unanswerable: list[float]) -> None:
    assert roc_auc(answerable, unanswerable) is None
    assert roc(answerable, unanswerable) == ()


@settings(deadline=None)
@given(PROBABILITIES, PROBABILITIES)
def test_the_area_is_the_one_under_the_curve(answerable: list[float], unanswerable: list[float]) -> None:
    points = roc(answerable, unanswerable)
    assert (points[0].threshold, points[-1].true_answer_rate, points[-1].false_answer_rate) == (
        None,
        1.0,
        1.0,
    )
    area = np.trapezoid([p.true_answer_rate for p in points], [p.false_answer_rate for p in points])
    assert roc_auc(answerable, unanswerable) == pytest.approx(float(area), abs=2e-3)
    for point in points[1:]:
        assert point.threshold is not None
        share = sum(p >= point.threshold for p in answerable) / len(answerable)
        assert point.true_answer_rate == pytest.approx(share, abs=1e-4)


def test_the_reliability_table() -> None:
    found = calibration([(0.05, False), (0.95, True), (0.95, False), (1.0, True), (0.3, True)])
    assert found.brier == 0.2795  # (0.0025 + 0.0025 + 0.9025 + 0 + 0.49) / 5
    assert len(found.bins) == 10
    filled = [bin_ for bin_ in found.bins if bin_.count]
    assert filled == [
        Bin(0.0, 0.1, 1, 0.05, 0.0),
        Bin(0.3, 0.4, 1, 0.3, 1.0),
        Bin(0.9, 1.0, 3, 0.9667, 0.6667),
    ]
    assert found.bins[1] == Bin(0.1, 0.2, 0, None, None)


def test_nothing_judged_is_not_calibrated() -> None:
    found = calibration([])
    assert found.brier is None
    assert {bin_.count for bin_ in found.bins} == {0}


@settings(deadline=None)
@given(st.lists(st.tuples(st.floats(0, 1), st.booleans()), min_size=1))
def test_every_probability_is_in_one_bin(judged: list[tuple[float, bool]]) -> None:
    found = calibration(judged)
    assert sum(bin_.count for bin_ in found.bins) == len(judged)
    for bin_ in found.bins:
        assert bin_.mean_probability is None or bin_.low <= bin_.mean_probability + 1e-4 <= bin_.high + 2e-4
