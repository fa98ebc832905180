"""Answers as HTML; every word that is not ours is escaped here and nowhere else.

Articles are hostile until shown otherwise. `element` escapes each child and attribute that is not
already `Safe`, so a text can only reach the page as text: forgetting to escape shows the escape.
"""

from __future__ import annotations

import json
from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from itertools import groupby, pairwise
from urllib.parse import urlencode

from assistant import invisible
from assistant.answer import Answer, Cited, Coverage, Quote, Understood
from assistant.wording import UNDATED, UNSTATED, citation, count, coverage_line, day

ARTICLE_PATH = "desk/article"  # relative, so that the chat may live under any path of a server
HIT_ID = "or-hit"  # the sentence in its article; also the fragment that scrolls a bare page to it
NOT_AN_ANSWER = "Not an answer – the nearest passages"

# Besides what HTML asks for, whatever opens an expression in a template language; and CR, which a
# parser would otherwise turn into LF. NUL cannot be written in HTML at all.
_ESCAPES = str.maketrans({c: f"&#{ord(c)};" for c in "&<>\"'`${}\r"} | {"\x00": "\ufffd"})
_VOID = frozenset({"meta", "link"})


class Safe(str):
    """Markup made by this module: goes into a page as it is."""

    __slots__ = ()


Node = Safe | str
Span = tuple[int, int]
Attributes = Mapping[str, str]
NO_ATTRIBUTES: Attributes = {}


def show(text: str, marks: Sequence[Span] = ()) -> Safe:
    """Give a text as markup whose text content is that text, its unseen characters marked.

    `marks` are spans of the text to be stressed: in code points, ascending, not overlapping. Unseen
    characters are looked for in the whole text, so that the edge of a mark changes nothing in that.
    """
    unseen = list(invisible.runs(text))
    edges = sorted({0, len(text)}.union(*unseen, *marks))
    parts: list[Safe] = []
    for stressed, pieces in groupby(pairwise(edges), lambda piece: _covers(marks, piece[0])):
        shown = Safe("".join(_piece(text[slice(*piece)], _covers(unseen, piece[0])) for piece in pieces))
        parts.append(classed("mark", "or-mark", shown) if stressed else shown)
    return Safe("".join(parts))


def element(name: str, attributes: Attributes = NO_ATTRIBUTES, *children: Node) -> Safe:
    """Build one element; names are ours, every attribute value and unsafe child is escaped."""
    head = name + "".join(f' {key}="{value.translate(_ESCAPES)}"' for key, value in attributes.items())
    return Safe(f"<{head}>") if name in _VOID else Safe(f"<{head}>{join(children)}</{name}>")


def join(nodes: Iterable[Node]) -> Safe:
    """Put nodes one after another, the unsafe ones escaped."""
    return Safe("".join(node if isinstance(node, Safe) else show(node) for node in nodes))


def isolated(text: str) -> Safe:
    """Give a text whose direction of writing must not spill into what stands around it."""
    return element("bdi", {"dir": "auto"}, text)


def classed(name: str, css_class: str, *children: Node) -> Safe:
    """Build an element that has a class and nothing else."""
    return element(name, {"class": css_class}, *children)


def source_badge(source: str | None) -> Safe:
    """Show who published, or that nobody says so."""
    return (
        classed("span", "or-source", isolated(source)) if source else classed("span", "or-absent", UNSTATED)
    )


def date_badge(published: date | None) -> Safe:
    """Show the day of publication, or that none is stated."""
    if published is None:
        return classed("span", "or-absent", UNDATED)
    return element("time", {"datetime": published.isoformat()}, day(published))


def kind_badge(kind: str | None) -> Safe:
    """Show what is not plain news: opinion, satire; nothing for news or where nothing is stated."""
    plain = kind is None or kind.strip().casefold() in {"", "news"}
    return Safe() if plain or kind is None else classed("span", "or-kind", isolated(kind))


def unseen_note(*texts: str | None) -> Safe:
    """Say that unseen characters are marked, where any of the texts holds one."""
    found = any(next(invisible.runs(text), None) for text in texts if text)
    note = "Invisible characters in this text are marked where they stand."
    return classed("p", "or-note", note) if found else Safe()


def card(quote: Quote, number: int, *, near_miss: bool = False) -> Safe:
    """Show one quote with its provenance, the way into its article and a copy button."""
    badges = [source_badge(quote.source), date_badge(quote.published), kind_badge(quote.kind)]
    title = element("p", {"class": "or-title", "dir": "auto"}, quote.title) if quote.title else Safe()
    name = f"Nearest passage {number}" if near_miss else f"Quote {number}"
    return element(
        "article",
        {"class": "or-card or-near" if near_miss else "or-card", "aria-label": name},
        classed("header", "or-meta", classed("span", "or-number", str(number)), *badges),
        element("blockquote", {"class": "or-quote", "dir": "auto"}, _quoted(quote)),
        title,
        _copies_line(quote),
        unseen_note(quote.text, quote.title, quote.source, quote.kind),
        classed("footer", "or-actions", _open_link(quote, name), _copy_button(quote, name)),
    )


