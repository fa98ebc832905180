"""Days by what the article named before them, or by the verb beside them: "the same day", "the third quarter"."""

from __future__ import annotations

import re

from corpus.annotation import day_words as words
from corpus.annotation.day_reading import Place, Reading
from corpus.annotation.day_relations import SHIFT, UNITS, by_publication
from corpus.annotation.intervals import Interval, Unit, months_from, season, unit_around
from corpus.patterns import lazy

_MONTHS_IN: dict[str, int] = {"month": 1, "quarter": 3, "half": 6, "year": 12, "decade": 120, "century": 1200}
_VAGUE = lazy(
    r"\b(?:more|less|fewer|later|longer) than $|\b(?:over|at least|up to|only|every|half) $", re.IGNORECASE
)
_TO_GO = lazy(
    r"\b(?:end|rest|middle|beginning|start|remainder|half|part) of $|\b(?:later|earlier|early|late) in $",
    re.IGNORECASE,
)
_COMPARED = lazy(r"\b(?:compared|from|than|versus|against|or)\b|\$")
_FISCAL = lazy(r"\bfiscal[ -]$", re.IGNORECASE)
_OF_A_THING = lazy(r" of (?!the (?:year|season)\b)")
_HALVES = 2
_LONG_OVER = 120  # days after which a quarter that is to come is the next year's
_IN_THE = lazy(r"\b(?:over|during|in) the $", re.IGNORECASE)
_SPORT = lazy(
    r"\b(?:touchdown|quarterback|halftime|coach|playoffs?|rebounds|yards|innings?|scored)\b", re.IGNORECASE
)


def season_alone(match: re.Match[str], place: Place) -> Reading | None:
    """Read "over the summer": the last one that has begun, or the next where the clause looks ahead."""
    name = match["season"].lower()
    if place.published is None or name == "winter" or not _IN_THE.search(place.before()):
        return None
    ahead = place.direction() == "ahead"
    near_ones = [season(name, place.published.year + shift) for shift in (-1, 0, 1)]
    begun = [one for one in near_ones if one.first and one.first <= place.published]
    if begun[-1].last and begun[-1].last >= place.published:
        return Reading(begun[-1], "season")
    return Reading(near_ones[len(begun)] if ahead else begun[-1], "season")


def ago(match: re.Match[str], place: Place) -> Reading | None:
    """Read "three days ago", "a year earlier": the calendar unit that long before, never "more than a week ago"."""
    count = _number(match["count"])
    if count is None or _VAGUE.search(place.before()):
        return None
    unit = match["unit"].lower()
    way, a_year = match["way"].lower(), (unit, count) == ("year", 1)
    if way == "ago":
        named = place.last_of(("quarter",)) if a_year and _COMPARED.search(place.before(80)) else None
        return _moved(named, "year", -1) or by_publication(UNITS[unit], place, -count)
    if a_year and _COMPARED.search(place.before(80)):
        return _moved(place.last_of(("quarter", "half")), "year", -1) or by_publication("year", place, -1)
    return _moved(place.anchor(), UNITS[unit], -count)


def same(match: re.Match[str], place: Place) -> Reading | None:
    """Read "the same day", "the following week": by what was named last before it."""
    which, unit = match["which"].lower(), UNITS[match["unit"].lower()]
    the = match[0].lower().startswith("the")
    if (which != "that" and not the) or (which == "that" and the) or (which == "next" and unit != "day"):
        return None
    before = place.anchor()
    if before is None or place.published is None or before.interval is None or before.several:
        return None
    shift = int(which in {"following", "next"})
    if before.unit == unit:
        return _moved(before, unit, shift)
    return _around(before, unit) if not shift else None


