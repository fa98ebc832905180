"""What copies of one text print differently: where a copy has a passage, and the words that changed there."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import pairwise
from typing import NamedTuple

from corpus.folding import MARKS, UNSEEN, fold, is_latin

# A number with its points and commas is one word; so are the signs that say what it counts. Marks part no word.
_WORD = re.compile(rf"\d[\d.,{UNSEEN}]*\d|\w(?:[\w{MARKS}{UNSEEN}]*[\w{MARKS}])?|[$€£¥%]")
# Signs that open or close what words say: a passage's place in a copy takes them in.
_SIGNS = 3
_OPENING, _CLOSING = re.compile(rf"[\"'“‘«(]{{0,{_SIGNS}}}\Z"), re.compile(r"[.,;:!?…\"'”’»)]*")
_STOP = re.compile(r"[.!?…—–\n]")
# Words around a passage that hold its edges in place.
_CONTEXT = 12
# How far the aligned words may shift inside the copy, in words.
_SLACK = 40
# How many words more than the passage's a copy may have at the passage's edge, where nothing holds it.
_MORE = 8
# Where a copy adds more words, it is seen whether the passage stands nearer together, by so many words.
_NEAREST = 3
# Words that agree by chance between longer ones that don't: "to", "of the".
_STRAY = 2
# A copy that has fewer of a passage's words, in their order, doesn't have the passage.
_THERE = 0.5

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Change:
    """Words that one text prints and its copy otherwise: `text[start:end]`, and `place` in the copy.

    Both are spans in code points; an empty one says where the other's words are missing.
    """

    start: int
    end: int
    place: Span


@dataclass(frozen=True, slots=True)
class Counterpart:
    """A passage as a copy prints it: its span in the copy, and the words that differ, in order."""

    place: Span
    changes: tuple[Change, ...] = ()


class Original:
    """A passage of a text, to be looked for in copies of that text."""

    def __init__(self, text: str, start: int, end: int) -> None:
        """Look for `text[start:end]`; raises ValueError for a span outside the text."""
        if not 0 <= start <= end <= len(text):
            raise ValueError(f"the span {start}-{end} is outside a text of {len(text)} characters")
        self._passage = text[start:end]
        self._words = _Words.of(text)
        self._first, self._last = self._words.touched(start, end)

    def in_copy(self, other: str) -> Counterpart | None:
        """The passage as a copy of its text prints it; None where the copy doesn't have it.

        No change is where it prints the same words, folded; case, punctuation and blanks don't count. A copy
        has the passage where half of its words or more stand there, in their order: aligned by difflib's
        SequenceMatcher, with some of the passage's surroundings.
        """
        at = other.find(self._passage)
        if at >= 0:
            return Counterpart((at, at + len(self._passage)))
        theirs = _Words.of(other)
        # Without its surroundings where these lead astray, as a line that stands in an article twice does.
        found = (self._counterpart(theirs, self._aligned(theirs, context)) for context in (_CONTEXT, 0))
        return next(filter(None, found), None)

    def _aligned(self, theirs: _Words, context: int) -> list[_Gap]:
        """Where the texts part; the copy's words near the passage's where far ones only seem to be its own."""
        mine, passage = self._words.words, (self._first, self._last)
        within = self._within(context)
        window = _window(mine, theirs.words, passage, within)
        tried = [_aligned(mine, theirs.words, passage, within, window)]
        if any(gap.d - gap.c > _NEAREST for gap in self._inside(tried[0], theirs)):
            for reach, held in ((_CONTEXT, context), (_NEAREST, 0)):
                within = self._within(held)
                window = _near(tried[0], passage, within, len(theirs.words), reach)
                tried.append(_aligned(mine, theirs.words, passage, within, window))
        return min(tried, key=lambda found: sum(map(_cost, self._inside(found, theirs))))

    def _within(self, context: int) -> Span:
        """The passage's words with so many before and after them."""
        return max(0, self._first - context), min(len(self._words.words), self._last + context)

    def _inside(self, aligned: Iterable[_Gap], theirs: _Words) -> list[_Gap]:
        return [found for gap in aligned if (found := _inside(gap, self._first, self._last, theirs))]

    def _counterpart(self, theirs: _Words, aligned: list[_Gap]) -> Counterpart | None:
        words, inside = self._last - self._first, self._inside(aligned, theirs)
        missed = sum(gap.b - gap.a for gap in inside)
        if not words or words - missed < _THERE * words:
            return None
        place = theirs.place(*_across(aligned, inside, self._first, self._last))
        place = _with_signs(theirs.text, place)
        changes = (
            Change(*self._words.place(gap.a, gap.b), _inside_of(place, theirs.place(gap.c, gap.d)))
            for gap in inside
        )
        return Counterpart(place, tuple(changes))


