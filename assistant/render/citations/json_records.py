"""Citations as JSON: bibliographic records (CSL) and places in a text (W3C Web Annotation)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any
from urllib.parse import quote as percent_encoded

from assistant.render.citations.reference import Reference, one_line
from assistant.render.terminal import as_json

_CONTEXT = ["http://www.w3.org/ns/anno.jsonld", {"sha256": "https://schema.org/sha256"}]


def csl_json(references: Sequence[Reference]) -> str:
    """Write records of the CSL 1.0.2 data schema (csl-data.json): a list, one of each quote.

    `custom` holds the words and their place exactly; `note` holds them for a reader.
    """
    return as_json([_item(reference) for reference in references]) + "\n"


def web_annotation(references: Sequence[Reference]) -> str:
    """Write specific resources of the W3C Web Annotation Data Model: a list, one of each quote.

    The source's id is the article's, percent-encoded as a relative IRI; positions count code
    points, as the model's sections 4.2.4 and 4.2.5 have them; `sha256` is that of schema.org.
    """
    return as_json([_resource(reference) for reference in references]) + "\n"


def _item(reference: Reference) -> Mapping[str, Any]:
    quote = reference.quote
    fields: Mapping[str, Any] = {
        "id": reference.key,
        "type": "article-newspaper",
        "title": quote.title,
        "container-title": quote.source,
        "author": [{"literal": reference.author}] if reference.author else None,
        "genre": quote.kind,
        "issued": _parts(quote.published),
        "URL": reference.address,
        "accessed": _parts(reference.accessed),
        "archive_location": quote.article_id,
        "note": _note(reference),
        "custom": _custom(reference),
    }
    return {name: value for name, value in fields.items() if value}


def _custom(reference: Reference) -> Mapping[str, Any]:
    q = reference.quote
    place = {"article_id": q.article_id, "start": q.start, "end": q.end, "article_sha256": q.article_sha256}
    return {"quote": q.text, "prefix": q.prefix, "suffix": q.suffix, **place}


def _note(reference: Reference) -> str:
    """The words and their place, without what a reference manager would read as one of its fields.

    Zotero and citeproc-js take lines `field: value` and, anywhere, `{:field: value}` of a note for
    fields of the record: an article could set the author it is cited with.
    """
    said = " ".join(
        [f"“{reference.quote.text}” — {reference.place}. {reference.seal}", *reference.corrections]
    )
    return one_line(said).replace("{:", "{ :")


def _parts(day: date | None) -> Mapping[str, Any] | None:
    return {"date-parts": [[day.year, day.month, day.day]]} if day else None


def _resource(reference: Reference) -> Mapping[str, Any]:
    q = reference.quote
    source = {"id": percent_encoded(q.article_id), "type": "Text", "sha256": q.article_sha256}
    words = {"type": "TextQuoteSelector", "exact": q.text, "prefix": q.prefix, "suffix": q.suffix}
    position = {"type": "TextPositionSelector", "start": q.start, "end": q.end}
    return {
        "@context": _CONTEXT,
        "type": "SpecificResource",
        "source": source,
        "selector": [words, position],
    }
