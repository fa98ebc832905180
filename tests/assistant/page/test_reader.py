"""An article is read as it was printed, with the quoted words marked."""

from __future__ import annotations

import re
from datetime import date

import pytest

from assistant import html
from assistant.page import reader
from corpus.article import Article, DateOrigin
from tests.assistant.desk import ARTICLES, edited
from tests.assistant.payloads import PAYLOADS, assert_own, hostile_article, seen


@pytest.mark.parametrize("payload", PAYLOADS)
def test_hostile_article_is_read_as_it_was_printed(payload: str) -> None:
    article = hostile_article(payload)
    place = reader.Place(article.id, article.body_start + 1, len(article.text), article.sha256)
    found = seen(reader.page(payload, reader.article_view(article, place)))
    assert_own(found)
    assert found.texts["mark.or-hit"] == article.text[article.body_start + 1 :]
    header = found.texts.get("div.or-header", "")
    assert (header + found.texts["div.or-body"]).strip() == article.text.strip()


def test_changed_article_says_so_and_marks_nothing() -> None:
    old = ARTICLES[0]
    markup = reader.article_view(edited(old), reader.Place(old.id, 62, 90, old.sha256))
    assert reader.CHANGED in markup
    assert html.HIT_ID not in markup
    assert "Correction" in markup


@pytest.mark.parametrize(("start", "end"), [(5, 5), (9, 5), (0, 10**9), (-1, 4)])
def test_place_outside_the_article_is_refused(start: int, end: int) -> None:
    article = ARTICLES[0]
    with pytest.raises(reader.NoSuchPlace):
        reader.article_view(article, reader.Place(article.id, start, end, article.sha256))


def test_quote_in_the_header_is_still_marked() -> None:
    article = ARTICLES[0]
    markup = reader.article_view(article, reader.Place(article.id, 0, 11, article.sha256))
    assert seen(markup).texts["mark.or-hit"] == "Port strike"


def test_long_article_is_cut_around_the_quote_and_says_so() -> None:
    text = "a" * 300_000 + " QUOTE " + "b" * 300_000
    article = Article(id="long.txt", text=text)
    markup = reader.article_view(article, reader.Place(article.id, 300_001, 300_006, article.sha256))
    assert seen(markup).texts["mark.or-hit"] == "QUOTE"
    assert f"{len(text) - 2 * reader.REACH - 5:,} characters away from the quote are not shown" in markup


DECEITFUL = (
    *("javascript:alert(1)", "data:text/html,x", "//evil.example", "https:/x", "http://", "https://a b"),
    *("https://a\nb", "https://user@evil.example/", "https://[", "https://\u202egpj.example"),
    *("file:///etc/passwd", " https://a.example"),
)


@pytest.mark.parametrize("url", DECEITFUL)
def test_address_that_may_deceive_is_text(url: str) -> None:
    article = Article(id="a.txt", text="A sentence.", url=url)
    found = seen(reader.article_view(article, reader.Place("a.txt", 0, 2, article.sha256)))
    assert "a" not in found.tags


def test_plain_address_is_a_link_that_tells_nothing() -> None:
    article = Article(id="a.txt", text="A sentence.", url="https://courier.example/a?b=1&c=2")
    marks = dict(seen(reader.article_view(article, reader.Place("a.txt", 0, 2, article.sha256))).attributes)
    assert marks["href"] == article.url
    assert "noopener" in marks["rel"]


@pytest.mark.parametrize("origin", [origin for origin in DateOrigin if origin is not DateOrigin.NONE])
def test_article_says_where_its_date_comes_from(origin: DateOrigin) -> None:
    article = Article(id="a.txt", text="A sentence.", published=date(812, 2, 3), date_origin=origin)
    markup = reader.article_view(article, reader.Place("a.txt", 0, 2, article.sha256))
    word = {"header": "header line", "front matter": "front matter"}.get(origin.value, origin.value)
    assert f"3 February 812, stated in the {word}" in markup


def test_other_quotes_of_the_answer_are_marked_where_they_stand_clear() -> None:
    article = Article(id="a.txt", text="Header\nOne. Two. Three. Four.", body_start=7)
    also = ((24, 29), (7, 11), (0, 6), (12, 14), (8, 10), (25, 99), (9, 9))
    place = reader.Place("a.txt", 12, 16, article.sha256, also)
    markup = reader.article_view(article, place)
    assert re.findall(r'<mark class="or-also">([^<]*)', markup) == ["One.", "Four."]
    assert seen(markup).texts["mark.or-hit"] == "Two."
    assert seen(markup).texts["div.or-body"] == "One. Two. Three. Four."


@pytest.mark.parametrize(
    ("written", "read"),
    [(["1-2", "30-40"], ((1, 2), (30, 40))), (["1-", "a-b", "-1-2", "1-2-3", "٣-٤", "1" * 10 + "-2"], ())],
)
def test_places_of_other_quotes_are_read_or_left_out(written: list[str], read: tuple[object, ...]) -> None:
    assert reader.read_spans(written) == read
    assert len(reader.read_spans(["1-2"] * 50)) == reader.MOST_ALSO
