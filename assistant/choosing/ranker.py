"""Small logistic models: which sentences to read closely, which is best, and is it an answer."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from assistant.choosing.cross_encoder import CrossEncoder
from assistant.choosing.features import NAMES, Features, as_matrix

Matrix = NDArray[np.float64]

# The columns of the second look: the features, and what the cross-encoder read.
READ = (*NAMES, "reading")


class Reader(Protocol):
    """Reads a question and texts together."""

    def read(self, question: str, texts: Sequence[str]) -> Matrix:
        """The log-odds of each text being an answer: shape (texts,)."""


@dataclass(frozen=True, slots=True)
class Logistic:
    """A logistic regression: weights in the order of the columns it was fitted on."""

    weights: Matrix
    bias: float

    def log_odds(self, matrix: Matrix) -> Matrix:
        """The log-odds of each row: shape (rows,)."""
        return matrix @ self.weights + self.bias

    def probability(self, matrix: Matrix) -> Matrix:
        """The probability of each row: shape (rows,)."""
        return 1 / (1 + np.exp(-self.log_odds(matrix)))


@dataclass(frozen=True, slots=True)
class Ranker:
    """`glance` orders all of a question's sentences, `rank` the few that are read closely.

    `topic` gives the probability that the archive speaks of what is asked at all, `answer` that the
    sentence answers it if so; from `threshold` on their product makes the best one an answer.
    """

    glance: Logistic
    rank: Logistic
    topic: Logistic
    answer: Logistic
    threshold: float

    def probability(self, matrix: Matrix) -> Matrix:
        """The probability of each row being an answer: shape (rows,)."""
        return self.topic.probability(matrix) * self.answer.probability(matrix)


class Judge:
    """Weighs sentences: at a glance all of them, then closely the few that are left."""

    def __init__(self, ranker: Ranker | None = None, reader: Reader | None = None) -> None:
        """By default with the weights and the cross-encoder that come with the package."""
        self._ranker = ranker or trained()
        self._reader = reader or CrossEncoder()
        self.threshold = self._ranker.threshold

    def glance(self, features: Sequence[Features]) -> list[float]:
        """How well each sentence seems to fit: log-odds, higher is better."""
        return [float(rank) for rank in self._ranker.glance.log_odds(as_matrix(features))]

    def judge(
        self, question: str, texts: Sequence[str], features: Sequence[Features]
    ) -> list[tuple[float, float]]:
        """The rank (log-odds) and the probability of each sentence, in the order given."""
        readings = self._reader.read(question, texts)
        matrix = np.column_stack([as_matrix(features), readings])
        pairs = zip(self._ranker.rank.log_odds(matrix), self._ranker.probability(matrix), strict=True)
        return [(float(rank), float(probability)) for rank, probability in pairs]


@cache
def trained() -> Ranker:
    """The ranker that comes with the package: fitted on public data by training/fit_ranker.py."""
    return parse(files("assistant.choosing").joinpath("ranker.json").read_text("utf-8"))


def parse(text: str) -> Ranker:
    """Read a ranker's JSON; raises ValueError when it was fitted for other features."""
    values = json.loads(text)
    if tuple(values["features"]) != READ:
        raise ValueError("ranker.json was fitted for other features; run: make train")
    glance, rank, topic, answer = (
        Logistic(np.array(values[name]["weights"], dtype=np.float64), float(values[name]["bias"]))
        for name in ("glance", "rank", "topic", "answer")
    )
    return Ranker(glance, rank, topic, answer, float(values["threshold"]))
