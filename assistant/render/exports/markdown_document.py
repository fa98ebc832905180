"""A conversation as CommonMark; every word that is not ours is escaped, so that it shows as it is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from assistant.render.citations.commonmark import address, blockquote, escape, loss
from assistant.render.exports.conversation import (
    FIGURES,
    UNANSWERED,
    UNANSWERED_REASON,
    Conversation,
    Unanswered,
    compared,
    facts,
    figure_lines,
    narrowed,
    outcome,
    summary,
)
from assistant.render.phrases import NEAREST, no_answer, notes
from assistant.render.safe_links import is_web_address
from assistant.types.answer import Answer, Quote
from assistant.wording import searched


def markdown(conversation: Conversation, differing: Sequence[str] | None) -> str:
    """Write a heading, and below it a section of each question: its quotes, their facts as a list.

    `differing` is as in `conversation.compared`.
    """
    blocks = [f"# {escape(conversation.title)}", escape(summary(conversation)), *_compared(differing)]
    for number, answer in enumerate(conversation.turns, 1):
        blocks += _turn(number, answer)
    blocks += _unanswered(conversation.unanswered)
    return "\n\n".join(blocks) + "\n"


def _compared(differing: Sequence[str] | None) -> Iterator[str]:
    said, lines = compared(differing)
    yield said
    if lines:
        yield "\n".join(f"- {escape(line)}" for line in lines)


def _turn(number: int, answer: Answer) -> Iterator[str]:
    yield f"## {number}. {escape(answer.question)}"
    if only := narrowed(answer.understood):
        yield escape(only)
    yield from map(escape, notes(answer))
    if answer.status == "answered":
        yield outcome(answer)
        yield from _quotes("Quote", answer.quotes)
        yield from _figures(answer)
        return
    yield f"**{no_answer(answer)}.** {escape(outcome(answer))}"
    yield searched(answer.coverage)
    if answer.near_misses:
        yield f"**{NEAREST}:**"
        yield from _quotes("Closest passage", answer.near_misses)


def _figures(answer: Answer) -> Iterator[str]:
    if lines := figure_lines(answer):
        yield f"### {FIGURES}"
        yield "\n".join(f"- {escape(line)}" for line in lines)


def _unanswered(questions: Iterable[Unanswered]) -> Iterator[str]:
    listed = [" ".join([escape(q.question), escape(narrowed(q.understood))]).rstrip() for q in questions]
    if listed:
        yield f"## {UNANSWERED}"
        yield UNANSWERED_REASON
        yield "\n".join(f"- {line}" for line in listed)


def _quotes(called: str, quotes: Iterable[Quote]) -> Iterator[str]:
    for number, quote in enumerate(quotes, 1):
        yield f"### {called} {number}"
        yield blockquote(quote.text)
        yield "\n".join(f"- {name}: {_shown(name, value)}" for name, value in facts(quote))
        if lost := loss(quote.text):
            yield lost


def _shown(name: str, value: str) -> str:
    return address(value) if name == "Address" and is_web_address(value) else escape(value)
