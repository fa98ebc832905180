"""What `check` says of an index whose file hashes all agree."""

from __future__ import annotations

from assistant.integrity.check import faults
from tests.fakes import BagOfWords
from tests.newsroom import Newsroom

# Rows go by date.
NAMES = ("bridge.txt", "strike.txt", "flood.txt")


def told(newsroom: Newsroom) -> list[str]:
    """The faults of the index itself, before the line that says how to repair them."""
    lines = list(faults(newsroom.index, BagOfWords()))
    repair = "to repair the index, remove the folder {} and run `onrecord index` on the articles again"
    return lines[: lines.index(repair.format(newsroom.index))]
