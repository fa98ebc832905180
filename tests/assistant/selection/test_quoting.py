"""A quote is wide enough to be understood, shows no sentence twice and marks only its own words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import combinations

import pytest

from assistant.assistant import Assistant
from assistant.selection.judge import Judge
from assistant.selection.reader.encoding import Window
from assistant.selection.reader.reader import Reading
from assistant.types.answer import Answer, Quote
from tests.newsroom import Newsroom, WordsRead, assert_exact, reading_alone, shown

SPEECH = (
    "The harbour minister Ada Renn visited the docks on Monday. "
    "She said 1,400 dockers had joined the strike. "
    "The weather was fine."
)


class Pointing(WordsRead):
    """A reader that counts words, and takes the given ones for the answer where a sentence has them."""

    def __init__(self, answer: str, least: float = -1.0) -> None:
        super().__init__(least)
        self._answer = answer

    def read(self, question: str, windows: Sequence[Window]) -> list[Reading]:
        found = zip(super().read(question, windows), windows, strict=True)
        return [replace(reading, words=tuple(map(self._place, w.sentences))) for reading, w in found]

    def _place(self, sentence: str) -> tuple[int, int]:
        start = sentence.find(self._answer)
        return (start, start + len(self._answer)) if start >= 0 else (0, 0)


def ask(newsroom: Newsroom, body: str, question: str, answer: str = "1,400 dockers") -> Answer:
    newsroom.print("speech.txt", body, "2031-03-02")
    newsroom.build()
    return Assistant(newsroom.retriever(), Judge(Pointing(answer), reading_alone())).ask(question)


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
    assert spans
    assert all(a[1] <= b[0] or b[1] <= a[0] for a, b in combinations(spans, 2))
    for quote in shown(answer):
        assert_exact(quote, newsroom.generation().archive.article(quote.article_id))


def test_the_answering_words_are_marked_where_they_stand_in_the_article(newsroom: Newsroom) -> None:
    answer = ask(newsroom, SPEECH, "How many dockers had joined the strike?")
    text = newsroom.generation().archive.article("speech.txt").text
    (mark,) = answer.quotes[0].marks
    assert text[slice(*mark)] == "1,400 dockers"
    assert mark == (text.index("1,400"), text.index("1,400 dockers") + 13)


def test_nothing_is_marked_where_no_words_are_the_answer(newsroom: Newsroom) -> None:
    assert ask(newsroom, SPEECH, "What was the weather?").quotes[0].marks == ()


@pytest.mark.parametrize(
    ("answer", "marked"),
    [
        ("The ferry for Caldry left at noon with forty aboard.", ""),
        ("The ferry for Caldry left at noon with forty abo", ""),
        ("The ferry for Caldry left at noon with forty", "The ferry for Caldry left at noon with forty"),
        ("forty", "forty"),
    ],
)
def test_a_mark_on_nearly_all_of_a_sentence_tells_nothing(
    newsroom: Newsroom, answer: str, marked: str
) -> None:
    body = "The ferry for Caldry left at noon with forty aboard."
    quote = ask(newsroom, body, "When did the ferry leave?", answer).quotes[0]
    text = newsroom.generation().archive.article("speech.txt").text
    assert [text[slice(*mark)] for mark in quote.marks] == ([marked] if marked else [])


def test_a_mark_does_not_cut_a_letter(newsroom: Newsroom) -> None:
    body = "The raid was led by Ana Lune\u0301 in May."
    quote = ask(newsroom, body, "Who led the raid?", "Ana Lune").quotes[0]
    text = newsroom.generation().archive.article("speech.txt").text
    assert [text[slice(*mark)] for mark in quote.marks] == ["Ana Lune\u0301"]


def test_what_is_no_answer_has_no_answering_words(newsroom: Newsroom) -> None:
    newsroom.print("speech.txt", SPEECH, "2031-03-02")
    newsroom.build()
    judge = Judge(Pointing("1,400 dockers", 1.5), reading_alone())
    answer = Assistant(newsroom.retriever(), judge).ask("How many dockers had joined the strike?")
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
