"""A question that leans on another takes over what it lacks; one that stands alone takes nothing."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.query.followup import complete, leans
from tests.timing import within

KILLED = "How many Turkish soldiers were killed in Idlib on 3 February 2020?"
ALL = "Turkish, soldiers, killed, Idlib, 3 February 2020"
END = "Turkish soldiers killed Idlib 3 February 2020?"
_HURT = "Turkish, soldiers, Idlib, 3 February 2020"
SAID = "What did Erdogan say about Idlib?"


@pytest.mark.parametrize(
    ("question", "text", "carried"),
    [
        ("And how many civilians?", KILLED.replace("Turkish soldiers", "civilians"), "killed, Idlib, 3 February 2020"),
        ("what about civilians?", KILLED.replace("Turkish soldiers", "civilians"), "killed, Idlib, 3 February 2020"),
        ("What about Aleppo?", KILLED.replace("Idlib", "Aleppo"), "Turkish, soldiers, killed, 3 February 2020"),
        ("And in Aleppo?", KILLED.replace("Idlib", "Aleppo"), "Turkish, soldiers, killed, 3 February 2020"),
        ("And on 6 February?", KILLED.replace("3 February 2020", "6 February"), "Turkish, soldiers, killed, Idlib"),
        ("When was that?", f"When was that {END}", ALL),
        ("And how many were hurt?", "how many were hurt Turkish soldiers killed Idlib 3 February 2020?", ALL),
        ("And how many were wounded?", "how many were wounded Turkish soldiers Idlib 3 February 2020?", _HURT),
        ("What did Russia say?", f"What did Russia say {END}", ALL),
        ("Did they withdraw?", f"Did they withdraw {END}", ALL),
        ("Who was blamed for that attack?", f"Who was blamed for that attack {END}", ALL),
    ],
)  # fmt: skip
def test_what_leans_is_completed(question: str, text: str, carried: str) -> None:
    found = complete(question, KILLED)
    assert found is not None
    assert (found.text, ", ".join(found.carried)) == (text, carried)


@pytest.mark.parametrize(
    ("question", "previous", "text", "carried"),
    [
        ("And Putin?", SAID, "What did Putin say about Idlib?", "Idlib"),
        ("What did Russia say?", SAID, "What did Russia say Idlib?", "Idlib"),
        ("Why?", "When did the dockers walk out?", "Why dockers walk out?", "dockers, walk, out"),
        ("How old is she?", "Who is the harbour master?", "How old is she harbour master?", "harbour, master"),
    ],
)  # fmt: skip
def test_who_spoke_and_what_was_done_are_taken_over(
    question: str, previous: str, text: str, carried: str
) -> None:
    found = complete(question, previous)
    assert found is not None
    assert (found.text, ", ".join(found.carried)) == (text, carried)


@pytest.mark.parametrize(
    ("question", "previous", "text"),
    [
        ("When was it finished?", "How tall is the Ostrel Dam?", "When was it finished Ostrel Dam?"),
        ("how many houses?", "How large is the flood damage?", "how many houses flood damage?"),
        ("How large is it?", "Who runs the strike kitchen?", "How large is it strike kitchen?"),
        ("By how much?", "Who won the recount in Nebrin?", "By how much won recount Nebrin?"),
        (
            "and how many were arrested?",
            "How many people were hurt at Gate Six?",
            "how many were arrested people Gate Six?",
        ),
        (
            "and when the strike was over?",
            "How many ships lay off Caldry in early March?",
            "How many ships lay off Caldry when the strike was over?",
        ),
        (
            "And after the storm?",
            "How many ships lay off Caldry?",
            "How many ships lay off Caldry after the storm?",
        ),
        (
            "And last week?",
            "How many were hurt at Derrin on Monday?",
            "How many were hurt at Derrin on last week?",
        ),
        ("And on Feb. 6?", "What happened in Derrin in 2018?", "What happened in Derrin in Feb. 6?"),
        ("March?", "What happened in Derrin in 2018?", "What happened in Derrin in March?"),
        ("2019?", "What did Theresa May say in March?", "What did Theresa May say in 2019?"),
        ("And in 2019?", "What did Theresa May say in 2018?", "What did Theresa May say in 2019?"),
        ("And how many rebels?", "How many houses and schools burned?", "How many rebels burned?"),
        ("how many tanks?", "How many personnel did it send?", "How many tanks did it send?"),
        ("And Lund?", "What was said by Carrane about Orsk?", "What was said by Lund about Orsk?"),
        ("What about Orsk?", "Whom did Hask send to Nebrin?", "Whom did Orsk send to Nebrin?"),
        ("And in Orsk?", "Whom did Hask send to Nebrin?", "Whom did Hask send to Orsk?"),
        (
            "When was that?",
            "What did the old tired grey harbour master paint in Orsk on 3 May?",
            "When was that tired grey harbour master paint Orsk 3 May?",
        ),
    ],
)
def test_what_is_beside_the_point_is_left_behind(question: str, previous: str, text: str) -> None:
    found = complete(question, previous)
    assert found is not None
    assert found.text == text


@pytest.mark.parametrize(
    "question",
    [
        "And who won the recount in Lower Nebrin?",
        "But how many prisoners did Sarvane set free?",
        "And what did Liv Carrane say about her father?",
    ],
)
def test_an_opening_alone_does_not_make_a_whole_question_lean(question: str) -> None:
    assert complete(question, KILLED) is None


@pytest.mark.parametrize("question", ["And how many died in Aleppo?", "And in Aleppo, how did people react?"])
def test_an_opening_before_little_more_than_a_name_leans(question: str) -> None:
    assert complete(question, KILLED) is not None


@pytest.mark.parametrize(
    "question",
    [
        "How many dockers joined the strike at Port Caldry?",
        "Was there a strike at the port?",
        "Were there any arrests in Halyard?",
        "What did the minister say about taxes?",
        "Did Erdogan say that Russia would withdraw his troops?",
        "What did Erdogan say about his visit to Moscow?",
        "Who won the chess championship?",
        "Which ministers resigned after the vote?",
        "In which town was the factory closed?",
        "What happened on February 3, 2020?",
        "What did the report say that nobody expected?",
        "Where was Hayat Tahrir al-Sham founded?",
    ],
)
def test_a_question_that_stands_alone_takes_nothing(question: str) -> None:
    assert not leans(question)
    assert complete(question, KILLED) is None


def test_nothing_is_carried_twice() -> None:
    assert complete("Why were they killed in Idlib?", "Who was killed in Idlib?") is None


@given(st.text(max_size=300).filter(str.strip), st.text(max_size=300).filter(str.strip))
def test_what_is_carried_stands_in_the_earlier_question(question: str, previous: str) -> None:
    found = complete(question, previous)
    assert found is None or all(part in previous for part in found.carried)


@pytest.mark.parametrize(
    "piece",
    [
        "A" * 2000,
        "and " * 500,
        "how many " * 220,
        "what about " * 180,
        "that " * 400,
        "1 January " * 200,
        "A a" * 660,
        "and when the " * 150,
        "in early March 2020 " * 100,
        "how tall is " * 160,
    ],
)
def test_long_questions_take_no_time(piece: str) -> None:
    with within(1):
        complete(piece, piece)
