"""Finds the places of a text that name days, one after the other, each read by the first rule that fits."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import partial

from corpus.annotation import day_anchored as anchored
from corpus.annotation import day_dates as dates
from corpus.annotation import day_names as named
from corpus.annotation import day_relations as relations
from corpus.annotation import day_words as words
from corpus.annotation.day_reading import LOOKED_BACK, Place, Reading
from corpus.annotation.intervals import SEASON_OPENS, Interval, Part, part_of

Rule = tuple[re.Pattern[str], Callable[[re.Match[str], Place], Reading | None]]

_LONGEST = 120  # no expression is longer, in code points
_WORD = re.compile(r"[^\W_]+|['’](?=[0-9]0['’]?s|[0-9]{2}\b)")
_PART = re.compile(
    r"(?:\b(?P<word>earlier|later|early|late|mid|sometime)(?:[ -]in|[ -]on)?(?:[ -]the)?"
    r"|(?:\bthe )?\b(?P<noun>beginning|start|middle|end) of(?: the)?)[ \n-]$",
    re.IGNORECASE,
)
_YEAR_AFTER = re.compile(r",? (?:of )?(?P<which>last|this|next) year\b(?!-)", re.IGNORECASE)
_HOURS = re.compile(r" (?:early |late )?(?:morning|afternoon|evening|night)\b")
_PARTS: dict[str, Part] = {
    "early": "early",
    "beginning": "early",
    "start": "early",
    "mid": "mid",
    "middle": "mid",
    "late": "late",
    "end": "late",
}

_NUMBERED: list[Rule] = [
    (words.ISO, dates.iso),
    (words.NUMERIC, dates.numeric),
    (words.DAY_FIRST, dates.day_first),
    (words.YEARS, dates.years),
    (words.DECADE, dates.decade),
    (words.CENTURY, dates.century),
    (words.AGO, anchored.ago),
    (words.OWNED, anchored.quarter),
    (words.YEAR_QUARTER, anchored.quarter),
    (words.YEAR, dates.year_alone),
]
_OF_MONTHS: list[Rule] = [(words.MONTH_YEAR, dates.month_year), (words.MONTH_FIRST, dates.month_first)]
_OF_WEEKDAYS: list[Rule] = [
    (words.MONTH_FIRST, dates.month_first),
    (words.DAY_FIRST, dates.day_first),
    (words.WEEKDAY, relations.weekday),
]
_OF_SEASONS: list[Rule] = [(words.SEASON, dates.season_of_year), (words.SEASON_ALONE, anchored.season_alone)]
_RELATED: list[Rule] = [
    (words.NEAR, relations.near),
    (words.OWNED, anchored.quarter),
    (words.RELATIVE, relations.relative),
]
_ARTICLE: list[Rule] = [
    (words.DAY_FIRST, dates.day_first),
    (words.NEXT_BUT_ONE, relations.next_but_one),
    (words.WEEKEND, relations.weekend),
    (words.YEAR_AGO, anchored.year_ago),
    (words.SAME, anchored.same),
    (words.HERE, anchored.here),
]
_HOLIDAYS: list[Rule] = [(named.HOLIDAY, named.holiday)]
_AGO: list[Rule] = [
    (named.SPELLED_YEAR, named.spelled_year),
    (words.AGO, anchored.ago),
    (words.YEAR_AGO, anchored.year_ago),
]


_BY_PUBLICATION = (
    "last", "this", "next", "coming", "current", "today", "tonight", "yesterday", "tomorrow",
)  # fmt: skip


def _starters() -> dict[str, list[Rule]]:
    """Which rules can begin at which word; so that nothing is tried at the others."""
    found: dict[str, list[Rule]] = {}
    found.update((name, _AGO) for name in (*words.NUMBERS, "eighteen", "nineteen"))
    found.update(
        (name, _HOLIDAYS) for name in ("christmas", "new", "valentine", "valentines", "thanksgiving")
    )
    found.update((name, [(words.OWNED, anchored.quarter)]) for name in words.ORDINALS)
    found.update((name, _OF_SEASONS) for name in SEASON_OPENS)
    found.update((name, _OF_WEEKDAYS) for name in words.WEEKDAYS)
    found.update((name, _OF_MONTHS) for name in words.MONTHS)
    found.update((name, _RELATED) for name in _BY_PUBLICATION)
    found.update((name, [(words.SHORT_QUARTER, dates.short_quarter)]) for name in ("q1", "q2", "q3", "q4"))
    found.update((name, [(words.SPELLED_DECADE, dates.spelled_decade)]) for name in words.DECADES)
    found["the"] = _ARTICLE
    found["that"] = [(words.SAME, anchored.same)]
    found["year"] = [(words.YEAR_AGO, anchored.year_ago)]
    found.update(
        (sign, [(words.SHORT_DECADE, dates.short_decade), (words.SHORT_YEAR, dates.short_year)])
        for sign in "'’"
    )
    return found


_STARTERS = _starters()


@dataclass(frozen=True, slots=True)
class Found:
    """Words that name days, and how they were read."""

    start: int
    end: int
    reading: Reading


class _Named:
    """What was read so far, and what stands before the span; newest first."""

    def __init__(self, text: str, start: int, published: date | None, *, deep: bool) -> None:
        self._found: list[Found] = []
        self._text, self._start, self._published, self._deep = text, start, published, deep

    def add(self, found: Found) -> None:
        self._found.append(found)

    def __call__(self, begin: int) -> Iterator[Reading]:
        """Yield what was named from `begin` on, the last one first."""
        if begin < self._start and self._deep:
            self._deep = False
            context = max(0, self._start - LOOKED_BACK)
            self._found[:0] = scan(self._text, context, self._start, self._published, deep=False)
        for found in reversed(self._found):
            if found.start < begin:
                return
            if found.reading.interval is not None and not found.reading.aside:
                yield found.reading


def scan(
    text: str, start: int, end: int, published: date | None, *, deep: bool = True, asked: bool = False
) -> Iterator[Found]:
    """Yield what names days in `text[start:end]`, in order and without overlaps.

    `deep` lets words that refer to what was named before them look for it before `start` too, where it
    is read once. `asked`: the text is a question.
    """
    known = (published, _Named(text, start, published, deep=deep), asked)
    taken = start
    for word in _WORD.finditer(text, start, end):
        if word.start() < taken:
            continue
        rules = _NUMBERED if word[0][0].isdigit() else _STARTERS.get(word[0].lower(), ())
        found = _first(rules, text, word.start(), end, known) if rules else None
        if found is not None:
            found = _with_part(text, taken, end, _in_its_year(text, end, found, published), published)
            taken = found.end
            known[1].add(found)
            yield found


def _first(
    rules: list[Rule] | tuple[()],
    text: str,
    at: int,
    end: int,
    known: tuple[date | None, _Named, bool],
) -> Found | None:
    for pattern, read in rules:
        match = pattern.match(text, at, min(end, at + _LONGEST))
        if match is None:
            continue
        try:
            reading = read(match, Place(text, at, match.end(), *known))
        except (ValueError, OverflowError):  # no day of the calendar, or one outside of it
            continue
        if reading is not None:
            return Found(at, match.end(), reading)
    return None


def _in_its_year(text: str, end: int, found: Found, published: date | None) -> Found:
    """Read "last year" after a date as the date's year: "March 3 last year"."""
    year, in_year = _YEAR_AFTER.match(text, found.end, end), found.reading.in_year
    if year is None or in_year is None or published is None:
        return found
    shift = {"last": -1, "this": 0, "next": 1}[year["which"].lower()]
    try:
        interval = in_year(published.year + shift)
    except (ValueError, OverflowError):
        return found
    return Found(found.start, year.end(), replace(found.reading, interval=interval, in_year=None))


