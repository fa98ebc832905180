"""The archive of one generation, in SQLite: what is quoted from, and which passages a filter allows."""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date
from functools import cached_property
from itertools import chain
from pathlib import Path
from threading import Lock
from typing import Any, Literal

import numpy as np

from corpus.article import Article, DateOrigin, Passage, Rejected, Sentence
from corpus.duplicates.lookalikes import lookalikes, source_warnings
from corpus.loading.addresses import canonical
from corpus.loading.aliases import Alias, names_of
from corpus.loading.identity import file_of
from index.cuts import Cut, Days, Layout
from index.errors import IndexDamaged
from index.filters import Filter
from index.rows import Rows, expand
from index.sqlite.filter_sql import articles_where, passages_where
from index.sqlite.records import Copy, Extent, Month, Printing, StoredArticle, StoredPassage, Version

_ARTICLE = "id, text, body_start, title, source, published, date_origin, url, author, kind, corrected, warnings, sha256"


def digest(text: str) -> bytes:
    """SHA-256 of a text in UTF-8, 32 bytes."""
    return hashlib.sha256(text.encode()).digest()


class Archive:
    """A published archive, read-only; safe to use from several threads."""

    def __init__(self, path: Path) -> None:
        uri = f"{path.absolute().as_uri()}?mode=ro&immutable=1"
        self._connection = sqlite3.connect(uri, uri=True, check_same_thread=False)
        self._lock = Lock()

    def close(self) -> None:
        """Let go of the file."""
        with self._lock:
            self._connection.close()

    def _rows(self, query: str, values: Sequence[object] = ()) -> list[tuple[Any, ...]]:
        with self._lock:
            return self._connection.execute(query, values).fetchall()

    def article(self, article_id: str) -> Article:
        """The article of this id, checked against its hash; raises LookupError, IndexDamaged."""
        rows = self._rows(f"SELECT {_ARTICLE} FROM articles WHERE id = ?", [article_id])  # noqa: S608
        if not rows:
            raise LookupError(f"the archive has no article {article_id!r}")
        return _article(rows[0])

    def article_at(self, number: int) -> Article:
        """The article of this number, checked against its hash; raises IndexDamaged."""
        rows = self._rows(f"SELECT {_ARTICLE} FROM articles WHERE number = ?", [number])  # noqa: S608
        if not rows:
            raise IndexDamaged(f"article {number} is missing from the archive; run `onrecord index` again")
        return _article(rows[0])

    def stored(self, number: int) -> StoredArticle:
        """The article of this number with its sentences, checked against its hash; raises IndexDamaged."""
        found = self._stored("number", number)
        if found is None:
            raise IndexDamaged(f"article {number} is missing from the archive; run `onrecord index` again")
        return found

    def stored_of(self, article_id: str) -> StoredArticle:
        """The article of this id with its sentences, checked against its hash; raises LookupError, IndexDamaged."""
        found = self._stored("id", article_id)
        if found is None:
            raise LookupError(f"the archive has no article {article_id!r}")
        return found

    def _stored(self, column: Literal["id", "number"], value: object) -> StoredArticle | None:
        query = f"SELECT number, sentences, origin, {_ARTICLE} FROM articles WHERE {column} = ?"  # noqa: S608
        for number, spans, origin, *row in self._rows(query, [value]):
            return StoredArticle(int(number), _article(tuple(row)), tuple(_sentences(spans)), int(origin))
        return None

    def articles(self) -> Iterator[Article]:
        """Every article, in the archive's order, read one by one."""
        for number in range(self.coverage().articles):
            yield self.article_at(number)

    def sentences(self, number: int) -> list[Sentence]:
        """The sentence spans of an article, in order."""
        (blob,) = self._rows("SELECT sentences FROM articles WHERE number = ?", [number])[0]
        return _sentences(blob)

    def sentences_of(self, article_id: str) -> list[Sentence]:
        """The sentence spans of the article of this id, in order; raises LookupError."""
        rows = self._rows("SELECT sentences FROM articles WHERE id = ?", [article_id])
        if not rows:
            raise LookupError(f"the archive has no article {article_id!r}")
        return _sentences(rows[0][0])

    def passages(self, ids: Sequence[int]) -> list[StoredPassage]:
        """The passages of these rows, in the order asked for."""
        marks = ",".join("?" * len(ids))
        rows = self._rows(f"SELECT * FROM passages WHERE id IN ({marks})", list(ids))  # noqa: S608
        found = {p.id: p for p in (StoredPassage(*row) for row in rows)}
        return [found[i] for i in ids]

    def passages_with(self, number: int, sentence: int) -> list[StoredPassage]:
        """The passages of an article that hold the sentence of this number or part of it, in order."""
        query = "SELECT * FROM passages WHERE article = ? AND first <= ? AND last >= ? ORDER BY id"
        return [StoredPassage(*row) for row in self._rows(query, [number, sentence, sentence])]

    def passage_rows(self) -> dict[bytes, int]:
        """Every passage text's hash with one row that holds it: what is already embedded."""
        return {sha: row for row, sha in self._rows("SELECT id, sha256 FROM passages ORDER BY id DESC")}

    def allowed(self, wanted: Filter) -> Rows | None:
        """The passage rows a filter allows, ascending; None where everything is allowed."""
        if not wanted:
            return None
        if not wanted.has_events:
            return self._of_articles(wanted)
        where, values = passages_where(wanted)
        query = f"SELECT p.id FROM articles a JOIN passages p ON p.article = a.number {where} ORDER BY p.id"  # noqa: S608
        return np.array([row[0] for row in self._rows(query, values)], dtype=np.int64)

    def _of_articles(self, wanted: Filter) -> Rows:
        """The rows of all passages of the articles a filter allows, ascending, without reading a row of theirs."""
        where, values = articles_where(wanted)
        query = f"SELECT a.first_row, a.passages FROM articles a {where}"  # noqa: S608
        found = self._rows(query, values)
        spans = np.fromiter(chain.from_iterable(found), np.int64, 2 * len(found)).reshape(-1, 2)
        spans = spans[np.argsort(spans[:, 0])]
        return expand(spans[:, 0], spans[:, 1])

    def coverage(self, wanted: Filter | None = None) -> Extent:
        """Count what a filter lets a search see."""
        return self._extent(wanted) if wanted else self._whole

    @cached_property
    def _whole(self) -> Extent:
        return self._extent(Filter())

    def _extent(self, wanted: Filter) -> Extent:
        where, values = articles_where(wanted)
        counts = "count(*), count(DISTINCT source_key), count(*) - count(published), min(published), max(published)"
        row = self._rows(f"SELECT {counts} FROM articles a {where}", values)[0]  # noqa: S608
        articles, sources, undated, first, last = row
        return Extent(articles, sources, undated, _date(first), _date(last))

    def sources(self) -> list[str]:
        """The names of all sources stated, sorted."""
        rows = self._rows("SELECT DISTINCT source FROM articles WHERE source IS NOT NULL ORDER BY source_key")
        return [str(row[0]) for row in rows]

    def source_counts(self) -> list[tuple[str, int]]:
        """Each source stated, under one spelling, with how many articles state it; sorted by name."""
        rows = self._rows(
            "SELECT min(source), count(*) FROM articles WHERE source IS NOT NULL"
            " GROUP BY source_key ORDER BY source_key"
        )
        return [(str(name), int(count)) for name, count in rows]

    @cached_property
    def source_names(self) -> Mapping[str, str]:
        """Each source stated, by its casefolded names and aliases; see `corpus.loading.aliases.names_of`."""
        return names_of([name for name, _ in self.source_counts()], self.aliases())

    @cached_property
    def lookalikes(self) -> Mapping[str, tuple[str, ...]]:
        """The sources that look like others, casefolded, with these; see `corpus.duplicates.lookalikes.lookalikes`."""
        return lookalikes(name for name, _ in self.source_counts())

    def aliases(self) -> list[Alias]:
        """What label files say sources are called besides, as they say it."""
        return [Alias(*map(str, row)) for row in self._rows("SELECT source, alias, file FROM aliases")]

    def sources_at(self, numbers: Collection[int]) -> dict[int, str | None]:
        """The source of each article of these numbers, casefolded; None where none is stated."""
        marks = ",".join("?" * len(numbers))
        query = f"SELECT number, source_key FROM articles WHERE number IN ({marks})"  # noqa: S608
        return dict(self._rows(query, list(numbers)))

    def months(self) -> list[Month]:
        """What each source printed in each month, in their order; what is not stated comes first."""
        rows = self._rows(
            "SELECT min(min(source)) OVER (PARTITION BY source_key), substr(published, 1, 7) AS month, count(*)"
            " FROM articles GROUP BY source_key, month ORDER BY source_key, month"
        )
        return [Month(*row) for row in rows]

    def without_source(self) -> int:
        """How many articles state no source."""
        return len(self._rows("SELECT 1 FROM articles WHERE source IS NULL"))

    def warnings(self) -> list[tuple[str, str]]:
        """What was doubtful about articles that were read and names of sources: article id and warning."""
        rows = self._rows("SELECT id, warnings FROM articles WHERE warnings != '[]'")
        stated = self._rows(
            "SELECT source, id FROM articles WHERE number IN (SELECT min(number) FROM articles"
            " WHERE source IS NOT NULL GROUP BY source) ORDER BY number"
        )
        return [
            *((str(id_), text) for id_, found in rows for text in json.loads(str(found))),
            *source_warnings((str(source), str(id_)) for source, id_ in stated),
        ]

    def rejected(self) -> list[Rejected]:
        """What could not be read when the index was built."""
        return [Rejected(str(p), str(r)) for p, r in self._rows("SELECT path, reason FROM rejected")]

    def origin(self, article_id: str) -> tuple[int, list[str]]:
        """How many articles are copies of this one's text, itself included, and their sources."""
        rows = self._rows(
            "SELECT source FROM articles WHERE origin = (SELECT origin FROM articles WHERE id = ?)"
            " ORDER BY source_key",
            [article_id],
        )
        return len(rows), sorted({str(row[0]) for row in rows if row[0] is not None})

    def origin_number(self, number: int) -> int:
        """The origin of the article of this number: the same for copies of one text, for no others."""
        return int(self._rows("SELECT origin FROM articles WHERE number = ?", [number])[0][0])

    def leads(self, origin: int) -> list[int]:
        """The articles of one origin by number: those first that state source and day, then the earliest."""
        rows = self._rows(
            "SELECT number FROM articles WHERE origin = ? ORDER BY (source IS NULL) + (published IS NULL),"
            " published IS NULL, published, number",
            [origin],
        )
        return [int(row[0]) for row in rows]

    def copies(self, article_id: str) -> list[Copy]:
        """The other articles that are copies of this one's text, in the archive's order; raises LookupError."""
        rows = self._rows("SELECT origin FROM articles WHERE id = ?", [article_id])
        if not rows:
            raise LookupError(f"the archive has no article {article_id!r}")
        found = self._rows(
            "SELECT id, source, published, title FROM articles WHERE origin = ? AND id != ? ORDER BY number",
            [rows[0][0], article_id],
        )
        return [Copy(id_, source, _date(published), title) for id_, source, published, title in found]

    def printed_at(self, url: str) -> list[Printing]:
        """The articles of this address, in the archive's order; see `corpus.loading.addresses.canonical`."""
        rows = self._rows(
            "SELECT id, published, title, kind, corrected, source FROM articles WHERE page = ? ORDER BY number",
            [canonical(url)],
        )
        return [Printing(id_, _date(published), *rest) for id_, published, *rest in rows]

    def known(self) -> dict[str, Cut]:
        """What each article's cut and the days it speaks of hung on, by article id."""
        rows = self._rows("SELECT id, sha256, body_start, title, published FROM articles")
        return {str(id_): Cut(*rest) for id_, *rest in rows}

    def replaced(self, article_id: str, sha256: str) -> str | None:
        """When this text of an article gave way to another or to none; None where it never did.

        Of a record it may have stood under another id of its file.
        """
        rows = dict(self._rows("SELECT id, replaced FROM versions WHERE sha256 = ?", [sha256]))
        beside = [str(at) for id_, at in rows.items() if file_of(str(id_)) == file_of(article_id)]
        return str(rows[article_id]) if article_id in rows else max(beside, default=None)

    def with_text(self, sha256: str) -> list[str]:
        """The ids of the articles that have this text, by its SHA-256, in the archive's order."""
        rows = self._rows("SELECT id FROM articles WHERE sha256 = ? ORDER BY number", [sha256])
        return [str(id_) for (id_,) in rows]

    def versions(self) -> list[Version]:
        """Every earlier text of articles that have changed since, or are gone."""
        return [Version(*map(str, row)) for row in self._rows("SELECT * FROM versions ORDER BY id, replaced")]

    def layout(self, article: Article) -> Layout:
        """How this article was cut in this archive; its Cut must be the same."""
        number, spans = self._rows("SELECT number, sentences FROM articles WHERE id = ?", [article.id])[0]
        cut = self._rows(
            'SELECT start, "end", first, last, id FROM passages WHERE article = ? ORDER BY id', [number]
        )
        passages = tuple(Passage(article.id, s, e, f, n, article.text[s:e]) for s, e, f, n, _ in cut)
        days = self.days_of(range(cut[0][-1], cut[-1][-1] + 1)) if cut else []
        return Layout(tuple(_sentences(spans)), passages, tuple(days))

    def days_of(self, rows: range) -> list[tuple[Days, ...]]:
        """The days that each passage of a run of rows speaks of, each once, in the order of their mention."""
        found: dict[int, list[Days]] = {row: [] for row in rows}
        query = "SELECT * FROM days WHERE passage >= ? AND passage < ? ORDER BY passage, number"
        for row, _, first, last, explicit in self._rows(query, [rows.start, rows.stop]):
            found[row].append(Days(_date(first), _date(last), bool(explicit)))
        return [tuple(days) for days in found.values()]

    def passages_with_days(self) -> int:
        """How many passages speak of a day."""
        return int(self._rows("SELECT count(DISTINCT passage) FROM days")[0][0])


def _date(value: str | None) -> date | None:
    return date.fromisoformat(value) if value is not None else None


def _sentences(blob: bytes) -> list[Sentence]:
    spans = np.frombuffer(blob, np.int32).reshape(-1, 3).tolist()
    return [Sentence(start, end, bool(quotable)) for start, end, quotable in spans]


def _article(row: tuple[Any, ...]) -> Article:
    values = dict(zip(_ARTICLE.split(", "), row, strict=True))
    sha256 = values.pop("sha256")
    article = Article(**{
        **values,
        "published": _date(values["published"]),
        "date_origin": DateOrigin(str(values["date_origin"])),
        "warnings": tuple(json.loads(str(values["warnings"]))),
    })  # fmt: skip
    if article.sha256 != sha256:
        raise IndexDamaged(f"the stored text of {article.id!r} has changed; run `onrecord index` again")
    return article
