"""The picture of an answer's times leaves out nothing without a word, and says in words what it draws."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.facts.chronology import moments
from assistant.types.answer import Cited, EventDate
from assistant.web.page import timeline_strip as module
from assistant.web.page.layout import STYLE
from assistant.web.page.timeline_strip import marks_of, scale_of, timeline_strip
from corpus.article import DateOrigin
from tests.assistant.payloads import PAYLOADS, seen
from tests.looped import each

OWN_TAGS = {"figure", "figcaption", "span", "bdi", "svg", "line", "circle", "title", "text", "ol", "li", "a"}
CSS = (Path(module.__file__).parent / "static" / "timeline.css").read_text("utf-8")


def cited(
    published: date | None,
    first: date | None = None,
    last: date | None = None,
    words: str = "then",
    *,
    by: str = "",
) -> Cited:
    text = f"It rained {words}."
    event = EventDate(text=words, start=10, end=10 + len(words), first=first, last=last, explicit=True)
    return Cited(
        text=text, article_id="a", start=0, end=len(text), prefix="", suffix="", article_sha256="", title=None,
        source=by or None, published=published, url=None, kind=None, score=1.0,
        event_date=event if first or last else None,
        date_origin=DateOrigin.HEADER if published else DateOrigin.NONE,
    )  # fmt: skip


def february(day: int) -> date:
    return date(2020, 2, day)


def strip(*quotes: Cited, anchor: str = "") -> str:
    return timeline_strip(moments(quotes), quotes, anchor)


MIXED = (
    cited(february(5)),
    cited(february(6), february(3), february(3), "on Monday", by="Courier"),
    cited(february(6), february(1), february(6), "this month"),
    cited(None),
)


def test_without_moments_there_is_nothing() -> None:
    assert timeline_strip((), MIXED) == ""


def test_dots_bars_and_words() -> None:
    shown = strip(*MIXED, anchor="turn-2-")
    titles = re.findall(
        r'class="or-timeline-(event|publication)" cx="([\d.]+)%".*?<title>(.*?)</title>', shown
    )
    assert titles == [
        ("event", "5", "Quote 3: 1 February 2020 – 6 February 2020"),
        ("event", "41", "Quote 2: 3 February 2020"),
        ("publication", "77", "Quote 1: 5 February 2020"),
    ]
    assert shown.count('class="or-timeline-bar"') == 1
    for words in (
        "Filled: the day",
        "Hollow: the day it was published",
        "A bar: ",
        "Not drawn: quote 4 (undated).",
    ):
        assert words in shown
    assert [re.sub(r"<.*?>", "", item) for item in re.findall(r"<li>(.*?)</li>", shown)] == [
        "1 February 2020 – 6 February 2020 · “this month” · published 6 February 2020 · source not stated · Quote 3",
        "3 February 2020 · “on Monday” · published 6 February 2020 · Courier · Quote 2",
        "published 5 February 2020 · source not stated · Quote 1",
        "undated · source not stated · Quote 4",
    ]
    assert re.findall(r'href="(.*?)"', shown) == [f"#turn-2-{n}" for n in (3, 2, 1, 4)]
    assert "href" not in strip(*MIXED)


def test_only_what_is_drawn_is_explained() -> None:
    shown = strip(cited(february(3)), cited(february(5)))
    assert "Hollow" in shown
    assert not re.search("Filled|A bar|Dotted|Not drawn", shown)


@pytest.mark.parametrize(
    ("first", "last", "named"),
    [
        (date(2015, 1, 1), None, "since 2015"),
        (None, date(2015, 3, 31), "until March 2015"),
        (date(2015, 3, 5), None, "since 5 March 2015"),
        (date(2011, 3, 1), date(2011, 3, 31), "March 2011"),
        (date(2011, 1, 1), date(2011, 12, 31), "2011"),
        (date(1990, 1, 1), date(1999, 12, 31), "1 January 1990 – 31 December 1999"),
    ],
)
def test_open_ends_and_whole_months_in_words(first: date | None, last: date | None, named: str) -> None:
    shown = strip(
        cited(february(5), first, last), cited(None, date(2016, 5, 5), date(2016, 5, 5)), cited(february(6))
    )
    assert f'or-timeline-days">{named}</span>' in shown
    assert ("or-timeline-open" in shown) == ("Dotted" in shown) == (first is None or last is None)


def test_a_slip_of_a_date_does_not_squeeze_the_picture() -> None:
    shown = strip(
        *(cited(february(n)) for n in (5, 6, 7, 27)), cited(february(5), date(1916, 5, 1), date(1916, 5, 1))
    )
    assert "Not drawn: quote 5 (1 May 1916)." in shown
    assert re.findall("<text x[^>]*>(.*?)</text>", shown) == ["5 February 2020", "27 February 2020"]


def test_years_are_drawn_to_the_end_of_the_last() -> None:
    found = moments(
        [
            cited(february(5), date(2011, 3, 1), date(2011, 3, 31)),
            cited(None, date(2018, 1, 1), date(2018, 12, 31)),
        ]
    )
    scale = scale_of(found)
    assert scale
    assert [label for _, label in scale.labels][:: len(scale.labels) - 1] == ["Mar 2011", "Dec 2018"]
    assert marks_of(found, scale)[1].right <= 95


DATES = st.none() | st.dates(date(1, 1, 1), date(9999, 12, 31)) | st.dates(date(2020, 1, 1), date(2020, 4, 1))


@st.composite
def some_quotes(draw: st.DrawFn) -> list[Cited]:
    drawn = [(draw(DATES), draw(DATES), draw(DATES)) for _ in range(draw(st.integers(0, 6)))]
    ordered = [(p, *((b, a) if a and b and a > b else (a, b))) for p, a, b in drawn]
    return [cited(published, first, last) for published, first, last in ordered]


@settings(deadline=None, max_examples=40)
@given(some_quotes())
def test_every_quote_is_listed_and_drawn_or_said_not_to_be(quotes: list[Cited]) -> None:
    found = moments(quotes)
    shown = timeline_strip(found, quotes)
    assert shown.count("<li>") == len(found)
    names = re.search(r"Not drawn: quotes? (.*?)\.</span>", shown)
    left_out = len(re.findall(r"\d \(", names[1])) if names else 0
    assert shown.count("<circle") + left_out == len(found)
    scale = scale_of(found)
    marks = marks_of(found, scale) if scale else []
    assert all(0 <= mark.left <= mark.right <= 100 for mark in marks)
    for mark in marks:
        others = [other for other in marks if other is not mark and other.lane == mark.lane]
        assert all(other.left - mark.right >= 9 or mark.left - other.right >= 9 for other in others)


@each("payload", PAYLOADS)
def test_hostile_words_are_words(payload: str) -> None:
    found = seen(
        strip(
            cited(february(5), february(3), february(3), payload, by=payload), cited(february(6)), anchor="q"
        )
    )
    assert found.tags <= OWN_TAGS
    assert (found.stack, found.odd) == ([], [])
    assert {key for key, _ in found.attributes if key.startswith("on") or key in {"src", "style"}} == set()


def test_the_style_is_on_the_page_and_names_only_what_is_ours() -> None:
    assert CSS in STYLE
    named = re.findall(r"\.([a-z][\w-]*)", re.sub(r"/\*.*?\*/", "", CSS))
    assert named
    assert all(name.startswith("or-") for name in named)
    assert not re.search(r"url\(|@import", CSS)