class _Gap(NamedTuple):
    """Words `a` to before `b` of the one text, for which the other has its words `c` to before `d`."""

    a: int
    b: int
    c: int
    d: int

    @property
    def size(self) -> int:
        """The words of the longer side."""
        return max(self.b - self.a, self.d - self.c)


@dataclass(frozen=True, slots=True)
class _Words:
    """A text's words, folded and without regard to case, and where each stands."""

    text: str
    words: list[str]
    spans: list[Span]

    @classmethod
    def of(cls, text: str) -> _Words:
        latin, found = is_latin(text), list(_WORD.finditer(text))
        return cls(text, [fold(m[0], latin=latin).casefold() for m in found], [m.span() for m in found])

    def touched(self, start: int, end: int) -> tuple[int, int]:
        """The words that a span of the text touches: the first, and the one after the last."""
        first = bisect_right(self.spans, start, key=lambda span: span[1])
        return first, max(first, bisect_left(self.spans, end, key=lambda span: span[0]))

    def place(self, first: int, last: int) -> Span:
        """The span of these words; where there are none, the point after the word before."""
        if first < last:
            return self.spans[first][0], self.spans[last - 1][1]
        at = self.spans[first - 1][1] if first else 0
        return at, at

    def sentence_before(self, least: int, last: int) -> int:
        """The first of the words before `last`, and from `least` on, that a sentence has in common with it."""
        while last > least and not self._stops(last):
            last -= 1
        return last

    def sentence_from(self, first: int, most: int) -> int:
        """Where a sentence that goes on with the word `first` ends, `most` words at the latest."""
        while first < most and not self._stops(first):
            first += 1
        return first

    def _stops(self, at: int) -> bool:
        """Whether a sentence ends between a word and the one before it."""
        start = self.spans[at - 1][1] if at else 0
        return bool(
            _STOP.search(self.text, start, self.spans[at][0] if at < len(self.spans) else len(self.text))
        )


def _aligned(mine: list[str], theirs: list[str], passage: Span, within: Span, window: Span) -> list[_Gap]:
    """Where the words `within` of a text, a passage's among them, part from those of a copy's `window`, in order.

    The first and the last gap are beyond what was aligned, and so in part are those that reach its ends:
    nothing says how much of the copy's words there is meant.
    """
    (before, after), (low, high) = within, window
    codes = SequenceMatcher(None, mine[before:after], theirs[low:high], autojunk=False).get_opcodes()
    parted = [_Gap(a + before, b + before, c + low, d + low) for tag, a, b, c, d in codes if tag != "equal"]
    parted = _joined(parted, passage)
    parted = [_Gap(before, before, low, low), *parted, _Gap(after, after, high, high)]
    gaps = [_Gap(a - (a == before), b + (b == after), c, d) for a, b, c, d in parted]
    edges = zip(gaps, gaps[1:-1], gaps[2:], strict=False)
    moved = [_moved(gap, (left.b, right.a), (mine, theirs), passage) for left, gap, right in edges]
    return [gaps[0], *moved, gaps[-1]]


def _near(aligned: Sequence[_Gap], passage: Span, within: Span, words: int, reach: int) -> Span:
    """The part of a copy's `words` around the most of the passage's in a row, with so many words' `reach`."""
    runs = [
        (min(right.a, passage[1]) - start, left.d - left.b)
        for left, right in pairwise(aligned)
        for start in [max(left.b, passage[0])]
    ]
    moved = max(runs)[1]
    low = max(0, within[0] + moved - reach)
    return low, max(low, min(words, within[1] + moved + reach))


def _cost(gap: _Gap) -> int:
    """How much a gap says has changed: a word that the copy lacks counts as three that it adds."""
    return 3 * (gap.b - gap.a) + gap.d - gap.c


