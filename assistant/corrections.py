"""What became of an article's text after it was quoted, by what the archive's metadata and history state."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlsplit

from assistant.answer import Correction
from corpus.article import Article
from corpus.identity import file_of
from index.archive import Archive
from index.records import Printing

# Kinds of piece that set right what was printed under the same address.
_CORRECTING = frozenset({"correction", "corrected", "corrigendum", "erratum", "retraction"})


@dataclass(frozen=True, slots=True)
class Afterwards:
    """What became of a text that was quoted: when the archive let go of it (UTC, ISO 8601), what corrects it.

    `moved` is the id it has now, where it stands unchanged in its file as another record.
    """

    replaced: str | None = None
    correction: Correction | None = None
    moved: str | None = None


NOTHING = Afterwards()


def afterwards(archive: Archive, article_id: str, sha256: str) -> Afterwards:
    """What became of this text of an article, which may be gone."""
    now = _now(archive, article_id, sha256)
    replaced = None if now else archive.replaced(article_id, sha256)
    moved = now if now != article_id else None
    try:
        return Afterwards(replaced, correction_of(archive, archive.article(now or article_id)), moved)
    except LookupError:
        return Afterwards(replaced)


def _now(archive: Archive, article_id: str, sha256: str) -> str | None:
    """The id of the article with this text: this one, or else another record of its file."""
    ids = archive.with_text(sha256)
    beside = (id_ for id_ in ids if file_of(id_) == file_of(article_id))
    return article_id if article_id in ids else next(beside, None)


def correction_of(archive: Archive, article: Article) -> Correction | None:
    """The latest article under the same address that its metadata calls a correction; None where there is none.

    One that is dated before the article corrects it not; of corrections only a later one corrects another.
    An address that names no article, such as that of a whole outlet, says nothing.
    """
    if not article.url or not _names_an_article(article.url):
        return None
    own = Printing(article.id, article.published, article.title, article.kind, article.corrected)
    others = [p for p in archive.printed_at(article.url) if p.article_id != article.id and _corrects(p, own)]
    latest = max(others, key=lambda p: str(p.published or ""), default=None)
    return (
        Correction(article_id=latest.article_id, published=latest.published, title=latest.title)
        if latest
        else None
    )


def _names_an_article(url: str) -> bool:
    try:
        parts = urlsplit(url)
    except ValueError:  # such as an unclosed bracket in the host
        return False
    return bool(parts.path.strip("/") or parts.query)


def _corrects(one: Printing, other: Printing) -> bool:
    if not _is_correction(one):
        return False
    if one.published is None or other.published is None:
        return not _is_correction(other)
    later = one.published > other.published
    return later or (one.published == other.published and not _is_correction(other))


def _is_correction(printing: Printing) -> bool:
    stated = (printing.kind or "").strip().casefold()
    return stated in _CORRECTING or printing.corrected is not None
