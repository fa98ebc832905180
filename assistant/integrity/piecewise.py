"""A whole archive read piece by piece, so that what is wrong with one article hides nothing of the others."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from random import Random

from corpus.article import Article
from index.errors import IndexDamaged
from index.generation.generation import Generation
from index.sqlite.archive import Archive
from index.sqlite.records import StoredPassage

_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Read:
    """A passage with its article."""

    passage: StoredPassage
    article: Article

    @property
    def text(self) -> str:
        """What the passage's vector, word pieces and terms were made of."""
        return self.article.text[self.passage.start : self.passage.end]


def article_at(archive: Archive, number: int) -> Article | str:
    """The article of this number, checked against its hash, or what is wrong with it."""
    try:
        return archive.article_at(number)
    except IndexDamaged as error:
        return str(error)
    except (ValueError, TypeError, AttributeError) as error:  # values of a kind no article has
        return f"article {number} of the archive can't be read: {error}"


def stored_passages(archive: Archive, count: int) -> Iterator[tuple[int, StoredPassage | None]]:
    """Rows 0 to `count` with their passages, None where one is missing."""
    for first in range(0, count, _AT_ONCE):
        rows = range(first, min(first + _AT_ONCE, count))
        try:
            yield from zip(rows, archive.passages(rows), strict=True)
        except KeyError:
            yield from ((row, passage_at(archive, row)) for row in rows)


def passage_at(archive: Archive, row: int) -> StoredPassage | None:
    """The passage of one row, None where it is missing."""
    try:
        return archive.passages([row])[0]
    except KeyError:
        return None


def passages(generation: Generation) -> Iterator[Read]:
    """Every passage with its article, in order of rows; those without a readable article are left out."""
    stored = (p for _, p in stored_passages(generation.archive, generation.manifest.passages) if p)
    for number, group in groupby(stored, key=lambda passage: passage.article):
        article = article_at(generation.archive, number)
        if not isinstance(article, str):
            yield from (Read(passage, article) for passage in group)


def sample(generation: Generation, size: int) -> list[Read]:
    """At most `size` passages, drawn at random but always the same ones of the same generation."""
    count = generation.manifest.passages
    rows = sorted(Random(generation.sha256).sample(range(count), min(size, count)))  # noqa: S311
    found = [passage for row in rows if (passage := passage_at(generation.archive, row))]
    read = [(passage, article_at(generation.archive, passage.article)) for passage in found]
    return [Read(passage, article) for passage, article in read if not isinstance(article, str)]
