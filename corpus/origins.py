"""Copies of one text recognised: a wire story printed by many outlets is one origin, not many witnesses."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

import numpy as np
from datasketch import MinHash
from numpy.typing import NDArray

Signature = NDArray[np.uint32]

SHINGLE = 5  # words
PERMUTATIONS = 128
# Estimated Jaccard similarity from which two texts are copies. Measured on news of one war from 15
# outlets: pairs above 0.33 are edits of one wire story, pairs of one outlet that share only its
# page footer reach 0.32, and the same event in other words stays below 0.1. The first half of an
# article has about 0.5 with the whole; the estimate strays by 0.04.
COPY = 0.35
_ROWS = 2  # per band; 64 bands of 2 find a pair of similarity 0.35 with 99.9 %
_WORD = re.compile(r"\w+")
_EMPTY = MinHash(num_perm=PERMUTATIONS, seed=1, scheme="affine32")


def signature(text: str) -> Signature:
    """Return the MinHash signature of a text's runs of five words, shape (128,), uint32.

    The same in every process. Upper case, punctuation and blanks don't count. A text of fewer
    than five words has the signature of nothing, which is a copy of nothing.
    """
    words = _WORD.findall(text.casefold())
    shingles = {" ".join(words[at : at + SHINGLE]) for at in range(len(words) - SHINGLE + 1)}
    sketch = _EMPTY.copy()
    if shingles:
        sketch.update_batch([shingle.encode(errors="surrogatepass") for shingle in shingles])
    return np.asarray(sketch.hashvalues, dtype=np.uint32)


def group_copies(signatures: Sequence[Signature]) -> list[int]:
    """Return, for each text, the smallest index of a text of its group.

    Groups are the connected parts of all pairs with an estimated Jaccard similarity of at least
    `COPY`, of those that locality-sensitive hashing finds (Leskovec, Rajaraman and Ullman,
    Mining of Massive Datasets, chapter 3.4): texts that agree in a whole band of their signature.
    """
    leaders = list(range(len(signatures)))
    if not signatures:
        return leaders
    table = np.stack(signatures)
    texts = np.flatnonzero((table != np.uint32(0xFFFFFFFF)).any(axis=1))
    for one, other in _copies(table, texts):
        _join(leaders, one, other)
    return [_leader(leaders, text) for text in range(len(leaders))]


def _copies(table: NDArray[np.uint32], texts: NDArray[np.intp]) -> Iterator[tuple[int, int]]:
    """Yield pairs of copies: enough of them that a chain leads from each text to its group."""
    for band in range(0, PERMUTATIONS - _ROWS + 1, _ROWS):
        pairs = _same_band(np.ascontiguousarray(table[texts, band : band + _ROWS]))
        ones, others = texts[pairs[:, 0]], texts[pairs[:, 1]]
        for chunk in range(0, len(pairs), 10_000):
            a, b = ones[chunk : chunk + 10_000], others[chunk : chunk + 10_000]
            alike = (table[a] == table[b]).mean(axis=1) >= COPY
            yield from zip(a[alike].tolist(), b[alike].tolist(), strict=True)


def _same_band(rows: NDArray[np.uint32]) -> NDArray[np.intp]:
    """Pair each text with the one before it that has the same band, and with the first that has it."""
    _, buckets = np.unique(rows, axis=0, return_inverse=True)
    order = np.argsort(buckets, kind="stable")
    ordered = buckets.reshape(-1)[order]
    again = np.flatnonzero(ordered[1:] == ordered[:-1]) + 1
    firsts = order[np.searchsorted(ordered, ordered[again])]
    neighbours = np.stack([order[again - 1], order[again]], axis=1)
    return np.unique(np.concatenate([neighbours, np.stack([firsts, order[again]], axis=1)]), axis=0)


def _leader(leaders: list[int], text: int) -> int:
    while leaders[text] != text:
        leaders[text] = leaders[leaders[text]]
        text = leaders[text]
    return text


def _join(leaders: list[int], one: int, other: int) -> None:
    low, high = sorted((_leader(leaders, one), _leader(leaders, other)))
    leaders[high] = low
