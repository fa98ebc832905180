"""Writes the archive of one generation: its articles, passages, earlier versions and rejected files."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from corpus.article import Article, Passage, Rejected, Sentence
from index.archive import Version, digest

_SCHEMA = """
CREATE TABLE articles (
    number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, text TEXT NOT NULL, body_start INTEGER NOT NULL,
    sha256 TEXT NOT NULL, title TEXT, source TEXT, source_key TEXT, published TEXT, date_origin TEXT NOT NULL,
    url TEXT, author TEXT, kind TEXT, warnings TEXT NOT NULL,
    origin INTEGER NOT NULL, sentences BLOB NOT NULL);
CREATE TABLE passages (
    id INTEGER PRIMARY KEY, article INTEGER NOT NULL, start INTEGER NOT NULL, "end" INTEGER NOT NULL,
    first INTEGER NOT NULL, last INTEGER NOT NULL, sha256 BLOB NOT NULL);
CREATE TABLE rejected (path TEXT NOT NULL, reason TEXT NOT NULL);
CREATE TABLE versions (id TEXT NOT NULL, sha256 TEXT NOT NULL, replaced TEXT NOT NULL, PRIMARY KEY (id, sha256));
CREATE INDEX passages_of_article ON passages (article);
CREATE INDEX articles_by_origin ON articles (origin);
-- What is counted of all articles, apart from their texts; an archive without it is counted more slowly.
CREATE INDEX articles_by_source ON articles (source_key, source, published);
"""


@dataclass(frozen=True, slots=True)
class Entry:
    """An article made ready for the archive: its sentences, passages and origin.

    `origin` is the same number for articles that are copies of one text, for no others.
    """

    article: Article
    sentences: Sequence[Sentence]
    passages: Sequence[Passage]
    origin: int


def write_archive(
    path: Path, entries: Iterable[Entry], rejected: Iterable[Rejected], versions: Iterable[Version] = ()
) -> None:
    """Write a new archive; passages are numbered from 0 in the order given."""
    connection = sqlite3.connect(path)
    try:
        connection.execute("PRAGMA journal_mode=delete")
        connection.execute("PRAGMA synchronous=off")  # the file is synced when it is published
        connection.executescript(_SCHEMA)
        row = 0
        for number, entry in enumerate(entries):
            connection.execute(
                f"INSERT INTO articles VALUES ({','.join('?' * 16)})",  # noqa: S608
                _article_row(number, entry),
            )
            rows = [
                (row + n, number, p.start, p.end, p.first, p.last, digest(p.text))
                for n, p in enumerate(entry.passages)
            ]
            connection.executemany("INSERT INTO passages VALUES (?,?,?,?,?,?,?)", rows)
            row += len(rows)
        connection.executemany("INSERT INTO rejected VALUES (?,?)", [(r.path, r.reason) for r in rejected])
        connection.executemany("INSERT INTO versions VALUES (?,?,?)", versions)
        connection.commit()
    finally:
        connection.close()


def _article_row(number: int, entry: Entry) -> tuple[object, ...]:
    a = entry.article
    spans = np.array([(s.start, s.end, s.quotable) for s in entry.sentences], dtype=np.int32)
    return (
        number, a.id, a.text, a.body_start, a.sha256, a.title, a.source,
        a.source.casefold() if a.source else None, a.published.isoformat() if a.published else None,
        a.date_origin.value, a.url, a.author, a.kind, json.dumps(a.warnings),
        entry.origin, spans.tobytes(),
    )  # fmt: skip
