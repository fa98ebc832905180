"""Answers as HTML: quote cards, or the reason why there are none. `assistant.render.markup` escapes every word."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence

from assistant.render import copy_phrases, phrases
from assistant.render.markup import (
    NO_ATTRIBUTES,
    Safe,
    Span,
    classed,
    corrected_badge,
    date_badge,
    element,
    isolated,
    join,
    kind_badge,
    lookalike_badge,
    show,
    source_badge,
    unseen_note,
)
from assistant.selection.neighbours import Neighbours
from assistant.types.answer import Answer, Cited, EventDate, Quote, Speaker
from assistant.web.page import surroundings
from assistant.web.page.copies_view import article_address, copies_line, variants
from assistant.web.page.figures_table import figures
from assistant.web.page.timeline_strip import timeline_strip
from assistant.wording import UNSTATED, citation, count, notes, searched

AT_FIRST = 3  # quotes that are shown until a reader asks for more
MOST_RECENT = "most recent"
_ORDERS = (("relevance", "Relevance"), ("source", "Source"), ("date", "Date"))

Beside = Callable[[Quote], Neighbours]


def _nothing_beside(_quote: Quote) -> Neighbours:
    return Neighbours()


def answer(found: Answer, beside: Beside = _nothing_beside) -> Safe:
    """Show what a question got, the printed words first; `beside` gives the sentences around a quote."""
    if found.status == "no_answer":
        return classed("section", "or-answer", _silence(found), _near_misses(found.near_misses, beside))
    head = (
        _summary(found),
        surroundings.filters_line(found.understood),
        surroundings.reading(found.understood),
        _unheard(found),
    )
    shown = _compared(found, beside) if found.understood.compared else _listed(found.quotes, beside)
    strip = timeline_strip(found.timeline, found.quotes)
    return classed("section", "or-answer", *head, shown, figures(found.figures), strip)


def _summary(found: Answer) -> Safe:
    return classed("p", "or-summary", phrases.quoted_from(found))


def _unheard(found: Answer) -> Safe:
    if found.unheard is None:
        return Safe()
    return classed(
        "p",
        "or-note",
        f"{phrases.UNHEARD} “",
        isolated(found.unheard),
        f"” {phrases.UNHEARD_SO}",
        unseen_note(found.unheard),
    )


def _listed(quotes: Sequence[Quote], beside: Beside) -> Safe:
    """Show quotes one below the other, some of them when a reader asks for more."""
    cards = [
        _placed(quote, number, quotes, beside, hidden=number > AT_FIRST)
        for number, quote in enumerate(quotes, 1)
    ]
    return join([_orders(quotes), classed("div", "or-cards", *cards), _more(quotes)])


def _compared(found: Answer, beside: Beside) -> Safe:
    """Show the quotes of each source that is compared in a column of its own."""
    shown = []
    for source, held in phrases.columns(found):
        title = classed("h3", "or-group", source_badge(source))
        cards = [_placed(quote, number, found.quotes, beside) for number, quote in held]
        nothing = element("p", {"class": "or-summary"}, f"{phrases.COMPARED_WITHOUT} ", isolated(source))
        label = {"class": "or-column", "aria-label": source or UNSTATED}
        shown.append(element("section", label, title, *(cards or [nothing])))
    return classed("div", "or-columns", *shown)


def _placed(
    quote: Quote, number: int, quotes: Sequence[Quote], beside: Beside, *, hidden: bool = False
) -> Safe:
    """Show a quote as one of an answer's."""
    newest = _newest(quotes)
    recent = newest is not None and quote.published == newest
    also = _others(quotes, quote)
    return card(quote, number, beside=beside(quote), also=also, recent=recent, hidden=hidden)


def card(
    quote: Quote,
    number: int,
    *,
    near_miss: bool = False,
    beside: Neighbours | None = None,
    also: Sequence[Span] = (),
    recent: bool = False,
    hidden: bool = False,
) -> Safe:
    """Show one quote with its provenance, the way into its article and a copy button.

    `also` are the other quotes of the same article, as spans; `recent` says that no quote of the
    answer is newer; `hidden` leaves the card out until a reader asks for more.
    """
    name = f"Nearest passage {number}" if near_miss else f"Quote {number}"
    around = beside or Neighbours()
    title = element("p", {"class": "or-title", "dir": "auto"}, quote.title) if quote.title else Safe()
    noted = list(notes(quote))
    shown = (quote.text, quote.title, quote.source, quote.kind, around.before, around.after, *_said(quote))
    return element(
        "article",
        _card_attributes(quote, number, name, near_miss) | ({"hidden": ""} if hidden else {}),
        classed("header", "or-meta", classed("span", "or-number", str(number)), *_badges(quote, recent)),
        _speaker_line(quote.speaker),
        _neighbour("Before the quote: ", around.before),
        element("blockquote", {"class": "or-quote", "dir": "auto"}, _quoted(quote)),
        _neighbour("After the quote: ", around.after),
        title,
        *[element("p", {"class": "or-note", "dir": "auto"}, line) for line in noted],
        copies_line(quote),
        variants(quote),
        unseen_note(*shown, *noted),
        classed("footer", "or-actions", _open_link(quote, name, also), _copy_button(quote, name)),
    )


def _card_attributes(quote: Cited, number: int, name: str, near_miss: bool) -> dict[str, str]:
    return {
        "class": "or-card or-near" if near_miss else "or-card",
        "aria-label": name,
        "data-at": str(number),
        "data-source": quote.source or "",
        "data-date": quote.published.isoformat() if quote.published else "",
    }


