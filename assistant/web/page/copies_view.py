"""What a card says of its article's copies: how many there are, and what they print in the quote's place."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from urllib.parse import urlencode

from assistant.provenance.relocate import seal
from assistant.render import copy_phrases
from assistant.render.copy_phrases import Printed
from assistant.render.markup import (
    ARTICLE_PATH,
    HIT_ID,
    NO_ATTRIBUTES,
    Safe,
    Span,
    classed,
    element,
    isolated,
    join,
)
from assistant.types.answer import Cited, Variant


def copies_line(quote: Cited) -> Safe:
    """Show how many articles print this text, and their sources; nothing where it is the only one."""
    counted = copy_phrases.copies_line(quote)
    names = [join([", " if at else ": ", isolated(name)]) for at, name in enumerate(quote.origin.sources)]
    return classed("p", "or-copies", counted, *names) if counted else Safe()


def variants(quote: Cited) -> Safe:
    """Show what copies print otherwise where the quote stands; nothing where all print its words."""
    listed = [_way(quote, way) for way in copy_phrases.ways(quote)[: copy_phrases.MOST_WAYS]]
    rest = copy_phrases.untold(quote)
    shown = element("ul", {"class": "or-variants", "aria-label": "Other words in copies"}, *listed)
    left = classed("p", "or-copies", rest) if rest else Safe()
    return join([shown if listed else Safe(), left])


def article_address(article_id: str, sha256: str, span: Span, words: str, also: Iterable[Span] = ()) -> str:
    """Where an article can be read with the words at a place marked, and those of other quotes."""
    place = [("id", article_id), ("start", span[0]), ("end", span[1]), ("sha256", sha256)]
    place += [("words", seal(words)), *(("also", f"{first}-{last}") for first, last in also)]
    return f"{ARTICLE_PATH}?{urlencode(place)}#{HIT_ID}"


def _way(quote: Cited, way: Sequence[Variant]) -> Safe:
    """Show the copies that print the same, each with the way into it, and their words."""
    named = way[: copy_phrases.MOST_NAMED]
    links = [join(["; " if at else ": ", _name(copy)]) for at, copy in enumerate(named)]
    said = [_part(part) for part in copy_phrases.changes(quote, way[0])]
    words = [": ", *said] if said else []
    return element("li", NO_ATTRIBUTES, copy_phrases.heading(way), *links, copy_phrases.unnamed(way), *words)


def _name(copy: Variant) -> Safe:
    name = isolated(copy_phrases.named(copy))
    if copy.text is None or copy.start is None or copy.end is None:
        return name
    address = article_address(copy.article_id, copy.article_sha256, (copy.start, copy.end), copy.text)
    return element("a", {"class": "or-variant", "href": address}, name)


def _part(part: str) -> Safe | str:
    """Show words of an article as such, and ours as they are."""
    return join(["“", isolated(part), "”"]) if isinstance(part, Printed) else part
