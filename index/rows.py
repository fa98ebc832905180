"""Rows of passages, and the runs they make: articles lie in the order of their dates, so a date filter is one run."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Rows = NDArray[np.int64]


def expand(firsts: Rows, counts: Rows) -> Rows:
    """The rows of runs, run after run, each given by its first row and how many there are."""
    total = int(counts.sum())
    # Within a run the row goes up by one; where one starts, by what lies between it and the last.
    before = np.repeat(np.cumsum(counts) - counts, counts)
    return np.repeat(firsts, counts) + np.arange(total, dtype=np.int64) - before


def as_run(rows: Rows) -> tuple[int, int] | None:
    """First row of an ascending run of neighbours, and the one after its last; None where they are no such run."""
    first, last = int(rows[0]), int(rows[-1])
    return (first, last + 1) if last - first + 1 == len(rows) else None


def run_count(rows: Rows) -> int:
    """How many runs of neighbours there are; `rows` ascend."""
    return int(np.count_nonzero(np.diff(rows) != 1)) + 1 if len(rows) else 0


def runs(rows: Rows) -> list[tuple[int, int]]:
    """First and last row of each run of neighbours; `rows` ascend."""
    if not len(rows):
        return []
    cuts = np.flatnonzero(np.diff(rows) != 1)
    firsts = rows[np.concatenate([[0], cuts + 1])]
    lasts = rows[np.concatenate([cuts, [len(rows) - 1]])]
    return list(zip(firsts.tolist(), lasts.tolist(), strict=True))
