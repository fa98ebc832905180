"""Do quoted words still stand in an article's text that has changed since? Looked for there, never for a new quote."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from heapq import merge

Span = tuple[int, int]

SEAL = 16  # hexadecimal digits
_LONGEST = 5_000  # characters of words that are looked for by their seal
_REACH = 500_000  # characters before and after a place in which they are
_MOST_SEALED = 50_000_000  # characters that are hashed to find them
_START_COST = 150  # what looking at one more place costs besides, as characters
_CHUNK = 1_000
_STARTS = re.compile(r"\b\w|[^\w\s]")


def seal(words: str) -> str:
    """What quoted words are known by in a link: the first SEAL digits of their SHA-256."""
    return hashlib.sha256(words.encode()).hexdigest()[:SEAL]


def found_again(text: str, words: str, near: int) -> Span | None:
    """Where these words stand in a text, nearest to a place; None where they don't."""
    after = text.find(words, max(0, near))
    # Looked for from behind, both turned round: str.rfind takes time by the product of their lengths.
    turned = text[: max(0, near + len(words) - 1)][::-1]
    behind = turned.find(words[::-1])
    before = -1 if behind < 0 else len(turned) - behind - len(words)
    starts = [at for at in (before, after) if at >= 0]
    return _span(min(starts, key=lambda at: abs(at - near), default=None), len(words))


def found_by_seal(text: str, sealed: str, length: int, near: int) -> Span | None:
    """Where words of this seal and length stand in a text, nearest to a place; None where they don't.

    They are looked for from the edge of a word to the edge of one, from the place outwards. Raises
    ValueError for more words than are looked for, or where not all of the text could be gone through.
    """
    if length > _LONGEST:
        raise ValueError(f"words of more than {_LONGEST:,} characters are not looked for")
    near = min(max(0, near), len(text))
    left = _MOST_SEALED // (length + _START_COST)
    for at in _outwards(text, near):
        if _is_end(text, at + length) and seal(text[at : at + length]) == sealed:
            return _span(at, length)
        left -= 1
        if not left:
            break
    if not left or near > _REACH or len(text) - near > _REACH:
        raise ValueError("the text is too long to look for words in all of it")
    return None


def _outwards(text: str, near: int) -> Iterator[int]:
    """Where words can begin, nearest to a place first; before it, of two that are as near."""
    ahead = (m.start() for m in _STARTS.finditer(text, near, near + _REACH))
    return merge(_backwards(text, near), ahead, key=lambda at: abs(at - near))


def _backwards(text: str, end: int) -> Iterator[int]:
    first = max(0, end - _REACH)
    for last in range(end, first, -_CHUNK):
        found = [m.start() for m in _STARTS.finditer(text, max(first, last - _CHUNK), last)]
        yield from reversed(found)


def _is_end(text: str, end: int) -> bool:
    if end > len(text) or text[end - 1].isspace():
        return False
    return end == len(text) or not (text[end - 1].isalnum() and text[end].isalnum())


def _span(at: int | None, length: int) -> Span | None:
    return None if at is None else (at, at + length)
