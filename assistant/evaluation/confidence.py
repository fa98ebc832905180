"""What a probability is worth: does it tell answers from none, and is it as often right as it says?"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

_BINS = 10


@dataclass(frozen=True, slots=True)
class RocPoint:
    """Shares of the answerable and of the unanswerable questions whose probability is `threshold` or more.

    A threshold of None is above every probability: nothing is answered.
    """

    threshold: float | None
    true_answer_rate: float
    false_answer_rate: float


@dataclass(frozen=True, slots=True)
class OperatingPoint:
    """Shares of the answerable and of the unanswerable questions that were answered; None without any."""

    true_answer_rate: float | None
    false_answer_rate: float | None


@dataclass(frozen=True, slots=True)
class Abstention:
    """How well probabilities tell answerable from unanswerable questions, and where the line was drawn.

    `roc_auc` and the corners of the curve, `roc`, need questions of both sorts: None and () without.
    """

    roc_auc: float | None
    operating_point: OperatingPoint
    roc: tuple[RocPoint, ...]


@dataclass(frozen=True, slots=True)
class Bin:
    """Questions with a probability from `low` to below `high` (the last bin: to 1); None where `count` is 0."""

    low: float
    high: float
    count: int
    mean_probability: float | None
    share_right: float | None


@dataclass(frozen=True, slots=True)
class Calibration:
    """How near probabilities are to what was right: the Brier score (0 is best) and a reliability table."""

    brier: float | None
    bins: tuple[Bin, ...]


def roc_auc(answerable: Sequence[float], unanswerable: Sequence[float]) -> float | None:
    """The chance that an answerable question has a higher probability than an unanswerable one.

    Equal ones count half: the Mann-Whitney statistic, which is the area under the ROC curve
    (Hanley and McNeil 1982). None where one of the two is empty.
    """
    if not answerable or not unanswerable:
        return None
    others = np.sort(unanswerable)
    below, up_to = (np.searchsorted(others, answerable, side) for side in ("left", "right"))
    return round(float((below + up_to).mean()) / 2 / len(unanswerable), 4)


def roc(answerable: Sequence[float], unanswerable: Sequence[float]) -> tuple[RocPoint, ...]:
    """The ROC curve from nothing answered to everything answered; points on a straight line are left out."""
    if not answerable or not unanswerable:
        return ()
    sides = sorted(answerable), sorted(unanswerable)
    corners: list[tuple[float | None, int, int]] = [(None, 0, 0)]
    for threshold in sorted({*answerable, *unanswerable}, reverse=True):
        true, false = (len(side) - bisect_left(side, threshold) for side in sides)
        if len(corners) > 1 and _straight(corners[-2][1:], corners[-1][1:], (true, false)):
            corners.pop()
        corners.append((threshold, true, false))
    return tuple(
        RocPoint(threshold, round(true / len(answerable), 4), round(false / len(unanswerable), 4))
        for threshold, true, false in corners
    )


def _straight(first: tuple[int, int], second: tuple[int, int], third: tuple[int, int]) -> bool:
    (a, b), (c, d), (e, f) = first, second, third
    return (c - a) * (f - d) == (e - c) * (d - b)


def calibration(judged: Sequence[tuple[float, bool]]) -> Calibration:
    """The calibration of pairs of a probability and whether its sentence was right.

    The Brier score is the mean of (probability - right)^2 (Brier 1950); None without any pair.
    """
    brier = round(float(np.mean([(p - right) ** 2 for p, right in judged])), 4) if judged else None
    filled: list[list[tuple[float, bool]]] = [[] for _ in range(_BINS)]
    for probability, right in judged:
        filled[min(int(probability * _BINS), _BINS - 1)].append((probability, right))
    return Calibration(brier, tuple(_bin(number, pairs) for number, pairs in enumerate(filled)))


def _bin(number: int, pairs: Sequence[tuple[float, bool]]) -> Bin:
    low, high = number / _BINS, (number + 1) / _BINS
    if not pairs:
        return Bin(low, high, 0, None, None)
    mean, share = np.mean(pairs, axis=0)
    return Bin(low, high, len(pairs), round(float(mean), 4), round(float(share), 4))
