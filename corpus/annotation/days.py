"""The days that a text mentions: expressions of time, read against the article's publication date.

"February 3, 2020" says its days itself; "on Monday", "February 3" and "three days ago" say them to who
knows when the article was printed. Nothing is guessed: what can be read in two ways is no mention, and
without a publication date only what is fully stated is one. Clock times, ages and durations are not days.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import zip_longest
from typing import Literal

from corpus.annotation.day_reading import Reading
from corpus.annotation.day_scan import Found, scan
from corpus.annotation.intervals import Interval, Unit

Kind = Literal["date", "range", "since", "after", "before", "until"]

_LINK = re.compile(r"\s?[-–—]\s?|\s(?:to|through|until|till|and)\s(?:the\s)?", re.IGNORECASE)
_LISTED = re.compile(r",\s|,?\s(?:and|or)\s(?:on\s)?")
_BETWEEN = re.compile(r"\b(?:between|from) (?:the )?$", re.IGNORECASE)
_AND = re.compile(r"\bbetween (?:the )?$", re.IGNORECASE)
_FROM = re.compile(r"\bfrom (?:the )?$", re.IGNORECASE)
_MOVED = re.compile(
    r"\b(?:moved|postponed|rescheduled|delayed|pushed|changed|brought forward|put off)\b", re.IGNORECASE
)
_COUNTED = re.compile(
    r"\b(?:days?|weeks?|months?|years?|hours?|minutes|time|long|shortly|just) ?$", re.IGNORECASE
)
_OPENS = re.compile(
    r"\b(?P<word>since|after|before|prior to|until|till|up to|through|by)[ \n]$", re.IGNORECASE
)
_OWNS = re.compile(r"['’]")
_ONWARD = re.compile(
    r" on(?:wards?)?\b(?! [a-z])| onwards?\b| and (?:after|beyond|onwards?)\b", re.IGNORECASE
)
_KINDS: dict[str, Kind] = {"since": "since", "after": "after", "before": "before", "prior to": "before"}


@dataclass(frozen=True, slots=True)
class DayMention:
    """Words that name days: `text[start:end]`, and the days from `interval.first` to `interval.last`.

    `explicit`: the words say it all; otherwise the publication date, or a date before them, was needed.
    `unit` is the unit the words name ("last week": a week), `kind` how the interval lies to it: "before
    2011" ends before the year that it names, "since 2011" begins with it. `named`: a year that tells which
    thing is meant ("the 2018 agreement"), which need not be when the sentence's event was.
    """

    start: int
    end: int
    interval: Interval
    explicit: bool
    kind: Kind
    unit: Unit
    named: bool = False


def days(text: str, start: int, end: int, published: date | None) -> list[DayMention]:
    """Find the days that `text[start:end]` mentions, in order and without overlaps.

    `start` and `end` count code points of `text`; what stands before `start` is only looked at to learn
    which year, or which "same day", is meant. "Since Friday" ends with the publication date, "from 2015
    onward" is open. Takes time in proportion to the span.
    """
    return mentions_of(text, (start, end), list(scan(text, start, end, published)), published)


def mentions_of(
    text: str, span: tuple[int, int], found: list[Found], published: date | None
) -> list[DayMention]:
    """Join what a scan found into ranges, and read the word that opens an interval."""
    start, end = span
    found = [_lent(text, one, other) for one, other in zip_longest(found, found[1:])]
    mentions: list[DayMention] = []
    at = 0
    while at < len(found):
        taken = mentions[-1].end if mentions else start
        pair = _joined(text, taken, found[at], found[at + 1]) if at + 1 < len(found) else None
        mention = pair or _single(text, (taken, end), found[at], published)
        at += 2 if pair else 1
        if mention is not None:
            mentions.append(mention)
    return mentions


def _lent(text: str, one: Found, other: Found | None) -> Found:
    """Give "March" its year in "March and April 2019"."""
    if other is None or one.reading.in_year is None or not other.reading.explicit:
        return one
    if one.reading.unit != other.reading.unit or not _LISTED.fullmatch(text, one.end, other.start):
        return one
    interval = _ending(one.reading, other.reading)
    if interval is None:
        return one
    return Found(one.start, one.end, replace(one.reading, interval=interval, explicit=True))


def _joined(text: str, taken: int, one: Found, other: Found) -> DayMention | None:
    """Read "from A to B", "between A and B", "A–B" as one interval."""
    link = text[one.end : other.start]
    match = _LINK.fullmatch(link)
    if match is None or one.reading.several or other.reading.several:
        return None
    before = text[max(taken, one.start - 40) : one.start]
    listed = "and" in link.lower()
    opens = (_AND if listed else _FROM).search(before)
    alike = not listed and one.reading.unit == other.reading.unit
    if _MOVED.search(before) or (opens is None and not alike):
        return None
    first = _ending(one.reading, other.reading)
    last = other.reading.interval
    if first is None or last is None or first.first is None or last.last is None or first.first > last.last:
        return None
    explicit = other.reading.explicit and (one.reading.explicit or one.reading.in_year is not None)
    start = one.start - (len(opens[0]) if opens else 0)
    return DayMention(start, other.end, Interval(first.first, last.last), explicit, "range", one.reading.unit)


def _ending(one: Reading, other: Reading) -> Interval | None:
    """The days of what opens a range, in the year of what closes it or in the one before."""
    last = other.interval
    if one.in_year is None or last is None or last.last is None:
        return one.interval
    for year in (last.last.year, last.last.year - 1):
        try:
            found = one.in_year(year)
        except (ValueError, OverflowError):
            continue
        if found.first is not None and found.first <= last.last:
            return found
    return None


def _single(text: str, around: tuple[int, int], found: Found, published: date | None) -> DayMention | None:
    reading = found.reading
    if reading.interval is None:
        return None
    plain = DayMention(
        found.start,
        found.end,
        reading.interval,
        reading.explicit,
        "range" if reading.several else "date",
        reading.unit,
        reading.named,
    )
    before = text[max(around[0], found.start - 12) : found.start]
    onward = _ONWARD.match(text, found.end, around[1])
    opens = (_BETWEEN if reading.several else _FROM).search(before)
    if onward and reading.interval.first:
        open_end = Interval(reading.interval.first, None)
        plain = replace(plain, interval=open_end, end=onward.end(), kind="since")
    if opens and (onward or reading.several):
        return replace(plain, start=found.start - len(opens[0]))
    word = _OPENS.search(before)
    if word and _COUNTED.search(
        text[max(around[0], found.start - len(word[0]) - 8) : found.start - len(word[0])]
    ):
        return plain
    if word is None or onward or reading.several or _OWNS.match(text, found.end):
        return plain
    return _opened(plain, word, published) or plain


def _opened(plain: DayMention, word: re.Match[str], published: date | None) -> DayMention | None:
    """Read "since", "after", "before", "until" and "by" directly before the words."""
    kind = _KINDS.get(word["word"].lower(), "until")
    try:
        interval = _half_open(plain.interval, kind, published)
    except (ValueError, OverflowError):
        return None
    if interval is None:
        return None
    return replace(plain, start=plain.start - len(word[0]), interval=interval, kind=kind)


def _half_open(named: Interval, kind: Kind, published: date | None) -> Interval | None:
    first, last = named.first, named.last
    if first is None or last is None:
        return None
    if kind == "since":
        return Interval(first, published if published and published >= first else None)
    if kind == "after":
        return Interval(last + timedelta(days=1), None)
    return Interval(None, first - timedelta(days=1)) if kind == "before" else Interval(None, last)
