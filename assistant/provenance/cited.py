"""Words of an article with all that the archive states of them."""

from __future__ import annotations

from typing import TypeVar

from assistant.provenance.corrections import set_right
from assistant.types.answer import Cited, Origin
from corpus.article import Article
from index.sqlite.records import Provenance

# Characters before and after a citation that make it findable again, as W3C selectors keep them.
CONTEXT = 32

C = TypeVar("C", bound=Cited)


def printed(form: type[C], article: Article, start: int, end: int, score: float) -> C:
    """Words of an article with what it states itself, as a Cited or a Quote; nothing of other articles."""
    return form(
        text=article.text[start:end],
        article_id=article.id,
        start=start,
        end=end,
        prefix=article.text[max(0, start - CONTEXT) : start],
        suffix=article.text[end : end + CONTEXT],
        article_sha256=article.sha256,
        title=article.title,
        source=article.source,
        published=article.published,
        date_origin=article.date_origin,
        url=article.url,
        kind=article.kind,
        corrected=article.corrected,
        score=round(score, 4),
    )


def in_archive(quote: C, archive: Provenance, article: Article) -> C:
    """Add what the rest of the archive says of a quote's article: copies, what corrects it, sources like its own."""
    copies, sources = archive.origin(article.id)
    correction, claims = set_right(archive, article)
    return quote.model_copy(
        update={
            "origin": Origin(articles=copies, sources=tuple(sources)),
            "correction": correction,
            "claims": claims,
            "looks_like": archive.lookalikes.get((article.source or "").casefold(), ()),
        }
    )
