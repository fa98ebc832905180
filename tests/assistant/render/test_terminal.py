"""A terminal page shows what was printed, and no character of it reaches the terminal as a command."""

from __future__ import annotations

import io
import json
import re
import sys
import unicodedata
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console

from assistant.render.terminal import as_json, citation, filters, safe, show, show_answer
from assistant.types.answer import Answer, Found, Understood
from assistant.types.request import Inquiry
from corpus.article import DateOrigin
from index.filters import Filter
from tests.assistant.telling_desk import TellingDesk, spoken, table
from tests.assistant.terminal_page import HOSTILE, OBEYED, answer, lines, page, quote


def test_no_control_or_direction_character_passes() -> None:
    every = [chr(n) for n in range(sys.maxunicode + 1)]
    kinds = {"Cc", "Cf", "Cs", "Zl", "Zp"}
    passing = {c for c in every if unicodedata.category(c) in kinds and safe(c) == c}
    assert passing == {"\n", "\t", "\u200c", "\u200d"}
    assert all(safe(c) == c for c in every if unicodedata.category(c) not in kinds)


@pytest.mark.parametrize(
    ("text", "seen"),
    [("\x1b[2J", "␛[2J"), ("\x00\x07\r", "␀␇␍"), ("\x7f\x9b", "<U+007F><U+009B>"), ("\u202ex", "<U+202E>x")],
)
def test_what_is_not_shown_is_marked(text: str, seen: str) -> None:
    assert safe(text) == seen


@given(st.text(st.characters()))
def test_safe_text_stays_as_it_is(text: str) -> None:
    assert safe(safe(text)) == safe(text)


@pytest.mark.parametrize("terminal", [True, False])
@pytest.mark.parametrize("text", HOSTILE, ids=ascii)
def test_a_hostile_quote_is_shown_and_not_obeyed(text: str, terminal: bool) -> None:
    hostile = quote(
        f"Before {text} after.",
        title=text,
        source=text,
        kind=text,
        article_id=text,
        published=date(2031, 3, 1),
        date_origin=DateOrigin.METADATA,
    )
    asked = Understood(sources=(text,))
    for shown in (answer(hostile, understood=asked), answer(near=(hostile,), understood=asked)):
        printed = page(shown, terminal=terminal)
        assert not OBEYED.search(printed)
        assert f"“Before {safe(text)} after.”" in printed
        assert printed.count(safe(text)) >= 5


@pytest.mark.parametrize("terminal", [True, False])
@pytest.mark.parametrize("text", HOSTILE, ids=ascii)
def test_a_hostile_passage_is_shown_and_not_obeyed(text: str, terminal: bool) -> None:
    found = Found(
        question=text,
        understood=Understood(),
        hits=(quote(f"Before {text} after."),),
        coverage=answer().coverage,
    )
    printed = page(found, terminal=terminal)
    assert not OBEYED.search(printed)
    assert f"“Before {safe(text)} after.”" in printed


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=60))
def test_json_holds_the_exact_text_in_plain_characters(text: str) -> None:
    printed = as_json({"text": text, text: [text, None, 1.5]})
    assert json.loads(printed) == {"text": text, text: [text, None, 1.5]}
    assert not OBEYED.search(printed)


@pytest.mark.parametrize("text", HOSTILE, ids=ascii)
def test_an_answer_s_json_holds_the_exact_text(text: str) -> None:
    printed = as_json(answer(quote(text)))
    assert json.loads(printed)["quotes"][0]["text"] == text
    assert not OBEYED.search(printed)


def test_letters_are_not_escaped_in_json() -> None:
    assert "“Şelin” می‌خواهم 😀" in as_json({"text": "“Şelin” می‌خواهم 😀"})


ANSI = re.compile(r"\x1b\[([0-9;]*)m")


def styled(shown: Answer) -> str:
    """What is published to a terminal that knows styles."""
    out = io.StringIO()
    show_answer(
        Console(file=out, markup=False, width=400, force_terminal=True, color_system="standard"), shown
    )
    return out.getvalue()


@pytest.mark.parametrize("text", HOSTILE, ids=ascii)
def test_a_terminal_stresses_the_answering_words(text: str) -> None:
    shown = answer(
        quote(f"{text} hurt {text}40{text} men.", marks=((5 + len(text) + 6, 5 + 2 * len(text) + 8),))
    )
    printed = styled(shown)
    stressed = re.findall(r"\x1b\[1;4m([^\x1b]*)\x1b\[0m", printed)
    assert stressed == [f"{safe(text)}40"]
    assert ANSI.sub("", printed) == page(shown, terminal=True)


