"""Quote cards say what they rest on, and keep apart what is not the quote."""

from __future__ import annotations

import json
import re
from datetime import date
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest

from assistant.render import markup
from assistant.render.source_colours import HUES, hue
from assistant.selection.neighbours import CUT, LONGEST, Neighbours, neighbours
from assistant.types.answer import Answer, Quote
from assistant.web.page import cards, layout
from assistant.wording import citation
from corpus.article import Article, DateOrigin
from tests.assistant.desk import ARTICLES, SmallDesk, quote_of
from tests.assistant.payloads import PAYLOADS, assert_own, seen
from tests.looped import each

QUESTION = "How many dockers are on strike?"


def dated(*days: date | None) -> Answer:
    """An answer with one quote for each day."""
    articles = [
        Article(id=f"{n}.txt", text=f"Quote {n}.", published=day, date_origin=origin(day))
        for n, day in enumerate(days)
    ]
    quotes = tuple(quote_of(article, 0, len(article.text)) for article in articles)
    return SmallDesk().ask(QUESTION).model_copy(update={"quotes": quotes})


def origin(day: date | None) -> DateOrigin:
    return DateOrigin.HEADER if day else DateOrigin.NONE


def card_texts(markup: str) -> list[str]:
    return re.split(r"(?=<article )", markup)[1:]


@pytest.mark.parametrize(
    ("article", "said"),
    [
        (ARTICLES[0], "12 March 2024date from the article's header"),
        (ARTICLES[1], "13 March 2024date from the record's metadata"),
        (ARTICLES[4], "15 March 2024date from the label file"),
        (ARTICLES[5], "source not statedundated"),
    ],
)
def test_card_says_what_the_date_rests_on(article: Article, said: str) -> None:
    assert said in seen(cards.card(quote_of(article, 0, 5), 1)).texts["header.or-meta"]


@each("payload", PAYLOADS)
def test_neighbours_are_text_outside_the_quote_and_outside_the_copy(payload: str) -> None:
    quote = quote_of(ARTICLES[0], 62, 80)
    found = seen(cards.card(quote, 1, beside=Neighbours(f"a{payload}", f"b{payload}")))
    assert_own(found)
    assert found.texts["div.or-beside"] == f"Before the quote: a{payload}After the quote: b{payload}"
    assert found.texts["blockquote.or-quote"] == quote.text
    assert json.loads(dict(found.attributes)["data-copy"]) == citation(quote)


def test_neighbours_are_the_sentences_next_to_the_quote() -> None:
    text, spans = "One. Two. Three. Four.", [(0, 4), (5, 9), (10, 16), (17, 22)]
    assert neighbours(text, spans, 5, 9) == Neighbours("One.", "Three.")
    assert neighbours(text, spans, 5, 16) == Neighbours("One.", "Four.")
    assert neighbours(text, spans, 0, 22) == Neighbours()
    assert neighbours(text, [], 5, 9) == Neighbours()


def test_long_neighbours_are_cut_on_the_far_side() -> None:
    text = "a" * 900 + " Q. " + "b" * 900
    found = neighbours(text, [(0, 900), (901, 903), (904, 1804)], 901, 903)
    assert found == Neighbours(CUT + "a" * LONGEST, "b" * LONGEST + CUT)


def test_the_newest_of_several_days_is_called_most_recent() -> None:
    old, new = date(2024, 3, 1), date(2024, 3, 2)
    shown = card_texts(cards.answer(dated(old, None, new, new)))
    assert [cards.MOST_RECENT in card for card in shown] == [False, False, True, True]


@pytest.mark.parametrize("days", [(date(2024, 3, 1), date(2024, 3, 1)), (date(2024, 3, 1), None), (None,)])
def test_where_days_do_not_differ_none_is_most_recent(days: tuple[date | None, ...]) -> None:
    assert cards.MOST_RECENT not in cards.answer(dated(*days))


def test_quotes_after_the_third_wait_for_more_which_says_whether_the_newest_is_among_them() -> None:
    days = [date(2024, 3, day) for day in (4, 3, 2, 5, 1)]
    shown = cards.answer(dated(*days))
    assert [' hidden=""' in card for card in card_texts(shown)] == [False, False, False, True, True]
    assert seen(shown).texts["button.or-more"] == "Show 2 more quotes, the most recent among them"
    assert seen(cards.answer(dated(*days[::-1]))).texts["button.or-more"] == "Show 2 more quotes"
    assert "or-more" not in cards.answer(dated(*days[:3]))


def test_link_names_the_other_quotes_of_the_same_text() -> None:
    text = "One here. Two here. Three."
    article = Article(id="a.txt", text=text)
    changed = quote_of(Article(id="a.txt", text=text + " More."), 20, 26)
    found = dated(None).model_copy(update={"quotes": (*both(article), changed)})
    links = [value for key, value in seen(cards.answer(found)).attributes if key == "href"]
    asked = [parse_qs(urlsplit(link).query).get("also") for link in links]
    assert asked == [["10-19"], ["0-9"], None]


def both(article: Article) -> tuple[Quote, Quote]:
    return quote_of(article, 0, 9), quote_of(article, 10, 19)


def test_no_answer_under_filters_offers_to_ask_without_them() -> None:
    desk = SmallDesk()
    narrow = cards.answer(desk.ask("Who won the ferry trophy?", since=date(2024, 3, 13)))
    assert "Ask again without filters" in narrow
    assert "from 13 March 2024" in seen(narrow).texts["p.or-filters"]
    assert "Ask again without filters" not in cards.answer(desk.ask("Who won the ferry trophy?"))


def test_a_source_keeps_its_colour_everywhere() -> None:
    badge = markup.source_badge("Harbour Courier")
    assert hue("Harbour Courier") == hue("HARBOUR COURIER")
    assert f"or-source {hue('Harbour Courier')}" in badge
    assert {hue(str(n)) for n in range(200)} == {f"or-hue-{n}" for n in range(HUES)}


def luminance(colour: str) -> float:
    """WCAG 2.2, relative luminance."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def test_colours_of_sources_stand_out_on_cards_and_paper_of_both_themes() -> None:
    static = Path(layout.__file__).parent / "static"
    grounds = re.findall(r"--or-(?:paper|card): (#\w{6})", (static / "chat.css").read_text("utf-8"))
    hues = re.findall(r"--or-hue-\d: (#\w{6})", (static / "cards.css").read_text("utf-8"))
    assert (len(grounds), len(hues)) == (6, 3 * HUES)
    light, dark = (grounds[:2], hues[:HUES]), (grounds[2:4], hues[HUES : 2 * HUES])
    assert (grounds[4:], hues[2 * HUES :]) == dark
    for papers, colours in (light, dark):
        assert min(contrast(paper, colour) for paper in papers for colour in colours) >= 4.5
