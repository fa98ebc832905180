"""The seam of everything that asks an archive: what answers, and how it is asked."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Protocol

from assistant.answer import Answer


class Asking(Protocol):
    """Answers questions with quotes."""

    def ask(
        self,
        question: str,
        *,
        since: date | None = None,
        until: date | None = None,
        sources: Sequence[str] = (),
        undated: bool | None = None,
        k: int = 5,
    ) -> Answer:
        """Answer a question with at most k quotes from articles that pass the filters."""
