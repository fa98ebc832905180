"""What copies of one text print differently: the words that changed in a passage, as places in both texts."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import pairwise

# A number with its points and commas is one word; so are the signs that say what it counts.
_WORD = re.compile(r"\d[\d.,]*\d|\w+|[$€£¥%]")
# Words around a passage that hold its edges in place.
_CONTEXT = 12
# How far the aligned words may shift inside the copy, in words.
_SLACK = 40
# A copy that has fewer of a passage's words, in their order, doesn't have the passage.
_THERE = 0.5


@dataclass(frozen=True, slots=True)
class Variant:
    """Words that one text prints here and its copy otherwise: `text[start:end]`, and `place` in the copy.

    Both are spans in code points; an empty one says where the other's words are missing. `place` is
    None where the copy doesn't have the passage at all.
    """

    start: int
    end: int
    place: tuple[int, int] | None

    @property
    def absent(self) -> bool:
        """Whether the copy lacks the whole passage."""
        return self.place is None


@dataclass(frozen=True, slots=True)
class _Words:
    """A text's words, without regard to case, and where each stands."""

    words: list[str]
    spans: list[tuple[int, int]]

    @classmethod
    def of(cls, text: str) -> _Words:
        found = list(_WORD.finditer(text))
        return cls([match[0].casefold() for match in found], [match.span() for match in found])

    def touched(self, start: int, end: int) -> tuple[int, int]:
        """The words that a span of the text touches: the first, and the one after the last."""
        first = bisect_right(self.spans, start, key=lambda span: span[1])
        return first, max(first, bisect_left(self.spans, end, key=lambda span: span[0]))

    def place(self, first: int, last: int) -> tuple[int, int]:
        """The span of these words; where there are none, the point after the word before."""
        if first < last:
            return self.spans[first][0], self.spans[last - 1][1]
        at = self.spans[first - 1][1] if first else 0
        return at, at


def differences(text: str, start: int, end: int, other: str) -> list[Variant]:
    """Where a copy of an article prints the passage `text[start:end]` in other words, in order.

    Empty where the copy prints the same words; case, punctuation and blanks don't count. One Variant
    with `absent` where less than half of the passage's words stand in the copy, in their order. Words
    are aligned by difflib's SequenceMatcher, with some of the passage's surroundings. Raises
    ValueError for a span outside the text.
    """
    if not 0 <= start <= end <= len(text):
        raise ValueError(f"the span {start}-{end} is outside a text of {len(text)} characters")
    mine, theirs = _Words.of(text), _Words.of(other)
    first, last = mine.touched(start, end)
    if first == last:
        return []
    before, after = max(0, first - _CONTEXT), last + _CONTEXT
    low, high = _window(mine.words[before:after], theirs.words, range(first - before, last - before - 1))
    matcher = SequenceMatcher(None, mine.words[before:after], theirs.words[low:high], autojunk=False)
    codes = [(tag, a + before, b + before, c + low, d + low) for tag, a, b, c, d in matcher.get_opcodes()]
    there = sum(max(0, min(b, last) - max(a, first)) for tag, a, b, _, _ in codes if tag == "equal")
    if there < _THERE * (last - first):
        return [Variant(start, end, None)]
    changed = [_inside(code[1:], first, last) for code in codes if code[0] != "equal"]
    return [Variant(*mine.place(a, b), theirs.place(c, d)) for a, b, c, d in filter(None, changed)]


def _window(around: list[str], words: list[str], passage: range) -> tuple[int, int]:
    """The part of a copy's words in which most pairs of words stand at one distance from where they stand here.

    `passage` numbers the pairs of words that are the passage's; one of them counts more than all the others.
    """
    places: defaultdict[tuple[str, str], list[int]] = defaultdict(list)
    for at, pair in enumerate(pairwise(words)):
        places[pair].append(at)
    votes: Counter[int] = Counter()
    for at, pair in enumerate(pairwise(around)):
        distances = {(place - at) // _SLACK for place in places[pair]}
        # A window is two slacks wide, so that a shift of less than one stays in it.
        for window in distances | {distance - 1 for distance in distances}:
            votes[window] += 2 * _CONTEXT if at in passage else 1
    best = max(votes, key=lambda window: (votes[window], -window), default=0)
    return max(0, best * _SLACK), max(0, (best + 2) * _SLACK + len(around))


def _inside(change: tuple[int, int, int, int], first: int, last: int) -> tuple[int, int, int, int] | None:
    """The part of a change that touches the passage's words `first` to `last`; None outside it.

    Of a change over the passage's edge as many words of the copy are kept as of the passage.
    """
    a, b, c, d = change
    if b < first or a > last or (a == b and a in {first, last}) or (a < b and (b == first or a == last)):
        return None
    if b > last:
        d = min(d, c + last - a)
    if a < first:
        c = max(c, d - (min(b, last) - first))
    return max(a, first), min(b, last), c, d
