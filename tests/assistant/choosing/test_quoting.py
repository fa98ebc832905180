"""A quote is wide enough to be understood, shows no sentence twice and marks only its own words."""

from __future__ import annotations

from itertools import combinations

import pytest

from assistant.answer import Answer, Quote
from assistant.assistant import Assistant
from tests.newsroom import Newsroom, assert_exact, by_overlap, shown

SPEECH = (
    "The harbour minister Ada Renn visited the docks on Monday. "
    "She said 1,400 dockers had joined the strike. "
    "The weather was fine."
)


def ask(newsroom: Newsroom, body: str, question: str) -> Answer:
    newsroom.print("speech.txt", body, "2031-03-02")
    newsroom.build()
    return Assistant(newsroom.retriever(), by_overlap(-1.0)).ask(question)


def test_a_pronoun_brings_the_sentence_that_names_it(newsroom: Newsroom) -> None:
    answer = ask(newsroom, SPEECH, "How many dockers had joined the strike?")
    assert answer.quotes[0].text == SPEECH.removesuffix(" The weather was fine.")


def test_a_sentence_that_stands_alone_stays_alone(newsroom: Newsroom) -> None:
    answer = ask(newsroom, SPEECH, "Who visited the docks on Monday?")
    assert answer.quotes[0].text == "The harbour minister Ada Renn visited the docks on Monday."


@pytest.mark.parametrize(
    "question", ["How many dockers joined?", "Who visited the docks?", "minister docks strike"]
)
def test_no_sentence_is_shown_twice(newsroom: Newsroom, question: str) -> None:
    answer = ask(newsroom, SPEECH, question)
    spans = [(q.start, q.end) for q in shown(answer)]
    assert all(a[1] <= b[0] or b[1] <= a[0] for a, b in combinations(spans, 2))
    for quote in shown(answer):
        assert_exact(quote, newsroom.generation().archive.article(quote.article_id))


def test_the_answering_words_are_marked_where_they_stand_in_the_article(newsroom: Newsroom) -> None:
    answer = ask(newsroom, SPEECH, "How many dockers had joined the strike?")
    text = newsroom.generation().archive.article("speech.txt").text
    (mark,) = answer.quotes[0].marks
    assert "1,400" in text[slice(*mark)]


def test_nothing_is_marked_where_no_words_are_the_answer(newsroom: Newsroom) -> None:
    assert ask(newsroom, SPEECH, "What was the weather?").quotes[0].marks == ()


def test_what_is_no_answer_has_no_answering_words(newsroom: Newsroom) -> None:
    newsroom.print("speech.txt", SPEECH, "2031-03-02")
    newsroom.build()
    answer = Assistant(newsroom.retriever(), by_overlap(1.5)).ask("How many dockers had joined the strike?")
    assert answer.near_misses
    assert all(quote.marks == () for quote in answer.near_misses)


def test_a_quote_says_who_speaks_and_of_which_day(newsroom: Newsroom) -> None:
    quote, *_ = ask(newsroom, SPEECH, "How many dockers had joined the strike?").quotes
    text = newsroom.generation().archive.article("speech.txt").text
    assert quote.speaker
    assert quote.event_date
    assert (quote.speaker.text, text[quote.speaker.start : quote.speaker.end]) == ("She", "She")
    assert quote.event_date.text in "on Monday"
    assert text[quote.event_date.start : quote.event_date.end] == quote.event_date.text


@pytest.mark.parametrize(
    ("field", "moved"),
    [("speaker", {"end": 90}), ("speaker", {"start": 1}), ("event_date", {"start": -2, "end": 7})],
)
def test_what_is_not_printed_there_is_refused(newsroom: Newsroom, field: str, moved: dict[str, int]) -> None:
    quote, *_ = ask(newsroom, SPEECH, "How many dockers had joined the strike?").quotes
    values = quote.model_dump()
    with pytest.raises(ValueError, match=r"span|printed|outside"):
        Quote.model_validate({**values, field: {**values[field], **moved}})
