"""Are questions that need the one before them completed, and the others left as they are?"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from assistant.evaluation.outcomes import Outcome
from assistant.evaluation.questions import GoldQuestion
from assistant.query.followup import complete


@dataclass(frozen=True, slots=True)
class Completion:
    """Counts of questions that follow another.

    `leaning` need the one before them, and `completed` of these took something over; `standing` need
    nothing, and `left_alone` of these took nothing.
    """

    leaning: int
    completed: int
    standing: int
    left_alone: int


def completion(outcomes: Iterable[Outcome]) -> Completion | None:
    """Count outcomes' follow-ups by what the answers say they were completed to; None without any."""
    return _counted([(o.question, o.answer.understood.completed) for o in outcomes])


def completion_of_words(questions: Iterable[GoldQuestion]) -> Completion | None:
    """Count the follow-ups among questions in order by their words alone, with nothing asked."""
    return _counted([(question, text) for question, text in completed(questions)])


def completed(questions: Iterable[GoldQuestion]) -> list[tuple[GoldQuestion, str | None]]:
    """Each question with what it is completed to after the one before it; None where it is left alone."""
    found: list[tuple[GoldQuestion, str | None]] = []
    before = ""
    for question in questions:
        after = question.carries is not None and complete(question.question, before)
        text = after.text if after else None
        found.append((question, text))
        before = text or question.question
    return found


def _counted(texts: Sequence[tuple[GoldQuestion, str | None]]) -> Completion | None:
    leaning = [text is not None for question, text in texts if question.carries is True]
    standing = [text is None for question, text in texts if question.carries is False]
    if not leaning and not standing:
        return None
    return Completion(len(leaning), sum(leaning), len(standing), sum(standing))
