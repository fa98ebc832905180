"""What the index has of a saved quote: the same fields, made anew from its article and the archive."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from datetime import date
from typing import Any

from pydantic import ValidationError

from assistant.integrity.differences import Difference, differences, stated
from assistant.integrity.located import id_of_copy
from assistant.integrity.saved import Form, SavedQuote
from assistant.provenance.cited import in_archive, printed
from assistant.provenance.copy_variants import with_variants
from assistant.query.question import Kind
from assistant.render.citations.json_records import csl_json, web_annotation
from assistant.render.citations.reference import Reference
from assistant.selection.quote_context import Context, Quoted, event_date
from assistant.types.answer import Cited, EventDate, Quote, Speaker
from corpus.annotation.days import days
from corpus.annotation.speakers import speakers
from corpus.article import Article
from corpus.segmentation.sentences import split_sentences
from index.sqlite.archive import Archive

Span = tuple[int, int]

# What an article states of itself, whatever its text.
_OF_ARTICLE = ("title", "source", "published", "date_origin", "url", "kind", "corrected")
_OF_RECORD = ("title", "container-title", "author", "genre", "issued", "URL", "archive_location")
# What the rest of the archive says of an article.
_OF_ARCHIVE = ("origin", "correction", "claims", "looks_like")
_OF_COPY = ("source", "published", "date_origin")
# As a question was asked, which an archive doesn't hold: how well words fit it.
_ASKED = "score"


def compared(
    place: str, quote: SavedQuote, article: Article, archive: Archive | None
) -> Iterator[Difference]:
    """Each stated field of a quote that is not as its article and the archive have it.

    Without an archive, or where it lacks the article, what it would say of copies and corrections is not compared.
    Fields that hang on the place of the words are compared where the words stand there.
    """
    if quote.form in {Form.CSL, Form.ANNOTATION}:
        yield from _of_citation(place, quote, article, archive)
    elif quote.form is not Form.COPY:
        yield from stated(place, quote.item, _of_quote(quote, article, archive))
    elif archive is None:  # else all of `variants` is compared with its quote
        yield from stated(place, quote.item, _picked(_cited(quote, article, None), _OF_COPY))


def says(article: Article, quote: SavedQuote) -> bool:
    """Whether an article prints these words at their place."""
    # A slice may end past the text; a quote's span may not.
    whole = quote.end - quote.start == len(quote.text)
    return whole and article.text[quote.start : quote.end] == quote.text


def _cited(quote: SavedQuote, article: Article, archive: Archive | None) -> Quote:
    """The words at a place with all that is stated of them."""
    start = min(quote.start, len(article.text))
    found = printed(Quote, article, start, max(start, min(quote.end, len(article.text))), 0.0)
    if archive:
        found = in_archive(found, archive, article)
    if article.sha256 == quote.article_sha256 or not _was_another(quote, archive):
        return found
    return found.model_copy(update={"article_sha256": quote.article_sha256})


def _was_another(quote: SavedQuote, archive: Archive | None) -> bool:
    """Whether an article may have had this text before: the index says so, or there is none to say."""
    return archive is None or archive.replaced(quote.article_id, quote.article_sha256) is not None


def _of_quote(quote: SavedQuote, article: Article, archive: Archive | None) -> dict[str, Any]:
    found = _cited(quote, article, archive)
    if not says(article, quote):
        of_archive = _OF_ARCHIVE if archive else ()
        return _picked(found, ("article_sha256", *_OF_ARTICLE, *of_archive))
    if archive and quote.form is Form.QUOTE:
        found = with_variants(found, archive)
    value = _as_quoted(found, quote, article).model_dump(mode="json")
    if archive and value["variants"]:
        _name_copies(quote.item.get("variants"), value["variants"]["others"], archive)
    left = (_ASKED,) if archive else (_ASKED, *_OF_ARCHIVE, "variants")
    context = _context(quote, article, _sentences(article, archive))
    return {k: v for k, v in {**value, **context, **_span(quote, article, archive)}.items() if k not in left}


def _as_quoted(found: Quote, quote: SavedQuote, article: Article) -> Quote:
    """Under the id it was quoted by, where the same text is another record of its file now."""
    same = article.sha256 == quote.article_sha256
    return found.model_copy(update={"article_id": quote.article_id}) if same else found


def _name_copies(saved: Any, copies: Sequence[dict[str, Any]], archive: Archive) -> None:  # noqa: ANN401 - JSON
    others = saved.get("others") if isinstance(saved, dict) else None
    for one, copy in zip(others if isinstance(others, list) else (), copies, strict=False):
        if isinstance(one, dict):
            copy["article_id"] = id_of_copy(one, copy, archive)


def _picked(found: Quote, names: Sequence[str]) -> dict[str, Any]:
    return found.model_dump(mode="json", include=set(names))


def _sentences(article: Article, archive: Archive | None) -> list[Span]:
    if archive:
        return [(s.start, s.end) for s in archive.sentences_of(article.id)]
    return [(s.start, s.end) for s in split_sentences(article.text, article.body_start, article.title)]


def _span(quote: SavedQuote, article: Article, archive: Archive | None) -> Mapping[str, int]:
    """Where the whole sentences, or the passage, of these words begin and end."""
    if quote.form is Form.HIT:
        passages = archive.layout(article).passages if archive else ()
        around = [(p.start, p.end) for p in passages if p.start <= quote.start and quote.end <= p.end]
        start, end = min(around, key=lambda p: p[1] - p[0], default=(quote.start, quote.end))
        return {"start": start, "end": end}
    met = [s for s in _sentences(article, archive) if s[0] < quote.end and quote.start < s[1]]
    return {"start": met[0][0], "end": met[-1][1]} if met else {}


def _context(quote: SavedQuote, article: Article, sentences: Sequence[Span]) -> dict[str, Any]:
    """Who speaks and of which days, as any question could have it: the saved values where they are among these."""
    if quote.form is Form.HIT:
        return {"speaker": None, "event_date": None, "marks": []}
    if quote.form is Form.ENTRY:
        return _of_entry(quote, article)
    marks = _marks(quote) if quote.form is Form.QUOTE else ()
    inside = tuple(s for s in sentences if quote.start <= s[0] and s[1] <= quote.end)
    attributions = tuple(a for span in inside for a in speakers(article.text, *span, sentences))
    contexts = [
        Context(Quoted(article.text, inside, chosen, attributions, marks), kind)
        for chosen in inside
        for kind in (Kind.WHAT, Kind.SAID, Kind.HOW_MANY)
    ]
    kept = {"marks": quote.item.get("marks", [])} if quote.form is Form.QUOTE else {"marks": []}
    return {
        "speaker": _among(quote.item.get("speaker"), [c.speaker() for c in contexts]),
        "event_date": _among(
            quote.item.get("event_date"), [c.event_date(article.published) for c in contexts]
        ),
        **kept,
    }


def _of_entry(quote: SavedQuote, article: Article) -> dict[str, Any]:
    mentions = days(article.text, quote.start, quote.end, article.published)
    said = [event_date(article.text, mention) for mention in mentions]
    told = _among(quote.item.get("event_date"), said)
    marks = [[told["start"], told["end"]]] if told else []
    return {"speaker": None, "event_date": told, "marks": marks}


def _among(saved: Any, found: Sequence[Speaker | EventDate | None]) -> Any:  # noqa: ANN401 - JSON
    values = [value.model_dump(mode="json") if value else None for value in found]
    return saved if saved in values else next(iter(values), None)


def _marks(quote: SavedQuote) -> tuple[Span, ...]:
    """The marks of a quote where they are spans of its words; what they are otherwise is a fault of its form."""
    with suppress(ValidationError):
        return Cited.model_validate(quote.item).marks
    return ()


def _of_citation(
    place: str, quote: SavedQuote, article: Article, archive: Archive | None
) -> Iterator[Difference]:
    item, found = quote.item, _as_quoted(_cited(quote, article, archive), quote, article)
    changed = article.sha256 != quote.article_sha256
    author = (
        None if changed and "author" not in item else article.author
    )  # left out where the text had changed
    writer = csl_json if quote.form is Form.CSL else web_annotation
    (whole,) = json.loads(writer([Reference(found, author, _accessed(item))]))
    if archive is None and "note" in item:
        whole["note"] = item["note"]  # it may tell of a correction
    if says(article, quote):
        yield from differences(place, item, whole)
    elif quote.form is Form.CSL:
        yield from stated(place, item, {key: whole.get(key) for key in _OF_RECORD})


def _accessed(item: Mapping[str, Any]) -> date | None:
    """The day on which an address was looked at: the caller's own, if it is a day."""
    with suppress(LookupError, TypeError, ValueError):
        (parts,) = item["accessed"]["date-parts"]
        return date(*parts)
    return None