def test_a_pipe_gets_the_words_alone() -> None:
    plain, marked = quote("Forty were hurt."), quote("Forty were hurt.", marks=((5, 10),))
    assert page(answer(marked), terminal=False) == page(answer(plain), terminal=False)
    assert page(answer(marked), terminal=True) == page(answer(plain), terminal=True)


SEARCHED = "Searched: 2 articles · 1 named source · 1 March 2031 – 2 March 2031 · 1 undated"


def test_plain_words_for_filters_and_citations() -> None:
    assert (
        filters(Understood(until=date(2031, 3, 9)))
        == "Only articles until 2031-03-09; undated articles are left out."
    )
    since = Understood(since=date(2031, 3, 9), undated=True)
    assert filters(since) == "Only articles since 2031-03-09; undated articles too."
    assert filters(Understood(undated=False)) == "Only dated articles."
    left_out = Understood(sources=("A",), undated=False)
    assert filters(left_out) == "Only articles from A; undated articles are left out."
    assert filters(Understood(sources=("A",))) == "Only articles from A."


@pytest.mark.parametrize(
    ("first", "last", "said"),
    [
        (date(2011, 3, 1), date(2011, 3, 31), "speaking of days from 1 March 2011 to 31 March 2011"),
        (date(2011, 3, 1), None, "speaking of days from 1 March 2011 on"),
        (None, date(2011, 3, 31), "speaking of days until 31 March 2011"),
    ],
)
def test_days_spoken_of_are_told_apart_from_days_of_publication(
    first: date | None, last: date | None, said: str
) -> None:
    understood = Understood(event_since=first, event_until=last)
    assert filters(understood) == f"Only articles {said}."
    printed_too = understood.model_copy(update={"since": date(2020, 1, 1), "undated": False})
    assert filters(printed_too) == (
        f"Only articles since 2020-01-01 and {said}; undated articles are left out."
    )
    assert citation(quote("x", kind="news")) == "source not stated · undated · a.txt, characters 5–6"


LONG = "word " * 100 + "end."


def test_what_is_piped_is_not_wrapped() -> None:
    assert f"1. “{LONG}”\n" in page(answer(quote(LONG)), terminal=False, width=60)


def test_what_a_terminal_shows_is_wrapped_at_words() -> None:
    printed = lines(page(answer(quote(LONG)), terminal=True, width=60))
    assert max(map(len, printed)) <= 60
    assert f"1. “{LONG}”" in " ".join(printed)


def test_show_indents_and_keeps_newlines() -> None:
    out = io.StringIO()
    show(Console(file=out), "one\ntwo", indent=3)
    assert out.getvalue() == "   one\ntwo\n"


@pytest.mark.parametrize("terminal", [True, False])
def test_passages_stand_under_the_filters_in_force(terminal: bool) -> None:
    desk = TellingDesk()
    wanted = Filter(sources=("The Inland Post",), event_until=date(2024, 3, 9))
    line = "Only articles from The Inland Post and speaking of days until 9 March 2024."
    assert lines(page(desk.find(Inquiry("strike", wanted)), terminal=terminal))[0] == line
    assert lines(page(desk.find(Inquiry("strike")), terminal=terminal))[0].startswith("1. “")


@pytest.mark.parametrize("terminal", [True, False])
@pytest.mark.parametrize("text", HOSTILE, ids=ascii)
def test_hostile_words_beside_a_quote_are_shown_and_not_obeyed(text: str, terminal: bool) -> None:
    told = spoken(quote(f"Before {text} after."), text, text)
    read = Understood(
        sources=(text,),
        read=(text,),
        heard=(text,),
        carried=(text,),
        completed=text,
        event_until=date(2031, 3, 9),
    )
    shown = answer(told, understood=read).model_copy(update={"figures": table((told,), text)})
    printed = page(shown, terminal=terminal)
    assert not OBEYED.search(printed)
    for words in (
        f"{text} ({text})",
        f"(read from “{text}”)",
        f"Searched for: “{text}”",
        f"“{text}” · killed",
    ):
        assert " ".join(safe(words).split()) in " ".join(printed.split())
