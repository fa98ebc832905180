"""Conversations are asked turn by turn, each after the one before it as that was completed."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from assistant.evaluation.completion import Completion, completed, completion, completion_of_words
from assistant.evaluation.outcomes import ask_all
from assistant.evaluation.questions import Conversation, GoldQuestion, read_questions
from assistant.query.followup import complete
from assistant.types.answer import Answer, Coverage, Understood
from assistant.types.request import Inquiry

_TURNS = [
    ("Who won the recount in Nebrin?", False),
    ("When was that?", True),
    ("Why?", True),
    ("How tall is the dam at Ostrel?", False),
    ("And who is Dunja Pellitz?", False),
]


@dataclass
class Completing:
    """Answers nothing, but says what it would have searched for."""

    inquiries: list[Inquiry] = field(default_factory=list)

    def answer(self, inquiry: Inquiry) -> Answer:
        self.inquiries.append(inquiry)
        found = complete(inquiry.question, inquiry.after) if inquiry.after else None
        return Answer(
            question=inquiry.question,
            understood=Understood(completed=found.text if found else None),
            status="no_answer",
            reason="Nothing is asked.",
            quotes=(),
            near_misses=(),
            coverage=Coverage(articles=0, sources=0, undated=0, first=None, last=None),
        )


def conversation(name: str, turns: list[tuple[str, bool]] = _TURNS) -> dict[str, object]:
    return {"id": name, "turns": [{"question": q, "carries": c, "answers": []} for q, c in turns]}


@pytest.fixture
def questions() -> list[GoldQuestion]:
    """A conversation, a question that stands alone, and the conversation again."""
    first, second = (Conversation.model_validate(conversation(name)).questions() for name in ("a", "b"))
    return [*first, GoldQuestion(id="q", question="And why?"), *second]


def test_each_turn_is_asked_after_the_one_before_as_completed(questions: list[GoldQuestion]) -> None:
    asking = Completing()
    outcomes = ask_all(asking, questions)
    assert [i.after for i in asking.inquiries[:4]] == [
        "",
        "Who won the recount in Nebrin?",
        "When was that recount Nebrin?",
        "Why recount Nebrin?",
    ]
    assert [asking.inquiries[at].after for at in (5, 6)] == ["", ""]
    assert [i.question for i in asking.inquiries] == [q.question for q in questions]
    assert [o.searched.question for o in outcomes[:4]] == [
        "Who won the recount in Nebrin?",
        "When was that recount Nebrin?",
        "Why recount Nebrin?",
        "How tall is the dam at Ostrel?",
    ]


def test_what_is_completed_is_counted_alike_with_and_without_answers(questions: list[GoldQuestion]) -> None:
    counted = completion(ask_all(Completing(), questions))
    assert counted == completion_of_words(questions)
    assert counted is not None
    assert (counted.leaning, counted.completed, counted.standing) == (4, 4, 4)
    assert completed(questions)[5][1] is None
    assert completion_of_words([GoldQuestion(id="q", question="Why?")]) is None


def test_a_wrong_guess_is_counted_on_its_side() -> None:
    wrong = Conversation.model_validate(
        conversation(
            "w", [("Who won the recount?", False), ("Who runs the strike kitchen?", True), ("Why?", False)]
        )
    )
    assert completion_of_words(wrong.questions()) == Completion(1, 0, 1, 0)


def test_conversations_and_questions_are_read_from_one_file(tmp_path: Path) -> None:
    path = tmp_path / "talks.jsonl"
    alone = {"id": "q1", "question": "Who?", "answers": [], "turn": "kept out"}
    path.write_text(f"{json.dumps(conversation('c1'))}\n{json.dumps(alone)}\n", "utf-8")
    found = read_questions(path)
    assert [q.id for q in found] == ["c1.1", "c1.2", "c1.3", "c1.4", "c1.5", "q1"]
    assert [q.carries for q in found] == [None, True, True, False, False, None]
    assert [q.kind for q in found[:4]] == ["first question", *["needs the one before"] * 2, "new subject"]


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ({"id": "c", "turns": []}, "line 1: turns: "),
        (conversation("c", [("Who?", True)]), "line 1: the first turn has none before it"),
        (
            conversation("c", [("Who?", False), (" ", True)]),
            r"line 1: turns\.1\.question: the question is empty",
        ),
        ({"id": "c", "turns": [{"question": "Who?", "carries": False}]}, r"line 1: turns\.0\.answers: "),
        ({"id": "c", "turns": [{"question": "Who?", "answers": []}]}, r"line 1: turns\.0\.carries: "),
    ],
)
def test_what_is_wrong_with_a_turn_is_named(tmp_path: Path, line: dict[str, object], words: str) -> None:
    path = tmp_path / "talks.jsonl"
    path.write_text(json.dumps(line), "utf-8")
    with pytest.raises(ValueError, match=rf"talks\.jsonl, {words}"):
        read_questions(path)
