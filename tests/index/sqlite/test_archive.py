"""The archive gives back what was stored, to the letter, and lets a filter see what it says."""

from __future__ import annotations

import sqlite3
import tempfile
from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.article import Article, DateOrigin, Passage, Rejected, Sentence
from index.cuts import Cut, Days
from index.errors import IndexDamaged
from index.filters import Filter
from index.sqlite.archive import Archive, digest
from index.sqlite.archive_writing import Entry, write_archive
from index.sqlite.records import Copy
from tests.odd_texts import ODD_TEXTS

DAY = date(2031, 3, 1)


def article(name: str, day: int | None = None, source: str | None = None, text: str = "News.") -> Article:
    origin = DateOrigin.NONE if day is None else DateOrigin.HEADER
    published = None if day is None else DAY + timedelta(days=day)
    return Article(name, text, source=source, published=published, date_origin=origin)


def entry(of: Article, passages: int = 1, origin: int = 0) -> Entry:
    whole = Passage(of.id, 0, len(of.text), 0, 0, of.text)
    return Entry(of, [Sentence(0, len(of.text), quotable=True)], [whole] * passages, [()] * passages, origin)


def archive(folder: Path, entries: Iterable[Entry], rejected: Sequence[Rejected] = ()) -> Archive:
    write_archive(folder / "archive.sqlite", entries, rejected)
    return Archive(folder / "archive.sqlite")


def allowed(found: Archive, wanted: Filter) -> list[int] | None:
    rows = found.allowed(wanted)
    return None if rows is None else rows.tolist()


@pytest.fixture
def four(tmp_path: Path) -> Archive:
    """Rows 0–1 undated of no source, 2 on day 0 of Halyard, 3–5 on day 1 of Ärger, 6 on day 2 of HALYARD."""
    return archive(
        tmp_path,
        [
            entry(article("undated.txt"), passages=2),
            entry(article("first.txt", 0, "Halyard")),
            entry(article("second.txt", 1, "Ärger & Söhne"), passages=3),
            entry(article("third.txt", 2, "HALYARD")),
        ],
    )


@pytest.mark.parametrize(
    ("wanted", "rows"),
    [
        (Filter(), None),
        (Filter(since=DAY), [2, 3, 4, 5, 6]),
        (Filter(since=DAY + timedelta(days=1)), [3, 4, 5, 6]),
        (Filter(until=DAY), [2]),
        (Filter(since=DAY, until=DAY), [2]),
        (Filter(since=DAY + timedelta(days=1), until=DAY + timedelta(days=2)), [3, 4, 5, 6]),
        (Filter(since=DAY + timedelta(days=3)), []),
        (Filter(since=DAY + timedelta(days=1), until=DAY), []),
        (Filter(sources=("halyard",)), [2, 6]),
        (Filter(sources=("ÄRGER & SÖHNE",)), [3, 4, 5]),
        (Filter(sources=("Halyard", "ärger & söhne")), [2, 3, 4, 5, 6]),
        (Filter(since=DAY + timedelta(days=1), sources=("Halyard",)), [6]),
        (Filter(sources=("Nobody",)), []),
        (Filter(sources=("",)), []),
        (Filter(undated=True), None),
        (Filter(undated=False), [2, 3, 4, 5, 6]),
        (Filter(undated=False, sources=("halyard",)), [2, 6]),
        (Filter(since=DAY + timedelta(days=2), undated=True), [0, 1, 6]),
        (Filter(until=DAY, undated=True), [0, 1, 2]),
        (Filter(since=DAY, until=DAY, undated=True), [0, 1, 2]),
        (Filter(since=DAY, until=DAY, undated=False), [2]),
        (Filter(since=DAY, sources=("halyard",), undated=True), [2, 6]),
        (Filter(since=DAY + timedelta(days=3), undated=True), [0, 1]),
        (Filter(sources=("' OR 1=1 --",)), []),
        (Filter(sources=("%",)), []),
    ],
)
def test_a_filter_allows_what_it_says(four: Archive, wanted: Filter, rows: list[int] | None) -> None:
    assert allowed(four, wanted) == rows


STORIES = st.tuples(
    st.none() | st.integers(0, 5), st.sampled_from([None, "Straße", "straSSE", "Post", "Wire"])
)
DAYS = st.none() | st.integers(-1, 6)


