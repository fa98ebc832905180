"""A question about a name that nobody prints is told from one with a slip of the pen."""

from __future__ import annotations

import pytest

from assistant.query.question import read_question
from assistant.selection.vetoes import unnamed
from tests.newsroom import Newsroom
from tests.timing import within

TEXT = "General Céloron met the dockers of Port Caldry in September; the French watched."


@pytest.mark.parametrize(
    ("question", "names"),
    [
        ("How many dockers went to Selmouth?", ("Selmouth",)),
        ("What did Orla Venn’s union say?", ("Orla", "Venn")),
        ("Did the Iranian dockers go to Port Caldry?", ("Iranian",)),
    ],
)
def test_a_name_that_no_text_has_is_named(question: str, names: tuple[str, ...]) -> None:
    assert unnamed(read_question(question), [TEXT]) == names


@pytest.mark.parametrize(
    "question",
    [
        "Who met Celeron?",
        "Who met Céloron at Port Caldry?",
        "Did they meet in Sept?",
        "Was a Frenchman there?",
        "Did the UN meet the dockers?",
        "who met selmouth?",
        "Selmouth is where?",
        "How Many Dockers Were Met By Selmouth?",
    ],
)
def test_a_slip_an_abbreviation_or_a_headline_is_forgiven(question: str) -> None:
    assert unnamed(read_question(question), [TEXT]) == ()


def test_one_text_that_has_the_name_is_enough() -> None:
    assert unnamed(read_question("How many went to Selmouth?"), [TEXT, "Selmouth lies by the sea."]) == ()


APART = ["The Harbour Court ruled at Gate Four.", "Six dockers of the Tide Workers met Mayor Orla Venn."]


@pytest.mark.parametrize(
    ("question", "names"),
    [
        ("How many were hurt at Gate Six?", ("Gate Six",)),
        ("What is the Harbour & Tide’s estimate?", ("Harbour & Tide",)),
        ("Who leads the Workers of the Gate?", ("Workers of the Gate",)),
    ],
)
def test_a_name_whose_words_stand_in_different_texts_is_named(question: str, names: tuple[str, ...]) -> None:
    assert unnamed(read_question(question), APART) == names


@pytest.mark.parametrize(
    "question",
    [
        "Who leads the Tide Workers of Gate Four?",
        "What did Mayor Venn say?",  # a title may stand elsewhere or nowhere together
        "Was it Harbor Courts that ruled?",
        "Where is Venn’s Gate?",
        "Is this Orla’s Gate?",
    ],
)
def test_a_name_of_which_one_text_has_two_words_is_present(question: str) -> None:
    assert unnamed(read_question(question), APART) == ()


def test_long_odd_names_are_compared_in_no_time() -> None:
    question = read_question("Who is " + " ".join(f"X{'ab' * n}" for n in range(1, 44)) + "?")
    with within(5):
        unnamed(question, ["ba" * 500, *(f"y{'ba' * n}" for n in range(200))])


def test_a_sentence_of_another_year_is_no_answer(newsroom: Newsroom) -> None:
    newsroom.print("old.txt", "In 2016 the dockers of Caldry joined the strike.", "2016-03-02")
    newsroom.build()
    wrong = newsroom.ask("Did the dockers of Caldry join the strike in 2019?")
    assert (wrong.status, wrong.probability) == ("no_answer", 0.0)
    assert newsroom.ask("Did the dockers of Caldry join the strike in 2016?").status == "answered"


def test_silence_says_which_name_is_missing(standing: Newsroom) -> None:
    answer = standing.ask("How many dockers joined the strike at Selmouth?")
    assert answer.status == "no_answer"
    assert answer.reason == "No article searched names Selmouth."
    assert answer.near_misses
