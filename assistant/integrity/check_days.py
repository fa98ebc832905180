"""The days that a sample of passages speaks of, against their texts read anew."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from assistant.integrity.piecewise import Read
from index.cuts import days_between
from index.generation.generation import Generation


def day_faults(generation: Generation, sampled: Sequence[Read]) -> Iterator[str]:
    """Each sampled passage whose days, as the index holds them, are not those that its words name."""
    for read in sampled:
        row = read.passage.id
        (stored,) = generation.archive.days_of(range(row, row + 1))
        if stored != days_between(read.article, read.passage.start, read.passage.end):
            yield f"{read.article.id}: passage {row} is stored with other days than it speaks of"
