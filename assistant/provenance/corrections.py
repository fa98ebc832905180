"""What became of an article's text after it was quoted, by what the archive's metadata and history state."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from assistant.types.correction import Claim, Correction
from corpus.article import Article
from corpus.loading.identity import file_of
from index.sqlite.archive import Archive
from index.sqlite.records import Printing, Provenance

# Kinds of piece that set right what was printed under the same address, those that take it back among them.
_RETRACTING = frozenset({"retraction", "retracted"})
_CORRECTING = frozenset({"correction", "corrected", "corrigendum", "erratum"}) | _RETRACTING


@dataclass(frozen=True, slots=True)
class Afterwards:
    """What became of a text that was quoted: when the archive let go of it (UTC, ISO 8601), what corrects it.

    `moved` is the id it has now, where it stands unchanged in its file as another record.
    `claims` are articles of other sources that say it was corrected.
    """

    replaced: str | None = None
    correction: Correction | None = None
    moved: str | None = None
    claims: tuple[Claim, ...] = ()


NOTHING = Afterwards()


def afterwards(archive: Archive, article_id: str, sha256: str) -> Afterwards:
    """What became of this text of an article, which may be gone."""
    now = _now(archive, article_id, sha256)
    replaced = None if now else archive.replaced(article_id, sha256)
    moved = now if now != article_id else None
    try:
        correction, claims = set_right(archive, archive.article(now or article_id))
    except LookupError:
        return Afterwards(replaced)
    return Afterwards(replaced, correction, moved, claims)


def _now(archive: Archive, article_id: str, sha256: str) -> str | None:
    """The id of the article with this text: this one, or else another record of its file."""
    ids = archive.with_text(sha256)
    beside = (id_ for id_ in ids if file_of(id_) == file_of(article_id))
    return article_id if article_id in ids else next(beside, None)


def set_right(archive: Provenance, article: Article) -> tuple[Correction | None, tuple[Claim, ...]]:
    """The latest article under the same address that its metadata calls a correction, and who else says there is one.

    Only its own source corrects an article; of others the latest that says so is given for each, the
    latest first. One that is dated before the article corrects it not; of corrections only a later one corrects
    another. An address that names no article, such as that of a whole outlet, says nothing.
    """
    own = Printing(
        article.id, article.published, article.title, article.kind, article.corrected, article.source
    )
    printed = archive.printed_at(article.url) if article.url else []
    found = [p for p in printed if p.article_id != article.id and _corrects(p, own)]
    latest: dict[str | None, Printing] = {}
    for one in sorted(found, key=lambda p: str(p.published or ""), reverse=True):
        latest.setdefault(_source(one), one)
    corrects = latest.pop(_source(own), None)
    return _correction(corrects) if corrects else None, tuple(_claim(archive, one) for one in latest.values())


def _source(printing: Printing) -> str | None:
    return printing.source.casefold() if printing.source else None


def _correction(one: Printing) -> Correction:
    return Correction(article_id=one.article_id, published=one.published, title=one.title)


def _claim(archive: Provenance, one: Printing) -> Claim:
    says: Literal["corrected", "retracted"] = "retracted" if _kind(one) in _RETRACTING else "corrected"
    alike = archive.lookalikes.get((one.source or "").casefold(), ())
    return Claim(**dict(_correction(one)), source=one.source, says=says, looks_like=alike)


def _corrects(one: Printing, other: Printing) -> bool:
    if not _is_correction(one):
        return False
    if one.published is None or other.published is None:
        return not _is_correction(other)
    later = one.published > other.published
    return later or (one.published == other.published and not _is_correction(other))


def _is_correction(printing: Printing) -> bool:
    return _kind(printing) in _CORRECTING or printing.corrected is not None


def _kind(printing: Printing) -> str:
    return (printing.kind or "").strip().casefold()