def _badges(quote: Cited, recent: bool) -> list[Safe]:
    newest = classed("span", "or-recent", MOST_RECENT) if recent else Safe()
    event = _event_badge(quote.event_date)
    said = [kind_badge(quote.kind), corrected_badge(quote.corrected)]
    source = [source_badge(quote.source), lookalike_badge(quote.looks_like)]
    return [*source, _printed_badge(quote), newest, event, *said]


def _printed_badge(quote: Cited) -> Safe:
    """Show when a quote was printed, in a word that the days it speaks of never have."""
    dated = date_badge(quote.published, quote.date_origin)
    return classed("span", "or-printed", *(["printed "] if quote.published else []), dated)


def _event_badge(event: EventDate | None) -> Safe:
    """Show the days that a quote speaks of, and the words they were read from."""
    if event is None:
        return Safe()
    basis = phrases.event_basis(event)
    said = isolated(phrases.event_day(event))
    return classed(
        "span", "or-event", said, classed("span", "or-basis", isolated(basis)) if basis else Safe()
    )


def _speaker_line(speaker: Speaker | None) -> Safe:
    """Show who says the quote's words; the name is the article's."""
    if speaker is None:
        return Safe()
    hedge = phrases.hedged(speaker)
    noted = join([" · ", isolated(hedge)]) if hedge else Safe()
    who = classed("span", "or-who", isolated(phrases.named(speaker)))
    return classed("p", "or-speaker", f"{phrases.stance(speaker)} ", who, noted)


def _said(quote: Cited) -> list[str | None]:
    """Give the words of articles that stand around a quote: its own and its copies', and names like its source's."""
    speaker, event = quote.speaker, quote.event_date
    words = [speaker.text, speaker.named_by, speaker.hedge] if speaker else []
    return [*words, *([event.text] if event else []), *copy_phrases.words(quote), *quote.looks_like]


def _neighbour(name: str, text: str) -> Safe:
    """Show a neighbouring sentence; its name is for those who hear the page instead of seeing it."""
    if not text.strip():
        return Safe()
    # the name stands outside, so that the sentence's own letters say which way it is written
    words = element("p", {"dir": "auto"}, text)
    return classed("div", "or-beside", classed("span", "or-unseen-name", name), words)


def _newest(quotes: Sequence[Cited]) -> object:
    """Give the latest day among quotes, or None where their days don't differ."""
    days = {quote.published for quote in quotes if quote.published}
    return max(days) if len(days) > 1 else None


def _others(quotes: Sequence[Cited], quote: Cited) -> list[Span]:
    """Give the spans of the other quotes of the same text."""
    place = (quote.article_id, quote.article_sha256)
    return [
        (other.start, other.end)
        for other in quotes
        if other is not quote and (other.article_id, other.article_sha256) == place
    ]


def _orders(quotes: Sequence[Cited]) -> Safe:
    """Offer to group the quotes; the page does it from the cards' own attributes."""
    if len(quotes) < 2:  # noqa: PLR2004
        return Safe()
    buttons = [
        element(
            "button",
            {
                "class": "or-order",
                "type": "button",
                "data-order": order,
                "aria-pressed": str(not at).lower(),
            },
            label,
        )
        for at, (order, label) in enumerate(_ORDERS)
    ]
    label = classed("span", "or-orders-label", "Group by")
    return element(
        "div", {"class": "or-orders", "role": "group", "aria-label": "Group the quotes by"}, label, *buttons
    )


def _more(quotes: Sequence[Cited]) -> Safe:
    first, rest = quotes[:AT_FIRST], quotes[AT_FIRST:]
    if not rest:
        return Safe()
    newer = _newest(quotes)
    is_later = newer is not None and newer not in {quote.published for quote in first}
    text = f"Show {count(len(rest), 'more quote')}" + (", the most recent among them" if is_later else "")
    return element("button", {"class": "or-more", "type": "button"}, text)


def _quoted(quote: Quote) -> Safe:
    """Show the words of a quote, those that answer stressed."""
    return show(quote.text, [(start - quote.start, end - quote.start) for start, end in quote.marks])


def _open_link(quote: Cited, name: str, also: Sequence[Span]) -> Safe:
    span = quote.start, quote.end
    href = article_address(quote.article_id, quote.article_sha256, span, quote.text, also)
    marks = {"class": "or-open", "href": href, "aria-label": f"Read in the article: {name}"}
    return element("a", marks, "Read in the article")


def _copy_button(quote: Cited, name: str) -> Safe:
    marks = {
        "class": "or-copy",
        "type": "button",
        # as JSON, because an attribute cannot carry every character and this text must stay verbatim
        "data-copy": json.dumps(citation(quote)),
        "aria-label": f"Copy with citation: {name}",
    }
    return element("button", marks, "Copy")


def _silence(found: Answer) -> Safe:
    filters, reading = surroundings.filters_line(found.understood), surroundings.reading(found.understood)
    clear = element("button", {"class": "or-unfilter", "type": "button"}, "Ask again without filters")
    return classed(
        "div",
        "or-none",
        classed("h3", "or-none-title", phrases.no_answer(found)),
        element("p", {"dir": "auto"}, found.reason or ""),
        classed("p", "or-summary", searched(found.coverage)),
        reading,
        element("div", NO_ATTRIBUTES, filters, clear) if filters else Safe(),
    )


def _near_misses(quotes: Iterable[Quote], beside: Beside) -> Safe:
    cards = [card(q, number, near_miss=True, beside=beside(q)) for number, q in enumerate(quotes, 1)]
    return join([classed("h3", "or-near-title", phrases.NEAREST), *cards]) if cards else Safe()