def answer(found: Answer) -> Safe:
    """Show what a question got: quote cards, or the reason why there are none."""
    if found.status == "no_answer":
        return classed("section", "or-answer", _silence(found), _near_misses(found.near_misses))
    searched = count(found.coverage.articles, "article")
    summary = classed("p", "or-summary", f"{count(len(found.quotes), 'quote')} from {searched} searched")
    cards = [card(quote, number) for number, quote in enumerate(found.quotes, 1)]
    return classed("section", "or-answer", summary, _filters_line(found.understood), *cards)


def question(text: str) -> Safe:
    """Show a question as the opening of a turn."""
    return element("h2", {"class": "or-turn", "dir": "auto"}, text)


def notice(message: str) -> Safe:
    """Show one line that says what went wrong and what to do."""
    return element("p", {"class": "or-alert", "role": "alert"}, message) if message else Safe()


def searching() -> Safe:
    """Show that a question is being answered."""
    return element("p", {"class": "or-busy", "role": "status"}, "Searching the archive…")


def welcome(title: str, coverage: Coverage) -> Safe:
    """Show what this is and what it holds."""
    promise = (
        "Ask the archive. Every answer is a verbatim quote with its source, date and place in the article."
    )
    return classed(
        "div",
        "or-hero",
        classed("h1", "or-name", title),
        classed("p", "or-promise", promise),
        classed("p", "or-coverage", coverage_line(coverage)),
    )


def _quoted(quote: Quote) -> Safe:
    """Show the words of a quote, those that answer stressed."""
    return show(quote.text, [(start - quote.start, end - quote.start) for start, end in quote.marks])


def _covers(spans: Sequence[Span], at: int) -> bool:
    """Whether one of some ascending spans covers a place."""
    before = bisect_right(spans, at, key=lambda span: span[0])
    return before > 0 and at < spans[before - 1][1]


def _piece(piece: str, unseen: bool) -> str:
    return _marker(piece) if unseen else piece.translate(_ESCAPES)


def _marker(run: str) -> Safe:
    marks = {"class": "or-unseen", "title": invisible.describe(run), "data-mark": invisible.label(run)}
    head = "".join(f' {key}="{value}"' for key, value in marks.items())
    return Safe(f"<span{head}>{run.translate(_ESCAPES)}</span>")


def _copies_line(quote: Cited) -> Safe:
    if quote.origin.articles == 1:
        return Safe()
    names = [join([", " if at else ": ", isolated(name)]) for at, name in enumerate(quote.origin.sources)]
    copies = f"{quote.origin.articles:,} copies of this text in the archive"
    return classed("p", "or-copies", copies, *names)


def _open_link(quote: Cited, name: str) -> Safe:
    place = {"id": quote.article_id, "start": quote.start, "end": quote.end, "sha256": quote.article_sha256}
    href = f"{ARTICLE_PATH}?{urlencode(place)}#{HIT_ID}"
    return element(
        "a",
        {"class": "or-open", "href": href, "aria-label": f"Read in the article: {name}"},
        "Read in the article",
    )


def _copy_button(quote: Cited, name: str) -> Safe:
    # As JSON, because an attribute cannot carry every character and this text must stay verbatim.
    words = json.dumps(citation(quote))
    marks = {
        "class": "or-copy",
        "type": "button",
        "data-copy": words,
        "aria-label": f"Copy with citation: {name}",
    }
    return element("button", marks, "Copy")


def _filters_line(understood: Understood) -> Safe:
    bounds = [("from", understood.since), ("to", understood.until)]
    parts: list[Node] = [f"{word} {day(value)}" for word, value in bounds if value]
    parts += [join(["source ", isolated(source)]) for source in understood.sources]
    if not parts:
        return Safe()
    if understood.since or understood.until:
        parts.append("undated articles left out")
    listed = [join([" · " if at else "", part]) for at, part in enumerate(parts)]
    return classed("p", "or-filters", "Only: ", *listed)


def _silence(found: Answer) -> Safe:
    return element(
        "div",
        {"class": "or-none", "role": "status"},
        classed("h3", "or-none-title", "No quote answers this"),
        element("p", {"dir": "auto"}, found.reason or ""),
        classed("p", "or-summary", f"Searched: {coverage_line(found.coverage)}"),
        _filters_line(found.understood),
    )


def _near_misses(quotes: Iterable[Quote]) -> Safe:
    cards = [card(quote, number, near_miss=True) for number, quote in enumerate(quotes, 1)]
    return join([classed("h3", "or-near-title", NOT_AN_ANSWER), *cards]) if cards else Safe()
