"""Rankings, quotes and scores into figures; nothing here knows which system they came from."""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

import ir_measures
import numpy as np
from ir_measures import RR, Qrel, R, ScoredDoc, Success, nDCG
from sklearn.metrics import roc_auc_score

_RANKING = {"nDCG@10": nDCG @ 10, "hit@1": Success @ 1, "recall@10": R @ 10, "MRR@10": RR @ 10}


@dataclass(frozen=True, slots=True)
class Span:
    """Words of an article: its id, where they start and end in its text, and the words themselves."""

    place: str
    start: int
    end: int
    text: str

    @property
    def id(self) -> str:
        """A name for the span that no other span of the archive has."""
        return f"{self.place}:{self.start}-{self.end}"

    def covers(self, answer: tuple[str, int, int]) -> bool:
        """Whether an answer, article id, start and end, lies within."""
        place, start, end = answer
        return self.place == place and self.start <= start and end <= self.end


@dataclass(frozen=True, slots=True)
class Reply:
    """What a system has to say to a question: sentences, best first, and how sure it is of the first.

    `sure` holds a score for each way it can tell, higher is surer; `answered` is None where the
    system leaves it to its user which score is high enough.
    """

    quotes: tuple[Span, ...]
    sure: dict[str, float]
    answered: bool | None = None


def ranking(relevant: Sequence[Collection[str]], ranked: Sequence[Sequence[str]]) -> dict[str, float]:
    """nDCG@10, hit@1, recall@10 and MRR@10 of one ranking for each question, averaged over all of them.

    `relevant` holds the ids that answer each question, in the order of `ranked`. A question for
    which nothing was found, or whose answer lies in no unit, counts as 0. The order given is the
    ranking: scores that tie in one system and not in another must not be ordered anew.
    """
    qrels = [Qrel(str(q), unit, 1) for q, units in enumerate(relevant) for unit in units or ("nowhere",)]
    run = [
        ScoredDoc(str(q), unit, -float(position))
        for q, units in enumerate(ranked)
        for position, unit in enumerate(units)
    ]
    found = ir_measures.calc_aggregate(_RANKING.values(), qrels, run)
    return {name: float(found[measure]) for name, measure in _RANKING.items()}


def first_right(
    quotes: Sequence[Span], answers: Sequence[tuple[str, int, int]], copies: Collection[str]
) -> int | None:
    """The rank, from 1, of the first quote that covers an answer or repeats a sentence that does."""
    ranks = (
        n
        for n, quote in enumerate(quotes, 1)
        if any(quote.covers(answer) for answer in answers) or any(copy in quote.text for copy in copies)
    )
    return next(ranks, None)


def share(flags: Sequence[bool]) -> float:
    """How many of the flags are set, from 0 to 1; not a number where there is none."""
    return sum(flags) / len(flags) if flags else math.nan


def threshold(strange: Sequence[float], rate: float) -> float:
    """The least score to ask for so that at most this share of the strange questions reach it."""
    if not strange:
        return -math.inf
    highest = sorted(strange, reverse=True)
    allowed = math.floor(rate * len(highest) + 1e-9)
    return float(np.nextafter(highest[allowed], math.inf)) if allowed < len(highest) else -math.inf


def told_apart(own: Sequence[float], strange: Sequence[float]) -> float:
    """The area under the ROC curve: how often a question of one's own scores higher than a strange one."""
    if not own or not strange:
        return math.nan
    labels = [1] * len(own) + [0] * len(strange)
    return float(roc_auc_score(labels, [*own, *strange]))


def kept(own: Sequence[float], strange: Sequence[float], rate: float) -> float:
    """The share of one's own questions that pass where `rate` of the strange ones do."""
    least = threshold(strange, rate)
    return share([score >= least for score in own])


def percentiles(seconds: Mapping[str, Sequence[float]]) -> dict[str, float]:
    """The median and the 99th percentile of each kind of duration, in milliseconds."""
    return {
        f"{name}, ms, p{percent}": 1000 * float(np.percentile(list(values), percent))
        for name, values in seconds.items()
        for percent in (50, 99)
    }
