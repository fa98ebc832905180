"""An article is corrected by another one where the metadata of both says so: one address, and what kind it is."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.answer import Correction
from assistant.corrections import Afterwards, afterwards, correction_of
from corpus.sample import ARTICLES
from index.build import build
from index.generation import open_current
from tests.fakes import BagOfWords
from tests.newsroom import FLOOD, STRIKE, Newsroom

QUESTION = "How many dockers joined the strike at Port Caldry?"
URL = "https://wire.example/strike"
OLD = {"text": STRIKE, "url": URL, "date": "2031-03-02"}
NEW = {"text": FLOOD, "url": URL, "date": "2031-03-04", "kind": "Correction"}


def found(newsroom: Newsroom, *records: dict[str, str]) -> Correction | None:
    """What corrects the first of some records."""
    newsroom.print_records("feed.jsonl", records)
    newsroom.build()
    archive = newsroom.generation().archive
    (first,) = (a for a in archive.articles() if a.text == records[0]["text"])
    return correction_of(archive, first)


def test_a_correction_under_the_same_address_is_told_with_every_quote(newsroom: Newsroom) -> None:
    told = found(newsroom, OLD, NEW | {"title": "Set right"})
    assert told is not None
    assert (told.article_id, str(told.published), told.title) == ("feed.jsonl#2", "2031-03-04", "Set right")
    assert newsroom.ask(QUESTION).quotes[0].correction == told
    assert newsroom.assistant().search(QUESTION).hits[0].correction == told


@pytest.mark.parametrize(
    "other",
    [
        NEW | {"url": "https://wire.example/flood"},
        NEW | {"kind": "news"},
        NEW | {"date": "2031-03-01"},
        {"text": FLOOD, "kind": "correction"},
    ],
)
def test_what_is_no_correction_of_it_is_none(newsroom: Newsroom, other: dict[str, str]) -> None:
    assert found(newsroom, OLD, other) is None


@pytest.mark.parametrize("url", ["https://wire.example", "https://wire.example/", "http://["])
def test_an_address_of_a_whole_outlet_says_nothing(newsroom: Newsroom, url: str) -> None:
    assert found(newsroom, OLD | {"url": url}, NEW | {"url": url}) is None


def test_an_article_that_says_it_was_corrected_corrects_an_earlier_one(newsroom: Newsroom) -> None:
    told = found(newsroom, OLD, NEW | {"kind": "news", "corrected": "yes"})
    assert told is not None
    assert told.article_id == "feed.jsonl#2"


def test_of_two_corrections_the_later_one_corrects_the_other_too(newsroom: Newsroom) -> None:
    second = NEW | {"text": "A third text.", "date": "2031-03-06"}
    told = found(newsroom, OLD, NEW, second)
    archive = newsroom.generation().archive
    assert told == correction_of(archive, archive.article("feed.jsonl#2"))
    assert told is not None
    assert told.article_id == "feed.jsonl#3"
    assert correction_of(archive, archive.article("feed.jsonl#3")) is None


def test_without_dates_a_correction_corrects_what_is_none(newsroom: Newsroom) -> None:
    told = found(newsroom, OLD, {**NEW, "date": ""})
    archive = newsroom.generation().archive
    assert told is not None
    assert correction_of(archive, archive.article("feed.jsonl#2")) is None


def test_what_became_of_a_text_is_known_also_where_its_article_is_gone(newsroom: Newsroom) -> None:
    assert found(newsroom, OLD, NEW) is not None
    generation = newsroom.generation()
    sha256 = generation.archive.article("feed.jsonl#1").sha256
    assert afterwards(generation.archive, "feed.jsonl#1", sha256).replaced is None
    newsroom.withdraw("feed.jsonl")
    newsroom.print("flood.txt", FLOOD)
    newsroom.build()
    now = newsroom.generation()
    assert newsroom.assistant().afterwards("feed.jsonl#1", sha256) == Afterwards(now.manifest.created)
    assert newsroom.assistant().afterwards("feed.jsonl#1", "0" * 64) == Afterwards()


def test_the_sample_archive_s_corrected_report_says_so(tmp_path: Path) -> None:
    build(tmp_path, [ARTICLES], BagOfWords())
    archive = open_current(tmp_path).archive
    told = correction_of(archive, archive.article("ilvet-courier/2031-03-17-sella-ford.md"))
    assert told is not None
    assert told.article_id == "ilvet-courier/2031-03-19-sella-ford-corrected.md"
    assert correction_of(archive, archive.article(told.article_id)) is None
