"""Whether a figure may be of the days that a question names: not printed before them, not of other days, no total.

"More than 300,000 people have been killed since 2011" is no toll of one day, and neither is what was
printed a year before it or is said of another day. What names no day may always be meant.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta

from corpus.annotation.days import days
from corpus.annotation.intervals import Interval
from corpus.patterns import lazy
from corpus.segmentation.boundaries import split_sentences_of

_LONGEST = timedelta(days=7)  # of a longer time a total is what is asked for
_MORE = timedelta(days=7)  # what is named so much longer is no day of those asked about
_ZONES = timedelta(days=1)  # by which a day may be another elsewhere
NEWS = 3  # days that words may look back to without naming them
_SPANS = r"(?:days?|weeks?|months?|years?|decades?)"
_MANY = r"(?:[0-9]{1,3}|two|three|four|five|six|seven|eight|nine|ten|several|few|many|couple of)"
# A total is given: since a beginning, over a span of time, of a whole war.
_TOTAL = lazy(
    r"\bsince\b.{0,80}?\b(?:(?:1[89]|20)[0-9]{2}|began|begun|erupted|started|start|beginning|outbreak)\b"
    rf"|\b(?:in|over|during|for|within)(?: the)?(?: (?:last|past|previous))? {_MANY}[ -]{_SPANS}\b"
    rf"|\b(?:in|over|during|for|within) the (?:last|past|previous) {_SPANS}\b"
    rf"|\b{_MANY}-{_SPANS}(?:-(?:long|old))? (?:civil )?(?:war|conflict|civil|crisis|uprising)\b"
    r"|\boverall\b|\b(?:war|conflict|uprising|insurgency) (?:has|have)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Printed:
    """A figure's place in words that were printed on a day, None where it isn't known which."""

    text: str
    at: int
    published: date | None


def asked_days(question: str) -> Interval | None:
    """The one day, or the few, that a question states in full; None for others and for longer times."""
    named = [mention.interval for mention in days(question, 0, len(question), None)]
    return named[0] if len(named) == 1 and named[0].length <= _LONGEST else None


def may_be_of(asked: Interval, printed: Printed) -> bool:
    """Whether a figure may be of these days.

    What names no day, or only a month or a year, is news of the days before it was printed.
    """
    start, end = sentence_of(printed)
    longest = asked.length + _MORE
    named = [i for i in named_days(printed.text, start, end, printed.published) if i.length <= longest]
    if not named and _TOTAL.search(printed.text, start, end):
        return False
    return any(meet(asked, interval) for interval in named or [news_of(printed.published, NEWS)])


def named_days(text: str, start: int, end: int, published: date | None) -> list[Interval]:
    """The days that are named in `text[start:end]`, read against the day it was printed."""
    return [mention.interval for mention in days(text, start, end, published)]


def news_of(published: date | None, back: int) -> Interval:
    """The days that words printed on a day may be news of, as far back as that; any, where it isn't known."""
    if published is None:
        return Interval(None, date.max)
    return Interval(date.fromordinal(max(1, published.toordinal() - back)), published)


def meet(one: Interval, other: Interval) -> bool:
    """Whether two intervals share a day, or lie beside each other: a day may be another elsewhere."""
    return one.meets(other, _ZONES)


def sentence_of(printed: Printed) -> tuple[int, int]:
    """The sentence that a figure stands in, as a place in the text."""
    found = split_sentences_of(printed.text, 0, len(printed.text))
    return next((span for span in found if span[0] <= printed.at < span[1]), (0, len(printed.text)))
