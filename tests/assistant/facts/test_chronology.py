"""Quotes stand in the order of time, and each says whether its days are those spoken of or those of print."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.facts.chronology import days_named, event_named, in_time, moments
from assistant.types.answer import Cited, EventDate
from corpus.article import DateOrigin

DAYS = st.none() | st.dates(date(2019, 12, 1), date(2020, 3, 1))


def said(first: date | None, last: date | None, words: str = "then") -> EventDate:
    return EventDate(text=words, start=10, end=10 + len(words), first=first, last=last, explicit=True)


def cited(published: date | None, event: EventDate | None = None, article_id: str = "a") -> Cited:
    text = f"It rained {event.text if event else 'then'}."
    return Cited(
        text=text, article_id=article_id, start=0, end=len(text), prefix="", suffix="", article_sha256="",
        title=None, source=None, published=published, url=None, kind=None, score=1.0, event_date=event,
        date_origin=DateOrigin.HEADER if published else DateOrigin.NONE,
    )  # fmt: skip


def february(day: int) -> date:
    return date(2020, 2, day)


def test_event_days_come_before_print_days_and_say_which_they_are() -> None:
    quotes = [
        cited(None),
        cited(february(5)),
        cited(february(9), said(february(3), february(3))),
        cited(february(1), said(None, february(4))),
    ]
    found = moments(quotes)
    assert [moment.quote for moment in found] == [2, 3, 1, 0]
    assert [moment.of for moment in found] == ["event", "event", "publication", "publication"]
    assert (found[-1].first, found[-1].last) == (None, None)


def test_ties_go_by_publication_then_by_place() -> None:
    event = said(february(3), february(3))
    quotes = [
        cited(february(9), event, "b"),
        cited(february(9), event, "a"),
        cited(february(5), event, "c"),
        cited(february(5)),
    ]
    assert [moment.quote for moment in moments(quotes)] == [2, 1, 0, 3]


@pytest.mark.parametrize(
    "quotes",
    [
        [],
        [cited(None), cited(None)],
        [cited(february(3)), cited(None)],
        [cited(february(3)), cited(february(3))],
        [cited(february(3)), cited(february(9), said(february(1), february(29)))],  # some day of February
        [cited(february(3)), cited(february(9), said(None, february(4)))],
    ],
)
def test_days_that_cannot_be_told_apart_make_no_timeline(quotes: list[Cited]) -> None:
    assert moments(quotes) == ()


def _days(first: date | None, last: date | None) -> EventDate | None:
    if first and last and first > last:
        first, last = last, first
    return said(first, last) if first or last else None


@settings(deadline=None, max_examples=50)
@given(st.lists(st.builds(cited, DAYS, st.builds(_days, DAYS, DAYS)), max_size=6))
def test_every_quote_is_once_in_the_order_of_time(quotes: list[Cited]) -> None:
    found = moments(quotes)
    if found:
        assert sorted(moment.quote for moment in found) == list(range(len(quotes)))
        orders = [in_time(moment.first, moment.last) for moment in found]
        assert orders == sorted(orders)
    for moment in found:
        event = quotes[moment.quote].event_date
        assert (moment.of == "event") == (event is not None)
        assert moment.last == (event.last if event else quotes[moment.quote].published)


@pytest.mark.parametrize(
    ("first", "last", "named"),
    [
        ((2020, 2, 3), (2020, 2, 3), "2020-02-03"),
        ((2020, 2, 1), (2020, 2, 29), "2020-02"),
        ((2020, 1, 1), (2020, 12, 31), "2020"),
        ((2020, 2, 3), (2020, 2, 6), "2020-02-03 – 2020-02-06"),
        ((2018, 12, 1), (2019, 3, 31), "2018-12 – 2019-03"),
        ((1990, 1, 1), (1999, 12, 31), "1990 – 1999"),
        ((2015, 1, 1), None, "since 2015"),
        ((2020, 2, 7), None, "since 2020-02-07"),
        (None, (2010, 12, 31), "until 2010"),
        (None, (2020, 3, 5), "until 2020-03-05"),
        ((9999, 12, 1), (9999, 12, 31), "9999-12"),
        (None, None, "undated"),
    ],
)
def test_days_are_written_short(
    first: tuple[int, int, int] | None, last: tuple[int, int, int] | None, named: str
) -> None:
    assert days_named(date(*first) if first else None, date(*last) if last else None) == named


def test_since_is_written_as_it_was_said() -> None:
    assert event_named(said(date(2015, 1, 1), february(6), "since 2015")) == "since 2015"
    assert event_named(said(february(1), february(6), "this month")) == "2020-02-01 – 2020-02-06"
