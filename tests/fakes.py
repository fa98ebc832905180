"""A real embedder of words, so that tests can say which text is nearest and why."""

from __future__ import annotations

import re
import zlib
from collections.abc import Sequence

import numpy as np

from index.models.embedder import Encoded, Spans, Vectors
from index.words.bm25 import analyze

_DIMENSIONS = 512
_WORD = re.compile(r"\w+")


class BagOfWords:
    """Counts stems into hashed buckets: texts are near when they share words.

    `asked` lists the passages it was given to embed, so that a test can say what was embedded.
    """

    def __init__(self, model_id: str = "bag-of-words@1") -> None:
        self.model_id = model_id
        self.max_pieces = 254
        self.asked: list[str] = []

    def piece_spans(self, text: str) -> Spans:
        return np.array([word.span() for word in _WORD.finditer(text)], dtype=np.int64).reshape(-1, 2)

    def embed_query(self, text: str) -> Encoded:
        return self._encoded(text)

    def embed_passages(self, texts: Sequence[str]) -> list[Encoded]:
        self.asked.extend(texts)
        return [self._encoded(text) for text in texts]

    def _encoded(self, text: str) -> Encoded:
        spans = self.piece_spans(text)[: self.max_pieces]
        words = [_vector(text[start:end]) for start, end in spans]
        return Encoded(_vector(text), np.array(words, dtype=np.float32).reshape(-1, _DIMENSIONS), spans)


def _vector(text: str) -> Vectors:
    counts = np.zeros(_DIMENSIONS, dtype=np.float32)
    for term in analyze(text):
        counts[zlib.crc32(term.encode()) % _DIMENSIONS] += 1.0
    counts[_DIMENSIONS - 1] += 1e-3  # no text is the zero vector
    length = np.linalg.norm(counts)
    return np.asarray(counts / length, dtype=np.float32)
