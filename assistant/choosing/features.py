"""What can be measured about a question and a sentence that may answer it."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, fields
from operator import attrgetter

import numpy as np
from numpy.typing import NDArray

from assistant.choosing.evidence import counts, holds
from assistant.choosing.interaction import Asked
from assistant.question import Kind, numbers, years
from index.embedder import Encoded, Vectors
from index.words import analyze

Span = tuple[int, int]


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
    names_unsaid: float  # share of its names in neither sentence nor heading
    contradicted: float  # 1: asks about a year that is absent, and the sentence or heading has another
    passage_cosine: float  # the question and the whole passage
    length: float  # log of the number of words
    opening: float  # 1 / (1 + number of sentences before it in its article)


NAMES = tuple(f.name for f in fields(Features))
_VALUES = attrgetter(*NAMES)


def as_matrix(rows: Sequence[Features]) -> NDArray[np.float64]:
    """Features as a matrix of shape (len(rows), len(NAMES))."""
    return np.array([_VALUES(row) for row in rows], dtype=np.float64).reshape(len(rows), len(NAMES))


def measure(asked: Asked, passage: Encoded, text: str, heading: str, lines: Sequence[Line]) -> list[Features]:
    """Measure sentences of one passage. `heading` is what is known of the article, in words."""
    around = set(analyze(text)) | set(analyze(heading))
    context = _Context(
        overlap=_share(asked, around),
        names_absent=_absent(asked.question.names, around),
        numbers_absent=_absent(asked.question.numbers, {*numbers(text), *numbers(heading)}),
        cosine=float(passage.vector @ asked.encoded.vector),
        heading=frozenset(analyze(heading)),
        years=years(numbers(heading)),
        years_absent=years(asked.question.numbers) - {*numbers(text), *numbers(heading)},
    )
    return [_features(asked, line, _inside(passage, line.span), context) for line in lines]


def _features(asked: Asked, line: Line, pieces: Vectors, context: _Context) -> Features:
    terms = analyze(line.text)
    met = asked.met(pieces)
    return Features(
        cosine=_cosine(asked.rotated[0], pieces),
        meaning=asked.nearness(met),
        weakest=float(met[asked.pieces >= asked.pieces.max(initial=0) / 2].min(initial=1.0)),
        overlap=_share(asked, set(terms)),
        context_overlap=context.overlap,
        kind=_kind(asked, line.text),
        counted=float(counts(asked.question, line.text)),
        names_absent=context.names_absent,
        numbers_absent=context.numbers_absent,
        names_unsaid=_absent(asked.question.names, {*terms, *context.heading}),
        contradicted=float(bool(context.years_absent and (context.years or years(numbers(line.text))))),
        passage_cosine=context.cosine,
        length=math.log(1 + len(terms)),
        opening=1 / (1 + line.position),
    )


def _share(asked: Asked, terms: set[str]) -> float:
    return sum(weight for term, weight in asked.weights.items() if term in terms) / asked.mass


def _kind(asked: Asked, sentence: str) -> float:
    if not holds(asked.question.kind, sentence, asked.words):
        return -1.0
    return 0.0 if asked.question.kind is Kind.WHAT else 1.0


@dataclass(frozen=True, slots=True)
class _Context:
    """What all sentences of a passage share; fields as in Features."""

    overlap: float
    names_absent: float
    numbers_absent: float
    cosine: float
    heading: frozenset[str]  # its terms
    years: frozenset[str]  # those the heading names
    years_absent: frozenset[str]  # those of the question that nothing around has


def _absent(wanted: frozenset[str], present: set[str]) -> float:
    return len(wanted - present) / len(wanted) if wanted else 0.0


def _inside(passage: Encoded, span: Span) -> Vectors:
    """The vectors of the passage's word pieces that lie in a span."""
    start, end = span
    return passage.pieces[(passage.spans[:, 1] > start) & (passage.spans[:, 0] < end)]


def _cosine(question: Vectors, pieces: Vectors) -> float:
    """Cosine of the question and the mean of a sentence's pieces, read within their passage.

    Pooling after the whole passage was read is "late chunking" (Günther et al., arXiv 2409.04701).
    """
    if not len(pieces):
        return 0.0
    mean = pieces.mean(axis=0)
    return float(mean @ question / max(float(np.linalg.norm(mean)), 1e-9))
