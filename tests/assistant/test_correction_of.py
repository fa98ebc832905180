"""An article is corrected by another one where the metadata of both says so: one address, and what kind it is."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.provenance.corrections import Afterwards, afterwards, set_right
from assistant.types.correction import Claim, Correction
from assistant.web.page.cards import card
from assistant.wording import citation, notes
from corpus.sample import ARTICLES
from index.build.build import build
from index.generation.generation import open_current
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
    return set_right(archive, first)[0]


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
    assert told == set_right(archive, archive.article("feed.jsonl#2"))[0]
    assert told is not None
    assert told.article_id == "feed.jsonl#3"
    assert set_right(archive, archive.article("feed.jsonl#3"))[0] is None


def test_without_dates_a_correction_corrects_what_is_none(newsroom: Newsroom) -> None:
    told = found(newsroom, OLD, {**NEW, "date": ""})
    archive = newsroom.generation().archive
    assert told is not None
    assert set_right(archive, archive.article("feed.jsonl#2"))[0] is None


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


HALYARD = OLD | {"source": "Halyard"}


@pytest.mark.parametrize("named", ["Halyard", "HALYARD"])
def test_the_same_source_corrects_its_article(newsroom: Newsroom, named: str) -> None:
    assert found(newsroom, HALYARD, NEW | {"source": named}) is not None
    assert claims(newsroom) == ()


@pytest.mark.parametrize("kind", ["retraction", "Retracted", "correction"])
@pytest.mark.parametrize("source", ["Rival", "", "Hаlyard", "Halyard\u200b"])
def test_another_source_only_says_that_an_article_was_corrected(
    newsroom: Newsroom, source: str, kind: str
) -> None:
    assert found(newsroom, HALYARD, NEW | {"source": source, "kind": kind}) is None
    (claim,) = claims(newsroom)
    says = "corrected" if kind == "correction" else "retracted"
    assert (claim.source, claim.says, claim.article_id) == (source or None, says, "feed.jsonl#2")
    quote = newsroom.ask(QUESTION).quotes[0]
    assert (quote.correction, quote.claims) == (None, (claim,))
    who = source or "An article, source not stated,"
    (line,) = notes(quote)
    told = f"{who} says that this was {says}, under the same address: feed.jsonl#2, 4 March 2031"
    assert line.replace(" (looks like “Halyard”)", "") == told
    assert (line == told) is (source in {"Rival", ""})
    assert f"this was {says}" in card(quote, 1)
    assert f"this was {says}" in citation(quote)


def test_a_rival_s_own_mark_is_a_claim_too(newsroom: Newsroom) -> None:
    rival = NEW | {"source": "Rival", "kind": "news", "corrected": "yes"}
    assert found(newsroom, HALYARD, rival) is None
    assert [claim.says for claim in claims(newsroom)] == ["corrected"]


def test_the_own_correction_stays_beside_later_claims_of_which_each_source_has_one(
    newsroom: Newsroom,
) -> None:
    own = NEW | {"source": "Halyard"}
    rivals = [NEW | {"source": f"R{n}", "date": f"2031-03-{n + 10}"} for n in range(5)]
    told = found(newsroom, HALYARD, own, *rivals, NEW | {"source": "R1", "date": "2031-03-05"})
    assert told is not None
    assert told.article_id == "feed.jsonl#2"
    assert [claim.source for claim in claims(newsroom)] == ["R4", "R3", "R2", "R1", "R0"]
    assert list(notes(newsroom.ask(QUESTION).quotes[0]))[-1] == "2 more say so."


def test_what_is_older_than_an_article_claims_nothing_of_it(newsroom: Newsroom) -> None:
    assert found(newsroom, HALYARD, NEW | {"source": "Rival", "date": "2031-03-01"}) is None
    assert claims(newsroom) == ()


@pytest.mark.parametrize(
    "url",
    [
        "http://wire.example/strike",
        "HTTPS://Wire.Example/strike",
        "https://wire.example:443/strike/",
        "https://wire.example./strike#live",
        "https://wire.example/strike?utm_source=a&fbclid=b&UTM_Medium=c&gclid=d",
        "https://wire.example/%73trike",
    ],
)
def test_an_address_spelled_otherwise_is_the_same(newsroom: Newsroom, url: str) -> None:
    assert found(newsroom, OLD, NEW | {"url": url}) is not None
    assert found(newsroom, OLD | {"url": url}, NEW) is not None


def claims(newsroom: Newsroom) -> tuple[Claim, ...]:
    """Who else says that the first of some records was corrected."""
    archive = newsroom.generation().archive
    return set_right(archive, archive.article("feed.jsonl#1"))[1]


def test_the_sample_archive_s_corrected_report_says_so(tmp_path: Path) -> None:
    build(tmp_path, [ARTICLES], BagOfWords())
    archive = open_current(tmp_path).archive
    told = set_right(archive, archive.article("ilvet-courier/2031-03-17-sella-ford.md"))[0]
    assert told is not None
    assert told.article_id == "ilvet-courier/2031-03-19-sella-ford-corrected.md"
    assert set_right(archive, archive.article(told.article_id))[0] is None
