"""Windows that are near a question and don't answer it: hard negatives, by the bundled embedding model."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from itertools import islice

import numpy as np

from assistant.selection.reader.encoding import Window
from index.models.compiled import CompiledEmbedder
from index.models.embedder import Vectors

_AMONG = 12  # a wrong window is drawn from so many nearest ones


class Pool:
    """Windows by their vectors."""

    def __init__(self, windows: Sequence[Window]) -> None:
        self.windows = windows
        self._vectors = embedded([" ".join(window.sentences) for window in windows])

    def near(
        self, question: Vectors, k: int, is_wrong: Callable[[int], bool], rng: random.Random
    ) -> list[Window]:
        """Draw k of the windows nearest a question's vector, of those whose number `is_wrong` lets through."""
        nearest = map(int, np.argsort(-(self._vectors @ question))[: 8 * _AMONG])
        found = list(islice(filter(is_wrong, nearest), _AMONG))
        if not found:
            return []
        # Nearer ones more often: of two drawn the nearer is taken.
        drawn = {min(rng.randrange(len(found)), rng.randrange(len(found))) for _ in range(2 * k)}
        return [self.windows[found[i]] for i in sorted(drawn)][:k]


def embedded(texts: Sequence[str]) -> Vectors:
    """The vectors of texts: shape (texts, dimensions)."""
    return np.stack([found.vector for found in CompiledEmbedder().embed_passages(texts)])
