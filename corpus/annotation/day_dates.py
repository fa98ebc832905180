"""Dates of the calendar as they are printed, with or without a year: "February 3, 2020", "in May", "the 1990s"."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date

from corpus.annotation import day_words as words
from corpus.annotation.day_reading import Place, Reading
from corpus.annotation.intervals import Interval, months_from, season
from corpus.patterns import lazy

_NAMES_TOO = {"may", "march", "april", "june", "august"}  # verbs and people's names as well
_LONGEST_NAME = 4  # shorter names of months are abbreviations
_IN_TIME = lazy(
    r"(?:\b(?:in|since|until|till|by|during|of|from|between|through|early|late|mid|before|after|last|next|this|for|to|and"
    r"|or|around)[ -]|['’]s )(?:the )?$",
    re.IGNORECASE,
)
_YEAR_STRONG = lazy(
    r"\b(?:in|since|until|till|by|from|before|after|during|through|early|late|mid|between|around|circa|into|both"
    r"|toward|dating to|prior to|years?|spring|summer|fall|autumn|winter"
    r"|(?:end|beginning|start|middle|rest|part|most|half|months|early days|year) of)[ -]$",
    re.IGNORECASE,
)
_YEAR_WEAK = lazy(
    r"(?:\b(?:the|a|an|his|her|its|their|our|of|for|as of|than)|['’]s)(?: [a-z]{2,15})? $|\($", re.IGNORECASE
)
_YEAR_LINKED = lazy(r"\b(?:1[5-9]|20)[0-9]{2} ?(?:to|and|or|through|until|,|-|–|—) ?$")
_WINTER = lazy(r"\bwinter (?:of )?$", re.IGNORECASE)
_FISCAL = lazy(r"\bfiscal (?:years? )?$", re.IGNORECASE)
_CLOSES = lazy(r"\b(?:until|till|by|through) (?:the )?(?:(?:early|mid|late|middle of|end of)[ -])?$")
_OWNER = lazy(r"\b(?:a|an|the|its|their|his|her|this) $", re.IGNORECASE)
_THING = lazy(r" (?!on |for |to |of |in |by |and |from |will |is |was |has )[a-z]{3}|['’]s ")
_PARTY = lazy(r" (?:Alliance|Bloc|Brigades?|Camp|Coalition|Movement|alliance|bloc|coalition)\b")  # "March 14"
_DEADLINE = lazy(r" (?:deadline|vote|election|meeting|summit|hearing|trial|talks)\b")
_STATED = lazy(
    r"\b(?:January|February|March|April|May|June|July|August|September|October|November|December|"
    r"(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\.?) (?:[0-9]{1,2},? )?(?P<year>1[5-9][0-9]{2}|20[0-9]{2})\b"
)
_NEAR_AHEAD = 60  # days: a date that near is meant, if nothing says that it is past
_FAR_AHEAD = 270  # days: what is farther off would be named with its year
_LONG_BACK = 60  # days: a date nearer than that is meant, whatever year was named before it
_OLDEST_PLAIN = 1900


def month_first(match: re.Match[str], place: Place) -> Reading | None:
    """Read "February 3", "Feb. 3-6, 2020", "Monday, March 2" and a month alone."""
    month = _month(match["month"])
    if match["day"] is None:
        return None if match["weekday"] else _month_alone(match, place, month)
    return _days(match, place, month)


def day_first(match: re.Match[str], place: Place) -> Reading | None:
    """Read "3 February 2020", "the 3rd of February" and "3 to 6 February"."""
    if place.before(1) and place.before(1) in "0123456789.,:/$€£#%-":
        return None
    return _days(match, place, _month(match["month"]))


def month_year(match: re.Match[str], _: Place) -> Reading | None:
    """Read "February 2020"."""
    return Reading(months_from(int(match["year"]), _month(match["month"]), 1), "month", explicit=True)


def iso(match: re.Match[str], _: Place) -> Reading | None:
    """Read "2020-02-03"."""
    day = date(int(match["year"]), int(match["month"]), int(match["day"]))
    return Reading(Interval(day, day), "day", explicit=True)


def numeric(match: re.Match[str], place: Place) -> Reading | None:
    """Read "25/12/2019" and "12/25/2019"; where either number may be the month, nothing."""
    first, second, year = int(match["a"]), int(match["b"]), int(match["year"])
    if (max(first, second) <= 12 and first != second) or place.before(1).isdigit():  # noqa: PLR2004 - months
        return None
    day, month = (first, second) if first > second else (second, first)
    found = date(year, month, day)
    return Reading(Interval(found, found), "day", explicit=True)


def year_alone(match: re.Match[str], place: Place) -> Reading | None:
    """Read "in 2015" and "the 2018 agreement", where it is no number of anything."""
    year = int(match["year"])
    if not _is_year(year, place):
        return None
    return Reading(months_from(year, 1, 12), "year", explicit=True, named=_tells_which(place))


def years(match: re.Match[str], place: Place) -> Reading | None:
    """Read "2015-2018" and "2015–18"; "2015-08" may be a month and is nothing."""
    first, last = int(match["first"]), int(match["last"])
    if len(match["last"]) == 2:  # noqa: PLR2004 - digits
        if last <= 12:  # noqa: PLR2004 - months
            return None
        last += first // 100 * 100
    if not first < last <= first + 100 or not (_is_year(first, place) or match["sign"] != "/"):
        return None
    return Reading(Interval(date(first, 1, 1), date(last, 12, 31)), "year", explicit=True, several=True)


def short_year(match: re.Match[str], place: Place) -> Reading | None:
    """Read "in ’98" as the last such year, by the publication date."""
    if place.published is None or not _YEAR_STRONG.search(place.before().replace("\n", " ")):
        return None
    year = _in_century(int(match["short"]), place.published)
    return Reading(months_from(year, 1, 12), "year")


def decade(match: re.Match[str], _: Place) -> Reading | None:
    """Read "the 1990s"; "the 1900s" may be a century and is nothing."""
    first = int(match["decade"])
    if first % 100 == 0 and first != 2000:  # noqa: PLR2004 - nobody calls the present century so
        return None
    return Reading(months_from(first, 1, 120), "decade", explicit=True)


def short_decade(match: re.Match[str], place: Place) -> Reading | None:
    """Read "the ’90s", by the publication date."""
    if place.published is None:
        return None
    return Reading(months_from(_in_century(int(match["short"]), place.published), 1, 120), "decade")


def spelled_decade(match: re.Match[str], place: Place) -> Reading | None:
    """Read "the nineties", which are the last ones; "in her nineties" is an age."""
    if place.published is None or not re.search(
        r"\bthe (?:early |late |mid-?)?$", place.before(), re.IGNORECASE
    ):
        return None
    short = 20 + 10 * words.DECADES.index(match["name"].lower())
    return Reading(months_from(_in_century(short, place.published), 1, 120), "decade")


def century(match: re.Match[str], _: Place) -> Reading | None:
    """Read "the 19th century", as the hundred years whose numbers begin with 18."""
    return Reading(months_from(100 * int(match["century"]) - 100, 1, 1200), "century", explicit=True)


def short_quarter(match: re.Match[str], _: Place) -> Reading | None:
    """Read "Q3 2019"."""
    month = 3 * int(match["ordinal"]) - 2
    return Reading(months_from(int(match["year"]), month, 3), "quarter", explicit=True)


def season_of_year(match: re.Match[str], place: Place) -> Reading | None:
    """Read "the summer of 2015"; a winter belongs to two years, and only "winter 2015-16" names both."""
    name = match["season"].lower()
    if match["of"]:
        shift = {"last": -1, "this": 0, "next": 1}[match["of"].lower()]
        if place.published is None or name == "winter":
            return None
        return Reading(season(name, place.published.year + shift), "season")
    if name == "winter" and match["last"] is None:
        return None
    if name != "winter" and match["last"]:
        return None
    if name == "winter" and int(match["last"][-2:]) != (int(match["year"]) + 1) % 100:
        return None
    return Reading(season(name, int(match["year"])), "season", explicit=True)


def _month(printed: str) -> int:
    return words.MONTHS[printed.lower().rstrip(".")]


def _days(match: re.Match[str], place: Place, month: int) -> Reading | None:
    first = int(match["day"])
    last = int(match["day2"]) if match["day2"] else first
    if _PARTY.match(place.text, match.end()):
        return None
    if last < first or (last > first and first == 0):
        return None

    def in_year(year: int) -> Interval:
        return Interval(date(year, month, first), date(year, month, last))

    several = last > first
    if match["year"]:
        return Reading(in_year(int(match["year"])), "day", explicit=True, several=several)
    weekday = words.WEEKDAYS[match["weekday"].lower().rstrip(".")] if match["weekday"] else None
    return Reading(placed(in_year, place, weekday), "day", in_year=in_year, several=several)


def _month_alone(match: re.Match[str], place: Place, month: int) -> Reading | None:
    short = len(match["month"].rstrip(".")) <= _LONGEST_NAME and month not in {6, 7}
    if (short or match["month"].lower() in _NAMES_TOO) and not _is_month(place):
        return None

    def in_year(year: int) -> Interval:
        return months_from(year, month, 1)

    return Reading(placed(in_year, place, None), "month", in_year=in_year)


def _is_month(place: Place) -> bool:
    """Whether "May" or "March" is a month here: "in May", "the March talks", but not "in April Jones"."""
    before, after = place.before().replace("\n", " "), place.text[place.end : place.end + 12]
    if _IN_TIME.search(before):
        return not (after[:1] == " " and after[1:2].isupper())
    return bool(_OWNER.search(before) and _THING.match(after))


def placed(in_year: Callable[[int], Interval], place: Place, weekday: int | None) -> Interval | None:
    """Choose the year of a date without one: the last such, unless the text looks ahead or is elsewhere."""
    if place.published is None or place.asked:
        return None
    near = [
        interval
        for year in range(place.published.year - 1, place.published.year + 2)
        if (interval := _real(in_year, year)) is not None and _falls_on(interval, weekday)
    ]
    back = [one for one in near if one.first is not None and one.first <= place.published]
    ahead = [one for one in near if one.first is not None and one.first > place.published]
    if not back or not ahead:
        return back[-1] if back else next(iter(ahead), None)
    return (
        _chosen(back[-1], ahead[0], place)
        if weekday is not None
        else _told(in_year, back[-1], ahead[0], place)
    )


def _told(
    in_year: Callable[[int], Interval], back: Interval, ahead: Interval, place: Place
) -> Interval | None:
    """Take the year of the last full date in the paragraph, where that is an earlier one."""
    stated = _stated_year(place)
    known, first = place.published, back.first
    if stated and known and first and stated < first.year and (known - first).days > _LONG_BACK:
        return _real(in_year, stated) or back
    return _chosen(back, ahead, place)


def _chosen(back: Interval, ahead: Interval, place: Place) -> Interval | None:
    published = place.published
    if published is None or back.first is None or back.last is None or ahead.first is None:
        return back
    if back.last >= published:
        return back
    looks, away = place.direction(), (ahead.first - published).days
    closes = _CLOSES.search(place.before()) is not None
    if looks == "ahead" or (looks is None and closes):
        return ahead if away <= _FAR_AHEAD else back
    if away > _NEAR_AHEAD:
        return back
    one_day = ahead.first == ahead.last
    due = closes or (one_day and _DEADLINE.match(place.text, place.end))
    if looks is None or due:
        return ahead
    return None if one_day else back  # a past deed, on a day to come


def _stated_year(place: Place) -> int | None:
    left = place.before(300).rpartition("\n")[2]
    found = [int(match["year"]) for match in _STATED.finditer(left)]
    return found[-1] if found else None


def _real(in_year: Callable[[int], Interval], year: int) -> Interval | None:
    try:
        return in_year(year)
    except (ValueError, OverflowError):
        return None


def _falls_on(interval: Interval, weekday: int | None) -> bool:
    return weekday is None or (interval.first is not None and interval.first.weekday() == weekday)


def _in_century(short: int, published: date) -> int:
    year = published.year // 100 * 100 + short
    return year if year <= published.year + 10 else year - 100


def _tells_which(place: Place) -> bool:
    """Whether a year tells which thing is meant: "the 2018 nuclear agreement"."""
    return bool(_OWNER.search(place.before().replace("\n", " ")) and _THING.match(place.text, place.end))


def _is_year(year: int, place: Place) -> bool:
    before = place.before().replace("\n", " ")
    if _FISCAL.search(before) or _WINTER.search(before):
        return False
    if _YEAR_STRONG.search(before) or _YEAR_LINKED.search(before):
        return True
    latest = place.published.year + 15 if place.published else 2040
    return bool(_YEAR_WEAK.search(before)) and _OLDEST_PLAIN < year <= latest and year % 100 != 0