@settings(max_examples=25, deadline=None)
@given(
    stories=st.lists(STORIES, max_size=12),
    since=DAYS,
    until=DAYS,
    sources=st.lists(st.sampled_from(["STRASSE", "post", "WIRE", "none"]), max_size=2),
    undated=st.sampled_from([None, True, False]),
)
def test_a_filter_allows_what_plain_python_allows(
    stories: list[tuple[int | None, str | None]],
    since: int | None,
    until: int | None,
    sources: list[str],
    undated: bool | None,
) -> None:
    articles = [article(f"{n}.txt", *story) for n, story in enumerate(stories)]
    first, last = (None if day is None else DAY + timedelta(days=day) for day in (since, until))
    wanted = Filter(first, last, tuple(sources), undated)
    passing = [n for n, a in enumerate(articles) if passes(a, wanted)]
    with tempfile.TemporaryDirectory() as folder:
        found = archive(Path(folder), map(entry, articles))
        assert allowed(found, wanted) == (passing if wanted else None)
        extent = found.coverage(wanted)
        days = sorted(a.published for a in articles if a.published and passes(a, wanted))
        assert extent.articles == len(passing)
        assert extent.undated == len(passing) - len(days)
        assert (extent.first, extent.last) == ((days[0], days[-1]) if days else (None, None))
        assert extent.sources == len({s.casefold() for n in passing if (s := articles[n].source)})


def passes(of: Article, wanted: Filter) -> bool:
    if of.published is None:
        bounded = wanted.since is not None or wanted.until is not None
        if wanted.undated is False or (bounded and not wanted.undated):
            return False
    elif not (wanted.since or date.min) <= of.published <= (wanted.until or date.max):
        return False
    names = {source.casefold() for source in wanted.sources}
    return not names or (of.source is not None and of.source.casefold() in names)


@settings(max_examples=25, deadline=None)
@given(texts=st.lists(ODD_TEXTS, min_size=1, max_size=6))
def test_articles_come_back_as_they_were_stored(texts: list[str]) -> None:
    stored = [
        Article(
            f"a/{n}.txt",
            text,
            len(text) // 2,
            text,
            text,
            DAY,
            DateOrigin.METADATA,
            text,
            text,
            text,
            text,
            (text,),
        )
        for n, text in enumerate(texts)
    ]
    with tempfile.TemporaryDirectory() as folder:
        found = archive(Path(folder), map(entry, stored))
        assert list(found.articles()) == stored
        assert [found.article(a.id) for a in stored] == stored
        assert [a.warnings for a in found.articles()] == [a.warnings for a in stored]
        assert found.known() == {a.id: Cut.of(a) for a in stored}


def test_sentences_and_passages_come_back_as_they_were_cut(tmp_path: Path) -> None:
    of = article("a.txt", text="Photo: X. One thing. Another thing. The end.")
    spans = [Sentence(0, 9, quotable=False), Sentence(10, 20), Sentence(21, 35), Sentence(36, 44)]
    cut = [Passage("a.txt", 10, 35, 1, 2, of.text[10:35]), Passage("a.txt", 36, 44, 3, 3, of.text[36:44])]
    spoken = [
        (Days(None, DAY, explicit=True), Days(DAY, DAY, explicit=False)),
        (Days(DAY, None, explicit=True),),
    ]
    found = archive(tmp_path, [Entry(of, spans, cut, spoken, 0)])
    assert found.sentences(0) == spans
    layout = found.layout(of)
    assert (layout.sentences, layout.passages, layout.days) == (tuple(spans), tuple(cut), tuple(spoken))
    assert found.days_of(range(1, 2)) == spoken[1:]
    stored = found.passages([1, 0])
    assert [(p.id, p.article, p.start, p.end, p.first, p.last) for p in stored] == [
        (1, 0, 36, 44, 3, 3),
        (0, 0, 10, 35, 1, 2),
    ]
    assert found.passage_rows() == {digest(p.text): row for row, p in enumerate(cut)}


def test_a_text_that_is_stored_twice_is_embedded_once(tmp_path: Path) -> None:
    found = archive(tmp_path, [entry(article("a.txt")), entry(article("b.txt"))])
    assert found.passage_rows() == {digest("News."): 0}


