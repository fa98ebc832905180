"""An article is read as it was printed, with the quoted words marked."""

from __future__ import annotations

import re
from datetime import date
from html import unescape

import pytest

from assistant.provenance.corrections import Afterwards
from assistant.provenance.relocate import seal
from assistant.render import markup as marks
from assistant.types.correction import Correction
from assistant.web.page import article_page
from assistant.wording import DATED_BY
from corpus.article import Article, DateOrigin
from tests.assistant.desk import ARTICLES, edited
from tests.assistant.payloads import PAYLOADS, assert_own, hostile_article, seen
from tests.looped import each


@each("payload", PAYLOADS)
def test_hostile_article_is_read_as_it_was_printed(payload: str) -> None:
    article = hostile_article(payload)
    place = article_page.Place(article.id, article.body_start + 1, len(article.text), article.sha256)
    found = seen(article_page.page(payload, article_page.article_view(article, place)))
    assert_own(found)
    assert found.texts["mark.or-hit"] == article.text[article.body_start + 1 :]
    header = found.texts.get("div.or-header", "")
    assert (header + found.texts["div.or-body"]).strip() == article.text.strip()


def test_changed_article_says_so_and_marks_nothing_where_the_link_has_no_seal() -> None:
    old = ARTICLES[0]
    markup = article_page.article_view(edited(old), article_page.Place(old.id, 62, 90, old.sha256))
    assert f"{article_page.CHANGED} {article_page.CANNOT_TELL}" in markup
    assert marks.HIT_ID not in markup
    assert "Correction" in markup


@pytest.mark.parametrize(
    ("now", "told"),
    [
        ("One. Two, then. Four.", article_page.STILL_THERE),
        ("None. One. Two, then.", article_page.MOVED),
        ("One. Two, thén.", article_page.NO_LONGER),
        ("One. Two, thence.", article_page.NO_LONGER),
    ],
)
def test_a_changed_article_says_whether_the_quoted_words_still_stand_in_it(now: str, told: str) -> None:
    old, text = Article(id="a.txt", text="One. Two, then. Three."), "Two, then."
    place = article_page.Place("a.txt", 5, 15, old.sha256, ((0, 4),), seal(text))
    markup = article_page.article_view(
        Article(id="a.txt", text=now), place, Afterwards("2031-03-19T12:05:00+00:00")
    )
    found = seen(markup).texts
    assert found["p.or-changed"] == (
        f"{article_page.CHANGED} {told} The archive had the quoted text until 19 March 2031, 12:05 UTC."
    )
    assert found.get("mark.or-hit") == (None if told is article_page.NO_LONGER else text)
    assert found["div.or-body"] == now


def test_words_too_many_to_be_looked_for_are_not_said_to_be_gone() -> None:
    article = Article(id="a.txt", text="word " * 9_000)
    place = article_page.Place("a.txt", 0, 40_000, "0" * 64, (), seal("x"))
    assert article_page.CANNOT_TELL in article_page.article_view(article, place)


@each("payload", PAYLOADS)
def test_what_is_stated_of_a_correction_stands_above_the_article(payload: str) -> None:
    article = Article(id="a.txt", text="A sentence.", corrected=payload)
    correction = Correction(article_id=f"{payload}.txt", published=date(2031, 3, 19), title=payload)
    place = article_page.Place("a.txt", 0, 2, article.sha256)
    found = seen(article_page.article_view(article, place, Afterwards(None, correction)))
    assert_own(found)
    assert f"Corrected, as its metadata says: {payload}" in found.texts["p.or-note"]
    assert f"“{payload}”, {payload}.txt, 19 March 2031" in found.texts["p.or-note"]
    assert found.texts["span.or-kind"] == "corrected"
    assert "p.or-changed" not in found.texts


def test_an_article_that_left_says_until_when_it_was_there() -> None:
    told = seen(article_page.gone_view(Afterwards("2031-03-19T12:05:00+00:00"))).texts["p.or-changed"]
    assert told == f"{article_page.GONE} The archive had the quoted text until 19 March 2031, 12:05 UTC."


