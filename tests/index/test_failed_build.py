"""A build that fails leaves the index as it was."""

from __future__ import annotations

import errno
import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import IO, Any

import pytest

from index.build import writing
from index.build.build import NothingToIndex, build
from index.errors import IndexMissing
from index.generation.generation import DRAFT, current_number, open_current
from index.models.embedder import Encoded
from tests.fakes import BagOfWords
from tests.index.answers import words_of
from tests.newsroom import Newsroom


def untouched(newsroom: Newsroom, number: str = "000001") -> None:
    """The index is the one that was there, answers, and nothing half made lies beside it."""
    assert current_number(newsroom.index) == number
    assert {p.name for p in newsroom.index.iterdir()} <= {
        "CURRENT",
        "generations",
        "onrecord-index.json",
        "onrecord-lock",
    }
    assert "1,400 dockers" in words_of(newsroom, "How many dockers joined the strike?")


@pytest.mark.parametrize("first_build", [True, False])
def test_an_empty_archive_is_an_error_and_changes_nothing(
    newsroom: Newsroom, printed: Newsroom, first_build: bool
) -> None:
    if first_build:
        shutil.rmtree(printed.index)
    for path in printed.articles.iterdir():
        path.unlink()
    with pytest.raises(NothingToIndex, match="no article could be read"):
        printed.build()
    if first_build:
        with pytest.raises(IndexMissing):
            open_current(printed.index)
    else:
        untouched(printed)


def test_where_every_file_is_refused_the_error_says_why(newsroom: Newsroom) -> None:
    newsroom.articles.mkdir(exist_ok=True)
    (newsroom.articles / "a.txt").write_bytes(b"caf\xe9")
    with pytest.raises(NothingToIndex, match=r": a\.txt .*UTF-8.*; the index is as it was"):
        newsroom.build()
    (newsroom.articles / "b.pdf").write_bytes(b"%PDF")
    (newsroom.articles / "c.txt").write_bytes(b"")
    with pytest.raises(NothingToIndex, match=r"a\.txt .*, and 2 more; the index"):
        newsroom.build()


def test_a_missing_archive_is_an_error_and_changes_nothing(printed: Newsroom) -> None:
    shutil.rmtree(printed.articles)
    with pytest.raises(FileNotFoundError):
        printed.build()
    untouched(printed)


def test_articles_without_a_sentence_are_an_error_and_change_nothing(printed: Newsroom) -> None:
    for path in printed.articles.iterdir():
        path.unlink()
    printed.print("credit.txt", "© Jo Doe / AFP", "2031-03-01")
    with pytest.raises(NothingToIndex, match="the index is as it was"):
        printed.build()
    untouched(printed)


class Failing(BagOfWords):
    """Gives up at a text of one kind, after some others."""

    def embed_passages(self, texts: Sequence[str]) -> list[Encoded]:
        if any("derailed" in text for text in texts):
            raise RuntimeError("the model has no memory left")
        return super().embed_passages(texts)


def test_an_embedder_that_fails_changes_nothing(printed: Newsroom) -> None:
    printed.print("tram.txt", "A tram derailed at noon.", "2031-03-04")
    printed.withdraw("strike.txt")
    with pytest.raises(RuntimeError, match="no memory"):
        build(printed.index, [printed.articles], Failing(), allow_removal=True)
    untouched(printed)
    printed.build()
    assert "derailed" in words_of(printed, "Where was the tram derailed at noon?")


@pytest.mark.parametrize("full_at", ["write_archive", "write_words", "hash_files", "publish"])
def test_a_full_disk_changes_nothing(
    printed: Newsroom, monkeypatch: pytest.MonkeyPatch, full_at: str
) -> None:
    printed.withdraw("strike.txt")

    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(writing, full_at, full)
        with pytest.raises(OSError, match="No space left"):
            printed.build()
    untouched(printed)
    assert printed.build().removed == 1


@pytest.mark.parametrize("name", ["manifest.json", "vectors.faiss", "CURRENT.tmp"])
def test_a_disk_full_at_one_file_changes_nothing(
    printed: Newsroom, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    printed.withdraw("strike.txt")
    real, really_open = Path.write_bytes, Path.open

    def write_bytes(self: Path, data: bytes) -> int:
        if self.name == name:
            real(self, data[: len(data) // 2])
            raise OSError(errno.ENOSPC, "No space left on device", str(self))
        return real(self, data)

    def open_(self: Path, mode: str = "r", *rest: Any) -> IO[Any]:
        full = self.name == name == "vectors.faiss" and "w" in mode
        return really_open(Path("/dev/full") if full else self, mode, *rest)

    def write_text(self: Path, data: str, encoding: str | None = None) -> int:
        return write_bytes(self, data.encode(encoding or "utf-8"))

    with monkeypatch.context() as patch:
        patch.setattr(Path, "write_bytes", write_bytes)
        patch.setattr(Path, "write_text", write_text)
        patch.setattr(Path, "open", open_)
        with pytest.raises(OSError, match="No space left"):
            printed.build()
    assert current_number(printed.index) == "000001"
    assert not (printed.index / DRAFT).exists()
    assert "1,400 dockers" in words_of(printed, "How many dockers joined the strike?")
    assert printed.build().removed == 1
