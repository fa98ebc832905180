"""What two figures say about each other: a label, given only where it is sure, in words as printed.

"disagree" needs two named sources, figures that can't both be right of one thing, and nothing that
speaks against its being one: the same words for what is counted, days of publication close
together, places that aren't others. "update" needs the same of one source on two days. Whatever
else differs is "different", which is always true.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import combinations

from assistant import wording
from assistant.counting.asked import opposed, same_thing
from assistant.counting.values import Comparison, ComparisonKind, FigureRow
from corpus.mentions.hedges import half_step

_ROUND = 100  # a multiple of that may have been rounded
_SOON = 7  # days within which two sources may be taken to report one thing
_LATER = 31  # days within which one source's other figure may be taken for an update
_ADDED = frozenset({"more", "other", "others", "another", "additional", "further"})
# A capitalised word that opens no sentence; not a day or month.
_NAME = re.compile(
    r"(?<=[a-z,] )(?!(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|January|February|March|April|May|June|July|August"
    r"|September|October|November|December)[A-Z][\w’'-]+"
)
_LABELS: dict[ComparisonKind, str] = {
    "same": "The same figure",
    "different": "Different figures",
    "disagree": "Sources disagree",
    "update": "The figure changed",
}


@dataclass(frozen=True, slots=True)
class Told:
    """A row beside the whole quote that it stands in."""

    row: FigureRow
    quote: str

    @property
    def names(self) -> frozenset[str]:
        """The capitalised words of the quote."""
        return frozenset(_NAME.findall(self.quote))


def compared(told: Sequence[Told]) -> list[Comparison]:
    """Compare each two rows that count the same kind of thing, in the order of the rows."""
    pairs = combinations(range(len(told)), 2)
    return [
        Comparison(
            kind=(kind := _kind(told[a], told[b])), rows=(a, b), words=_words(kind, told[a].row, told[b].row)
        )
        for a, b in pairs
        if _comparable(told[a].row, told[b].row)
    ]


def _comparable(one: FigureRow, other: FigureRow) -> bool:
    events = {one.event, other.event}
    measure = (one.kind, one.unit) == (other.kind, other.unit)
    alike = measure and same_thing(one, other) and not opposed(one, other)
    return alike and (len(events) == 1 or events == {"killed", "neutralised"})


def _kind(one: Told, other: Told) -> ComparisonKind:
    first, second = one.row, other.row
    if first.event != second.event or not _in_same_words(first, second):
        return "different"
    if (first.low, first.high) == (second.low, second.high):
        return "same"
    if not _apart(first, second) or not first.source or not second.source:
        return "different"
    if first.source == second.source:
        later = first.published != second.published and _may_be_one(one, other, _LATER)
        return "update" if later and first.published and second.published else "different"
    return "disagree" if _may_be_one(one, other, _SOON) else "different"


def _in_same_words(one: FigureRow, other: FigureRow) -> bool:
    """Whether the same words say what is counted, and none that it comes on top of another figure."""
    words = [frozenset(row.counted.lower().split()) - {row.noun} for row in (one, other)]
    return words[0] == words[1] and not _ADDED & words[0]


def _may_be_one(one: Told, other: Told, days: int) -> bool:
    """Whether two quotes may speak of one thing: named places that meet, or none, and days of one time.

    Where a day is missing, a name has to be shared.
    """
    first, second = one.row.published, other.row.published
    shared = one.names & other.names
    if first is None or second is None:
        return bool(shared)
    return abs((first - second).days) <= days and (bool(shared) or not one.names or not other.names)


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
        return f"{one.source}: {way} from “{one.printed}” to “{other.printed}” between {day(one)} and {day(other)}"
    note = " (“neutralised” may also mean wounded or captured)" if one.event != other.event else ""
    return f"{_LABELS[kind]}: {_cited(one)}, {_cited(other)}{note}"


def _cited(row: FigureRow) -> str:
    return f"“{row.printed}” ({row.source or wording.UNSTATED}, {day(row)})"


def day(row: FigureRow) -> str:
    """The day a row was published, in words."""
    return wording.day(row.published) if row.published else wording.UNDATED
