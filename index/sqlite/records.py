"""The values that an archive gives."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple, Protocol

from corpus.article import Article, Sentence


class StoredArticle(NamedTuple):
    """An article with its number, its sentences in order, and its origin: the same for copies of one text only."""

    number: int
    article: Article
    sentences: tuple[Sentence, ...]
    origin: int


@dataclass(frozen=True, slots=True)
class StoredPassage:
    """A passage's place: its row, its article's number there, its span and its sentences."""

    id: int
    article: int
    start: int
    end: int
    first: int
    last: int
    sha256: bytes


@dataclass(frozen=True, slots=True)
class Extent:
    """Counts over a set of articles: all, named sources, undated; first and last date."""

    articles: int
    sources: int
    undated: int
    first: date | None
    last: date | None


class Version(NamedTuple):
    """An earlier text of an article: its hash, and when the index stopped holding it (UTC, ISO 8601)."""

    article_id: str
    sha256: str
    replaced: str


class Copy(NamedTuple):
    """An article that prints the same text as another, and where and when it did."""

    article_id: str
    source: str | None
    published: date | None
    title: str | None


class Printing(NamedTuple):
    """An article as its metadata tells it from others under one address."""

    article_id: str
    published: date | None
    title: str | None
    kind: str | None
    corrected: str | None
    source: str | None


class Month(NamedTuple):
    """How many articles a source printed in a month (`2020-02`); None where the one or the other isn't stated."""

    source: str | None
    month: str | None
    articles: int


class Provenance(Protocol):
    """What says where an article's words come from: an archive, or what a request has read of one."""

    @property
    def lookalikes(self) -> Mapping[str, tuple[str, ...]]:
        """See `Archive.lookalikes`."""

    def article(self, article_id: str) -> Article:
        """See `Archive.article`."""

    def origin(self, article_id: str) -> tuple[int, list[str]]:
        """See `Archive.origin`."""

    def copies(self, article_id: str) -> list[Copy]:
        """See `Archive.copies`."""

    def printed_at(self, url: str) -> list[Printing]:
        """See `Archive.printed_at`."""
