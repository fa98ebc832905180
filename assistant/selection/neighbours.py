"""The sentences around a quote: shown beside it, never as part of it."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

LONGEST = 300  # characters of a neighbouring sentence that are shown
CUT = "…"


@dataclass(frozen=True, slots=True)
class Neighbours:
    """The sentence before a quote and the one after it, cut where long; empty where there is none."""

    before: str = ""
    after: str = ""


def neighbours(text: str, sentences: Sequence[tuple[int, int]], start: int, end: int) -> Neighbours:
    """Give the sentences next to `text[start:end]`; `sentences` are spans in ascending order."""
    last = bisect_right(sentences, start, key=lambda span: span[1]) - 1
    first = bisect_left(sentences, end, key=lambda span: span[0])
    before = text[slice(*sentences[last])] if last >= 0 else ""
    after = text[slice(*sentences[first])] if first < len(sentences) else ""
    if len(before) > LONGEST:
        before = CUT + before[-LONGEST:]
    if len(after) > LONGEST:
        after = after[:LONGEST] + CUT
    return Neighbours(before, after)
