"""Figures, columns, speakers and days of events stand on the page as text, with the way to their quotes."""

from __future__ import annotations

import re
from datetime import date

import pytest

from assistant.types.answer import Answer
from assistant.types.figure_table import Comparison, FigureTable
from assistant.types.request import Inquiry
from assistant.web.page import cards, surroundings
from assistant.web.page.figures_table import CAPTION, figures
from assistant.web.page.form import Form
from assistant.web.page.surroundings import filters_line, reading
from tests.assistant.payloads import PAYLOADS, assert_own, seen
from tests.assistant.telling_desk import (
    COMPARING,
    COUNTED,
    HEARD,
    LEANING,
    TellingDesk,
    figure,
    spoken,
    table,
    understood,
)
from tests.looped import each


def answer(question: str, after: str = "") -> Answer:
    return TellingDesk().answer(Inquiry(question, after=after))


def test_a_card_tells_the_day_it_was_printed_from_the_day_it_speaks_of() -> None:
    quote = answer(COUNTED).quotes[0]
    shown = seen(cards.card(quote, 1))
    assert shown.texts["span.or-printed"].startswith("printed 14 March 2024")
    assert shown.texts["span.or-event"] == "speaks of 11 March 2024read from “on Monday”"
    assert shown.texts["p.or-speaker"] == "denied by the union (the union) · “reportedly”"
    plain = seen(cards.card(quote.model_copy(update={"speaker": None, "event_date": None}), 1))
    assert not {"span.or-event", "p.or-speaker"} & plain.texts.keys()
    undated = quote.model_copy(update={"published": None})
    assert seen(cards.card(undated, 1)).texts["span.or-printed"] == "undated"


@pytest.mark.parametrize("kind", ["opinion", "satire", "analysis", "correction"])
def test_a_kind_that_is_stated_stands_on_its_card(kind: str) -> None:
    quote = answer(COUNTED).quotes[0].model_copy(update={"kind": kind})
    assert seen(cards.card(quote, 1)).texts["span.or-kind"] == kind


def test_figures_are_below_the_quotes_each_with_the_way_to_its_own() -> None:
    found = answer(COUNTED)
    markup = cards.answer(found)
    assert markup.index("or-cards") < markup.index("or-figures")
    shown = seen(markup)
    assert shown.texts["caption.or-caption"] == CAPTION
    assert re.findall(r'class="or-to-quote" type="button" data-at="(\d)"', markup) == ["1", "2", "3", "4"]
    assert shown.texts["td.or-as"].startswith("killed · “about”killed")
    assert shown.texts["li.or-verdict or-verdict-disagree"].startswith("Sources differ")
    assert "The same figure" not in markup
    assert (
        "4 quotes from 6 articles searched · quoted: 5 articles, 4 independent texts"
        in shown.texts["p.or-summary"]
    )
    assert "or-figures" not in cards.answer(found.model_copy(update={"figures": None}))


def test_comparisons_are_few_and_those_that_say_most_come_first() -> None:
    found = table(answer(COUNTED).quotes)
    pairs = [Comparison(kind="different", rows=(0, 1), words=f"Different {n}") for n in range(9)]
    shown = figures(found.model_copy(update={"comparisons": (*pairs, found.comparisons[1])}))
    verdicts = re.findall(r"<li[^>]*>([^<“]*)", shown)
    assert verdicts[0].startswith("Sources differ")
    assert verdicts[1:] == ["and 9 more pairs of figures that differ"]
    weak = figures(found.model_copy(update={"comparisons": tuple(pairs)}))
    assert re.findall(r"<li[^>]*>([^<“]*)", weak) == [
        "Different 0",
        "and 8 more pairs of figures that differ",
    ]


