"""Which article a saved quote is of: ids of records move within their file, hashes of texts don't."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from contextlib import suppress

from assistant.integrity.saved import SavedQuote
from corpus.article import Article
from corpus.loading.identity import file_of
from index.sqlite.archive import Archive


def found(quote: SavedQuote, articles: Mapping[str, Article]) -> Article | None:
    """The article that was quoted: its text by its hash, here or as another record of the file, else what has its id.

    A record of another source only prints the same.
    """
    own = articles.get(quote.article_id)
    if own and own.sha256 == quote.article_sha256:
        return own
    return _beside(quote, articles.values()) or own


def held(quote: SavedQuote, archive: Archive) -> Article | None:
    """The article that was quoted, as `found` has it, of those in an archive."""
    articles: dict[str, Article] = {}
    for article_id in (quote.article_id, *archive.with_text(quote.article_sha256)):
        if file_of(article_id) == file_of(quote.article_id):
            with suppress(LookupError):
                articles[article_id] = archive.article(article_id)
    return found(quote, articles)


def id_of_copy(saved: Mapping[str, object], copy: Mapping[str, object], archive: Archive) -> object:
    """The id that is to stand for a copy: as saved, where its text was there and is now another record of the file."""
    before, now, sha256 = saved.get("article_id"), copy["article_id"], copy["article_sha256"]
    moved = (
        isinstance(before, str)
        and saved.get("article_sha256") == sha256
        and saved.get("text") is not None  # then its verdict names the record that it is now
        and file_of(before) == file_of(str(now))
        and before not in archive.with_text(str(sha256))
    )
    return before if moved else now


def _beside(quote: SavedQuote, articles: Iterable[Article]) -> Article | None:
    file, sha256 = file_of(quote.article_id), quote.article_sha256
    beside = (a for a in articles if a.sha256 == sha256 and file_of(a.id) == file)
    return next((a for a in beside if quote.source in {None, a.source}), None)
