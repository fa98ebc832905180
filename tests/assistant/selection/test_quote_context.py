"""A quote says who speaks it and of which day it is, where its article makes that clear, and is silent elsewhere."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings

from assistant.query.question import Kind
from assistant.selection.quote_context import Context, Quoted, Span
from corpus.annotation.speakers import Attribution, speakers
from corpus.segmentation.boundaries import split_sentences_of
from tests.odd_texts import ODD_TEXTS

PRINTED = date(2031, 3, 4)


def context(text: str, kind: Kind = Kind.WHAT, chosen: int = -1, mark: str = "") -> Context:
    sentences = tuple(split_sentences_of(text, 0, len(text)))
    marks = ((text.index(mark), text.index(mark) + len(mark)),) if mark else ()
    return Context(Quoted(text, sentences, sentences[chosen], attributions(text, sentences), marks), kind)


def attributions(text: str, sentences: tuple[Span, ...]) -> tuple[Attribution, ...]:
    return tuple(a for span in sentences for a in speakers(text, *span, sentences))


@pytest.mark.parametrize(
    ("text", "speaker", "cue"),
    [
        ("Ana Lund said the dam was safe.", "Ana Lund", "said"),
        ("At least 30 were killed, according to the mayor.", "the mayor", "according to"),
        ("Ana Lund came. “It is quite safe,” she said.", "she", "said"),
    ],
)
def test_who_speaks_is_said_in_words_of_the_article(text: str, speaker: str, cue: str) -> None:
    found = context(text).speaker()
    assert found is not None
    assert (found.text, found.cue, text[found.start : found.end]) == (speaker, cue, speaker)


@pytest.mark.parametrize(
    "text",
    [
        "The dam broke on 12 May.",
        "The dam broke in a storm that flooded nine villages, and the mayor said so.",
        "Lund said no, but Ford said the dam was neither old nor wet nor in any way unsafe.",
        "Ford declined to comment on the dam.",
        "The dam broke in a storm that flooded nine villages by the Sella, and the mayor said it was old.",
    ],
)
def test_nobody_speaks_where_that_is_not_sure(text: str) -> None:
    assert context(text).speaker() is None


def test_a_pronoun_has_its_name_and_a_claim_its_doubt() -> None:
    found = context("Ana Lund said it was safe. She claimed that it was reportedly dry.").speaker()
    assert found is not None
    assert (found.text, found.named_by) == ("She", "Ana Lund")
    assert found.hedge


def test_who_denies_and_who_is_silent() -> None:
    denies = context("Lund denied that the dam was old.").speaker()
    silent = context("Ford declined to comment on the dam.", Kind.SAID).speaker()
    assert [found.stance for found in (denies, silent) if found] == ["denies", "silent"]


def test_of_a_figure_the_speaker_is_whoever_gives_it() -> None:
    text = "The dam broke in a storm that flooded nine villages, and the mayor said 30 people died."
    found = context(text, Kind.HOW_MANY, mark="30 people").speaker()
    assert found is not None
    assert found.text == "the mayor"
    assert context(text, Kind.HOW_MANY, mark="nine villages").speaker() is None


@pytest.mark.parametrize(
    ("text", "words", "first"),
    [
        ("The dam broke on Monday.", "on Monday", date(2031, 3, 3)),
        ("In 2030 the dam was built, and it broke on 3 March 2031.", "3 March 2031", date(2031, 3, 3)),
        ("It broke on 2 March, Lund said on Tuesday.", "2 March", date(2031, 3, 2)),
        ("The dam broke on Monday. Nine were hurt.", "on Monday", date(2031, 3, 3)),
    ],
)
def test_the_days_are_those_of_the_event(text: str, words: str, first: date) -> None:
    found = context(text).event_date(PRINTED)
    assert found is not None
    assert found.text in words
    assert (found.first, text[found.start : found.end]) == (first, found.text)


def test_a_day_close_behind_said_is_that_of_the_saying() -> None:
    close = context("It broke this week, Lund said to reporters on Monday.").event_date(PRINTED)
    far = context(
        "It broke this week, Lund said of the old dam above the lower town, which was shut on Monday."
    ).event_date(PRINTED)
    assert [found.text for found in (close, far) if found] == ["this week", "Monday"]


def test_the_days_that_answer_come_first() -> None:
    text = "The dam broke on 3 March 2031 and was built in 1999."
    found = context(text, Kind.WHEN, mark="in 1999").event_date(PRINTED)
    assert found is not None
    assert found.first == date(1999, 1, 1)


def test_a_year_that_tells_which_thing_is_meant_is_not_when_it_happened() -> None:
    text = "Ford rejected the 2018 water agreement."
    assert context(text).event_date(PRINTED) is None
    on_a_day = context("Ford rejected the 2018 water agreement on Monday.").event_date(PRINTED)
    assert on_a_day is not None
    assert on_a_day.first == date(2031, 3, 3)
    answering = context(text, Kind.WHEN, mark="2018").event_date(PRINTED)
    assert answering is not None
    assert answering.text == "2018"


@pytest.mark.parametrize(("text", "printed"), [("The dam broke.", PRINTED), ("It broke on Monday.", None)])
def test_there_are_no_days_where_none_are_told(text: str, printed: date | None) -> None:
    assert context(text).event_date(printed) is None


@settings(deadline=None, max_examples=30)
@given(text=ODD_TEXTS.filter(str.strip))
def test_of_any_text_only_its_own_words_are_told(text: str) -> None:
    told = f"Lund said on Monday: “{text}”"
    spans = tuple(split_sentences_of(told, 0, len(told)))
    found = Context(Quoted(told, spans, spans[0], attributions(told, spans)), Kind.WHAT)
    for words in filter(None, (found.speaker(), found.event_date(PRINTED))):
        assert told[words.start : words.end] == words.text
