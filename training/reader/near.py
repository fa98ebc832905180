"""Windows that are near a question and don't answer it: hard negatives, by the bundled embedding model."""

from __future__ import annotations

import random
from collections.abc import Sequence

import numpy as np

from assistant.reader.encoding import Window
from index.compiled import CompiledEmbedder
from index.embedder import Vectors

_AMONG = 12  # a wrong window is drawn from so many nearest ones


class Pool:
    """Windows, each with a label, by their vectors."""

    def __init__(self, windows: Sequence[Window], labels: Sequence[str]) -> None:
        self._windows, self._labels = windows, labels
        self._vectors = embedded([" ".join(window.sentences) for window in windows])

    def near(self, question: Vectors, k: int, but: str, rng: random.Random) -> list[Window]:
        """Draw k of the windows nearest a question's vector whose label is another than `but`."""
        scores = self._vectors @ question
        nearest = np.argsort(-scores)[: 8 * _AMONG]
        found = [self._windows[i] for i in nearest if self._labels[i] != but][:_AMONG]
        # Nearer ones more often: of two drawn the nearer is taken.
        drawn = (
            {min(rng.randrange(len(found)), rng.randrange(len(found))) for _ in range(2 * k)}
            if found
            else set()
        )
        return [found[i] for i in sorted(drawn)][:k]


def embedded(texts: Sequence[str]) -> Vectors:
    """The vectors of texts: shape (texts, dimensions)."""
    return np.stack([found.vector for found in CompiledEmbedder().embed_passages(texts)])
