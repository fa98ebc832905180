"""Days and years by name: "Christmas Day", "nineteen ninety-four", as a broadcast's script spells it."""

from __future__ import annotations

import re
from datetime import date, timedelta

from corpus.annotation.day_dates import placed
from corpus.annotation.day_reading import Place, Reading
from corpus.annotation.day_words import S
from corpus.annotation.intervals import Interval, months_from

_SMALL = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9,
}  # fmt: skip
_TEENS = {
    "ten": 10, "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16,
    "seventeen": 17, "eighteen": 18, "nineteen": 19,
}  # fmt: skip
_TENS = {
    "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90,
}  # fmt: skip
_NUMBERS = {**_SMALL, **_TEENS, **_TENS}
_CENTURIES = {"eighteen": 1800, "nineteen": 1900, "twenty": 2000}
_ONE, _TEEN, _TEN = "|".join(_SMALL), "|".join(_TEENS), "|".join(_TENS)
SPELLED_YEAR = re.compile(
    rf"(?:(?P<century>eighteen|nineteen|twenty)[ -](?:(?P<tens>{_TEN})(?:[ -](?P<ones>{_ONE}))?|(?P<teens>{_TEEN}))"
    rf"|two[ -]thousand(?:{S}(?:and{S})?(?P<after>{_ONE}|{_TEEN}))?)\b"
    rf"(?!{S}[a-z]{{1,20}}s\b|{S}(?:people|men|women)\b)",
    re.IGNORECASE,
)
HOLIDAY = re.compile(
    rf"(?P<name>Christmas{S}(?:Day|Eve)|New{S}Year['’]?s{S}(?:Day|Eve)|Valentine['’]?s{S}Day|Thanksgiving(?:{S}Day)?)\b"
    rf"(?:(?:,?{S}|{S}of{S})(?P<year>19[0-9]{{2}}|20[0-9]{{2}})(?![0-9]))?"
)
_IN = re.compile(
    r"\b(?:in|since|until|till|by|from|before|after|during|of|the year|early|late|mid)[ -]$", re.IGNORECASE
)
_FIXED = {
    "christmasday": (12, 25),
    "christmaseve": (12, 24),
    "newyearsday": (1, 1),
    "newyearseve": (12, 31),
    "valentinesday": (2, 14),
}


def spelled_year(match: re.Match[str], place: Place) -> Reading | None:
    """Read "in nineteen ninety-four" and "the year two thousand"."""
    if not _IN.search(place.before()):
        return None
    year = _CENTURIES[match["century"].lower()] if match["century"] else 2000
    year += sum(_NUMBERS[match[part].lower()] for part in ("tens", "ones", "teens", "after") if match[part])
    return Reading(months_from(year, 1, 12), "year", explicit=True)


def holiday(match: re.Match[str], place: Place) -> Reading | None:
    """Read "Christmas Day", "New Year’s Eve" and the Thanksgiving of the United States."""
    name = re.sub(r"[^a-z]", "", match["name"].lower())

    def in_year(year: int) -> Interval:
        day = date(year, *_FIXED[name]) if name in _FIXED else _thanksgiving(year)
        return Interval(day, day)

    if match["year"]:
        return Reading(in_year(int(match["year"])), "day", explicit=True)
    return Reading(placed(in_year, place, None), "day", in_year=in_year)


def _thanksgiving(year: int) -> date:
    """The fourth Thursday of November."""
    first = date(year, 11, 1)
    return first + timedelta(days=(3 - first.weekday()) % 7 + 21)
