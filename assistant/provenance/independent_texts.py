"""How many texts stand behind an answer: articles that print one text are one origin."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from assistant.types.answer import Cited, Spread
from index.sqlite.records import Copy


def spread(quotes: Iterable[Cited], copies: Callable[[str], Iterable[Copy]]) -> Spread:
    """Count the articles and the origins of quotes, each once; `copies` is `Retriever.copies` or the like.

    A quote doesn't say which other one is from a copy of its article, so the archive is asked. Raises
    LookupError for a quote of an article that the archive no longer has.
    """
    origins = {
        frozenset([article_id, *(copy.article_id for copy in copies(article_id))])
        for article_id in {quote.article_id for quote in quotes}
    }
    return Spread(articles=sum(map(len, origins)), origins=len(origins))
