"""Follow-ups in the sample's conversations are completed and answered at least as well as was measured."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import pytest

from assistant.assistant import Assistant
from assistant.evaluation.completion import completion_of_words
from assistant.evaluation.outcomes import Outcome, evaluate
from assistant.evaluation.questions import read_questions
from corpus.sample import CONVERSATIONS

FLOORS = json.loads(Path(__file__).with_name("floors.json").read_text("utf-8"))["follow_ups"]


def test_the_floors_were_set_on_these_conversations() -> None:
    assert hashlib.sha256(CONVERSATIONS.read_bytes()).hexdigest() == FLOORS["sha256"], (
        "the sample's conversations have changed: measure them with `onrecord eval` and set the floors anew"
    )


def test_what_leans_is_completed_and_what_stands_alone_is_left() -> None:
    found = completion_of_words(read_questions(CONVERSATIONS))
    assert found is not None
    assert found.completed / found.leaning >= FLOORS["completed"]
    assert found.left_alone / found.standing >= FLOORS["left_alone"]


@pytest.fixture(scope="module")
def outcomes(assistant: Assistant) -> list[Outcome]:
    """Those of the answerable questions that need the one before them, asked after it."""
    found = evaluate(assistant, read_questions(CONVERSATIONS))
    return [outcome for outcome in found if outcome.question.carries and outcome.question.answers]


@pytest.mark.slow
@pytest.mark.parametrize("within", [1, 3])
def test_a_follow_up_finds_its_quote(outcomes: list[Outcome], within: int) -> None:
    right = sum(o.rank is not None and o.rank <= within for o in outcomes)
    assert right / len(outcomes) >= FLOORS[f"hit_at_{within}"]
