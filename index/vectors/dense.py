"""Dense search: the seam, and exact inner product by FAISS."""

from __future__ import annotations

from pathlib import Path
from typing import Protocol

import faiss
import numpy as np

from index.hits import Hit
from index.models.embedder import Vectors
from index.rows import Rows, as_run
from index.vectors.faiss_files import mapped_index, parse, write
from index.vectors.stored import StoredRows


class VectorStore(Protocol):
    """Vectors of unit length by passage row."""

    def __len__(self) -> int: ...

    @property
    def dimensions(self) -> int:
        """The length of one vector."""

    def search(self, query: Vectors, k: int, allowed: Rows | None = None) -> list[Hit]:
        """The k nearest passages by cosine among those allowed, best first."""

    def rows(self, wanted: Rows) -> Vectors:
        """The stored vectors of these rows: shape (len(wanted), dimensions)."""


class FaissVectors:
    """Exact search over normalised vectors, held in memory."""

    def __init__(self, vectors: Vectors) -> None:
        """Take vectors of shape (passages, dimensions); row i is passage i."""
        self._index: faiss.Index = faiss.IndexFlatIP(vectors.shape[1])
        self._index.add(np.ascontiguousarray(vectors, dtype=np.float32))

    @classmethod
    def read(cls, path: Path) -> FaissVectors:
        """Read what `write` wrote; raises IndexDamaged. Check the file's hash before."""
        store = cls.__new__(cls)
        store._index = parse(path)  # noqa: SLF001
        return store

    def write(self, path: Path) -> None:
        """Write the whole store, in FAISS's own format; raises OSError."""
        write(self._index, path)

    def __len__(self) -> int:
        return int(self._index.ntotal)

    @property
    def dimensions(self) -> int:
        """The length of one vector."""
        return int(self._index.d)

    def search(self, query: Vectors, k: int, allowed: Rows | None = None) -> list[Hit]:
        """The k nearest passages by cosine among those allowed, best first, ties by row."""
        if not len(self) or (allowed is not None and not len(allowed)):
            return []
        chosen = None if allowed is None else _only(allowed)
        # One question is answered sooner by one thread than by several that wait for each other.
        faiss.omp_set_num_threads(1)
        scores, rows = self._index.search(query.reshape(1, -1), min(k, len(self)), params=chosen)
        # FAISS pads a filtered result with row -1.
        hits = [Hit(int(r), float(s)) for r, s in zip(rows[0], scores[0], strict=True) if r >= 0]
        return sorted(hits, key=lambda h: (-h.score, h.passage_id))

    def rows(self, wanted: Rows) -> Vectors:
        """The stored vectors of these rows: shape (len(wanted), dimensions)."""
        vectors: Vectors = self._index.reconstruct_batch(np.ascontiguousarray(wanted, dtype=np.int64))
        return vectors


class StoredVectors:
    """The same vectors left on disk, and read as they are needed; for few rows at a time."""

    def __init__(self, path: Path) -> None:
        """Open what `FaissVectors.write` wrote; raises IndexDamaged. Check the file's hash before."""
        index = mapped_index(path)
        self._shape = int(index.ntotal), int(index.d)
        # They are the last thing in the file.
        offset = path.stat().st_size - 4 * self._shape[0] * self._shape[1]
        self._stored = StoredRows(path, np.float32, self._shape[1], offset)

    def __len__(self) -> int:
        return self._shape[0]

    @property
    def dimensions(self) -> int:
        """The length of one vector."""
        return self._shape[1]

    def search(self, query: Vectors, k: int, allowed: Rows | None = None) -> list[Hit]:
        """The k nearest passages by cosine among those allowed, best first, ties by row."""
        rows = np.arange(len(self)) if allowed is None else allowed
        if not len(rows):
            return []
        faiss.omp_set_num_threads(1)
        scores, found = faiss.knn(
            query.reshape(1, -1), self.rows(rows), min(k, len(rows)), metric=faiss.METRIC_INNER_PRODUCT
        )
        hits = [Hit(int(rows[at]), float(score)) for at, score in zip(found[0], scores[0], strict=True)]
        return sorted(hits, key=lambda h: (-h.score, h.passage_id))

    def rows(self, wanted: Rows) -> Vectors:
        """The stored vectors of these rows: shape (len(wanted), dimensions)."""
        return self._stored.take(np.asarray(wanted, dtype=np.int64))


def _only(allowed: Rows) -> faiss.SearchParameters:
    """What FAISS needs to look at these rows alone: it reads no other vector."""
    run = as_run(allowed)
    chosen = faiss.IDSelectorRange(*run) if run else faiss.IDSelectorArray(allowed)
    return faiss.SearchParameters(sel=chosen)  # type: ignore[call-arg]
