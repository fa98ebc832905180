"""Several scored lists into one."""

from __future__ import annotations

from collections.abc import Sequence
from statistics import fmean, pstdev

from index.hits import Hit


def fuse(lists: Sequence[Sequence[Hit]], weights: Sequence[float]) -> list[Hit]:
    """Join hit lists by a convex combination of their z-scores, best first, ties by passage id.

    Each list is calibrated by its own mean and standard deviation, so that scores of different
    units can be added; a passage missing from a list scores as that list's last. This keeps how
    much better one hit is than the next, which reciprocal ranks throw away (Bruch, Gai and
    Ingber, "An Analysis of Fusion Functions for Hybrid Retrieval", TOIS 2023).
    """
    calibrated = [_z_scores(hits) for hits in lists]
    floors = [min(scores.values(), default=0.0) for scores in calibrated]
    rows = {row for scores in calibrated for row in scores}
    joined = [
        Hit(
            row,
            sum(
                weight * scores.get(row, floor)
                for weight, scores, floor in zip(weights, calibrated, floors, strict=True)
            ),
        )
        for row in rows
    ]
    return sorted(joined, key=lambda h: (-h.score, h.passage_id))


def _z_scores(hits: Sequence[Hit]) -> dict[int, float]:
    scores = [hit.score for hit in hits]
    if not scores:
        return {}
    mean, spread = fmean(scores), pstdev(scores) or 1.0
    return {hit.passage_id: (hit.score - mean) / spread for hit in hits}
