"""Do quoted words still stand in an article's text that has changed since? Looked for there, never for a new quote."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator

Span = tuple[int, int]

SEAL = 16  # hexadecimal digits
_LONGEST = 5_000  # characters of words that are looked for by their seal
_STARTS = re.compile(r"\b\w|[^\w\s]")


def seal(words: str) -> str:
    """What quoted words are known by in a link: the first SEAL digits of their SHA-256."""
    return hashlib.sha256(words.encode()).hexdigest()[:SEAL]


def found_again(text: str, words: str, near: int) -> Span | None:
    """Where these words stand in a text, nearest to a place; None where they don't."""
    return _nearest(_everywhere(text, words), len(words), near)


def found_by_seal(text: str, sealed: str, length: int, near: int) -> Span | None:
    """Where words of this seal and length stand in a text, nearest to a place; None where they don't.

    They are looked for from the edge of a word to the edge of one. Raises ValueError for more words
    than are looked for.
    """
    if length > _LONGEST:
        raise ValueError(f"words of more than {_LONGEST:,} characters are not looked for")
    starts = (m.start() for m in _STARTS.finditer(text) if _is_end(text, m.start() + length))
    return _nearest((at for at in starts if seal(text[at : at + length]) == sealed), length, near)


def _everywhere(text: str, words: str) -> Iterator[int]:
    at = text.find(words)
    while at >= 0:
        yield at
        at = text.find(words, at + 1)


def _is_end(text: str, end: int) -> bool:
    if end > len(text) or text[end - 1].isspace():
        return False
    return end == len(text) or not (text[end - 1].isalnum() and text[end].isalnum())


def _nearest(starts: Iterator[int], length: int, near: int) -> Span | None:
    at = min(starts, key=lambda start: abs(start - near), default=None)
    return None if at is None else (at, at + length)
