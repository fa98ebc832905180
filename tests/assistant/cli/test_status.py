"""The status is what the index holds, in numbers and in words."""

from __future__ import annotations

from dataclasses import replace

import pytest

from assistant.cli.status import status, status_lines
from index.errors import IndexMissing
from tests.newsroom import Newsroom


def test_the_status_counts_what_is_there(newsroom: Newsroom) -> None:
    newsroom.print("a.txt", "The bridge fell.", "2031-03-01")
    newsroom.print("b.txt", "The tram derailed on 3 May 2030.")
    (newsroom.articles / "labels.toml").write_text('[[sources]]\nname = "Halyard"\naliases = ["The Rope"]\n')
    newsroom.print("c.pdf", "%PDF")
    newsroom.print_records("feed.jsonl", [{"text": "It rained.", "source": "Halyard", "date": "2031-02-30"}])
    newsroom.build()
    found = status(newsroom.index)
    assert (found.generation, found.model) == ("000001", "bag-of-words@1")
    assert (found.articles, found.passages, found.undated, found.without_source) == (3, 3, 2, 2)
    assert (found.sources, found.first, found.last) == (("Halyard",), "2031-03-01", "2031-03-01")
    assert (found.passages_with_days, found.aliases) == (1, 1)
    assert found.roots == (str(newsroom.articles),)
    assert [path for path, _ in found.rejected] == ["c.pdf"]
    assert [place for place, _ in found.warnings] == ["feed.jsonl#1"]
    files = (newsroom.index / "generations" / "000001").rglob("*")
    on_disk = sum(p.stat().st_size for p in files if p.is_file() and p.name != "manifest.json")
    assert found.bytes == on_disk > 10_000
    lines = "\n".join(status_lines(found))
    for words in (
        "Articles: 3 (3 passages)",
        "Sources: Halyard; 2 without a source",
        "2 undated",
        "Days spoken of: in 1 passages",
        "Other names of sources: 1",
        "  c.pdf: ",
    ):
        assert words in lines


def test_an_archive_without_dates_and_sources_says_so(newsroom: Newsroom) -> None:
    newsroom.print("b.txt", "The tram derailed.")
    newsroom.build()
    lines = "\n".join(status_lines(status(newsroom.index)))
    assert "Dates: – to –; 1 undated" in lines
    assert "Sources: none stated; 1 without a source" in lines


def test_no_index_has_no_status(newsroom: Newsroom) -> None:
    with pytest.raises(IndexMissing):
        status(newsroom.index)


@pytest.mark.parametrize(
    ("age", "said"),
    [
        (0, "just now"),
        (59, "just now"),
        (60, "1 minute ago"),
        (7_199, "1 hour ago"),
        (3 * 86_400, "3 days ago"),
    ],
)
def test_the_age_is_said_in_words(newsroom: Newsroom, age: int, said: str) -> None:
    newsroom.print("b.txt", "The tram derailed.")
    newsroom.build()
    found = status(newsroom.index)
    assert 0 <= found.age < 60
    assert f"({said})" in next(status_lines(replace(found, age=age)))