def test_an_unknown_article_is_a_lookup_error(four: Archive) -> None:
    for article_id in ("../../etc/passwd", "", "first.txt' --", "FIRST.TXT"):
        with pytest.raises(LookupError, match="the archive has no article"):
            four.article(article_id)


def test_a_text_changed_in_the_store_is_never_given(tmp_path: Path) -> None:
    archive(tmp_path, [entry(article("a.txt", text="Forty were hurt."))]).close()
    with sqlite3.connect(tmp_path / "archive.sqlite") as connection:
        connection.execute("UPDATE articles SET text = 'Fifty were hurt.'")
    found = Archive(tmp_path / "archive.sqlite")
    with pytest.raises(IndexDamaged, match="run `onrecord index` again"):
        found.article("a.txt")
    with pytest.raises(IndexDamaged, match="run `onrecord index` again"):
        list(found.articles())


def test_sources_warnings_and_rejected_files_are_listed(tmp_path: Path) -> None:
    doubtful = replace(article("b.txt", 1, "wire"), warnings=("first", "second\nline"))
    found = archive(
        tmp_path,
        [entry(article("a.txt", 1, "Zeit")), entry(doubtful), entry(article("c.txt"))],
        [Rejected("x.pdf", "is not of a kind that is read")],
    )
    assert found.sources() == ["wire", "Zeit"]
    assert found.without_source() == 1
    assert found.warnings() == [("b.txt", "first"), ("b.txt", "second\nline")]
    assert found.rejected() == [Rejected("x.pdf", "is not of a kind that is read")]


def test_counts_read_no_texts_and_are_the_same_in_an_archive_without_their_index(tmp_path: Path) -> None:
    stories = [(n % 40, ("Zeit", "ZEIT", "wire", None)[n % 4]) for n in range(60)]
    entries = [entry(article(f"{n}.txt", *story)) for n, story in enumerate(stories)]

    def counted(found: Archive) -> list[object]:
        return [found.months(), found.coverage(Filter(since=DAY)), found.source_counts()]

    new = archive(tmp_path, [*entries, entry(article("undated.txt", source="wire"))])
    expected = counted(new)
    plan = new._rows("EXPLAIN QUERY PLAN SELECT count(DISTINCT source_key), max(published) FROM articles")
    assert "COVERING INDEX articles_" in str(plan)
    new.close()
    with sqlite3.connect(tmp_path / "archive.sqlite") as connection:
        connection.execute("DROP INDEX articles_by_source")
        connection.execute("DROP INDEX articles_filtered")
    assert counted(Archive(tmp_path / "archive.sqlite")) == expected


def test_copies_of_a_text_are_counted_with_their_sources(tmp_path: Path) -> None:
    copies = [
        entry(article(f"{n}.txt", 1, source), origin=0) for n, source in enumerate(["B", None, "A", "B"])
    ]
    found = archive(tmp_path, [*copies, entry(article("other.txt", 1, "C"), origin=4)])
    assert found.origin("1.txt") == (4, ["A", "B"])
    assert found.origin("other.txt") == (1, ["C"])
    others = [("0.txt", "B"), ("2.txt", "A"), ("3.txt", "B")]
    assert found.copies("1.txt") == [Copy(id_, source, date(2031, 3, 2), None) for id_, source in others]
    assert found.copies("other.txt") == []
    assert [found.origin_number(number) for number in range(5)] == [0, 0, 0, 0, 4]
    with pytest.raises(LookupError, match=r"no article 'none\.txt'"):
        found.copies("none.txt")


def test_many_threads_read_one_archive(four: Archive) -> None:
    names = ["undated.txt", "first.txt", "second.txt", "third.txt"] * 50
    with ThreadPoolExecutor(8) as pool:
        assert [a.id for a in pool.map(four.article, names)] == names


def test_an_open_archive_is_read_only_and_leaves_no_file_beside_it(four: Archive, tmp_path: Path) -> None:
    with pytest.raises(sqlite3.OperationalError, match="readonly"):
        four._rows("DELETE FROM articles")
    assert [p.name for p in tmp_path.iterdir()] == ["archive.sqlite"]
    four.close()