def _joined(gaps: Iterable[_Gap], passage: Span) -> list[_Gap]:
    """Gaps with those made one between which, inside a passage, no more than a stray word or two agree."""
    kept: list[_Gap] = []
    for gap in gaps:
        before = kept[-1] if kept else gap
        same = gap.a - before.b
        inside = passage[0] < before.b and gap.a < passage[1]
        if inside and 0 < same <= _STRAY and same < min(before.size, gap.size):
            kept[-1] = _Gap(before.a, gap.b, before.c, gap.d)
        else:
            kept.append(gap)
    return kept


def _window(mine: list[str], words: list[str], passage: Span, within: Span) -> Span:
    """The part of a copy's words in which most pairs of words stand at one distance from where they stand here.

    Of the words `within` a text; a pair of the passage's counts more than all the others.
    """
    around = mine[within[0] : within[1]]
    inside = range(passage[0] - within[0], passage[1] - within[0] - 1)
    places: defaultdict[tuple[str, str], list[int]] = defaultdict(list)
    for at, pair in enumerate(pairwise(words)):
        places[pair].append(at)
    votes: Counter[int] = Counter()
    for at, pair in enumerate(pairwise(around)):
        distances = {(place - at) // _SLACK for place in places[pair]}
        # A window is two slacks wide, so that a shift of less than one stays in it.
        for window in distances | {distance - 1 for distance in distances}:
            votes[window] += 2 * _CONTEXT if at in inside else 1
    best = max(votes, key=lambda window: (votes[window], -window), default=0)
    return max(0, best * _SLACK), min(len(words), max(0, (best + 2) * _SLACK + len(around)))


def _moved(gap: _Gap, room: Span, words: tuple[list[str], list[str]], passage: Span) -> _Gap:
    """Words that only one text has, on one side of the passage's edge where they read the same there.

    `the | man said the | man` is `| the man said | the man`. `room` are the words up to the gaps before
    and after.
    """
    (a, b, c, d), (first, last) = gap, passage
    if (a < b and c < d) or b <= first or a >= last:
        return gap
    added, low, high = (words[1], c, d) if a == b else (words[0], a, b)
    # Out of the passage, or else up to its edge, where it lies across that.
    up_to_edge = [*([first - a] if a < first else []), *([last - b] if b > last else [])]
    for by in (first - b, last - a, *up_to_edge):
        back, on = max(0, -by), max(0, by)
        same = added[low - back : low + on] == added[high - back : high + on]
        if room[0] <= a - back and b + on <= room[1] and same:
            return _Gap(a + by, b + by, c + by, d + by)
    return gap


def _inside(gap: _Gap, first: int, last: int, theirs: _Words) -> _Gap | None:
    """The part of a gap that touches the passage's words `first` to `last`; None outside it.

    Of a gap over the passage's edge few more words of the copy are kept than of the passage, and none of
    another sentence or from before a dash, as of a dateline.
    """
    a, b, c, d = gap
    if b < first or a > last or (a == b and a in {first, last}) or (a < b and (b == first or a == last)):
        return None
    if b > last:
        d = theirs.sentence_from(c, min(d, c + last - a + _MORE))
    if a < first:
        c = theirs.sentence_before(max(c, d - (min(b, last) - first) - _MORE), d)
    return _Gap(max(a, first), min(b, last), c, d)


def _across(aligned: Sequence[_Gap], inside: Sequence[_Gap], first: int, last: int) -> tuple[int, int]:
    """The copy's words that stand for the passage's: the first, and the one after the last."""
    before = max(gap for gap in aligned if gap.b <= first)
    after = min(gap for gap in aligned if gap.a >= last)
    start = inside[0].c if inside and inside[0].a == first else before.d + first - before.b
    end = inside[-1].d if inside and inside[-1].b == last else after.c - (after.a - last)
    return start, end


def _with_signs(text: str, place: Span) -> Span:
    """A span of words with the signs that open and close it."""
    start, end = place
    opening = _OPENING.search(text, max(0, start - _SIGNS), start)
    closing = _CLOSING.match(text, end, end + _SIGNS)
    return opening.start() if opening else start, closing.end() if closing else end


def _inside_of(place: Span, span: Span) -> Span:
    """A span inside a place; the point after the word before it, where that is meant, becomes its beginning."""
    return max(place[0], span[0]), max(place[0], span[1])
