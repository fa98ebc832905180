"""A conversation as one page to print or to send: no script, nothing fetched, light paper."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable, Sequence
from pathlib import Path

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
from assistant.render.markup import NO_ATTRIBUTES, Safe, classed, element, join, show, unseen_note
from assistant.render.page_templates import render
from assistant.render.phrases import NEAREST, no_answer, notes
from assistant.render.safe_links import is_web_address
from assistant.types.answer import Answer, Quote, Understood
from assistant.wording import searched

STYLE = Path(__file__).with_name("export.css").read_text(encoding="utf-8")
_HASH = base64.b64encode(hashlib.sha256(STYLE.encode()).digest()).decode()
POLICY = f"default-src 'none'; style-src 'sha256-{_HASH}'; base-uri 'none'; form-action 'none'"


def page(conversation: Conversation, differing: Sequence[str] | None) -> Safe:
    """Make the page; its policy lets nothing in but its own style, so that it is inert wherever it lies.

    `differing` is as in `conversation.compared`.
    """
    title = conversation.title
    return render(
        "conversation.html",
        title=title,
        # A title is read as text alone: markers of unseen characters would show as markup.
        page_title="On Record: a conversation" if unseen_note(title) else title,
        policy=POLICY,
        style=Safe(STYLE),
        summary=summary(conversation),
        compared=_compared(differing),
        turns=[_turn(number, answer) for number, answer in enumerate(conversation.turns, 1)],
        unanswered=_unanswered(conversation.unanswered),
    )


def _compared(differing: Sequence[str] | None) -> Safe:
    said, lines = compared(differing)
    listed = [element("li", {"dir": "auto"}, line) for line in lines]
    told = classed("p", "or-soft", said)
    return join([told, element("ul", NO_ATTRIBUTES, *listed), unseen_note(*lines)]) if listed else told


def _turn(number: int, answer: Answer) -> Safe:
    asked = element("h2", {"dir": "auto"}, classed("span", "or-number", f"{number}. "), answer.question)
    only = _only(answer.understood)
    noted = [element("p", {"class": "or-soft", "dir": "auto"}, line) for line in notes(answer)]
    got = _quotes(answer) if answer.status == "answered" else _silence(answer)
    return classed(
        "section",
        "or-turn",
        classed("div", "or-asked", asked, unseen_note(answer.question), only, *noted),
        got,
    )


def _only(understood: Understood) -> Safe:
    only = narrowed(understood)
    return element("p", {"class": "or-soft", "dir": "auto"}, only) if only else Safe()


def _unanswered(questions: Sequence[Unanswered]) -> Safe:
    if not questions:
        return Safe()
    listed = [
        classed("div", "or-unasked", element("p", {"dir": "auto"}, q.question), _only(q.understood))
        for q in questions
    ]
    title = element("h2", NO_ATTRIBUTES, UNANSWERED)
    return classed("section", "or-turn", title, classed("p", "or-soft", UNANSWERED_REASON), *listed)


def _quotes(answer: Answer) -> Safe:
    cards = _cards("h3", "Quote", answer.quotes)
    return join([classed("p", "or-soft", outcome(answer)), *cards, _figures(figure_lines(answer))])


def _figures(lines: Sequence[str]) -> Safe:
    if not lines:
        return Safe()
    listed = [element("li", {"dir": "auto"}, line) for line in lines]
    title = element("h3", NO_ATTRIBUTES, FIGURES)
    return classed("div", "or-figures", title, element("ul", NO_ATTRIBUTES, *listed), unseen_note(*lines))


def _silence(answer: Answer) -> Safe:
    none = classed(
        "div",
        "or-none",
        element("h3", NO_ATTRIBUTES, no_answer(answer)),
        element("p", {"dir": "auto"}, outcome(answer)),
        classed("p", "or-soft", searched(answer.coverage)),
    )
    cards = list(_cards("h4", "Closest passage", answer.near_misses, "or-card or-near"))
    return join([none, classed("h3", "or-near-title", NEAREST), *cards]) if cards else none


def _cards(level: str, name: str, quotes: Iterable[Quote], css_class: str = "or-card") -> Iterable[Safe]:
    """Show quotes, each under a heading of this level: none may be left out on the way down to it."""
    return (
        _card(classed(level, "or-card-name", f"{name} {number}"), quote, css_class)
        for number, quote in enumerate(quotes, 1)
    )


def _card(heading: Safe, quote: Quote, css_class: str) -> Safe:
    words = show(quote.text, [(start - quote.start, end - quote.start) for start, end in quote.marks])
    return classed(
        "article",
        css_class,
        heading,
        element("blockquote", {"class": "or-quote", "dir": "auto"}, words),
        classed("dl", "or-facts", *[_fact(*fact) for fact in facts(quote)]),
        unseen_note(quote.text, *[value for _, value in facts(quote)]),
    )


def _fact(name: str, value: str) -> Safe:
    shown: Safe | str = value
    if name == "Address" and is_web_address(value):
        shown = element("a", {"href": value, "rel": "noopener noreferrer nofollow"}, value)
    stated = element("dd", NO_ATTRIBUTES, element("bdi", {"dir": "auto"}, shown))
    return element("div", NO_ATTRIBUTES, element("dt", NO_ATTRIBUTES, name), stated)