def here(match: re.Match[str], place: Place) -> Reading | None:
    """Read "the current year", "the end of the year", and "the quarter" where one was named before."""
    unit = UNITS[match["unit"].lower()]
    which = (match["which"] or "").lower()
    if which == "current":
        return by_publication(unit, place, 0)
    if unit == "quarter" and place.published is not None:
        named = place.last_of(("quarter",))
        if named is not None:
            return Reading(named.interval, unit)
        return by_publication(unit, place, -1) if which == "latest" else None
    if which:
        return None
    before = place.anchor()
    if not _TO_GO.search(place.before()) or place.published is None:
        return None
    elsewhere = before and before.interval and before.interval.first and before.interval.first.year
    return by_publication(unit, place, 0) if elsewhere in {None, place.published.year} else None


def quarter(match: re.Match[str], place: Place) -> Reading | None:
    """Read "the third quarter", "third-quarter profit", "the first half of 2019"; no quarter of a match."""
    ordinal = words.ORDINALS[match["ordinal"].lower()]
    unit = UNITS[match["unit"].lower()]
    other_half = match["ordinal"].lower() in {"last", "latter"}
    if (
        match["fiscal"]
        or _FISCAL.search(place.before())
        or (other_half if unit == "quarter" else ordinal > _HALVES)
        or _OF_A_THING.match(place.text, match.end())
    ):
        return None
    size = _MONTHS_IN[unit]
    if match["year"]:
        found = months_from(int(match["year"]), size * (ordinal - 1) + 1, size)
        return Reading(found, unit, explicit=True)
    owner = match["which"] or match["of"]
    if place.published is None or (owner is None and (unit == "half" or _is_sport(place))):
        return None
    year = place.published.year + (SHIFT[owner.lower()] if owner else 0)
    found = months_from(year, size * (ordinal - 1) + 1, size)
    if owner is None:
        found = _nearest_quarter(found, place)
    return Reading(found, unit)


def year_ago(match: re.Match[str], place: Place) -> Reading | None:
    """Read "the year-earlier quarter": a year before the one that was named last."""
    if place.published is None:
        return None
    if match["ordinal"]:
        month = 3 * words.ORDINALS[match["ordinal"].lower()] - 2
        found = _nearest_quarter(months_from(place.published.year, month, 3), place)
        return _moved(Reading(found, "quarter"), "year", -1)
    unit = match["unit"].lower()
    return _moved(place.last_of(("quarter", "half") if unit == "period" else (UNITS[unit],)), "year", -1)


def _number(word: str) -> int | None:
    return int(word) if word.isdigit() else words.NUMBERS.get(word.lower())


def _around(before: Reading, unit: Unit) -> Reading | None:
    """The unit that holds what was named, where that is smaller."""
    if before.interval is None or before.interval.first is None:
        return None
    found = unit_around(unit, before.interval.first)
    inside = before.interval.last and found.last and before.interval.last <= found.last
    return Reading(found, unit) if inside else None


def _moved(before: Reading | None, unit: Unit, shift: int) -> Reading | None:
    """What was named, so many units later: in its own unit, or by years."""
    if before is None or before.interval is None or before.several:
        return None
    first = before.interval.first
    if (
        first is None
        or before.unit not in {unit, "quarter", "month", "year"}
        or unit not in {"year", before.unit}
    ):
        return None
    if unit == "year" and before.unit != "year":
        moved = months_from(first.year + shift, first.month, _MONTHS_IN[before.unit])
        return Reading(moved, before.unit, aside=True)
    return Reading(unit_around(unit, first, shift), unit)


def _nearest_quarter(in_this_year: Interval, place: Place) -> Interval:
    """The last such quarter that has begun, or the next one where the clause looks ahead."""
    published, first = place.published, in_this_year.first
    if published is None or first is None or in_this_year.last is None:
        return in_this_year
    if first > published and place.direction() != "ahead":
        return months_from(first.year - 1, first.month, 3)
    if (published - in_this_year.last).days > _LONG_OVER and place.direction() == "ahead":
        return months_from(first.year + 1, first.month, 3)
    return in_this_year


def _is_sport(place: Place) -> bool:
    return _SPORT.search(place.text, max(0, place.start - 300), place.end + 300) is not None
