"""A conversation as one page to print or to send: no script, nothing fetched, light paper."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable
from pathlib import Path

from assistant.addresses import is_web_address
from assistant.answer import Answer, Quote
from assistant.exporting.conversation import (
    NEAREST,
    NO_ANSWER,
    PROMISE,
    Conversation,
    facts,
    outcome,
    searched,
    summary,
)
from assistant.html import NO_ATTRIBUTES, Safe, classed, element, join, show, unseen_note
from assistant.terminal import filters

STYLE = (Path(__file__).parents[1] / "page" / "static" / "export.css").read_text(encoding="utf-8")
_HASH = base64.b64encode(hashlib.sha256(STYLE.encode()).digest()).decode()
POLICY = f"default-src 'none'; style-src 'sha256-{_HASH}'; base-uri 'none'; form-action 'none'"


def page(conversation: Conversation) -> Safe:
    """Make the page; its policy lets nothing in but its own style, so that it is inert wherever it lies."""
    turns = [_turn(number, answer) for number, answer in enumerate(conversation.turns, 1)]
    head = classed(
        "header",
        "or-head",
        element("h1", {"dir": "auto"}, conversation.title),
        classed("p", "or-soft", summary(conversation)),
        classed("p", "or-soft", PROMISE),
    )
    main = element("main", NO_ATTRIBUTES, head, *turns)
    body = element("body", {"class": "or-export"}, main)
    return Safe("<!doctype html>\n" + element("html", {"lang": "en"}, _head(conversation.title), body) + "\n")


def _head(title: str) -> Safe:
    return element(
        "head",
        NO_ATTRIBUTES,
        element("meta", {"charset": "utf-8"}),
        element("meta", {"http-equiv": "Content-Security-Policy", "content": POLICY}),
        element("meta", {"name": "viewport", "content": "width=device-width, initial-scale=1"}),
        element("meta", {"name": "color-scheme", "content": "light"}),
        element("meta", {"name": "referrer", "content": "no-referrer"}),
        # A title is read as text alone: markers of unseen characters would show as markup.
        element("title", NO_ATTRIBUTES, "On Record: a conversation" if unseen_note(title) else title),
        element("style", NO_ATTRIBUTES, Safe(STYLE)),
    )


def _turn(number: int, answer: Answer) -> Safe:
    asked = element("h2", {"dir": "auto"}, classed("span", "or-number", f"{number}. "), answer.question)
    understood = answer.understood
    only = Safe()
    if understood.filter:
        only = element("p", {"class": "or-soft", "dir": "auto"}, filters(understood))
    got = _quotes(answer) if answer.status == "answered" else _silence(answer)
    return classed(
        "section", "or-turn", classed("div", "or-asked", asked, unseen_note(answer.question), only), got
    )


def _quotes(answer: Answer) -> Safe:
    return join([classed("p", "or-soft", outcome(answer)), *_cards("Quote", answer.quotes)])


def _silence(answer: Answer) -> Safe:
    none = classed(
        "div",
        "or-none",
        element("h3", NO_ATTRIBUTES, NO_ANSWER),
        element("p", {"dir": "auto"}, outcome(answer)),
        classed("p", "or-soft", searched(answer)),
    )
    cards = list(_cards("Nearest passage, not an answer:", answer.near_misses, "or-card or-near"))
    return join([none, classed("h3", "or-near-title", NEAREST), *cards]) if cards else none


def _cards(name: str, quotes: Iterable[Quote], css_class: str = "or-card") -> Iterable[Safe]:
    return (_card(f"{name} {number}", quote, css_class) for number, quote in enumerate(quotes, 1))


def _card(name: str, quote: Quote, css_class: str) -> Safe:
    words = show(quote.text, [(start - quote.start, end - quote.start) for start, end in quote.marks])
    return classed(
        "article",
        css_class,
        element("h4", NO_ATTRIBUTES, name),
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
