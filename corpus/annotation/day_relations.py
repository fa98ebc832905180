"""Days by their relation to the publication date or to a day named before: "last week", "on Monday", "the same day"."""

from __future__ import annotations

import re
from datetime import date, timedelta

from corpus.annotation import day_words as words
from corpus.annotation.day_reading import Place, Reading
from corpus.annotation.intervals import SEASON_OPENS, Interval, Unit, months_from, season, unit_around

UNITS: dict[str, Unit] = {
    "day": "day", "weekend": "weekend", "week": "week", "month": "month", "quarter": "quarter", "half": "half",
    "year": "year", "decade": "decade", "century": "century",
}  # fmt: skip
SHIFT = {"last": -1, "this": 0, "current": 0, "next": 1, "coming": 1}
_NOT_A_DATE = re.compile(
    r"\b(?:bloody|black|good|palm|easter|holy|super|ash|cyber|throwback|every|each"
    r"|last|next|previous|following|per|on a)[ -]$",
    re.IGNORECASE,
)
_NOT_THE_DAY = re.compile(
    r" (?:Times|Telegraph|Herald|Mail|Mirror|Post|Express|Tribune|Night Live|Night Football|School)\b|s\b| prayers?\b"
)


def near(match: re.Match[str], place: Place) -> Reading | None:
    """Read "today", "yesterday", "last night"."""
    word = match["word"].lower()
    shift = -1 if word == "yesterday" or word.startswith("last") else int(word == "tomorrow")
    return by_publication("day", place, shift)


def next_but_one(match: re.Match[str], place: Place) -> Reading | None:
    """Read "the day before yesterday"."""
    return by_publication("day", place, -2 if match["way"].lower().startswith("before") else 2)


def weekday(match: re.Match[str], place: Place) -> Reading | None:
    """Read "on Monday": the last one, counting the day of publication, or the next where the verb looks ahead."""
    if _NOT_A_DATE.search(place.before()) or _NOT_THE_DAY.match(place.text, match.end()):
        return None
    if place.published is None:
        return None
    number = words.WEEKDAYS[match["weekday"].lower()]
    since = (place.published.weekday() - number) % 7
    owns = place.text[place.end : place.end + 1] in {"'", "’"}
    if since and not owns and place.direction() == "ahead":
        since -= 7
    return by_publication("day", place, -since)


def relative(match: re.Match[str], place: Place) -> Reading | None:
    """Read "last week", "this summer", "next May", "this past weekend"; "the last week" is a duration."""
    if place.published is None:
        return None
    which, unit = match["which"].lower(), match["unit"].lower().rstrip(".")
    if which in {"last", "next"} and re.search(r"\bthe $", place.before(), re.IGNORECASE):
        return None
    if match["still"]:
        which = {"past": "last", "coming": "next"}[match["still"].lower()]
    if unit not in UNITS:
        return _named(which, unit, match, place.published)
    if unit == "weekend" and which in {"this", "last"}:
        return _weekend(place, which)
    return None if unit == "day" or match["day"] else by_publication(UNITS[unit], place, SHIFT[which])


def _named(which: str, name: str, match: re.Match[str], published: date) -> Reading | None:
    """Read a season, month or weekday with "last", "this" or "next"; names have a capital."""
    if name in SEASON_OPENS:
        return None if match["day"] else _named_season(which, name, published)
    if not match["unit"][0].isupper():
        return None
    read = _named_weekday if name in words.WEEKDAYS else _named_month
    return _with_day(read(which, name, published), match["day"])


def weekend(_: re.Match[str], place: Place) -> Reading | None:
    """Read "over the weekend"."""
    return _weekend(place, "this")


def by_publication(unit: Unit, place: Place, shift: int) -> Reading | None:
    """The calendar unit so many units after the one of the publication; None where that is not known."""
    if place.published is None:
        return None
    return Reading(unit_around(unit, place.published, shift), unit)


def _named_weekday(which: str, name: str, published: date) -> Reading | None:
    """Read "last Friday" and "next Friday" only where both ways to count them agree."""
    in_week = timedelta(days=words.WEEKDAYS[name] - published.weekday())
    this = published + in_week
    nearest = {
        "last": this if this < published else this - timedelta(days=7),
        "next": this if this > published else this + timedelta(days=7),
    }
    by_week = this + timedelta(days=7 * SHIFT[which])
    if which in {"last", "next"} and nearest[which] != by_week:
        return None
    found = nearest["next"] if which == "coming" else by_week
    return Reading(Interval(found, found), "day")


def _with_day(reading: Reading | None, day: str | None) -> Reading | None:
    """Read "last Oct. 23", which names a day of "last Oct."."""
    if day is None:
        return reading
    if (
        reading is None
        or reading.unit != "month"
        or reading.interval is None
        or reading.interval.first is None
    ):
        return None
    found = reading.interval.first.replace(day=int(day))
    return Reading(Interval(found, found), "day")


def _named_month(which: str, name: str, published: date) -> Reading:
    month = words.MONTHS[name]
    year = published.year
    if which == "last" and month >= published.month:
        year -= 1
    if which in {"next", "coming"} and month <= published.month:
        year += 1
    return Reading(months_from(year, month, 1), "month")


def _named_season(which: str, name: str, published: date) -> Reading | None:
    near_ones = [season(name, published.year + shift) for shift in (-2, -1, 0, 1)]
    if which == "last":
        found = [one for one in near_ones if one.last and one.last < published][-1:]
    elif which in {"next", "coming"}:
        found = [one for one in near_ones if one.first and one.first > published][:1]
    elif name == "winter":
        found = [one for one in near_ones if one.first and one.last and one.first <= published <= one.last]
    else:
        found = [near_ones[2]]
    return Reading(found[0], "season") if found else None


def _weekend(place: Place, which: str) -> Reading | None:
    if place.published is None:
        return None
    early = place.published.weekday() < 5  # noqa: PLR2004 - Saturday
    past = which == "last" or place.before(5).lower() == "over " or (early and place.direction() != "ahead")
    return by_publication("weekend", place, -1 if past else 0)
