"""The days that a question asks about, with the words that said so; nothing where that is not plain."""

from __future__ import annotations

import re
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date

from corpus.annotation.day_scan import scan
from corpus.annotation.days import DayMention, mentions_of
from corpus.annotation.intervals import Interval

_NAMES = re.compile(
    r"\b(?:january|february|march|april|may|june|july|august|september|october|november|december"
    r"|monday|tuesday|wednesday|thursday|friday|saturday|sunday)\b"
)
_ALSO_VERBS = {"may", "march"}
_DATED = re.compile(
    r"[0-9]{1,2}(?:st|nd|rd|th)? (?:of )?$|\b(?:in|of|since|until|early|late|mid|last|next|during) $"
)
_NUMBER = re.compile(r" [0-9]")
_IN = re.compile(r"\b(?:in|on|at|during|over|of|from|throughout|within|for|around) (?:the )?$", re.IGNORECASE)
_BY_EVENT = re.compile(
    r"\b(?P<word>before|after|since|until) (?:(?:the|a|an|its|his|her|their) )(?:[\w’'-]{1,30} ){0,5}$",
    re.IGNORECASE,
)
_EVENT = re.compile(r" [\w’'-]{1,30}")
_LAST_WORD = re.compile(r"\b(?:the|of|on|in|from) $", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class AskedDays:
    """What a question asks about: `question[start:end]` are the words, `interval` the days they were read as.

    `explicit`: the words say it all, or all but the year; otherwise the day of asking was needed.
    """

    start: int
    end: int
    interval: Interval
    explicit: bool


def question_days(question: str, today: date) -> AskedDays | None:
    """Read the days that a question is about, relative to `today`.

    None where it names none, several that make no interval, or a year or month that only belongs to a
    name ("the 2018 agreement"). "Before the cease-fire of 5 March 2020" includes that day.
    """
    text = _NAMES.sub(_capital, question)
    found = list(scan(text, 0, len(text), today, asked=True))
    mentions = mentions_of(text, (0, len(text)), found, today)
    asked = [_asked(text, mention, today) for mention in mentions]
    if len(asked) == 2:  # noqa: PLR2004 - a beginning and an end
        return _both(*asked)
    return asked[0] if len(asked) == 1 else None


def days_without_year(question: str, years: Sequence[int]) -> list[AskedDays]:
    """The day or month that a question names without its year, in each of these years that has it.

    Empty where it names none, or more than one.
    """
    text = _NAMES.sub(_capital, question)
    found = [one for one in scan(text, 0, len(text), None, asked=True) if one.reading.in_year]
    if len(found) != 1 or found[0].reading.interval or found[0].reading.in_year is None:
        return []
    start, end, in_year = found[0].start, found[0].end, found[0].reading.in_year
    made: list[AskedDays] = []
    for year in years:
        with suppress(ValueError):  # 29 February
            made.append(AskedDays(start, end, in_year(year), explicit=True))
    return made


def _capital(match: re.Match[str]) -> str:
    """Write a month or weekday with its capital; "may" and "march" only where a date is meant."""
    name, before = match[0], match.string[max(0, match.start() - 12) : match.start()]
    if name in _ALSO_VERBS and not (_DATED.search(before) or _NUMBER.match(match.string, match.end())):
        return name
    return name.capitalize()


def _asked(text: str, mention: DayMention, today: date) -> AskedDays | None:
    before = text[max(0, mention.start - 120) : mention.start]
    event = _BY_EVENT.search(before) if mention.kind == "date" else None
    if event and _LAST_WORD.search(before):
        interval = _around_event(event["word"].lower(), mention.interval, today)
        noun = _EVENT.match(text, mention.end) if before.lower().endswith("the ") else None
        end = noun.end() if noun else mention.end
        whole = mention.start - len(event[0]), end
        return AskedDays(*whole, interval, mention.explicit) if interval else None
    named = mention.kind == "date" and mention.explicit and mention.unit in {"month", "year"}
    if named and (before.lower().endswith("the ") or not _IN.search(before)):
        return None
    return AskedDays(mention.start, mention.end, mention.interval, mention.explicit)


def _around_event(word: str, day: Interval, today: date) -> Interval | None:
    if word in {"before", "until"}:
        return Interval(None, day.last)
    if day.first is None or (word == "since" and day.first > today):
        return None
    return Interval(day.first, today if word == "since" else None)


def _both(one: AskedDays | None, other: AskedDays | None) -> AskedDays | None:
    """Read "after 3 March and before May" as one interval."""
    if one is None or other is None:
        return None
    opens, closes = (one, other) if one.interval.last is None else (other, one)
    first, last = opens.interval.first, closes.interval.last
    if (
        opens.interval.last is not None
        or closes.interval.first is not None
        or not first
        or not last
        or first > last
    ):
        return None
    start, end = min(one.start, other.start), max(one.end, other.end)
    return AskedDays(start, end, Interval(first, last), one.explicit and other.explicit)
