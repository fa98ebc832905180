"""Vectors: all of unit length, and those of a sample of passages what the model makes of them now."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from assistant.integrity.piecewise import Read
from index.generation.generation import Generation
from index.models.embedder import Encoded, Vectors

_AT_ONCE = 4096
_NAMED = 10
# Vectors of unit length in 32 bits are off by 1e-7.
_LENGTH = 1e-4
# The same text in another batch or alone comes within 2e-7 of its vector; a text that differs in one
# letter is 1e-2 away in the middle, 4e-5 at the least. In between: processors add up in other orders.
COSINE = 0.999
# A word piece made again differs from the stored one in a bit or two of 384, cosine .994; other pieces of
# the same passage have .25 in the middle.
_PIECE = 0.95
# What one bit a dimension keeps of a vector is sqrt(2/pi) = .80 (.78 at the least, over a passage; .74 for
# one piece). Fitted on noise the same codec keeps .61: one that keeps so little is not the one that wrote.
_KEPT = 0.7


def length_faults(generation: Generation) -> Iterator[str]:
    """Every stored vector: is it of unit length, and so a number in each dimension?"""
    count = len(generation.vectors)
    wrong: list[int] = []
    for first in range(0, count, _AT_ONCE):
        vectors = generation.vectors.rows(np.arange(first, min(first + _AT_ONCE, count)))
        lengths = np.linalg.norm(vectors, axis=1)
        wrong += (first + np.flatnonzero(~(np.abs(lengths - 1) <= _LENGTH))).tolist()
    if wrong:
        named = ", ".join(map(str, wrong[:_NAMED])) + (" …" if len(wrong) > _NAMED else "")
        yield f"not of unit length: {len(wrong)} vectors, of passage {named}"


def sample_faults(generation: Generation, sampled: Sequence[Read], made: Sequence[Encoded]) -> Iterator[str]:
    """Compare vectors and word pieces of a sample, embedded again, with the stored ones."""
    stored = generation.vectors.rows(np.array([read.passage.id for read in sampled], dtype=np.int64))
    for read, new, old in zip(sampled, made, stored, strict=False):  # none were made without a model
        place = f"{read.article.id}: passage {read.passage.id}"
        cosine = float(new.vector @ old) if new.vector.shape == old.shape else 0.0
        if not cosine >= COSINE:
            yield f"{place} has the vector of another text (cosine {cosine:.4f})"
        fault = _pieces_fault(generation, read.passage.id, new)
        if fault:
            yield f"{place} {fault}"


def _pieces_fault(generation: Generation, row: int, new: Encoded) -> str | None:
    codec, codes = generation.tokens.codec, generation.tokens.codes(row)
    if len(codes) != len(new.pieces):
        return f"is stored with {len(codes)} word pieces, and has {len(new.pieces)}"
    stored, made = codec.decode(codes), codec.decode(codec.encode(new.pieces))
    if not _kept(made, new.pieces) >= _KEPT:
        return "has word pieces that can't be decoded: the codec is not the one that wrote them"
    least = float((stored * made).sum(axis=1).min(initial=1.0))
    return None if least >= _PIECE else f"has word pieces of another text (cosine {least:.4f})"


def _kept(decoded: Vectors, pieces: Vectors) -> float:
    """The mean cosine of vectors and what the codec keeps of them."""
    return float((decoded * pieces).sum(axis=1).mean()) if len(pieces) else 1.0
