"""What can be measured about a question and a sentence that may answer it."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Sequence
from dataclasses import astuple, dataclass, fields
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from assistant.evidence import holds
from assistant.question import Kind, Question, numbers
from index.embedder import Encoded
from index.words import analyze

Idf = Callable[[str], float]


@dataclass(frozen=True, slots=True)
class Context:
    """What surrounds a sentence: its passage, what is known of the article, the passage's ranks.

    `heading` is title, source and date in words; `score` the fused score, `cosine` and `words`
    the rankers' own (0 where the ranker did not bring the passage).
    """

    passage: str
    heading: str
    score: float
    cosine: float
    words: float


@dataclass(frozen=True, slots=True)
class Met:
    """How the words of a question are met by those of a sentence, as `meet` measures it."""

    cosine: float
    mean: float
    weakest: float
    in_passage: float


@dataclass(frozen=True, slots=True)
class Features:
    """Measures of one question and one sentence; each is a plain number, mostly from 0 to 1.

    Shares of the question's terms are weighted by inverse document frequency, so that a rare word
    found counts for more than a common one.
    """

    cosine: float  # question and sentence, by the embedding model
    meaning: float  # how well each word of the question is met by some word of the sentence
    weakest: float  # the same for the question's word that is met worst
    context_meaning: float  # `meaning` where words of the whole passage count
    overlap: float  # share of the question's terms in the sentence
    context_overlap: float  # share of the terms in the passage or the heading
    rarest: float  # 1 when the question's rarest term is in the sentence
    pairs: float  # share of neighbouring terms of the question that are near each other in the sentence
    holds_kind: float  # the sentence holds the kind of thing asked for
    no_kind: float  # it asks for a kind and the sentence holds none
    names_absent: float  # share of the question's names in neither sentence, passage nor heading
    names_elsewhere: float  # share of its names that are not in the sentence itself
    numbers_absent: float  # share of its numbers in neither sentence, passage nor heading
    passage_score: float
    passage_cosine: float
    passage_words: float  # BM25 as a share of the best it could reach
    length: float  # log of the number of words
    opening: float  # 1 / (1 + number of sentences before it in its article)


NAMES = tuple(f.name for f in fields(Features))


def as_matrix(rows: Sequence[Features]) -> NDArray[np.float64]:
    """Features as a matrix of shape (len(rows), len(NAMES))."""
    return np.array([astuple(row) for row in rows], dtype=np.float64).reshape(len(rows), len(NAMES))


_WORD = re.compile(r"\w+")
_NEAR = 4  # words: a name's parts, a verb and its object


def measure(
    question: Question, sentence: str, context: Context, idf: Idf, *, met: Met, position: int
) -> Features:
    """Measure one sentence against a question. `position` counts the article's sentences before it."""
    terms = analyze(sentence)
    here, around = set(terms), set(analyze(context.passage)) | set(analyze(context.heading))
    weights = {term: idf(term) for term in question.terms}
    mass = sum(weights.values()) or 1.0
    fits = holds(question.kind, sentence, frozenset(_WORD.findall(question.text.lower())))
    return Features(
        cosine=met.cosine,
        meaning=met.mean,
        weakest=met.weakest,
        context_meaning=met.in_passage,
        overlap=sum(w for t, w in weights.items() if t in here) / mass,
        context_overlap=sum(w for t, w in weights.items() if t in around or t in here) / mass,
        rarest=float(max(weights, key=lambda t: (weights[t], t), default="") in here),
        pairs=_pairs(question.terms, terms),
        holds_kind=float(question.kind is not Kind.WHAT and fits),
        no_kind=float(not fits),
        names_absent=_absent(question.names, here | around),
        names_elsewhere=_absent(question.names, here),
        numbers_absent=_absent(question.numbers, {*numbers(context.passage), *numbers(context.heading)}),
        passage_score=context.score,
        passage_cosine=context.cosine,
        passage_words=context.words / (2.2 * mass),
        length=math.log(1 + len(terms)),
        opening=1 / (1 + position),
    )


def _absent(wanted: frozenset[str], present: set[str]) -> float:
    return len(wanted - present) / len(wanted) if wanted else 0.0


def _pairs(asked: Sequence[str], terms: Sequence[str]) -> float:
    """Share of neighbouring question terms that stand within _NEAR words of each other."""
    places: dict[str, list[int]] = {}
    for at, term in enumerate(terms):
        places.setdefault(term, []).append(at)
    near = [
        any(abs(a - b) <= _NEAR for a in places.get(one, ()) for b in places.get(other, ()))
        for one, other in pairwise(asked)
    ]
    return sum(near) / len(near) if near else 0.0


def piece_weights(question: Question, encoded: Encoded, idf: Idf) -> NDArray[np.float64]:
    """How much each word piece of a question counts: its word's idf, 0 for asking words."""
    wanted = set(question.terms)
    weights = np.zeros(len(encoded.spans))
    for match in _WORD.finditer(question.text):
        weight = sum(idf(term) for term in analyze(match.group()) if term in wanted)
        inside = (encoded.spans[:, 0] >= match.start()) & (encoded.spans[:, 1] <= match.end())
        weights[inside] = weight / max(1, inside.sum())
    return weights


def meet(question: Encoded, weights: NDArray[np.float64], sentences: Sequence[Encoded]) -> list[Met]:
    """Late interaction of a question with the sentences of one passage.

    Each piece of the question is met by the most similar piece of a sentence; the similarities are
    averaged by weight (MaxSim of Khattab and Zaharia, "ColBERT", SIGIR 2020, here weighted by idf).
    """
    similarities = [_best(question, sentence) for sentence in sentences]
    mass = weights.sum() or 1.0
    passage = np.max(similarities, axis=0) if similarities else np.zeros(len(weights))
    heavy = weights >= (weights.max() / 2 if len(weights) else 0)
    return [
        Met(
            cosine=float(sentence.vector @ question.vector),
            mean=float(best @ weights / mass),
            weakest=float(best[heavy].min()) if heavy.any() else 0.0,
            in_passage=float(passage @ weights / mass),
        )
        for sentence, best in zip(sentences, similarities, strict=True)
    ]


def _best(question: Encoded, sentence: Encoded) -> NDArray[np.float64]:
    if not len(sentence.pieces):
        return np.zeros(len(question.pieces))
    return np.asarray((question.pieces @ sentence.pieces.T).max(axis=1), dtype=np.float64)
