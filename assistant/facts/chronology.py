"""Quotes in the order of time: when it happened, where they say so, else when it was printed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from assistant.types.answer import Cited, EventDate, Moment

_SINCE = "since "

Order = tuple[bool, date, date]


def moments(quotes: Sequence[Cited]) -> tuple[Moment, ...]:
    """Give the quotes in the order of the days they speak of, else of their publication; undated ones last.

    Each moment says which of the two its days are. Ties go by publication, then by place. Empty
    where no two quotes can be told apart: where there is no day before which one ends and after
    which, or on which, another begins.
    """
    found = [_moment(number, quote) for number, quote in enumerate(quotes)]
    dated = [moment for moment in found if moment.first or moment.last]
    if not dated:
        return ()
    if max(m.first or date.min for m in dated) <= min(m.last or date.max for m in dated):
        return ()
    return tuple(sorted(found, key=lambda m: (in_time(m.first, m.last), place(quotes[m.quote]))))


def _moment(number: int, quote: Cited) -> Moment:
    said, printed = quote.event_date, quote.published
    if said is None:
        return Moment(quote=number, first=printed, last=printed, of="publication")
    return Moment(quote=number, first=said.first, last=said.last, of="event")


def in_time(first: date | None, last: date | None) -> Order:
    """Sort days by where they begin, or where they end if no beginning is stated; no days at all come last."""
    begins = first or last
    return begins is None, begins or date.max, last or date.max


def place(quote: Cited) -> tuple[date, str, int]:
    """Sort quotes of the same days by publication, undated ones last, then by place."""
    return quote.published or date.max, quote.article_id, quote.start


def days_named(first: date | None, last: date | None) -> str:
    """Write days as short as they are plain: `2020-02-03`, `2020-02`, `since 2015`, `2020-02-03 – 2020-02-06`.

    Whole months and whole years are written as such. None is an open end; with neither end it is
    "undated".
    """
    cut = _precision(first, last)
    opens, closes = (day.isoformat()[:cut] if day else "" for day in (first, last))
    if not opens:
        return f"until {closes}" if closes else "undated"
    if not closes:
        return f"since {opens}"
    return opens if opens == closes else f"{opens} – {closes}"


def event_named(said: EventDate) -> str:
    """Write the days a quote speaks of: "since Friday" as it begins, though its end is known, the day of printing."""
    since = said.text[: len(_SINCE)].lower() == _SINCE
    return days_named(said.first, None if since and said.first else said.last)


def _precision(first: date | None, last: date | None) -> int:
    """How many characters of YYYY-MM-DD are needed: 4 for whole years, 7 for whole months."""
    opens = (first.month, first.day) if first else (1, 1)
    closes = (last.month, last.day) if last else (12, 31)
    if opens == (1, 1) and closes == (12, 31):
        return 4
    ends_month = last is None or last == date.max or (last + timedelta(days=1)).day == 1
    return 7 if opens[1] == 1 and ends_month else 10
