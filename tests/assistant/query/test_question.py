"""A question is read for what it asks, and no question is too odd to be read."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.query.question import MAX_CHARACTERS, Kind, is_topic, numbers, read_question
from index.words.bm25 import analyze
from tests.timing import within


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("Who leads the dockers' union?", Kind.WHO),
        ("Which minister resigned?", Kind.WHO),
        ("Where did the bridge collapse?", Kind.WHERE),
        ("In which town was the fire?", Kind.WHERE),
        ("When did the strike begin?", Kind.WHEN),
        ("On what date was the vote?", Kind.WHEN),
        ("What year was the bridge built?", Kind.WHEN),
        ("How many people were hurt?", Kind.HOW_MANY),
        ("What was the death toll?", Kind.HOW_MANY),
        ("How much does the strike cost?", Kind.HOW_MUCH),
        ("How high was the water?", Kind.HOW_MUCH),
        ("Why did the bridge fall?", Kind.WHY),
        ("What caused the fire?", Kind.WHY),
        ("What did the minister say about the strike?", Kind.SAID),
        ("How has the union responded?", Kind.SAID),
        ("Did the talks fail?", Kind.YES_NO),
        ("Is the port open?", Kind.YES_NO),
        ("What is the bridge made of?", Kind.WHAT),
        ("strike figures", Kind.WHAT),
        ("HOW MANY WERE HURT?", Kind.HOW_MANY),
    ],
)
def test_the_kind_of_answer_wanted(question: str, kind: Kind) -> None:
    assert read_question(question).kind is kind


def test_asking_words_are_no_terms() -> None:
    assert read_question("How many dockers joined the strikes at Port Caldry?").terms == tuple(
        analyze("dockers joined strike port caldry")
    )


def test_a_term_counts_once() -> None:
    assert read_question("strike strikes Strike").terms == ("strike",)


def test_a_question_of_asking_words_alone_keeps_them() -> None:
    assert read_question("Who did what?").terms != ()


def test_a_question_of_stop_words_alone_has_no_terms() -> None:
    assert read_question("the of and").terms == ()


def test_names_are_capitalised_words_after_the_first() -> None:
    assert read_question("Did Ana Şelin visit Korrun with the mayor?").names == set(
        analyze("Ana Selin Korrun")
    )
    assert read_question("Korrun collapsed?").names == frozenset()


def test_numbers_are_compared_without_separators() -> None:
    assert read_question("Were 1,400 or 3.5 of 76 hurt in 2020?").numbers == {"1400", "3.5", "76", "2020"}
    assert list(numbers("1,400, 900.")) == ["1400", "900"]


@pytest.mark.parametrize("question", ["", " ", "\n\t\u2003", "\u00a0"])
def test_an_empty_question_says_what_to_do(question: str) -> None:
    with pytest.raises(ValueError, match="ask something"):
        read_question(question)


def test_a_long_question_is_cut_before_it_is_read() -> None:
    with within(0.5):
        found = read_question("strikes " * 1_300_000)
    assert len(found.text) <= MAX_CHARACTERS
    assert found.terms == ("strike",)


def test_lone_surrogates_are_replaced() -> None:
    found = read_question("Who \ud83d is \udfff Ana?")
    assert found.text == "Who ? is ? Ana?"
    assert found.text.encode()


@given(st.text(st.characters(), max_size=300))
def test_every_text_is_read_or_is_empty(text: str) -> None:
    try:
        found = read_question(text)
    except ValueError:
        assert not text.encode("utf-8", "replace").decode().strip()
        return
    assert found.text.encode()
    assert all(found.terms)


@pytest.mark.parametrize(
    "text",
    ["a" * 100_000 + "!", "what did " * 20_000, "What did" + " x" * 50_000, "1," * 50_000, "A’" * 50_000],
)
def test_no_pattern_takes_longer_than_the_text_is_long(text: str) -> None:
    with within(1):
        read_question(text)
        list(numbers(text))


@pytest.mark.parametrize(
    ("text", "topic"),
    [
        ("The strike at Port Caldry", True),
        ("Port Caldry: mayor asks dockers to drop out of the race", True),
        ("who struck at Port Caldry", False),
        ("In which port was the strike", False),
        ("The strike at Port Caldry?", False),
        ("Did dockers strike", False),
    ],
)
def test_a_topic_asks_nothing(text: str, topic: bool) -> None:
    assert is_topic(text) is topic
