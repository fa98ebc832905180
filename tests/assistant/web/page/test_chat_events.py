"""What a reader does to a conversation, without a browser."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from assistant.assistant import Assistant
from assistant.render.markup import Safe
from assistant.selection.neighbours import Neighbours
from assistant.web.gradio.offline import gr
from assistant.web.page.chat_events import MOST_TURNS, Conversation, Turn, Values
from assistant.web.page.filter_bar import Field
from assistant.web.page.form import Form
from tests.assistant.desk import SmallDesk
from tests.assistant.telling_desk import COMPLETED, HEARD, LEANING, TellingDesk
from tests.newsroom import Newsroom

QUESTION = "How many dockers are on strike?"
CHAT, TURNS, NOTICE, ACTIVE, SOURCES = 1, 2, 3, 4, 5
FILTERS: list[Field] = [["The Inland Post"], "2024-03-13", "", "in", "2024-03-01", "2024-03-02"]
NO_FILTERS: list[Field] = [[], "", "", "", "", ""]


@pytest.fixture
def talk() -> Conversation:
    return Conversation(SmallDesk())


def event(**told: object) -> gr.EventData:
    return gr.EventData(None, told)


def last(shown: Iterator[Values]) -> Values:
    return list(shown)[-1]


def asked(talk: Conversation, *questions: str) -> list[Turn]:
    said: list[Turn] = []
    for question in questions:
        said = last(talk.ask(question, said, *NO_FILTERS))[TURNS]
    return said


def test_a_question_becomes_a_turn_and_the_oldest_leaves(talk: Conversation) -> None:
    said = [Turn(Form(str(n)), Safe()) for n in range(MOST_TURNS)]
    kept = last(talk.ask(QUESTION, said, *NO_FILTERS))[TURNS]
    assert [turn.form.question for turn in kept] == [*(str(n) for n in range(1, MOST_TURNS)), QUESTION]


def test_unchanged_filters_ask_nothing(talk: Conversation) -> None:
    shown = list(talk.refilter(asked(talk, QUESTION), [], " ", "", "", None, ""))
    assert len(shown) == 1
    assert shown[0][TURNS] == gr.skip()


def test_changed_filters_replace_the_last_turn_alone(talk: Conversation) -> None:
    said = asked(talk, "How often will the ferry run?", QUESTION)
    kept = last(talk.refilter(said, ["The Inland Post"], "2024-03-13", "", "in", "2024-03-02", ""))[TURNS]
    assert kept[0] == said[0]
    wanted = Form(QUESTION, date(2024, 3, 13), None, ("The Inland Post",), True, date(2024, 3, 2))
    assert kept[1].form == replace(wanted, after=kept[0].form.question)


@pytest.mark.parametrize("at", [-1, 1, 99, "0", None, 0.0])
def test_a_turn_that_is_not_there_is_told(talk: Conversation, at: Any) -> None:
    said = asked(talk, QUESTION)
    told = event(turn=at, question="x")
    for shown in (does(said, told) for does in (talk.again, talk.edit, talk.unfilter, talk.literal)):
        values = last(shown)
        assert "no longer on this page" in values[NOTICE]
        assert values[TURNS] == gr.skip()


@pytest.mark.parametrize("question", ["", "x" * 2001, 5, None, ["x"]])
def test_other_words_are_checked_as_if_typed(talk: Conversation, question: Any) -> None:
    values = last(talk.edit(asked(talk, QUESTION), event(turn=0, question=question)))
    assert "or-alert" in values[NOTICE]
    assert values[TURNS] == gr.skip()


@pytest.mark.parametrize(
    ("what", "at"), [("source", 7), ("source", -1), ("source", "0"), ("x", 0), (None, None)]
)
def test_a_chip_that_is_not_there_takes_nothing_off(talk: Conversation, what: object, at: object) -> None:
    values = last(talk.drop([], event(what=what, at=at), *FILTERS))
    assert values[SOURCES:] == FILTERS


def test_a_chip_takes_the_choice_about_undated_articles_off(talk: Conversation) -> None:
    values = last(talk.drop([], event(what="undated", at=None), *FILTERS))
    assert values[SOURCES:] == [*FILTERS[:3], "", *FILTERS[4:]]
    assert "undated articles left out" in values[ACTIVE]
    assert "data-drop" in values[ACTIVE]
    assert '"undated"' not in values[ACTIVE]


def test_opening_asks_the_last_question_alone_and_offers_no_unknown_source(talk: Conversation) -> None:
    kept = '[{"q": "one"}, {"q": "How often will the ferry run?", "sources": ["Nobody"]}]'
    values = last(talk.start(kept, "", [("A", "A")]))
    assert [turn.answer is None for turn in values[TURNS]] == [True, False]
    first = next(talk.start(kept, "", [("A", "A")]))
    assert "Nobody" not in str(first[SOURCES].value)
    assert first[ACTIVE] == ""


@pytest.mark.parametrize(
    ("search", "told"),
    [
        ("&source=Nobody", "The archive has no source “Nobody”."),
        ("&source=%3Cb%3E&source=the+inland+post", "The archive has no source “&#60;b&#62;”."),
        ("&source=A&source=B&source=C&source=D", "The archive has no source “A” or “B” or “C” and 1 more."),
        ("&source=the+inland+post", ""),
        ("", ""),
    ],
)
def test_a_source_of_a_link_that_the_archive_lacks_is_told(
    talk: Conversation, search: str, told: str
) -> None:
    shown = list(talk.start("", f"?q=one{search}", [("The Inland Post", "The Inland Post")]))
    notices = [values[NOTICE] for values in shown if isinstance(values[NOTICE], str)]
    assert notices[-1].removesuffix("</p>").rpartition(">")[2] == told


def test_a_source_of_a_link_is_chosen_whatever_its_case(talk: Conversation) -> None:
    first = next(talk.start("", "?q=one&source=the+inland+post", [("Shown", "The Inland Post")]))
    assert first[SOURCES].value == ["The Inland Post"]


def test_an_address_that_is_the_last_question_asks_it_once(talk: Conversation) -> None:
    values = last(talk.start('[{"q": "one"}]', "?q=one", []))
    assert [turn.form.question for turn in values[TURNS]] == ["one"]


def test_the_archive_gives_the_sentences_around_a_quote(printed: Newsroom) -> None:
    assistant = printed.assistant()
    hit = assistant.search("bridge").hits[0]
    text = assistant.article(hit.article_id).text
    spans = spans_of(assistant, hit.article_id)
    quote = hit.model_copy(update={"start": spans[1][0], "end": spans[1][1], "text": text[slice(*spans[1])]})
    after = text[slice(*spans[2])] if spans[2:] else ""
    assert assistant.neighbours(quote) == Neighbours(text[slice(*spans[0])], after)
    assert assistant.neighbours(quote.model_copy(update={"article_sha256": "0" * 64})) == Neighbours()
    assert assistant.neighbours(quote.model_copy(update={"article_id": "gone"})) == Neighbours()


def spans_of(assistant: Assistant, article_id: str) -> list[tuple[int, int]]:
    archive = assistant._retriever.generation().archive
    return [(s.start, s.end) for s in archive.sentences_of(article_id)]


def test_the_archive_counts_the_articles_of_each_source_whatever_its_case(printed: Newsroom) -> None:
    text = "The Meridale bridge was closed by engineers on Monday morning, number {}."
    records = [{"text": text.format(n), "source": name} for n, name in enumerate(["Post", "POST", "Courier"])]
    printed.print_records("feed.jsonl", records)
    printed.build()
    assert printed.assistant().source_counts() == [("Courier", 1), ("POST", 2)]


@pytest.fixture
def telling() -> Conversation:
    return Conversation(TellingDesk())


def test_a_question_comes_after_what_the_last_one_asks_in_full(telling: Conversation) -> None:
    said = asked(telling, QUESTION, LEANING, LEANING)
    assert [turn.form.after for turn in said] == ["", QUESTION, COMPLETED]
    assert asked(telling, LEANING)[0].form.after == ""
    first = telling.fresh()
    assert last(telling.ask(LEANING, first[TURNS], *NO_FILTERS))[TURNS][0].form.after == ""


def test_a_question_of_an_earlier_visit_counts_by_its_own_words(telling: Conversation) -> None:
    said = last(telling.ask(LEANING, [Turn(Form(QUESTION), None)], *NO_FILTERS))[TURNS]
    assert said[1].form.after == QUESTION
    assert said[1].found is not None
    assert said[1].found.understood.completed == COMPLETED


def test_an_edited_question_keeps_the_one_before_it_and_those_after_it_keep_theirs(
    telling: Conversation,
) -> None:
    said = asked(telling, QUESTION, LEANING, LEANING)
    kept = last(telling.edit(said, event(turn=1, question="And who?")))[TURNS]
    assert [turn.form.after for turn in kept] == ["", QUESTION, COMPLETED]
    assert kept[1].form.question == "And who?"


@pytest.mark.parametrize(("question", "button"), [(LEANING, True), (HEARD, True), (QUESTION, False)])
def test_what_was_read_can_be_left_out(telling: Conversation, question: str, button: bool) -> None:
    said = asked(telling, QUESTION, question)
    assert ("or-literal" in str(said[1].answer)) is button
    kept = last(telling.literal(said, event(turn=1)))[TURNS]
    assert kept[1].form == replace(said[1].form, literal=True)
    assert "or-literal" not in str(kept[1].answer)
    assert kept[0] == said[0]
    narrowed = last(telling.refilter(kept, ["The Inland Post"], *NO_FILTERS[1:]))[TURNS]
    assert (narrowed[1].form.literal, narrowed[1].form.after) == (True, QUESTION)
    wide = last(telling.unfilter(narrowed, event(turn=1)))[TURNS]
    assert wide[1].form == kept[1].form
    other = last(telling.edit(wide, event(turn=1, question="And who?")))[TURNS]
    assert not other[1].form.literal


def test_a_link_asks_after_the_question_it_names(telling: Conversation) -> None:
    values = last(telling.start("", "?q=And+on+13+March%3F&after=Who%3F&literal=yes", []))
    assert values[TURNS][0].form == Form("And on 13 March?", after="Who?", literal=True)
    shown = list(telling.start("", "?q=x&after=" + "x" * 2001, []))
    assert "The question before is too long" in shown[-1][NOTICE]
