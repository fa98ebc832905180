"""Two small logistic models: which sentence is best, and is the best one an answer."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import numpy as np
from numpy.typing import NDArray

from assistant.features import NAMES, Features, as_matrix


@dataclass(frozen=True, slots=True)
class Logistic:
    """A logistic regression over the features: weights in the order of `features.NAMES`."""

    weights: NDArray[np.float64]
    bias: float

    def log_odds(self, matrix: NDArray[np.float64]) -> NDArray[np.float64]:
        """The log-odds of each row: shape (rows,)."""
        return matrix @ self.weights + self.bias

    def probability(self, matrix: NDArray[np.float64]) -> NDArray[np.float64]:
        """The probability of each row: shape (rows,)."""
        return 1 / (1 + np.exp(-self.log_odds(matrix)))


@dataclass(frozen=True, slots=True)
class Ranker:
    """`rank` orders a question's sentences, `answer` says whether one answers it.

    From `threshold` on, the best sentence's probability makes it an answer.
    """

    rank: Logistic
    answer: Logistic
    threshold: float

    def judge(self, features: Sequence[Features]) -> list[tuple[float, float]]:
        """The rank and the probability of each sentence, in the order given."""
        matrix = as_matrix(features)
        pairs = zip(self.rank.log_odds(matrix), self.answer.probability(matrix), strict=True)
        return [(float(rank), float(probability)) for rank, probability in pairs]


@cache
def trained() -> Ranker:
    """The ranker that comes with the package: fitted by benchmarks/fit_ranker.py on public data."""
    return parse(files("assistant").joinpath("ranker.json").read_text("utf-8"))


def parse(text: str) -> Ranker:
    """Read a ranker's JSON; raises ValueError when it was fitted for other features."""
    values = json.loads(text)
    if tuple(values["features"]) != NAMES:
        raise ValueError("ranker.json was fitted for other features; run benchmarks/fit_ranker.py")
    rank, answer = (
        Logistic(np.array(values[name]["weights"], dtype=np.float64), float(values[name]["bias"]))
        for name in ("rank", "answer")
    )
    return Ranker(rank, answer, float(values["threshold"]))
