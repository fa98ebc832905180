"""An archive as it is shown to others: what is wrong with the index is told without a place on the machine.

Whoever can open the page sees what a fault says; what it says for whoever keeps the index, with the
paths of its files, goes to the server's log.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from assistant.provenance.corrections import Afterwards
from assistant.selection.neighbours import Neighbours
from assistant.types.answer import Answer, Cited, Coverage, Found
from assistant.types.request import Inquiry
from assistant.web.app import Desk
from assistant.web.server.health import reason
from corpus.article import Article
from index.errors import IndexFault
from index.sqlite.records import Month

_log = logging.getLogger("onrecord")


@contextmanager
def _outward() -> Iterator[None]:
    """Raise a fault again in words for everyone, and log its own."""
    try:
        yield
    except IndexFault as fault:
        _log.error("%s", fault)
        raise type(fault)(reason(fault)) from None


class Outward:
    """A desk whose faults are told to others; it answers as the one that it stands before."""

    def __init__(self, desk: Desk) -> None:
        """Stand before this desk."""
        self._desk = desk

    @_outward()
    def answer(self, inquiry: Inquiry) -> Answer:
        """Answer with at most `inquiry.k` quotes from articles that pass the filters."""
        return self._desk.answer(inquiry)

    @_outward()
    def find(self, inquiry: Inquiry) -> Found:
        """Give the `inquiry.k` passages that fit best, with what was searched."""
        return self._desk.find(inquiry)

    @_outward()
    def article(self, article_id: str) -> Article:
        """Give an article; LookupError when it is not in the archive."""
        return self._desk.article(article_id)

    @_outward()
    def differing(self, answers: Sequence[Answer]) -> Sequence[str]:
        """Say what in these answers is not as the archive has it, in lines."""
        return self._desk.differing(answers)

    @_outward()
    def afterwards(self, article_id: str, sha256: str) -> Afterwards:
        """Say what became of this text of an article since it was quoted."""
        return self._desk.afterwards(article_id, sha256)

    @_outward()
    def neighbours(self, quote: Cited) -> Neighbours:
        """Give the sentences around a quote."""
        return self._desk.neighbours(quote)

    @_outward()
    def coverage(self) -> Coverage:
        """Say what the whole archive holds."""
        return self._desk.coverage()

    @_outward()
    def sources(self) -> list[str]:
        """Give the names of sources stated in the archive, sorted."""
        return self._desk.sources()

    @_outward()
    def source_counts(self) -> list[tuple[str, int]]:
        """Give the sources stated, each with how many articles it has."""
        return self._desk.source_counts()

    @_outward()
    def months(self) -> list[Month]:
        """Give how many articles each source printed in each month."""
        return self._desk.months()

    @_outward()
    def examples(self) -> list[str]:
        """Give up to four questions that the archive can answer."""
        return self._desk.examples()
