"""A shortlist by compressed vectors, where an archive is too large to compare a question with every vector.

What stands on the shortlist is compared exactly, so scores are those of an exact search; only a
passage that the shortlist misses is lost. How many are is measured when it is made, against an exact
search: one that keeps less than PROMISED is not used. docs/performance.md has what was measured.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from pathlib import Path

import faiss
import numpy as np

from index.hits import Hit
from index.models.cores import physical_cores
from index.models.embedder import Vectors
from index.rows import Rows, as_run, run_count
from index.vectors.dense import FaissVectors, VectorStore
from index.vectors.faiss_files import parse

FILE = "vectors.shortlist"
EXACT = "exact"
# Passages up to which every vector is compared, and up to which every code is.
EXACT_UP_TO, CODES_UP_TO = 200_000, 500_000
# The share of the ten nearest passages that a shortlist must hold, on average over a sample.
PROMISED = 0.99
_NEAREST = 10
# How many passages a shortlist has for each that is wanted, and at least.
_EACH, _LEAST = 3, 200
# Of the cells the vectors are sorted into one in so many is looked through; vectors each of them learns from.
_PROBED, _TAUGHT_BY = 4, 40
# Allowed passages up to which a filtered search is exact, by the time that reading their vectors takes, and as
# how many each run of them counts: docs/performance.md.
_FEW, _RUN = 30_000, 8
_SEED = 20261122


def kind_for(passages: int) -> str:
    """How so many passages are searched: EXACT, or FAISS's name for the codes of a shortlist."""
    if passages <= EXACT_UP_TO:
        return EXACT
    if passages <= CODES_UP_TO:
        return "RaBitQ2"
    return f"IVF{2 ** round(math.log2(4 * math.sqrt(passages)))},RaBitQ2"


@dataclass(frozen=True, slots=True)
class Made:
    """A shortlist with what it keeps: the mean share of the nearest passages that it held."""

    kind: str
    codes: faiss.Index
    recall: float

    def serialize(self) -> bytes:
        """The codes as bytes, in FAISS's own format."""
        return bytes(faiss.serialize_index(self.codes))


def make(vectors: Vectors, kind: str, questions: Vectors) -> Made | None:
    """A shortlist of vectors of unit length; None where it keeps less than PROMISED, or `kind` is EXACT.

    What it keeps is measured with `questions`, which should lie among the passages as questions do: the
    passages' own vectors would be found by far worse shortlists.
    """
    if kind == EXACT:
        return None
    faiss.omp_set_num_threads(physical_cores())
    codes = faiss.index_factory(vectors.shape[1], kind, faiss.METRIC_INNER_PRODUCT)
    codes.train(_sample(vectors, _TAUGHT_BY * getattr(codes, "nlist", 1)))
    codes.add(vectors)
    exact = FaissVectors(vectors)
    recall = _recall(ShortlistedVectors(exact, codes), exact, questions)
    return Made(kind, codes, recall) if recall >= PROMISED else None


def _sample(vectors: Vectors, count: int) -> Vectors:
    chosen = np.random.default_rng(_SEED).choice(len(vectors), min(count, len(vectors)), replace=False)
    return np.ascontiguousarray(vectors[np.sort(chosen)])


def _recall(found: ShortlistedVectors, exact: VectorStore, queries: Vectors) -> float:
    """The mean share of the nearest passages that are found; one as near as the last of them is as good."""
    shares: list[float] = []
    for query in queries:
        least = exact.search(query, _NEAREST)[-1].score
        near = [hit for hit in found.search(query, _NEAREST) if hit.score >= least - 1e-6]
        shares.append(len(near) / _NEAREST)
    return float(np.mean(shares))


class ShortlistedVectors:
    """Vectors found by a shortlist, compared exactly; a filter that allows few is searched exactly."""

    def __init__(self, exact: VectorStore, codes: faiss.Index) -> None:
        """Take all vectors and the codes of them, in the same order."""
        self._exact = exact
        self._codes = codes

    @classmethod
    def read(cls, exact: VectorStore, path: Path) -> ShortlistedVectors:
        """Read the codes that were made of these vectors; raises IndexDamaged. Check the file's hash before."""
        return cls(exact, parse(path))

    def __len__(self) -> int:
        return min(len(self._exact), int(self._codes.ntotal))

    @property
    def dimensions(self) -> int:
        """The length of one vector."""
        return self._exact.dimensions

    def rows(self, wanted: Rows) -> Vectors:
        """The stored vectors of these rows: shape (len(wanted), dimensions)."""
        return self._exact.rows(wanted)

    def search(self, query: Vectors, k: int, allowed: Rows | None = None) -> list[Hit]:
        """The k nearest passages by cosine among those allowed that the shortlist holds, best first, ties by row."""
        if allowed is not None and len(allowed) + _RUN * run_count(allowed) <= _FEW:
            return self._exact.search(query, k, allowed)
        faiss.omp_set_num_threads(1)
        depth = min(max(_EACH * k, _LEAST), len(self))
        _, found = self._codes.search(query.reshape(1, -1), depth, params=self._parameters(allowed))
        rows = np.sort(found[0][found[0] >= 0])
        scores = self.rows(rows) @ query
        hits = [Hit(int(row), float(score)) for row, score in zip(rows, scores, strict=True)]
        return sorted(hits, key=lambda h: (-h.score, h.passage_id))[:k]

    def _parameters(self, allowed: Rows | None) -> faiss.SearchParameters:
        chosen = None if allowed is None else _among(allowed, len(self))
        if not isinstance(self._codes, faiss.IndexIVF):
            return faiss.SearchParameters(sel=chosen)  # type: ignore[call-arg]
        # The fewer are allowed, the further apart they lie: as many of them are looked at.
        share = 1.0 if allowed is None else len(allowed) / len(self)
        probed = min(self._codes.nlist, math.ceil(self._codes.nlist / _PROBED / share))
        return faiss.SearchParametersIVF(sel=chosen, nprobe=probed)  # type: ignore[call-arg]


def _among(allowed: Rows, count: int) -> faiss.IDSelector:
    """What FAISS needs to look at the codes of these rows alone, out of so many."""
    if run := as_run(allowed):
        return faiss.IDSelectorRange(*run)
    chosen = np.zeros(count, dtype=bool)
    chosen[allowed] = True
    return faiss.IDSelectorBitmap(np.packbits(chosen, bitorder="little"))  # type: ignore[call-arg, arg-type]
