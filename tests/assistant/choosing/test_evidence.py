"""A sentence holds what a question asks for, or it does not; the question's own words don't count."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.choosing.evidence import holds, uncounted
from assistant.question import Kind, read_question
from tests.odd_texts import ODD_TEXTS
from tests.timing import within

NOTHING = frozenset[str]()


@pytest.mark.parametrize(
    ("kind", "held", "not_held"),
    [
        (Kind.WHEN, "The strike began on 4 March.", "The strike began slowly."),
        (Kind.WHEN, "It fell yesterday.", "It fell into the water."),
        (Kind.WHERE, "The tram derailed in Korrun.", "The tram derailed."),
        (Kind.WHERE, "The southern gate was shut.", "The gate was shut."),
        (Kind.HOW_MANY, "About 1,400 stopped work.", "Many stopped work."),
        (Kind.HOW_MANY, "Forty were hurt.", "Some were hurt."),
        (Kind.HOW_MUCH, "It costs $3 a day.", "It costs dearly."),
        (Kind.WHO, "The harbour is run by Ana Lund.", "The harbour is run by a board."),
        (Kind.WHY, "It fell because the piers were rotten.", "It fell."),
        (Kind.SAID, "“Never,” she replied.", "She left."),
        (Kind.SAID, "The board said it was sorry.", "The board was sorry."),
    ],
)
def test_what_each_kind_asks_for(kind: Kind, held: str, not_held: str) -> None:
    assert holds(kind, held, NOTHING)
    assert not holds(kind, not_held, NOTHING)


@pytest.mark.parametrize("kind", [Kind.WHAT, Kind.YES_NO])
def test_some_kinds_are_not_shown_by_words(kind: Kind) -> None:
    assert holds(kind, "Anything at all.", NOTHING)


def test_what_the_question_says_itself_is_no_answer() -> None:
    assert not holds(Kind.WHO, "The harbour is run by Lund.", frozenset({"lund"}))
    assert holds(Kind.WHO, "The harbour is run by Lund and Ford.", frozenset({"lund"}))


@given(kind=st.sampled_from(Kind), sentence=ODD_TEXTS)
def test_any_sentence_can_be_looked_at(kind: Kind, sentence: str) -> None:
    assert holds(kind, sentence, NOTHING) in {True, False}


@pytest.mark.parametrize(
    "text", ["a" * 100_000 + "!", "1" * 100_000, " A" * 50_000, "in the " * 15_000, "“" * 100_000]
)
def test_no_pattern_takes_longer_than_the_text_is_long(text: str) -> None:
    with within(1):
        for kind in Kind:
            holds(kind, text, NOTHING)


@pytest.mark.parametrize(
    ("sentence", "is_uncounted"),
    [
        ("A picture taken on July 29 2016 shows the harbour of Caldry.", True),
        ("Dockers were hurt on 11th October, 2016 and in 2019.", True),
        ("Many dockers were hurt.", True),
        ("In 2016 2000 dockers were hurt.", False),
        ("1500 dockers were hurt on 3 May.", False),
        ("Nine dockers were hurt in May.", False),
        ("Dockers struck twice in May 2016.", False),
        ("No docker was hurt.", False),
        ("She was hurt for the ninth time.", False),
    ],
)
def test_the_numbers_of_a_date_count_nothing(sentence: str, is_uncounted: bool) -> None:
    assert uncounted(read_question("How many dockers were hurt?"), sentence) is is_uncounted
    assert not uncounted(read_question("Why were dockers hurt?"), sentence)
