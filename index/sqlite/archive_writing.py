"""Writes the archive of one generation: its articles, passages, earlier versions and rejected files."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import numpy as np

from corpus.article import Article, Passage, Rejected, Sentence
from corpus.loading.addresses import canonical
from corpus.loading.aliases import Alias
from index.cuts import Days
from index.sqlite.archive import digest
from index.sqlite.filter_sql import FIRST, LAST
from index.sqlite.records import Version

_SCHEMA = f"""
CREATE TABLE articles (
    number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, text TEXT NOT NULL, body_start INTEGER NOT NULL,
    sha256 TEXT NOT NULL, title TEXT, source TEXT, source_key TEXT, published TEXT, date_origin TEXT NOT NULL,
    url TEXT, page TEXT, author TEXT, kind TEXT, corrected TEXT, warnings TEXT NOT NULL,
    origin INTEGER NOT NULL, sentences BLOB NOT NULL, first_row INTEGER NOT NULL, passages INTEGER NOT NULL);
CREATE TABLE passages (
    id INTEGER PRIMARY KEY, article INTEGER NOT NULL, start INTEGER NOT NULL, "end" INTEGER NOT NULL,
    first INTEGER NOT NULL, last INTEGER NOT NULL, sha256 BLOB NOT NULL);
-- The days a passage speaks of: text of ISO 8601, NULL for an open end.
CREATE TABLE days (
    passage INTEGER NOT NULL, number INTEGER NOT NULL, first TEXT, last TEXT, explicit INTEGER NOT NULL,
    PRIMARY KEY (passage, number)) WITHOUT ROWID;
CREATE TABLE aliases (source TEXT NOT NULL, alias TEXT NOT NULL, file TEXT NOT NULL);
CREATE TABLE rejected (path TEXT NOT NULL, reason TEXT NOT NULL);
CREATE TABLE versions (id TEXT NOT NULL, sha256 TEXT NOT NULL, replaced TEXT NOT NULL, PRIMARY KEY (id, sha256));
CREATE INDEX passages_of_article ON passages (article);
CREATE INDEX articles_by_text ON articles (sha256);
CREATE INDEX versions_by_text ON versions (sha256);
CREATE INDEX articles_by_origin ON articles (origin);
CREATE INDEX articles_by_page ON articles (page) WHERE page IS NOT NULL;
-- What is counted of all articles, and what a filter needs to know of them, apart from their texts; an archive
-- whose indexes lack it is read more slowly.
CREATE INDEX articles_by_source ON articles (source_key, source, published, first_row, passages);
CREATE INDEX articles_filtered ON articles (published, source_key, number, first_row, passages);
CREATE INDEX days_by_end ON days ({LAST}, {FIRST});
"""


@dataclass(frozen=True, slots=True)
class Entry:
    """An article made ready for the archive: its sentences, passages and origin.

    `days` are those that each passage speaks of, in the passages' order.
    `origin` is the same number for articles that are copies of one text, for no others.
    """

    article: Article
    sentences: Sequence[Sentence]
    passages: Sequence[Passage]
    days: Sequence[Sequence[Days]]
    origin: int


def write_archive(
    path: Path,
    entries: Iterable[Entry],
    rejected: Iterable[Rejected],
    versions: Iterable[Version] = (),
    aliases: Iterable[Alias] = (),
) -> None:
    """Write a new archive; passages are numbered from 0 in the order given."""
    connection = sqlite3.connect(path)
    try:
        connection.execute("PRAGMA journal_mode=delete")
        connection.execute("PRAGMA synchronous=off")  # the file is synced when it is published
        connection.executescript(_SCHEMA)
        row = 0
        for number, entry in enumerate(entries):
            _write_entry(connection, number, row, entry)
            row += len(entry.passages)
        connection.executemany("INSERT INTO rejected VALUES (?,?)", [(r.path, r.reason) for r in rejected])
        connection.executemany("INSERT INTO versions VALUES (?,?,?)", versions)
        connection.executemany(
            "INSERT INTO aliases VALUES (?,?,?)", [(a.source, a.alias, a.file) for a in aliases]
        )
        connection.commit()
    finally:
        connection.close()


def _write_entry(connection: sqlite3.Connection, number: int, row: int, entry: Entry) -> None:
    """Write the article of this number, its passages from this row on and the days they speak of."""
    connection.execute(
        f"INSERT INTO articles VALUES ({','.join('?' * 20)})",  # noqa: S608
        _article_row(number, row, entry),
    )
    rows = [
        (row + n, number, p.start, p.end, p.first, p.last, digest(p.text))
        for n, p in enumerate(entry.passages)
    ]
    connection.executemany("INSERT INTO passages VALUES (?,?,?,?,?,?,?)", rows)
    spoken = [
        (passage, n, _iso(days.first), _iso(days.last), days.explicit)
        for (passage, *_), found in zip(rows, entry.days, strict=True)
        for n, days in enumerate(found)
    ]
    connection.executemany("INSERT INTO days VALUES (?,?,?,?,?)", spoken)


def _article_row(number: int, row: int, entry: Entry) -> tuple[object, ...]:
    a = entry.article
    spans = np.array([(s.start, s.end, s.quotable) for s in entry.sentences], dtype=np.int32)
    return (
        number, a.id, a.text, a.body_start, a.sha256, a.title, a.source,
        a.source.casefold() if a.source else None, _iso(a.published),
        a.date_origin.value, a.url, canonical(a.url) if a.url else None,
        a.author, a.kind, a.corrected, json.dumps(a.warnings),
        entry.origin, spans.tobytes(), row, len(entry.passages),
    )  # fmt: skip


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
