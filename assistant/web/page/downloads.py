"""What a reader takes off the page: a quote with its citation, or the conversation as a file.

Both are made of the answers that the reader's session holds: what is taken is what is shown, also
after the archive has changed.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from typing import Protocol

from assistant.answering.assembly import understood
from assistant.render.citations.cite import cite
from assistant.render.citations.reference import Reference
from assistant.render.exports.conversation import Unanswered
from assistant.render.exports.export import SUFFIXES, Conversation, export
from assistant.types.answer import Answer, Quote
from assistant.web.gradio.offline import gr
from assistant.web.page.chat_events import Turn
from assistant.web.page.form import Form
from corpus.article import Article
from index.errors import IndexFault

NOT_HERE = "The server no longer holds this page’s conversation: please reload the page, then try again."
_TYPES: Mapping[str, str] = {"markdown": "text/markdown", "json": "application/json", "html": "text/html"}


class Archive(Protocol):
    """What is asked for the author of an article, and whether quotes are still what it has."""

    def article(self, article_id: str) -> Article:
        """Give an article; LookupError when it is not in the archive."""

    def differing(self, answers: Sequence[Answer]) -> Sequence[str]:
        """Say what in these answers is not as the archive has it, in lines."""


@dataclass(frozen=True, slots=True)
class Taken:
    """A text to copy, or to save under a name, for the request of this number; or why there is none."""

    ticket: object
    text: str = ""
    name: str = ""
    type: str = ""
    told: str = ""


class Taking:
    """Makes what is taken, as the JSON of a `Taken`; holds nothing of any reader."""

    def __init__(
        self, archive: Archive, title: str, now: Callable[[], datetime] = lambda: datetime.now(UTC)
    ) -> None:
        """Ask this archive for authors; name conversations by this title and date them by this clock."""
        self._archive, self._title, self._now = archive, title, now

    def cite(self, said: list[Turn], event: gr.EventData) -> str:
        """Cite the quote of the conversation that stands at a place."""
        wanted = (event.article, event.start, event.end, event.sha256)
        quote = next((q for q in _quotes(said) if _place(q) == wanted), None)
        if quote is None:
            return _written(Taken(event.ticket, told=NOT_HERE))
        try:
            text = cite([Reference(quote, author=self._author(quote))], event.format)
        except (IndexFault, ValueError) as error:
            return _written(Taken(event.ticket, told=str(error)))
        return _written(Taken(event.ticket, text))

    def save(self, said: list[Turn], event: gr.EventData) -> str:
        """Write the conversation down; `turns` is how many the page shows, so that none is lost unnoticed."""
        if event.turns != len(said):
            return _written(Taken(event.ticket, told=NOT_HERE))
        at = self._now()
        try:
            conversation = kept(said, self._title, at)
            text = export(conversation, event.format, self._differing(conversation))
        except ValueError as error:
            return _written(Taken(event.ticket, told=str(error)))
        # Of our own characters alone: a title or a question in it could be a path, or hide what it ends with.
        name = f"on-record-{at:%Y-%m-%d-%H%M%S}{SUFFIXES[event.format]}"
        return _written(Taken(event.ticket, text, name, f"{_TYPES[event.format]};charset=utf-8"))

    def _differing(self, conversation: Conversation) -> Sequence[str] | None:
        """Compare what is saved with the index; None where there is none to compare with."""
        try:
            return self._archive.differing(conversation.turns)
        except IndexFault:
            return None

    def _author(self, quote: Quote) -> str | None:
        """Give the author of the text that was quoted; a later text may have another."""
        try:
            article = self._archive.article(quote.article_id)
        except LookupError:
            return None
        return article.author if article.sha256 == quote.article_sha256 else None


def kept(said: Sequence[Turn], title: str, at: datetime) -> Conversation:
    """Give the conversation as the page shows it.

    Questions of an earlier visit that were not asked again are listed as not answered: asking them
    now could put quotes into the file that its reader has not seen.
    """
    return Conversation(
        title=title,
        exported=at,
        turns=tuple(turn.found for turn in said if turn.found),
        unanswered=tuple(_unanswered(turn.form) for turn in said if not turn.found),
    )


def _unanswered(form: Form) -> Unanswered:
    asked = understood(form.filter).model_copy(update={"follow_up_of": form.after or None})
    return Unanswered(question=form.question, understood=asked)


def _quotes(said: Sequence[Turn]) -> Iterator[Quote]:
    for turn in said:
        if turn.found:
            yield from (*turn.found.quotes, *turn.found.near_misses)


def _place(quote: Quote) -> tuple[object, ...]:
    return quote.article_id, quote.start, quote.end, quote.article_sha256


def _written(taken: Taken) -> str:
    return json.dumps(asdict(taken))
