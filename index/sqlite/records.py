"""The values that an archive gives."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import NamedTuple


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
