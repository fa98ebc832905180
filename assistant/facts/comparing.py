"""What two figures say about each other: a label, in words as printed.

"disagree" needs two named sources, figures that can't both be right of one thing, and quotes that may
speak of one: the same words for what is counted, days of publication close together, words in
common, no other place, day or span of time named. "update" needs the same of one source on two
days. That it is one event is for the reader to see, and so it is said: "may be different events".
Whatever else differs is "different", which is always true.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import combinations

from assistant import wording
from assistant.query.asked_quantity import opposed, same_thing
from assistant.query.figure_days import meet, named_days, news_of
from assistant.types.figure_table import Comparison, ComparisonKind, FigureRow
from corpus.annotation.hedges import half_step
from corpus.annotation.intervals import Interval
from corpus.annotation.vocabulary import EVENTS
from index.words.bm25 import analyze

_ROUND = 100  # a multiple of that may have been rounded
_SOON = 7  # days within which two sources may be taken to report one thing
_LATER = 31  # days within which one source's other figure may be taken for an update
_LONGEST = 20  # characters of a word
_ADDED = frozenset({"more", "other", "others", "another", "additional", "further"})
# A capitalised word that opens no sentence; not a day or month.
_NAME = re.compile(
    r"(?<=[a-z,] )(?!(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|January|February|March|April|May|June|July|August"
    r"|September|October|November|December)[A-Z][\w’'-]+"
)
# That a total is given from a year on.
_TOTAL = re.compile(r"\b[Ss]ince\b.{0,80}?\b(?:(?:1[89]|20)[0-9]{2}|began|erupted|started)\b|\boverall\b")
_MARKS = (", ", "; ", ". ")  # around what is said together
_ENOUGH, _FEW = 2, 4  # words that two quotes must share; one where a quote has but a few
_COMMON = frozenset(
    analyze(
        "report said say told accord source agency monitor group news observatory human right people person other"
        " includ least more also after when were have been"
    )
) | {stem for form in EVENTS for stem in analyze(form)}
_LABELS: dict[str, str] = {
    "same": "The same figure",
    "different": "Different figures",
    "disagree": "Sources differ (may be different events)",
}


@dataclass(frozen=True)
class Told:
    """A row beside the whole quote that it stands in, from its place `at` on."""

    row: FigureRow
    quote: str
    at: int

    @property
    def is_added(self) -> bool:
        """Whether the figure comes on top of another: "another two", "12 more"."""
        before = self.quote[max(0, self.at - _LONGEST) : self.at].lower().split()
        return bool(_ADDED & {*before[-1:], *self.row.counted.lower().split()})

    def is_about(self, subject: frozenset[str]) -> bool:
        """Whether one of these stems stands beside the figure, between the commas around it; of none, always."""
        start = max(self.quote.rfind(mark, 0, self.at) for mark in _MARKS) + 1
        ends = [self.quote.find(mark, self.at + len(self.row.printed)) for mark in _MARKS]
        end = min((end for end in ends if end >= 0), default=len(self.quote))
        return not subject or not subject.isdisjoint(analyze(self.quote[start:end]))

    @cached_property
    def names(self) -> frozenset[str]:
        """The capitalised words of the quote."""
        return frozenset(_NAME.findall(self.quote))

    def days(self, back: int) -> list[Interval]:
        """The days that the quote names; where it names none, those it may be news of, so many days back."""
        published = self.row.published
        return named_days(self.quote, 0, len(self.quote), published) or [news_of(published, back)]

    @cached_property
    def content(self) -> frozenset[str]:
        """The stems that say what the quote is about besides its figures."""
        counted = _COMMON.union(analyze(self.row.printed))
        return frozenset(stem for stem in analyze(self.quote) if stem.isalpha() and stem not in counted)


def compared(told: Sequence[Told], subject: frozenset[str] = frozenset()) -> list[Comparison]:
    """Compare each two rows of different quotes that count the same kind of thing, in the order of the rows.

    `subject` are stems of which each of two figures must have one beside it to be an "update".
    Figures of one quote aren't compared: they stand side by side, and say themselves what they are.
    """
    pairs = combinations(range(len(told)), 2)
    return [
        Comparison(
            kind=(kind := _kind(told[a], told[b], subject)),
            rows=(a, b),
            words=_words(kind, told[a].row, told[b].row),
        )
        for a, b in pairs
        if told[a].row.quote != told[b].row.quote and _comparable(told[a].row, told[b].row)
    ]


def _comparable(one: FigureRow, other: FigureRow) -> bool:
    events = {one.event, other.event}
    measure = (one.kind, one.unit) == (other.kind, other.unit)
    alike = measure and same_thing(one, other) and not opposed(one, other)
    return alike and (len(events) == 1 or events == {"killed", "neutralised"})


def _kind(one: Told, other: Told, subject: frozenset[str]) -> ComparisonKind:
    first, second = one.row, other.row
    if first.event != second.event or not _in_same_words(first, second) or one.is_added or other.is_added:
        return "different"
    if (first.low, first.high) == (second.low, second.high):
        return "same"
    if not _apart(first, second) or not first.source or not second.source:
        return "different"
    if first.source == second.source:
        about = one.is_about(subject) and other.is_about(subject)
        later = about and first.published != second.published and _may_be_one(one, other, _LATER)
        return "update" if later and first.published and second.published else "different"
    return "disagree" if _may_be_one(one, other, _SOON) else "different"


def _in_same_words(one: FigureRow, other: FigureRow) -> bool:
    """Whether the same words say what is counted."""
    words = [frozenset(row.counted.lower().split()) - {row.noun} for row in (one, other)]
    return words[0] == words[1]


def _may_be_one(one: Told, other: Told, days: int) -> bool:
    """Whether two quotes may speak of one event: published at one time, of the same place, day and matter."""
    first, second = one.row.published, other.row.published
    if first is None or second is None or abs((first - second).days) > days:
        return False
    if bool(_TOTAL.search(one.quote)) != bool(_TOTAL.search(other.quote)):
        return False
    least = _ENOUGH if min(len(one.content), len(other.content)) > _FEW else 1
    then = any(meet(ours, theirs) for ours in one.days(days) for theirs in other.days(days))
    return then and _meet(one.names, other.names) and len(one.content & other.content) >= least


def _meet(ours: frozenset[str], theirs: frozenset[str]) -> bool:
    """Whether two sets share something, or one says nothing."""
    return not ours or not theirs or not ours.isdisjoint(theirs)


def _apart(one: FigureRow, other: FigureRow) -> bool:
    """Whether no number is in both intervals, a round figure taken for what is rounded to it."""
    lows, highs = zip(_reach(one), _reach(other), strict=True)
    return max(lows) > min(highs)


def _reach(row: FigureRow) -> tuple[float, float]:
    if row.high is None or row.high != row.low or row.low % _ROUND or row.kind != "count":
        return row.low, math.inf if row.high is None else row.high
    return row.low - half_step(row.low), row.high + half_step(row.low)


def _words(kind: ComparisonKind, one: FigureRow, other: FigureRow) -> str:
    if kind == "update":
        one, other = sorted((one, other), key=lambda row: row.published or date.min)
        way = "rose" if other.low > one.low else "fell"
        change = f"{way} from “{one.printed}” to “{other.printed}” between {day(one)} and {day(other)}"
        return f"{one.source}, if it means one event: {change}"
    note = " (“neutralised” may also mean wounded or captured)" if one.event != other.event else ""
    return f"{_LABELS[kind]}: {_cited(one)}, {_cited(other)}{note}"


def _cited(row: FigureRow) -> str:
    return f"“{row.printed}” ({row.source or wording.UNSTATED}, {day(row)})"


def day(row: FigureRow) -> str:
    """The day a row was published, in words."""
    return wording.day(row.published) if row.published else wording.UNDATED
