"""Rates over the outcomes of an evaluation, with how sure they are, and the time answers took."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import sqrt
from statistics import NormalDist, median
from typing import NamedTuple

import numpy as np

from assistant.evaluation.completion import Completion, completion
from assistant.evaluation.confidence import Abstention, Calibration, OperatingPoint, calibration, roc, roc_auc
from assistant.evaluation.outcomes import Archive, Outcome
from assistant.evaluation.retrieval import Lookup, Retrieval, retrieval

_Z = NormalDist().inv_cdf(0.975)  # 1.96: two sides of 2.5 %


class Interval(NamedTuple):
    """Where a rate lies with a confidence of 95 %."""

    low: float
    high: float


@dataclass(frozen=True, slots=True)
class KindRates:
    """The rates of the questions of one kind, as in the Report; `kind` is empty where none is stated."""

    kind: str
    answerable: int
    hit_at_1: float | None
    hit_at_3: float | None
    silent: float | None
    unanswerable: int
    abstained: float | None


@dataclass(frozen=True, slots=True)
class Latency:
    """Milliseconds from a question to its answer.

    `first` is the first question's, which loads the model; the percentiles (interpolated linearly)
    and the longest are of the others. None where there is no such question.
    """

    first: float | None
    p50: float | None
    p95: float | None
    p99: float | None
    max: float | None


@dataclass(frozen=True, slots=True)
class Report:
    """Rates over all questions, each from 0 to 1, or None where there is nothing to take a rate of.

    `hit_at_1/3/5`: of the answerable questions, those with a right quote among the first ones;
    `silent`: of the answerable, those left unanswered; `abstained`: of the unanswerable, those left
    unanswered; `exact`: of all quotes shown, those that are their article's text at their span;
    `median_seconds` is the time of an answer. `intervals` holds the rates' Wilson intervals.
    `retrieval` is None where it was not measured, `follow_ups` where no question follows another.
    """

    answerable: int
    unanswerable: int
    hit_at_1: float | None
    hit_at_3: float | None
    hit_at_5: float | None
    silent: float | None
    abstained: float | None
    exact: float | None
    median_seconds: float | None
    intervals: dict[str, Interval | None]
    retrieval: Retrieval | None
    abstention: Abstention
    calibration: Calibration
    latency_ms: Latency
    by_kind: tuple[KindRates, ...]
    follow_ups: Completion | None


def summarise(
    archive: Archive, outcomes: Sequence[Outcome], lookups: Sequence[Lookup] | None = None
) -> Report:
    """Measure a list of outcomes, in the order they were asked, and the answerable questions' lookups.

    Every quote shown is compared with its article.
    """
    answerable, others = _halves(outcomes)
    flags = _flags(answerable, others)
    return Report(
        answerable=len(answerable),
        unanswerable=len(others),
        hit_at_1=share(flags["hit_at_1"]),
        hit_at_3=share(flags["hit_at_3"]),
        hit_at_5=share(flags["hit_at_5"]),
        silent=share(flags["silent"]),
        abstained=share(flags["abstained"]),
        exact=share(_exactness(archive, outcomes)),
        median_seconds=round(median(o.seconds for o in outcomes), 4) if outcomes else None,
        intervals={name: wilson(sum(found), len(found)) for name, found in flags.items()},
        retrieval=None if lookups is None else retrieval(lookups),
        abstention=_abstention(answerable, others),
        calibration=calibration([(o.probability, o.right) for o in outcomes]),
        latency_ms=latency([o.seconds for o in outcomes]),
        by_kind=_by_kind(outcomes),
        follow_ups=completion(outcomes),
    )


def _halves(outcomes: Sequence[Outcome]) -> tuple[list[Outcome], list[Outcome]]:
    """The answerable and the unanswerable."""
    return [o for o in outcomes if o.question.answers], [o for o in outcomes if not o.question.answers]


def _flags(answerable: Sequence[Outcome], others: Sequence[Outcome]) -> dict[str, list[bool]]:
    """What is counted, one flag for each question that counts, under the rate's name."""
    return {
        **{f"hit_at_{k}": [o.rank is not None and o.rank <= k for o in answerable] for k in (1, 3, 5)},
        "silent": [not o.answered for o in answerable],
        "abstained": [not o.answered for o in others],
    }


def _exactness(archive: Archive, outcomes: Sequence[Outcome]) -> list[bool]:
    shown = [quote for o in outcomes for quote in (*o.answer.quotes, *o.answer.near_misses)]
    return [archive.article(q.article_id).text[q.start : q.end] == q.text for q in shown]


def share(flags: Sequence[bool]) -> float | None:
    """The share of true flags, to four places; None without any flag."""
    return round(sum(flags) / len(flags), 4) if flags else None


def wilson(hits: int, count: int) -> Interval | None:
    """The 95 % interval of a share of `hits` in `count` (Wilson 1927), to four places; None of nothing."""
    if not count:
        return None
    rate, spread = hits / count, _Z**2 / count
    middle = (rate + spread / 2) / (1 + spread)
    reach = sqrt(rate * (1 - rate) * spread + spread**2 / 4) / (1 + spread)
    return Interval(round(max(0.0, middle - reach), 4), round(min(1.0, middle + reach), 4))


def _abstention(answerable: Sequence[Outcome], others: Sequence[Outcome]) -> Abstention:
    true, false = [o.probability for o in answerable], [o.probability for o in others]
    point = OperatingPoint(share([o.answered for o in answerable]), share([o.answered for o in others]))
    return Abstention(roc_auc(true, false), point, roc(true, false))


def latency(seconds: Sequence[float]) -> Latency:
    """Milliseconds, to a tenth, from the seconds of each question in the order they were asked."""
    first, rest = seconds[:1], seconds[1:]
    percentiles = np.percentile(rest, (50, 95, 99, 100)).tolist() if rest else []
    times = [round(1000 * time, 1) for time in (*first, *percentiles)]
    return Latency(*times, *[None] * (5 - len(times)))


def _by_kind(outcomes: Iterable[Outcome]) -> tuple[KindRates, ...]:
    """The rates of each kind of question, the most frequent kind first."""
    kinds: dict[str, list[Outcome]] = {}
    for outcome in outcomes:
        kinds.setdefault(outcome.question.kind, []).append(outcome)
    frequent = sorted(kinds.items(), key=lambda kind: (-len(kind[1]), kind[0]))
    return tuple(_kind(kind, of_kind) for kind, of_kind in frequent)


def _kind(kind: str, outcomes: Sequence[Outcome]) -> KindRates:
    answerable, others = _halves(outcomes)
    flags = _flags(answerable, others)
    return KindRates(
        kind=kind,
        answerable=len(answerable),
        hit_at_1=share(flags["hit_at_1"]),
        hit_at_3=share(flags["hit_at_3"]),
        silent=share(flags["silent"]),
        unanswerable=len(others),
        abstained=share(flags["abstained"]),
    )