def test_what_the_printed_figure_says_is_not_said_again() -> None:
    row = figure(answer(COUNTED).quotes[0], 0, "About 1,400 dockers")
    plain = row.model_copy(update={"counted": "dockers", "event": None, "unconfirmed": None})
    shown = seen(figures(FigureTable(rows=(plain, plain), comparisons=())))
    assert shown.texts["th.or-figure"] == "“About 1,400 dockers”" * 2
    assert not {"td.or-counted", "td.or-as"} & shown.texts.keys()
    assert "td.or-where" not in shown.texts
    elsewhere = plain.model_copy(update={"place": "in <b>Korrun</b>"})
    assert seen(figures(FigureTable(rows=(plain, elsewhere)))).texts["td.or-where"] == "“in <b>Korrun</b>”"
    people = plain.model_copy(update={"counted": "people", "unconfirmed": "unconfirmed"})
    shown = seen(figures(FigureTable(rows=(plain, people), comparisons=())))
    assert (shown.texts["td.or-counted"], shown.texts["td.or-as"]) == ("people", "“unconfirmed”")


def test_each_source_compared_has_a_column_also_without_a_quote() -> None:
    markup = cards.answer(answer(COMPARING))
    columns = re.findall(r'<section class="or-column" aria-label="([^"]*)">', markup)
    assert columns == ["Harbour Courier", "The Inland Post", "Wire Nine"]
    assert "Nothing found in Wire Nine" in seen(markup).texts["section.or-column"]
    assert "or-orders" not in markup
    assert ' hidden=""' not in markup


def test_what_was_read_and_taken_over_is_said_with_the_way_out() -> None:
    heard = seen(cards.answer(answer(HEARD)))
    assert heard.texts["div.or-reading-as"] == (
        "Understood: only Harbour Courier · speaking of 11 March 2024, because the question says "
        "“Harbour Courier” and “on 11 March”Search exactly what I typed"
    )
    assert heard.texts["p.or-filters"] == "Only: source Harbour Courier · speaking of 11 March 2024"
    leaning = seen(cards.answer(answer(LEANING, "Who?")))
    assert leaning.texts["div.or-reading-as"] == (
        "Taken over from the question before: dockers · strike"
        "Searched for: “How many dockers are on strike on 13 March?”Search exactly what I typed"
    )
    silent = answer("Who won the chess final?")
    told = silent.understood.model_copy(update={"carried": ("Idlib",)})
    assert "or-literal" in cards.answer(silent.model_copy(update={"understood": told}))
    assert "or-literal" not in cards.answer(silent)
    days = answer(HEARD).understood.model_copy(
        update={"event_until": date(2024, 3, 12), "sources": (), "heard": ()}
    )
    told_days = "Only: speaking of days from 11 March 2024 to 12 March 2024"
    assert seen(filters_line(days)).texts["p.or-filters"] == told_days


@each("payload", PAYLOADS)
def test_hostile_words_of_every_new_part_are_text(payload: str) -> None:
    found = answer(COUNTED)
    quotes = tuple(
        spoken(quote, payload, payload).model_copy(update={"source": payload}) for quote in found.quotes
    )
    told = understood(
        found.model_copy(update={"quotes": quotes, "figures": table(quotes, payload)}),
        sources=(payload, f"other {payload}"), read=(payload,), heard=(payload,), carried=(payload, payload),
        completed=payload, compared=True,
    )  # fmt: skip
    page = seen(cards.answer(told) + surroundings.question(Form(payload, after=payload)))
    assert_own(page)
    assert page.texts["td.or-counted"] == f"{payload} counted" * 4
    assert page.texts["span.or-who"] == f"{payload} ({payload})" * 4
    assert page.texts["span.or-event"] == f"speaks of 11 March 2024read from “{payload}”" * 4
    assert f"Searched for: “{payload}”" in page.texts["div.or-reading-as"]
    assert f"Nothing found in other {payload}" in page.texts["section.or-column"]
    assert payload in page.texts["li.or-verdict or-verdict-disagree"]
    assert_own(seen(reading(told.understood)))