def _with_part(text: str, taken: int, end: int, found: Found, published: date | None) -> Found:
    """Take "early", "the end of", "later" before the words and "night" after them into account."""
    start, stop, reading = found.start, found.end, found.reading
    if reading.unit == "day" and (hours := _HOURS.match(text, stop, end)):
        stop = hours.end()
    part = _PART.search(text[max(taken, start - 24) : start])
    if part is None:
        return Found(start, stop, reading)
    start -= len(part[0])
    return Found(start, stop, _narrowed(reading, (part["word"] or part["noun"]).lower(), published))


def _narrowed(reading: Reading, word: str, published: date | None) -> Reading:
    if reading.unit in {"day", "weekend"}:
        return reading
    part = _PARTS.get(word)
    in_year = partial(_part_in, reading.in_year, part) if reading.in_year and part else reading.in_year
    interval = reading.interval
    if interval is not None:
        interval = part_of(interval, part) if part else _around(interval, word, published)
    return replace(reading, interval=interval, in_year=in_year)


def _part_in(in_year: Callable[[int], Interval], part: Part, year: int) -> Interval:
    return part_of(in_year(year), part)


def _around(interval: Interval, word: str, published: date | None) -> Interval:
    """Read "earlier" and "later" as before and after the publication, where that falls into the unit."""
    first, last = interval.first, interval.last
    if published is None or first is None or last is None or not first <= published <= last:
        return interval
    return {"earlier": Interval(first, published), "later": Interval(published, last)}.get(word, interval)
