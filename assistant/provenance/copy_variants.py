"""What the copies of a quote's article print in place of the quote's words."""

from __future__ import annotations

from itertools import islice

from assistant.types.answer import Change, Quote, Variant, Variants
from corpus.article import Article
from corpus.duplicates.variants import Change as Changed
from corpus.duplicates.variants import Counterpart, Original
from index.sqlite.records import Provenance

# Copies that a quote is compared with, of so many characters together: in the archive's order.
MOST_COPIES = 50
MOST_READ = 1_000_000
# A copy's passage that is longer, in characters, counts as not compared: its words would swamp the answer.
LONGEST = 5_000


def with_variants(quote: Quote, archive: Provenance) -> Quote:
    """Add how the copies of a quote's article print its words; the quote alone where there is no copy.

    `archive` must be the one that the quote is from: raises LookupError where it lacks the article,
    IndexDamaged where a copy is not what was stored.
    """
    copies = archive.copies(quote.article_id)
    if not copies:
        return quote
    article = archive.article(quote.article_id)
    moved = article.body_start
    original = Original(article.body, quote.start - moved, quote.end - moved)
    same, read, others = 0, 0, list[Variant]()
    for copy in islice(copies, MOST_COPIES):
        printed = archive.article(copy.article_id)
        read += len(printed.body)
        if read > MOST_READ:
            break
        found = original.in_copy(printed.body)
        if found is not None and not found.changes:
            same += 1
        elif found is None or found.place[1] - found.place[0] <= LONGEST:
            others.append(_variant(printed, found, moved))
    left = len(copies) - same - len(others)
    told = Variants(same=same, others=tuple(others), not_compared=left)
    return quote.model_copy(update={"variants": told})


def _variant(copy: Article, found: Counterpart | None, moved: int) -> Variant:
    """A copy's passage; its places are of the body, those of the quote's article after `moved` characters."""
    told = Variant(
        article_id=copy.id,
        article_sha256=copy.sha256,
        source=copy.source,
        published=copy.published,
        date_origin=copy.date_origin,
    )
    if found is None:
        return told
    start, end = _in_text(copy, found.place)
    printed = {"text": copy.text[start:end], "start": start, "end": end}
    changes = tuple(_change(copy, change, moved) for change in found.changes)
    return Variant.model_validate({**dict(told), **printed, "changes": changes})


def _change(copy: Article, found: Changed, moved: int) -> Change:
    first, last = _in_text(copy, found.place)
    return Change(
        start=found.start + moved,
        end=found.end + moved,
        text=copy.text[first:last],
        copy_start=first,
        copy_end=last,
    )


def _in_text(article: Article, place: tuple[int, int]) -> tuple[int, int]:
    return place[0] + article.body_start, place[1] + article.body_start