@pytest.mark.parametrize(("start", "end"), [(5, 5), (9, 5), (0, 10**9), (-1, 4)])
def test_place_outside_the_article_is_refused(start: int, end: int) -> None:
    article = ARTICLES[0]
    with pytest.raises(article_page.NoSuchPlace):
        article_page.article_view(article, article_page.Place(article.id, start, end, article.sha256))


def test_quote_in_the_header_is_still_marked() -> None:
    article = ARTICLES[0]
    markup = article_page.article_view(article, article_page.Place(article.id, 0, 11, article.sha256))
    assert seen(markup).texts["mark.or-hit"] == "Port strike"


def test_long_article_is_cut_around_the_quote_and_says_so() -> None:
    text = "a" * 300_000 + " QUOTE " + "b" * 300_000
    article = Article(id="long.txt", text=text)
    markup = article_page.article_view(
        article, article_page.Place(article.id, 300_001, 300_006, article.sha256)
    )
    assert seen(markup).texts["mark.or-hit"] == "QUOTE"
    assert (
        f"{len(text) - 2 * article_page.REACH - 5:,} characters away from the quote are not shown" in markup
    )


DECEITFUL = (
    *("javascript:alert(1)", "data:text/html,x", "//evil.example", "https:/x", "http://", "https://a b"),
    *("https://a\nb", "https://user@evil.example/", "https://[", "https://\u202egpj.example"),
    *("file:///etc/passwd", " https://a.example"),
)


@pytest.mark.parametrize("url", DECEITFUL)
def test_address_that_may_deceive_is_text(url: str) -> None:
    article = Article(id="a.txt", text="A sentence.", url=url)
    found = seen(article_page.article_view(article, article_page.Place("a.txt", 0, 2, article.sha256)))
    assert "a" not in found.tags


def test_plain_address_is_a_link_that_tells_nothing() -> None:
    article = Article(id="a.txt", text="A sentence.", url="https://courier.example/a?b=1&c=2")
    marks = dict(
        seen(article_page.article_view(article, article_page.Place("a.txt", 0, 2, article.sha256))).attributes
    )
    assert marks["href"] == article.url
    assert "noopener" in marks["rel"]


@pytest.mark.parametrize("origin", [origin for origin in DateOrigin if origin is not DateOrigin.NONE])
def test_article_says_where_its_date_comes_from(origin: DateOrigin) -> None:
    article = Article(id="a.txt", text="A sentence.", published=date(812, 2, 3), date_origin=origin)
    markup = article_page.article_view(article, article_page.Place("a.txt", 0, 2, article.sha256))
    assert f"3 February 812, {DATED_BY[origin]}" in unescape(markup)
    assert origin.value in DATED_BY[origin]


def test_other_quotes_of_the_answer_are_marked_where_they_stand_clear() -> None:
    article = Article(id="a.txt", text="Header\nOne. Two. Three. Four.", body_start=7)
    also = ((24, 29), (7, 11), (0, 6), (12, 14), (8, 10), (25, 99), (9, 9))
    place = article_page.Place("a.txt", 12, 16, article.sha256, also)
    markup = article_page.article_view(article, place)
    assert re.findall(r'<mark class="or-also">([^<]*)', markup) == ["One.", "Four."]
    assert seen(markup).texts["mark.or-hit"] == "Two."
    assert seen(markup).texts["div.or-body"] == "One. Two. Three. Four."


@pytest.mark.parametrize(
    ("written", "read"),
    [(["1-2", "30-40"], ((1, 2), (30, 40))), (["1-", "a-b", "-1-2", "1-2-3", "٣-٤", "1" * 10 + "-2"], ())],
)
def test_places_of_other_quotes_are_read_or_left_out(written: list[str], read: tuple[object, ...]) -> None:
    assert article_page.read_spans(written) == read
    assert len(article_page.read_spans(["1-2"] * 50)) == article_page.MOST_ALSO
