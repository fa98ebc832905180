"""An article's earlier versions stay known, so that an old quote is told from one that nobody printed."""

from __future__ import annotations

from itertools import count
from pathlib import Path

import pytest

from assistant.integrity.verify import Checked, Verdict, Verified, verify_file, verify_lines
from index.build.build import build
from index.generation.generation import open_current
from tests.fakes import BagOfWords
from tests.newsroom import STRIKE, Newsroom

QUESTION = "How many dockers joined the strike at Port Caldry?"
CORRECTED = STRIKE.replace("1,400", "900")


@pytest.fixture
def saved(printed: Newsroom) -> Path:
    """A saved answer that quotes the strike's first version."""
    return save(printed, "first.json")


def save(newsroom: Newsroom, name: str) -> Path:
    path = newsroom.articles.parent / name
    path.write_text(newsroom.ask(QUESTION).model_dump_json(), "utf-8")
    return path


def correct(newsroom: Newsroom, body: str) -> str:
    """Print another version, index it, and say when."""
    newsroom.print("strike.txt", body, "2031-03-02")
    newsroom.build()
    return newsroom.generation().manifest.created


def checked(newsroom: Newsroom, saved: Path) -> Checked:
    (only,) = verify_file(saved, newsroom.index, [newsroom.articles]).quotes
    return only


def test_a_quote_of_an_earlier_version_is_superseded(printed: Newsroom, saved: Path) -> None:
    when = correct(printed, CORRECTED)
    found = checked(printed, saved)
    assert (found.verdict, found.replaced, found.stands) == (Verdict.SUPERSEDED, when, False)
    now = printed.generation().archive.article("strike.txt").sha256
    assert list(verify_lines(Verified((found,)))) == [
        f"quotes[0], strike.txt, characters 16–69: is superseded by the version of {when}",
        f"  the article was {found.quote.article_sha256} and is {now}",
        "  its words stand nowhere in the article now",
        "0 of 1 quotes stand.",
    ]


def test_a_change_that_is_not_indexed_yet_has_superseded_nothing(printed: Newsroom, saved: Path) -> None:
    printed.print("strike.txt", CORRECTED, "2031-03-02")
    assert checked(printed, saved).verdict is Verdict.CHANGED


def test_a_version_was_replaced_when_the_index_was_made(
    printed: Newsroom, saved: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = (f"2031-03-02T12:00:{second:02}+00:00" for second in count())
    for module in ("index.build.build", "index.build.writing"):
        monkeypatch.setattr(f"{module}.now", lambda: next(clock))
    when = correct(printed, CORRECTED)
    assert checked(printed, saved).replaced == when == "2031-03-02T12:00:00+00:00"


def test_a_version_stays_known_through_later_ones(printed: Newsroom, saved: Path) -> None:
    when = correct(printed, CORRECTED)
    second = save(printed, "second.json")
    later = correct(printed, STRIKE.replace("1,400", "700"))
    printed.print("tram.txt", "A tram derailed.")
    printed.build()
    assert (checked(printed, saved).replaced, checked(printed, second).replaced) == (when, later)
    assert len(printed.generation().archive.versions()) == 2


def test_a_version_that_is_printed_again_stands(printed: Newsroom, saved: Path) -> None:
    correct(printed, CORRECTED)
    second = save(printed, "second.json")
    correct(printed, STRIKE)
    assert checked(printed, saved).verdict is Verdict.STANDS
    assert checked(printed, second).verdict is Verdict.SUPERSEDED


def test_a_quote_that_stands_in_a_changed_article_says_since_when(printed: Newsroom, saved: Path) -> None:
    when = correct(printed, STRIKE + " Talks resumed.")
    found = checked(printed, saved)
    assert (found.verdict, found.replaced) == (Verdict.ARTICLE_CHANGED, when)


def test_a_withdrawn_article_is_known_to_have_been_there(printed: Newsroom, saved: Path) -> None:
    printed.withdraw("strike.txt")
    assert checked(printed, saved).verdict is Verdict.GONE
    printed.build()
    found = checked(printed, saved)
    when = printed.generation().manifest.created
    assert (found.verdict, found.replaced) == (Verdict.WITHDRAWN, when)
    assert next(verify_lines(Verified((found,)))).endswith(f"its article is gone since {when}")


def test_a_text_that_was_never_indexed_is_not_superseded(printed: Newsroom, saved: Path) -> None:
    saved.write_text(
        saved.read_text("utf-8")
        .replace("1,400", "9,400")
        .replace('"article_sha256":"', '"article_sha256":"0')
    )
    correct(printed, CORRECTED)
    assert checked(printed, saved).verdict is Verdict.CHANGED


def test_versions_outlive_another_model(printed: Newsroom, saved: Path) -> None:
    printed.print("strike.txt", CORRECTED, "2031-03-02")
    build(printed.index, [printed.articles], BagOfWords("another-bag@1"))
    assert checked(printed, saved).verdict is Verdict.SUPERSEDED


@pytest.mark.parametrize("damaged", ["archive.sqlite", "vectors.faiss", "manifest.json"])
def test_a_damaged_index_is_mended_from_the_former_generation(
    printed: Newsroom, saved: Path, damaged: str
) -> None:
    correct(printed, CORRECTED)
    printed.build()
    current = printed.index / "generations" / open_current(printed.index).number / damaged
    data = bytearray(current.read_bytes())
    data[len(data) // 2] ^= 0x10
    current.write_bytes(data)
    report = printed.build()
    assert (report.embedded, report.unchanged) == (0, 3)
    assert checked(printed, saved).verdict is Verdict.SUPERSEDED


def test_without_an_index_the_articles_are_enough(printed: Newsroom, saved: Path, tmp_path: Path) -> None:
    (only,) = verify_file(saved, tmp_path / "none", [printed.articles]).quotes
    assert only.verdict is Verdict.STANDS
