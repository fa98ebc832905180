"""An article as HTML, with the quoted words marked in their place."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise

from assistant.provenance.corrections import NOTHING, Afterwards
from assistant.provenance.relocate import found_by_seal
from assistant.render.markup import (
    HIT_ID,
    NO_ATTRIBUTES,
    Safe,
    Span,
    classed,
    corrected_badge,
    date_badge,
    element,
    join,
    kind_badge,
    show,
    source_badge,
    unseen_note,
)
from assistant.render.page_templates import render
from assistant.render.safe_links import is_web_address
from assistant.wording import DATED_BY, UNDATED, claim_notes, correction_notes, day
from corpus.article import Article

CHANGED = "This article’s text has changed since the quote was taken."
GONE = "This article is no longer in the archive. The quote is what it said when the question was asked."
STILL_THERE = "The quoted words still stand in it, at the same place."
MOVED = "The quoted words still stand in it, at another place, marked below."
NO_LONGER = "The quoted words no longer stand in it."
CANNOT_TELL = (
    "Whether the quoted words still stand in it can’t be told from this link, and nothing is marked below."
)
UNTITLED = "Article without a title"

# How many characters are shown before and after a quote; a browser struggles with millions.
REACH = 200_000

MOST_ALSO = 10  # other quotes that are marked beside the one that was opened
_SPAN = re.compile(r"([0-9]{1,9})-([0-9]{1,9})")


class NoSuchPlace(ValueError):
    """The place asked for does not lie in the article."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where quoted words stand: `article.text[start:end]`, of the text with this SHA-256.

    `also` are the places of other quotes of the same answer, to be marked too; `words` is the seal of
    the quoted words (`standing.seal`), empty where the link has none.
    """

    article_id: str
    start: int
    end: int
    sha256: str
    also: tuple[Span, ...] = ()
    words: str = ""


def read_spans(written: Sequence[str]) -> tuple[Span, ...]:
    """Read places written as `start-end`; those that are not are left out."""
    found = (_SPAN.fullmatch(text) for text in written[:MOST_ALSO])
    return tuple((int(match[1]), int(match[2])) for match in found if match)


def article_view(article: Article, place: Place, since: Afterwards = NOTHING) -> Safe:
    """Show an article with the words at a place marked; NoSuchPlace when it has no such place.

    When the text is no longer the one that was quoted, a notice says so, and whether the quoted words
    still stand in it; they are marked where they do, and nothing where they don't.
    """
    changed = article.sha256 != place.sha256
    if not 0 <= place.start < place.end or not (changed or place.end <= len(article.text)):
        raise NoSuchPlace(f"{article.id} has no characters {place.start}-{place.end}")
    told, now = _now(article, place) if changed else ("", place)
    noted = [*correction_notes(article.corrected, since.correction), *claim_notes(since.claims)]
    return element(
        "article",
        {"class": "or-article", "tabindex": "-1", "aria-label": "Article"},
        classed("div", "or-meta", *_badges(article)),
        element("h2", {"class": "or-headline", "dir": "auto"}, article.title or UNTITLED),
        classed("dl", "or-facts", *_facts(article)),
        classed("p", "or-changed", " ".join([CHANGED, told, *_when(since)])) if changed else Safe(),
        *[element("p", {"class": "or-note", "dir": "auto"}, line) for line in (*noted, *article.warnings)],
        unseen_note(article.text, article.title, article.source, article.url, article.author, *noted),
        _marked(article, now) if now else _unmarked(article),
    )


def gone_view(since: Afterwards = NOTHING) -> Safe:
    """Say that an article has left the archive."""
    told = classed("p", "or-changed", " ".join([GONE, *_when(since)]))
    return element("article", {"class": "or-article", "tabindex": "-1"}, told)


def _now(article: Article, place: Place) -> tuple[str, Place | None]:
    """Say whether the quoted words stand in a text that has changed, and where."""
    try:
        length = place.end - place.start
        span = found_by_seal(article.text, place.words, length, place.start) if place.words else None
    except ValueError:
        return CANNOT_TELL, None
    if span is None:
        return (NO_LONGER if place.words else CANNOT_TELL), None
    now = Place(article.id, *span, article.sha256)
    return (STILL_THERE if span == (place.start, place.end) else MOVED), now


def _when(since: Afterwards) -> list[str]:
    """Say until when the archive had the quoted text, where it is known to have had it."""
    if since.replaced is None:
        return []
    at = datetime.fromisoformat(since.replaced)
    return [
        f"The archive had the quoted text until {day(at.date())}, {at:%H:%M} {at.tzname() or ''}".rstrip()
        + "."
    ]


def page(title: str, view: Safe) -> Safe:
    """Make a page of its own out of a view; needs no script."""
    return render("article.html", title=title, view=view)


def _badges(article: Article) -> list[Safe]:
    stated = [kind_badge(article.kind), corrected_badge(article.corrected)]
    return [source_badge(article.source), date_badge(article.published), *stated]


def _facts(article: Article) -> list[Safe]:
    facts: list[tuple[str, Safe | str | None]] = [
        ("Author", article.author),
        ("Date", _dated(article)),
        ("Address", _address(article.url) if article.url else None),
        ("In the archive", article.id),
    ]
    return [_fact(name, value) for name, value in facts if value]


def _dated(article: Article) -> str:
    return f"{day(article.published)}, {DATED_BY[article.date_origin]}" if article.published else UNDATED


def _fact(name: str, value: Safe | str) -> Safe:
    shown = element("dd", NO_ATTRIBUTES, element("bdi", {"dir": "auto"}, value))
    return element("div", NO_ATTRIBUTES, element("dt", NO_ATTRIBUTES, name), shown)


def _address(url: str) -> Safe:
    """Link an http(s) address that hides nothing in it; show any other as the text it is."""
    if not is_web_address(url):
        return show(url)
    marks = {"href": url, "target": "_blank", "rel": "noopener noreferrer nofollow", "class": "or-address"}
    return element("a", marks, url)


def _marked(article: Article, place: Place) -> Safe:
    text, start, end = article.text, place.start, place.end
    first, last = max(0, start - REACH), min(len(text), end + REACH)
    body = max(first, min(_body_start(article), start))
    spans = _apart(place, body, last)
    edges = sorted({body, last}.union(*spans))
    shown = join(_piece(text[a:b], (a, b), spans, place) for a, b in pairwise(edges))
    return _printed(text[first:body], shown, left_out=len(text) - (last - first))


def _apart(place: Place, first: int, last: int) -> list[Span]:
    """Give the spans to mark, in order: the quote that was opened, and others that stay clear of it."""
    kept = [(place.start, place.end)]
    for start, end in place.also:
        if first <= start < end <= last and all(end <= a or b <= start for a, b in kept):
            kept.append((start, end))
    return sorted(kept)


def _piece(words: str, span: Span, spans: Sequence[Span], place: Place) -> Safe:
    if span == (place.start, place.end):
        return element("mark", {"id": HIT_ID, "class": "or-hit"}, words)
    return classed("mark", "or-also", words) if span in spans else show(words)


def _unmarked(article: Article) -> Safe:
    body, last = _body_start(article), min(len(article.text), 2 * REACH)
    header, shown = article.text[: min(body, last)], article.text[body:last]
    return _printed(header, show(shown), left_out=len(article.text) - last)


def _body_start(article: Article) -> int:
    """Give where the body's first word is: blank lines before it count as header."""
    return article.body_start + len(article.body) - len(article.body.lstrip())


def _printed(header: str, body: Safe, *, left_out: int) -> Safe:
    above = Safe()
    if header.strip():
        label = classed("span", "or-header-label", "File header, not part of the article")
        above = join([label, element("div", {"class": "or-header", "dir": "auto"}, header)])
    note = f"The article is long: {left_out:,} characters away from the quote are not shown."
    below = classed("p", "or-note", note) if left_out else Safe()
    return join([above, element("div", {"class": "or-body", "dir": "auto"}, body), below])
