"""The days that passages speak of: stored with them, filtered by, and the same however the index grew."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import index.cuts
from corpus.annotation.days import DayMention, days
from corpus.article import Article, DateOrigin, Passage, Sentence
from index.cuts import Days, spoken_days
from index.filters import Filter
from index.sqlite.archive import Archive
from index.sqlite.archive_writing import Entry, write_archive
from tests.newsroom import Newsroom

DAY = date(2031, 3, 1)
SPOKEN = (
    "The dam broke on February 3, 2030. Nobody was hurt on Monday, and on Monday night the rain ended.",
    "Work on the wall began in 2015 and has gone on since March 2029.",
    "The gate was closed before 2011.",
    "Nobody knows the day.",
    "The court meets yesterday, today and tomorrow.",
)


def day(number: int) -> date:
    return DAY + timedelta(days=number)


def one(name: str, spoken: list[list[Days]], published: date | None = None) -> Entry:
    origin = DateOrigin.HEADER if published else DateOrigin.NONE
    article = Article(name, "News.", published=published, date_origin=origin)
    whole = Passage(name, 0, 5, 0, 0, "News.")
    return Entry(article, [Sentence(0, 5)], [whole] * len(spoken), spoken, 0)


def stored(folder: Path, *entries: Entry) -> Archive:
    write_archive(folder / "archive.sqlite", entries, [])
    return Archive(folder / "archive.sqlite")


EXACT = [Days(day(0), day(0), explicit=True), Days(day(4), day(6), explicit=False)]
OPEN = [Days(None, day(2), explicit=True)], [Days(day(8), None, explicit=True)]


@pytest.mark.parametrize(
    ("since", "until", "rows"),
    [
        (0, 0, [0, 2]),
        (1, 2, [2]),
        (1, None, [0, 2, 3]),
        (3, 3, []),
        (3, 4, [0]),
        (6, 9, [0, 3]),
        (7, 7, []),
        (7, None, [3]),
        (8, None, [3]),
        (None, 3, [0, 2]),
        (None, -900, [2]),
        (900, None, [3]),
        (None, None, None),
    ],
)
def test_a_passage_passes_when_one_of_its_days_is_asked_for(
    tmp_path: Path, since: int | None, until: int | None, rows: list[int] | None
) -> None:
    found = stored(tmp_path, one("a", [EXACT, []], DAY), one("b", [*map(list, OPEN)]))
    first, last = (None if number is None else day(number) for number in (since, until))
    wanted = Filter(event_since=first, event_until=last)
    allowed = found.allowed(wanted)
    assert (allowed if allowed is None else allowed.tolist()) == rows
    articles = {0 if row < 2 else 1 for row in ([0, 2] if rows is None else rows)}
    assert found.coverage(wanted).articles == len(articles)
    assert bool(wanted) == (rows is not None)
    assert (wanted.has_dates, wanted.with_undated) == (False, True)
    assert found.passages_with_days() == 3


def test_days_spoken_of_and_days_of_publication_are_asked_for_together(tmp_path: Path) -> None:
    found = stored(tmp_path, one("a", [EXACT, []], DAY), one("b", [EXACT]), one("c", [[], EXACT], day(9)))
    spoken = Filter(event_since=day(5), event_until=day(5))
    for wanted, rows in (
        (spoken, [0, 2, 4]),
        (replace(spoken, since=DAY), [0, 4]),
        (replace(spoken, until=day(8)), [0]),
        (replace(spoken, until=day(8), undated=True), [0, 2]),
        (replace(spoken, undated=False), [0, 4]),
        (replace(spoken, sources=("Halyard",)), []),
    ):
        allowed = found.allowed(wanted)
        assert allowed is not None
        assert allowed.tolist() == rows
        assert found.coverage(wanted).articles == len(rows)


ENDS = st.none() | st.integers(-3, 9)


def _forward(span: tuple[int | None, int | None]) -> bool:
    first, last = span
    return (first, last) != (None, None) and (first is None or last is None or first <= last)


SPANS = st.tuples(ENDS, ENDS).filter(_forward)


@settings(max_examples=25, deadline=None)
@given(
    spoken=st.lists(st.lists(st.tuples(SPANS, st.booleans()), max_size=3), max_size=6),
    since=ENDS,
    until=ENDS,
)
def test_what_passes_is_what_plain_python_says(
    spoken: list[list[tuple[tuple[int | None, int | None], bool]]], since: int | None, until: int | None
) -> None:
    def at(number: int | None) -> date | None:
        return None if number is None else day(number)

    def meets(first: int | None, last: int | None) -> bool:
        lo, hi = -10_000 if first is None else first, 10_000 if last is None else last
        return hi >= (-99_999 if since is None else since) and lo <= (99_999 if until is None else until)

    kept = [[Days(at(a), at(b), explicit) for (a, b), explicit in passage] for passage in spoken]
    passing = [n for n, passage in enumerate(spoken) if any(meets(a, b) for (a, b), _ in passage)]
    wanted = Filter(event_since=at(since), event_until=at(until))
    with tempfile.TemporaryDirectory() as folder:
        found = stored(Path(folder), *(one(f"{n}.txt", [days_]) for n, days_ in enumerate(kept)))
        allowed = found.allowed(wanted)
        assert (None if allowed is None else allowed.tolist()) == (passing if wanted else None)
        assert found.coverage(wanted).articles == (len(passing) if wanted else len(kept))
        assert found.days_of(range(len(kept))) == [tuple(passage) for passage in kept]


def test_a_search_by_days_reads_the_index_of_days(tmp_path: Path) -> None:
    found = stored(tmp_path, one("a", [EXACT]))
    for plan in (
        "SELECT passage FROM days WHERE coalesce(last, '9999-12-31') >= ? AND coalesce(first, '0001-01-01') <= ?",
        "SELECT passage FROM days WHERE coalesce(last, '9999-12-31') >= ?",
    ):
        steps = found._rows(f"EXPLAIN QUERY PLAN {plan}", ["2031-03-01"] * plan.count("?"))
        assert "SEARCH days USING" in str(steps)
        assert "days_by_end" in str(steps)


def test_each_passage_speaks_of_the_days_in_its_words_each_once() -> None:
    text = " ".join(SPOKEN)
    cut = [
        Passage("a", start, start + len(said), n, n, said)
        for n, said in enumerate(SPOKEN)
        if (start := text.index(said)) >= 0
    ]
    article = Article("a", text, published=DAY, date_origin=DateOrigin.HEADER)
    found = spoken_days(article, cut)
    monday = Days(date(2031, 2, 24), date(2031, 2, 24), explicit=False)
    assert found[0] == (Days(date(2030, 2, 3), date(2030, 2, 3), explicit=True), monday)
    assert found[1] == (
        Days(date(2015, 1, 1), date(2015, 12, 31), explicit=True),
        Days(date(2029, 3, 1), DAY, explicit=True),
    )
    assert found[2:4] == ((Days(None, date(2010, 12, 31), explicit=True),), ())
    undated = spoken_days(replace(article, published=None, date_origin=DateOrigin.NONE), cut)
    assert undated[0] == found[0][:1]
    assert undated[1][1] == Days(date(2029, 3, 1), None, explicit=True)


def held(newsroom: Newsroom) -> Mapping[str, list[tuple[Days, ...]]]:
    archive = newsroom.generation().archive
    return {article.id: list(archive.layout(article).days) for article in archive.articles()}


@settings(max_examples=3, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    editions=st.lists(
        st.dictionaries(
            st.sampled_from("abcd"),
            st.tuples(st.sampled_from(SPOKEN), st.sampled_from(["", "2031-03-01", "2031-03-20"])),
            min_size=1,
        ),
        min_size=2,
        max_size=2,
    )
)
def test_days_are_those_of_an_index_built_from_nothing(
    editions: list[dict[str, tuple[str, str]]], tmp_path_factory: pytest.TempPathFactory
) -> None:
    newsroom, fresh = (Newsroom(tmp_path_factory.mktemp(name)) for name in ("grown", "fresh"))
    for edition in editions:
        for path in newsroom.articles.iterdir():
            path.unlink()
        # The date is a label's: the text stays as it was.
        for place in (newsroom, fresh) if edition is editions[-1] else (newsroom,):
            print_labelled(place, edition)
            place.build()
    assert held(newsroom) == held(fresh)
    tables = [made.generation().archive._rows("SELECT * FROM days") for made in (newsroom, fresh)]
    assert tables[0] == tables[1]
    for made in (newsroom, fresh):
        shutil.rmtree(made.index)


def print_labelled(newsroom: Newsroom, edition: dict[str, tuple[str, str]]) -> None:
    labels = []
    for name, (text, published) in edition.items():
        newsroom.print(f"{name}.txt", text)
        labels += [f'[[files]]\nmatch = "{name}.txt"\npublished = "{published}"\n'] if published else []
    (newsroom.articles / "labels.toml").write_text("".join(labels), "utf-8")


def test_days_are_read_again_only_where_the_text_or_the_date_changed(
    newsroom: Newsroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    read: list[str] = []

    def noted(text: str, start: int, end: int, published: date | None) -> list[DayMention]:
        read.append(text)
        return days(text, start, end, published)

    first = {"a": (SPOKEN[0], "2031-03-01"), "b": (SPOKEN[1], "2031-03-01"), "c": (SPOKEN[4], "2031-03-01")}
    print_labelled(newsroom, first)
    newsroom.build()
    monkeypatch.setattr(index.cuts, "days", noted)
    newsroom.build()
    assert read == []
    print_labelled(newsroom, {**first, "c": (SPOKEN[4], "2031-03-11"), "b": (SPOKEN[2], "2031-03-01")})
    report = newsroom.build()
    assert sorted(read) == sorted([SPOKEN[4], SPOKEN[2]])
    assert (report.changed, report.embedded) == (1, 1)
    assert held(newsroom)["c.txt"] == [
        tuple(Days(date(2031, 3, n), date(2031, 3, n), explicit=False) for n in (10, 11, 12))
    ]
