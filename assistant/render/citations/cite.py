"""Quotes as citations, in the formats that editors, reference managers and annotation tools read."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

from assistant.render.citations.bibtex import bibtex
from assistant.render.citations.commonmark import blockquote, citation_line
from assistant.render.citations.json_records import csl_json, web_annotation
from assistant.render.citations.reference import Reference
from assistant.render.citations.ris import ris
from assistant.types.answer import Answer
from assistant.wording import citation
from corpus.article import Article

__all__ = ["FORMATS", "SUFFIXES", "Reference", "citations", "cite"]


def _text(references: Sequence[Reference]) -> str:
    return "\n\n".join(citation(reference.quote) for reference in references) + "\n"


def _markdown(references: Sequence[Reference]) -> str:
    cited = [f"{blockquote(r.quote.text)}\n\n{citation_line(r)}\n" for r in references]
    return "\n".join(cited)


_WRITERS: Mapping[str, Callable[[Sequence[Reference]], str]] = {
    "text": _text,
    "markdown": _markdown,
    "csl-json": csl_json,
    "ris": ris,
    "bibtex": bibtex,
    "web-annotation": web_annotation,
}
FORMATS = tuple(_WRITERS)
SUFFIXES: Mapping[str, str] = {
    "text": ".txt",
    "markdown": ".md",
    "csl-json": ".csl.json",
    "ris": ".ris",
    "bibtex": ".bib",
    "web-annotation": ".jsonld",
}


def citations(answer: Answer, article: Callable[[str], Article], wanted: str) -> str:
    """Write all quotes of an answer in a format of FORMATS; `article` gives an article, for its author."""
    return cite([Reference(q, author=article(q.article_id).author) for q in answer.quotes], wanted)


def cite(references: Iterable[Reference], wanted: str) -> str:
    """Write quotes in a format of FORMATS, as the text of a file that ends with a line end.

    The same words of the same place are cited once. Raises ValueError for an unknown format and
    where there is nothing to cite.
    """
    if wanted not in _WRITERS:
        raise ValueError(f"there is no citation format {wanted!r}; choose one of: {', '.join(FORMATS)}")
    once = list({reference.key: reference for reference in references}.values())
    if not once:
        raise ValueError("there is no quote to cite; choose one first")
    return _WRITERS[wanted](once)
