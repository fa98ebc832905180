"""How good an answer a sentence is: what the reader says of it, and how near the question its passage is."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from assistant.selection.reader.encoding import Window
from assistant.selection.reader.reader import BundledReader, Reader, Reading

Matrix = NDArray[np.float64]

# What is known of a sentence: the reader's log-odds, and the score by which its passage was found.
COLUMNS = ("reading", "nearness")


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
class Weights:
    """`rank` orders a question's sentences, `answer` says how likely each answers it.

    From the probability `threshold` on the best one is quoted as an answer.
    """

    rank: Logistic
    answer: Logistic
    threshold: float


class Judge:
    """Reads a question's passages and weighs their sentences; safe to share between threads."""

    def __init__(self, reader: Reader | None = None, weights: Weights | None = None) -> None:
        """By default with the reader and the weights that come with the package."""
        self._reader = reader or BundledReader()
        self._weights = weights or fitted()
        self.threshold = self._weights.threshold

    def remembering(self) -> Judge:
        """A judge for one inquiry, which reads no window twice with the same question; for one thread."""
        return Judge(Remembering(self._reader), self._weights)

    def read(self, question: str, windows: Sequence[Window]) -> list[Reading]:
        """What the reader says of each window."""
        return self._reader.read(question, windows)

    def weigh(self, matrix: Matrix) -> tuple[Matrix, Matrix]:
        """The rank (log-odds, higher is better) and the probability of sentences.

        `matrix` has a row for each and the columns of COLUMNS; both results are of shape (rows,).
        """
        return self._weights.rank.log_odds(matrix), self._weights.answer.probability(matrix)


class Remembering:
    """A reader that remembers what it has read."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader
        self._read: dict[tuple[str, Window], Reading] = {}

    def read(self, question: str, windows: Sequence[Window]) -> list[Reading]:
        """Read the windows that were not read with this question."""
        new = [w for w in dict.fromkeys(windows) if (question, w) not in self._read]
        for window, reading in zip(new, self._reader.read(question, new), strict=True):
            self._read[question, window] = reading
        return [self._read[question, window] for window in windows]


@cache
def fitted() -> Weights:
    """The weights that come with the package: fitted by training/reader/weigh.py."""
    return parse(Path(__file__).with_name("weights.json").read_text("utf-8"))


def parse(text: str) -> Weights:
    """Read weights' JSON; raises ValueError when they were fitted for other columns."""
    values = json.loads(text)
    if tuple(values["columns"]) != COLUMNS:
        raise ValueError("weights.json was fitted for other columns; run: make train")
    rank, answer = (
        Logistic(np.array(values[name]["weights"], dtype=np.float64), float(values[name]["bias"]))
        for name in ("rank", "answer")
    )
    return Weights(rank, answer, float(values["threshold"]))
