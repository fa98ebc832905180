"""A source is heard where the question asks to hear it, and not where it is what the news is about."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.query.named_sources import Outlets, by_stated_names, outlets
from tests.timing import within

NAMES = ("Halyard", "The Ilvet Courier", "Voice of Sarvane", "Post", "TRT", "Sputnik", "SANA")
KNOWN = {name.casefold(): name for name in NAMES} | {
    "syrian arab news agency": "SANA",
    "ilvet courier": NAMES[1],
}


@pytest.mark.parametrize(
    ("question", "named"),
    [
        ("According to Halyard, how many were hurt?", ("Halyard",)),
        ("according to the ilvet courier what happened?", ("The Ilvet Courier",)),
        ("What did Halyard report about the strike?", ("Halyard",)),
        ("What was printed in the Post?", ("Post",)),
        ("What does Halyard's coverage say?", ("Halyard",)),
        ("What does Halyard’s coverage say?", ("Halyard",)),
        ("What did SANA say about the shelling?", ("SANA",)),
        ("What did the Syrian Arab News Agency report?", ("SANA",)),
        ("How many people does the Post say died?", ("Post",)),
        ("Who did Halyard say won?", ("Halyard",)),
        ("Halyard says how many were hurt?", ("Halyard",)),
        ("How many died, the Voice of Sarvane claims?", ("Voice of Sarvane",)),
        ("Who attacked, according to TRT and SANA?", ("TRT", "SANA")),
        (
            "According to Halyard, Post and the Voice of Sarvane, who won?",
            ("Halyard", "Post", "Voice of Sarvane"),
        ),
        (
            "Did Halyard or Post report it, according to Voice of Sarvane?",
            ("Halyard", "Post", "Voice of Sarvane"),
        ),
    ],
)
def test_a_source_is_named_when_the_question_asks_to_hear_it(question: str, named: tuple[str, ...]) -> None:
    found = outlets(question, KNOWN)
    assert found is not None
    assert (found.sources, found.compared) == (named, False)


@pytest.mark.parametrize(
    ("question", "rest"),
    [
        ("According to the Ilvet Courier, who won?", "who won?"),
        ("Who attacked, according to TRT and SANA?", "Who attacked ?"),
        ("What did Halyard report about the strike?", "What did Halyard report about the strike?"),
        ("According to Halyard", "According to Halyard"),
    ],
)
def test_what_the_filter_says_is_not_searched_for(question: str, rest: str) -> None:
    found = outlets(question, KNOWN)
    assert found is not None
    assert found.rest == rest


@pytest.mark.parametrize(
    "question",
    [
        "Who owns Halyard?",
        "Why was Voice of Sarvane fined?",
        "Was the outpost reported lost?",
        "Was it in Postville?",
        "Why did Sputnik fire its editor and Halyard hire her?",
        "How many were hurt?",
        "What did Halyard's owner say?",
        "Whom did the Post sue?",
    ],
)
def test_a_name_alone_is_what_the_news_is_about(question: str) -> None:
    assert outlets(question, KNOWN) is None


@pytest.mark.parametrize(
    ("question", "named", "topic"),
    [
        ("How do TRT and Sputnik differ on Khan Sheikhoun?", ("TRT", "Sputnik"), "Khan Sheikhoun?"),
        ("Compare Halyard, TRT and SANA on the strike", ("Halyard", "TRT", "SANA"), "the strike"),
        ("Differences between TRT and SANA in their coverage of the attack", ("TRT", "SANA"), "the attack"),
        ("TRT vs Sputnik: chemical attack", ("TRT", "Sputnik"), "chemical attack"),
        (
            "How do accounts of the chemical attack in TRT and SANA differ?",
            ("TRT", "SANA"),
            "the chemical attack",
        ),
        (
            "Do Post and Halyard disagree about why the bridge fell?",
            ("Post", "Halyard"),
            "why the bridge fell?",
        ),
    ],
)
def test_a_comparison_has_its_sources_and_its_topic(
    question: str, named: tuple[str, ...], topic: str
) -> None:
    found = outlets(question, KNOWN)
    assert found is not None
    assert (found.sources, found.rest, found.compared) == (named, topic, True)


def test_a_comparison_of_what_is_no_source_is_none() -> None:
    assert outlets("How do Halyard and the minister differ on taxes?", KNOWN) is None


@given(st.text(max_size=200))
def test_any_text_names_only_what_is_known(question: str) -> None:
    found = outlets(question, KNOWN)
    assert found is None or set(found.sources) <= set(NAMES)


@pytest.mark.parametrize(
    "piece", ["TRT and ", "compare TRT, SANA on ", "of in TRT ", "x" * 50, "according to "]
)
def test_long_questions_take_no_time(piece: str) -> None:
    with within(1):
        outlets((piece * 400)[:2000], KNOWN)


@pytest.mark.parametrize(
    ("question", "stated"),
    [
        (
            "What did the Syrian Arab News Agency and HALYARD say of Postville?",
            "What did the SANA and HALYARD say of Postville?",
        ),
        ("According to ilvet courier, who won?", "According to The Ilvet Courier, who won?"),
        ("According to the Ilvet Courier, who won?", "According to the Ilvet Courier, who won?"),
        ("Who won?", "Who won?"),
        ("Which Straße, according to ilvet courier?", "Which Straße, according to ilvet courier?"),
    ],
)
def test_sources_get_the_names_that_the_archive_states(question: str, stated: str) -> None:
    assert by_stated_names(question, KNOWN) == stated


@pytest.mark.parametrize(
    ("question", "sources", "words"),
    [
        ("According to the Syrian Arab News Agency, who won?", ("SANA",), ("Syrian Arab News Agency",)),
        ("How do HALYARD and SANA differ on taxes?", ("Halyard", "SANA"), ("HALYARD", "SANA")),
        ("According to Halyard and HALYARD, who won?", ("Halyard",), ("Halyard",)),
        ("Which Straße, according to SANA?", ("SANA",), ("sana",)),
    ],
)
def test_sources_come_with_the_words_of_the_question(
    question: str, sources: tuple[str, ...], words: tuple[str, ...]
) -> None:
    found = outlets(question, KNOWN)
    assert found is not None
    assert (found.sources, found.words) == (sources, words)


def test_of_names_that_overlap_the_longest_is_meant() -> None:
    known = {"the tide": "The Tide", "tide": "The Tide", "tide daily": "Tide Daily", "daily": "Daily"}
    for question, named in (
        ("What did the Tide Daily report?", "Tide Daily"),
        ("What did the Tide report?", "The Tide"),
    ):
        assert outlets(question, known) == Outlets(
            (named,), question, words=(f"the {named[4:]}" if named[:3] == "The" else named,)
        )
    assert by_stated_names("According to the Tide Daily?", known) == "According to the Tide Daily?"
