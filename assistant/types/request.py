"""The seam of everything that asks an archive: what is asked, and what answers."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Protocol

from assistant.types.answer import Answer, Found
from index.filters import Filter

# How many quotes an answer has at most: unless more are asked for, and whatever is asked for.
USUAL_QUOTES, MOST_QUOTES = 5, 9
USUAL_PASSAGES, MOST_PASSAGES = 10, 100  # likewise for passages


@dataclass(frozen=True, slots=True)
class Inquiry:
    """A question, and what is asked of the archive beside it.

    `k` is how many quotes or passages may come at most. `after` is the question before it, completed,
    from which a question that says too little alone takes over what it lacks. `literal`: nothing is
    read from the question's words, no filter and no question before it.
    """

    question: str
    wanted: Filter = field(default_factory=Filter)
    k: int = USUAL_QUOTES
    after: str = ""
    literal: bool = False


class Asking(Protocol):
    """Answers questions with quotes."""

    def answer(self, inquiry: Inquiry) -> Answer:
        """Answer with at most `inquiry.k` quotes from articles that pass the filters."""


class Finding(Protocol):
    """Finds passages."""

    def find(self, inquiry: Inquiry) -> Found:
        """Give the `inquiry.k` passages that fit best, with what was searched."""
