"""What an index answers, as text."""

from __future__ import annotations

from tests.newsroom import Newsroom, shown


def words_of(newsroom: Newsroom, question: str) -> str:
    return "\n".join(quote.text for quote in shown(newsroom.ask(question)))
