"""Late interaction: each word of a question against each word of a text, by the model's vectors of them."""

from __future__ import annotations

import re
from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from assistant.query.question import Question
from index.models.embedder import Encoded, Spans, Vectors
from index.words.bm25 import analyze

Idf = Callable[[str], float]
Rotate = Callable[[Vectors], Vectors]
Weights = NDArray[np.float64]

WORD = re.compile(r"\w+")


class Asked:
    """A question ready to be compared with texts: its word pieces, and what each counts.

    `weights` are the inverse document frequencies of its terms, `pieces` the same shared out to its
    word pieces. `rotated` are its vectors as an index rotates those of word pieces (`TokenCodec.rotate`):
    first that of the whole, then those of its pieces.
    """

    def __init__(self, question: Question, encoded: Encoded, idf: Idf, rotate: Rotate) -> None:
        self.question = question
        self.encoded = encoded
        self.rotated = rotate(np.vstack([encoded.vector, encoded.pieces]))
        self.weights = {term: idf(term) for term in question.terms}
        self.mass = sum(self.weights.values()) or 1.0
        self.pieces = _shared_out(question.text, encoded.spans, self.weights)
        self.words = frozenset(WORD.findall(question.text.lower()))

    def met(self, pieces: Vectors) -> Weights:
        """How well each piece of the question is met: its highest cosine with a (rotated) piece of the text.

        MaxSim of Khattab and Zaharia, "ColBERT" (SIGIR 2020).
        """
        if not len(pieces):
            return np.zeros(len(self.rotated) - 1)
        return np.asarray((self.rotated[1:] @ pieces.T).max(axis=1), dtype=np.float64)

    def nearness(self, met: Weights) -> float:
        """The mean of `met`, each piece weighted by how rare its word is; from -1 to 1."""
        total = float(self.pieces.sum())
        return float(met @ self.pieces) / total if total else float(met.mean()) if len(met) else 0.0


def _shared_out(text: str, spans: Spans, weights: dict[str, float]) -> Weights:
    """How much each word piece of a question counts: its word's weight in equal parts."""
    pieces = np.zeros(len(spans))
    for match in WORD.finditer(text):
        inside = (spans[:, 0] >= match.start()) & (spans[:, 1] <= match.end())
        weight = sum(weights.get(term, 0.0) for term in analyze(match.group()))
        pieces[inside] = weight / max(1, inside.sum())
    return pieces
