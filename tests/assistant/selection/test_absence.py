"""Absence is claimed only of what the whole archive was searched for and has nowhere."""

from __future__ import annotations

from datetime import date

import pytest

from assistant.answering.assembly import Silence, reason
from assistant.query.question import read_question
from assistant.retrieval.retriever import coverage
from assistant.selection.absence import absent_names, is_off_topic
from index.filters import Filter
from tests.newsroom import STRIKE, Newsroom

EARLIER = Filter(until=date(2031, 3, 5))


@pytest.fixture
def harbour(newsroom: Newsroom) -> Newsroom:
    newsroom.print("strike.txt", STRIKE, "2031-03-02")
    newsroom.print("mayor.txt", "Selmouth has a new mayor. She took office on Monday.", "2031-03-09")
    newsroom.build()
    return newsroom


@pytest.mark.parametrize(
    ("name", "everywhere", "earlier"),
    [
        ("Selmouth", False, True),
        ("Port Caldry", False, False),
        ("Port Selmouth", False, True),  # each word is printed somewhere
        ("Ilvet", True, True),
    ],
)
def test_a_name_is_absent_where_no_passage_searched_has_a_word_of_it(
    harbour: Newsroom, name: str, everywhere: bool, earlier: bool
) -> None:
    generation = harbour.generation()
    allowed = generation.archive.allowed(EARLIER)
    assert absent_names(generation, [name], None) == ((name,) if everywhere else ())
    assert absent_names(generation, [name], allowed) == ((name,) if earlier else ())


@pytest.mark.parametrize(
    ("question", "off_topic"),
    [
        ("How many dockers joined the strike?", False),
        ("How many dockers struck in Selmouth, and what became of their strike?", False),
        ("Zwölf boxkämpfer jagen quer", True),
        ("Which orchid blooms once in a decade?", True),
    ],
)
def test_a_question_is_off_topic_where_nothing_is_near_and_its_words_are_nowhere(
    harbour: Newsroom, question: str, off_topic: bool
) -> None:
    generation = harbour.generation()
    asked = harbour.retriever().asked(generation, read_question(question))
    assert is_off_topic(generation, asked, None) is off_topic


def test_words_that_are_printed_elsewhere_keep_a_question_on_topic(harbour: Newsroom) -> None:
    generation = harbour.generation()
    asked = harbour.retriever().asked(generation, read_question("Who is the mayor of Selmouth?"))
    assert not is_off_topic(generation, asked, None)
    assert is_off_topic(generation, asked, generation.archive.allowed(EARLIER))


@pytest.mark.parametrize(
    ("why", "said"),
    [
        (
            Silence(False, ("Ilvet",), ("Ilvet",)),
            "No passage of the articles searched is near this question.",
        ),
        (Silence(True, ("Ilvet", "Rovar"), ("Ilvet",)), "No article searched names Ilvet."),
        (Silence(True, ("Selmouth",)), "The closest passages do not name Selmouth."),
        (Silence(True), "The closest passages were read, and no sentence clearly answers."),
    ],
)
def test_the_reason_says_what_was_looked_at(harbour: Newsroom, why: Silence, said: str) -> None:
    generation = harbour.generation()
    assert reason(generation.archive.sources, Filter(), coverage(generation), why) == said
