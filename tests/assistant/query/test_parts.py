"""A question that asks two things is asked as two; one that asks one stays as it was typed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.query.parts import parts


@pytest.mark.parametrize(
    ("question", "found"),
    [
        (
            "Who was the judge and how many dockers were acquitted?",
            ("Who was the judge", "how many dockers were acquitted"),
        ),
        ("Who abstained, and who voted against?", ("Who abstained", "who voted against")),
        ("When did it burn? And who paid?", ("When did it burn", "who paid")),
    ],
)
def test_each_part_is_a_question(question: str, found: tuple[str, ...]) -> None:
    assert parts(question) == found


@pytest.mark.parametrize(
    ("question", "found"),
    [
        ("How many died in the blast and where?", ("How many died in the blast", "where died in the blast")),
        ("When and where was she born?", ("When she born", "where was she born")),
        ("Did the minister resign and why?", ("Did the minister resign", "why the minister resign")),
    ],
)
def test_a_part_that_only_asks_is_of_the_others_subject(question: str, found: tuple[str, ...]) -> None:
    assert parts(question) == found


@pytest.mark.parametrize(
    "question",
    [
        "Who is the mayor?",
        "What did he say about bread and how to bake it?",
        "Who did Lund and Pellitz meet?",
        "the strike and who paid for it",
        "What is known, and what, and what, and what?",
    ],
)
def test_a_single_question_is_left_as_it_is(question: str) -> None:
    assert parts(question) == (question,)


@given(st.text(alphabet="wWhoatn and,?;é\u0301 ", max_size=60))
def test_whatever_is_typed_is_some_question(question: str) -> None:
    found = parts(question)
    assert 1 <= len(found) <= 3
    assert found == (question,) or all(part.strip() for part in found)
