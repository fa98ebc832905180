"""Text to segments: runs of prose and lines that stand for themselves, before sentences are looked for."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from corpus.segmentation.boilerplate import is_own_line

Span = tuple[int, int]

_LIST_ITEM = re.compile(r"(?:[-*•–‣▪●]|\(?[0-9]{1,3}[.)]|\(?[a-z]\))[ \t]+\S")
_OPEN_ENDED = re.compile(r"[,;:(\[“‘/&–—-]\Z")
_TERMINATED = re.compile(r"[.!?…。！？؟।][\"'”’)\]]*\Z")
_SHORTEST_WRAP = 30  # nobody wraps prose at fewer columns


def split_segments(text: str, start: int) -> list[Span]:
    """Split `text[start:]` into segments, trimmed and not empty, ascending.

    A blank line always separates. Within a block, a line is joined to the next as wrapped prose
    unless one of them is plainly a line of its own.
    """
    return [joined for block in _blocks(text, start) for joined in _join_wrapped(text, block)]


def trimmed(text: str, start: int, end: int) -> Span:
    """Return the span without the whitespace at its ends."""
    piece = text[start:end]
    return start + len(piece) - len(piece.lstrip()), start + len(piece.rstrip())


def _blocks(text: str, start: int) -> Iterator[list[Span]]:
    """Group the lines between blank lines."""
    block: list[Span] = []
    at = start
    while at < len(text):
        end = text.find("\n", at)
        end = len(text) if end < 0 else end
        line = trimmed(text, at, end)
        if line[0] < line[1]:
            block.append(line)
        elif block:
            yield block
            block = []
        at = end + 1
    if block:
        yield block


def _join_wrapped(text: str, block: list[Span]) -> Iterator[Span]:
    width = max(end - start for start, end in block)
    start = block[0][0]
    for line, following in pairwise(block):
        if not _wrapped(text[slice(*line)], text[slice(*following)], width):
            yield start, line[1]
            start = following[0]
    yield start, block[-1][1]


def _wrapped(line: str, following: str, width: int) -> bool:
    """Whether `line` runs on into `following`.

    A line wrapped at a column could not have taken the next line's first word as well; `width`,
    the block's longest line, is the least that column can be.
    """
    if is_own_line(line) or is_own_line(following) or _LIST_ITEM.match(following):
        return False
    if _TERMINATED.search(line):
        return False
    if following[:1].islower() or _OPEN_ENDED.search(line):
        return True
    first_word = following.split(maxsplit=1)[0]
    return len(line) >= _SHORTEST_WRAP and len(line) + 1 + len(first_word) > width
