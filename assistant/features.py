"""What can be measured about a question and a sentence that may answer it."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Sequence
from dataclasses import astuple, dataclass, fields

import numpy as np
from numpy.typing import NDArray

from assistant.evidence import counts, holds
from assistant.question import Kind, Question, numbers
from index.embedder import Encoded
from index.words import analyze

Idf = Callable[[str], float]
Span = tuple[int, int]

_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Line:
    """A sentence in its passage: its span there, and how many sentences of its article precede it."""

    text: str
    span: Span
    position: int


@dataclass(frozen=True, slots=True)
class Features:
    """Measures of one question and one sentence; each is a plain number, mostly from 0 to 1.

    Shares of the question's terms are weighted by inverse document frequency, so that a rare word
    found counts for more than a common one. The model reads the sentence within its passage, so
    that "it rose by 6 percent" is met by a question on flour when the sentence before names it.
    """

    cosine: float  # the question, and the mean of the sentence's word pieces
    meaning: float  # how well each word of the question is met by some word of the sentence
    weakest: float  # the same for the weightiest words, the one that is met worst
    overlap: float  # share of the question's terms in the sentence
    context_overlap: float  # share of the terms in the passage or the heading
    kind: float  # 1: holds the kind of thing asked for, -1: doesn't, 0: no kind to look for
    counted: float  # asked how many of a thing, it has a number before that thing
    names_absent: float  # share of the question's names in neither passage nor heading
    numbers_absent: float  # share of its numbers in neither passage nor heading
    passage_cosine: float  # the question and the whole passage
    length: float  # log of the number of words
    opening: float  # 1 / (1 + number of sentences before it in its article)


NAMES = tuple(f.name for f in fields(Features))


def as_matrix(rows: Sequence[Features]) -> NDArray[np.float64]:
    """Features as a matrix of shape (len(rows), len(NAMES))."""
    return np.array([astuple(row) for row in rows], dtype=np.float64).reshape(len(rows), len(NAMES))


class Asked:
    """A question ready to be compared with passages: its word pieces, and what each counts."""

    def __init__(self, question: Question, encoded: Encoded, idf: Idf) -> None:
        self.question = question
        self.encoded = encoded
        self.weights = {term: idf(term) for term in question.terms}
        self.mass = sum(self.weights.values()) or 1.0
        self.pieces = _piece_weights(question.text, encoded.spans, self.weights)
        self.words = frozenset(_WORD.findall(question.text.lower()))

    def measure(self, passage: Encoded, text: str, heading: str, lines: Sequence[Line]) -> list[Features]:
        """Measure sentences of one passage. `heading` is what is known of the article, in words."""
        around = set(analyze(text)) | set(analyze(heading))
        context = _Context(
            overlap=self._share(around),
            names_absent=_absent(self.question.names, around),
            numbers_absent=_absent(self.question.numbers, {*numbers(text), *numbers(heading)}),
            cosine=float(passage.vector @ self.encoded.vector),
        )
        return [self._features(line, _inside(passage, line.span), context) for line in lines]

    def _features(self, line: Line, pieces: NDArray[np.float32], context: _Context) -> Features:
        terms = analyze(line.text)
        met = _met(self.encoded.pieces, pieces)
        return Features(
            cosine=_cosine(self.encoded.vector, pieces),
            meaning=float(met @ self.pieces / (self.pieces.sum() or 1.0)),
            weakest=float(met[self.pieces >= self.pieces.max(initial=0) / 2].min(initial=1.0)),
            overlap=self._share(set(terms)),
            context_overlap=context.overlap,
            kind=self._kind(line.text),
            counted=float(counts(self.question, line.text)),
            names_absent=context.names_absent,
            numbers_absent=context.numbers_absent,
            passage_cosine=context.cosine,
            length=math.log(1 + len(terms)),
            opening=1 / (1 + line.position),
        )

    def _share(self, terms: set[str]) -> float:
        return sum(weight for term, weight in self.weights.items() if term in terms) / self.mass

    def _kind(self, sentence: str) -> float:
        if not holds(self.question.kind, sentence, self.words):
            return -1.0
        return 0.0 if self.question.kind is Kind.WHAT else 1.0


@dataclass(frozen=True, slots=True)
class _Context:
    """What all sentences of a passage share; fields as in Features."""

    overlap: float
    names_absent: float
    numbers_absent: float
    cosine: float


def _absent(wanted: frozenset[str], present: set[str]) -> float:
    return len(wanted - present) / len(wanted) if wanted else 0.0


def _piece_weights(text: str, spans: NDArray[np.int64], weights: dict[str, float]) -> NDArray[np.float64]:
    """How much each word piece of a question counts: its word's weight in equal parts."""
    pieces = np.zeros(len(spans))
    for match in _WORD.finditer(text):
        inside = (spans[:, 0] >= match.start()) & (spans[:, 1] <= match.end())
        weight = sum(weights.get(term, 0.0) for term in analyze(match.group()))
        pieces[inside] = weight / max(1, inside.sum())
    return pieces


def _inside(passage: Encoded, span: Span) -> NDArray[np.float32]:
    """The vectors of the passage's word pieces that lie in a span."""
    start, end = span
    return passage.pieces[(passage.spans[:, 1] > start) & (passage.spans[:, 0] < end)]


def _cosine(question: NDArray[np.float32], pieces: NDArray[np.float32]) -> float:
    """Cosine of the question and the mean of a sentence's pieces, read within their passage.

    Pooling after the whole passage was read is "late chunking" (Günther et al., arXiv 2409.04701).
    """
    if not len(pieces):
        return 0.0
    mean = pieces.mean(axis=0)
    return float(mean @ question / max(float(np.linalg.norm(mean)), 1e-9))


def _met(question: NDArray[np.float32], pieces: NDArray[np.float32]) -> NDArray[np.float64]:
    """How well each piece of the question is met: its highest cosine with a piece of the sentence.

    MaxSim of Khattab and Zaharia, "ColBERT" (SIGIR 2020).
    """
    if not len(pieces):
        return np.zeros(len(question))
    return np.asarray((question @ pieces.T).max(axis=1), dtype=np.float64)
