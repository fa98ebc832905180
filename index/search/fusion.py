"""What words and vectors say of a passage, as one score."""

from __future__ import annotations

from collections.abc import Mapping

from index.hits import Hit

# The share of meaning against words; docs/encoding.md says what it was chosen on.
MEANING = 0.8


def fuse(bm25: Mapping[int, float], cosine: Mapping[int, float]) -> list[Hit]:
    """Join two scores of the same passages by a convex combination, best first, ties by passage id.

    BM25, whose least value is 0, is divided by its greatest among these passages; a cosine is
    taken as it is, so that the sum is at most 1. Both are the passage's own scores, also where only
    one ranking brought it up: to put a list's last score in place of one that is missing says too
    little of a passage that only just missed that list.
    This keeps how much better one passage is than the next, which reciprocal ranks throw away
    (Bruch, Gai and Ingber, "An Analysis of Fusion Functions for Hybrid Retrieval", TOIS 2023, who
    call the scaling "theoretical minimum-maximum"). A passage without a BM25 score has none of
    the words: 0.
    """
    most = max(bm25.values(), default=0.0) or 1.0
    joined = [
        Hit(row, (1 - MEANING) * bm25.get(row, 0.0) / most + MEANING * near) for row, near in cosine.items()
    ]
    return sorted(joined, key=lambda hit: (-hit.score, hit.passage_id))
