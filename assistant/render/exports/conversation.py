"""A conversation as it is kept: its questions with what each got, and the facts of a quote in words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Literal

from pydantic import ValidationError

from assistant.facts import figure_rows
from assistant.render.copy_phrases import copies_line, lines
from assistant.render.phrases import quoted_from, speaks_of, spoken_by
from assistant.render.terminal import filters
from assistant.render.terminal import narrowed as is_narrowed
from assistant.types.answer import Answer, Quote, Understood
from assistant.types.values import Value
from assistant.wording import (
    DATED_BY,
    UNDATED,
    claim_notes,
    correction_notes,
    count,
    day,
    source_named,
)

KIND: Literal["onrecord-conversation"] = "onrecord-conversation"
VERSION: Literal[1] = 1
FIGURES = "Figures in these quotes"
UNANSWERED = "Asked, and not answered here"
UNANSWERED_REASON = (
    "These questions were asked on an earlier visit, or met a fault, and were not asked again before this "
    "was saved. Ask them again to have their quotes."
)
PROMISE = (
    "Every quote is what was printed, word for word, with its place in the article: each was compared with the "
    "index when this was written."
)
UNVERIFIED = (
    "The quotes are as saved, not verified: they were not compared with an index when this was written."
)
DIFFERING = "Not everything here is what the index has. Compared with it when this was written:"


class Unanswered(Value):
    """A question that was asked and whose answer is not here, with the filters it was asked under."""

    question: str
    understood: Understood = Understood()


class Conversation(Value):
    """Questions in the order they were asked, each with its filters, its quotes or its silence.

    `title` names the archive or the desk; `exported` is when it was kept, None where the caller
    does not say. `unanswered` are questions whose answers were not at hand then. `format` and
    `version` let a program tell what it reads.
    """

    format: Literal["onrecord-conversation"] = KIND
    version: Literal[1] = VERSION
    title: str
    exported: datetime | None = None
    turns: tuple[Answer, ...]
    unanswered: tuple[Unanswered, ...] = ()


def read_conversation(saved: str | bytes) -> Conversation:
    """Read a conversation that was exported as JSON; raises ValueError with what to do, in one line."""
    try:
        return Conversation.model_validate_json(saved)
    except ValidationError as error:
        wrong = error.errors()[0]
        if wrong["loc"] == ("version",) and isinstance(wrong["input"], int):
            raise ValueError(
                f"this conversation was exported by another version of On Record ({wrong['input']}, "
                f"not {VERSION}); read it with that version"
            ) from error
        raise ValueError("this is not an exported conversation; export one as JSON and read that") from error


def compared(differing: Sequence[str] | None) -> tuple[str, Sequence[str]]:
    """What a document may say of its quotes, and the lines below it.

    `differing` are the lines of what is not as the index has it; None where nothing was compared.
    """
    if differing is None:
        return UNVERIFIED, ()
    return (DIFFERING, differing) if differing else (PROMISE, ())


def summary(conversation: Conversation) -> str:
    """How many questions there are, and when they were kept."""
    asked = count(len(conversation.turns) + len(conversation.unanswered), "question")
    if conversation.unanswered:
        asked += f", {len(conversation.unanswered)} of them not answered here"
    at = conversation.exported
    return f"{asked} · exported {day(at.date())}, {at:%H:%M} {at.tzname() or ''}".rstrip() if at else asked


def outcome(answer: Answer) -> str:
    """What a question got: how many quotes, or why there is none."""
    if answer.status == "answered":
        return quoted_from(answer)
    return answer.reason or ""


def narrowed(understood: Understood) -> str:
    """Say under which filters a question was asked; empty where there were none."""
    return filters(understood) if is_narrowed(understood) else ""


def figure_lines(answer: Answer) -> list[str]:
    """The figures in the quotes and what they say about each other, a line each."""
    return figure_rows.lines(answer.figures) if answer.figures else []


def facts(quote: Quote) -> Iterator[tuple[str, str]]:
    """What is stated about a quote, by name; what is not stated is said so or left out."""
    yield "Source", source_named(quote.source, quote.looks_like)
    yield "Published", _published(quote)
    if quote.title:
        yield "Title", quote.title
    if quote.speaker:
        yield "Speaker", spoken_by(quote.speaker)
    if quote.event_date:
        yield "Event", speaks_of(quote.event_date)
    if quote.kind:
        yield "Kind", quote.kind
    yield from (("Correction", line) for line in correction_notes(quote.corrected, quote.correction))
    yield from (("Said to be set right", line) for line in claim_notes(quote.claims))
    if counted := copies_line(quote):
        names = f": {', '.join(quote.origin.sources)}" if quote.origin.sources else ""
        yield "Copies", counted + names
    yield from (("In copies", line) for line in lines(quote))
    if quote.url:
        yield "Address", quote.url
    yield "Place", f"{quote.article_id}, characters {quote.start}–{quote.end}"
    yield "SHA-256 of text", quote.article_sha256


def _published(quote: Quote) -> str:
    if quote.published is None:
        return UNDATED
    return f"{day(quote.published)} ({DATED_BY[quote.date_origin]})"
