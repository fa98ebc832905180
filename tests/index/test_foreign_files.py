"""Files that are no part of a generation change nothing that is read from it."""

from __future__ import annotations

import shutil
import sqlite3
from pathlib import Path

import pytest

from index.errors import IndexDamaged
from index.generation.generation import open_current
from tests.newsroom import BRIDGE, FLOOD, STRIKE, Newsroom, shown
from tests.tampering import generation_folder

QUESTION = "How many dockers joined the strike?"
LIE = STRIKE.replace("1,400", "9,999")


def journal_of_a_lie(archive: Path, room: Path) -> bytes:
    """The rollback journal that a program killed while it changed such an archive leaves behind.

    It holds the pages to go back to: here those of an archive that says something else.
    """
    other = Path(shutil.copy(archive, room / "other.sqlite"))
    connection = sqlite3.connect(other, isolation_level=None)
    connection.execute("PRAGMA synchronous=off")  # its header then says that all of it counts
    connection.execute("UPDATE articles SET text = replace(text, '1,400', '9,999')")
    connection.execute("BEGIN")
    connection.execute("UPDATE articles SET text = replace(text, '9,999', '5,555')")
    journal = (room / "other.sqlite-journal").read_bytes()
    connection.close()
    return journal


def log_of_a_lie(archive: Path, room: Path) -> dict[str, bytes]:
    """The write-ahead log and its index of a program that changed such an archive and was killed."""
    other = Path(shutil.copy(archive, room / "logged.sqlite"))
    connection = sqlite3.connect(other, isolation_level=None)
    connection.execute("PRAGMA journal_mode=wal")
    connection.execute("UPDATE articles SET text = replace(text, '1,400', '9,999')")
    files = {end: (room / f"logged.sqlite{end}").read_bytes() for end in ("-wal", "-shm")}
    connection.close()
    return files


def texts(path: Path) -> str:
    with sqlite3.connect(path) as connection:
        rows = connection.execute("SELECT text FROM articles").fetchall()
    connection.close()
    return " ".join(text for (text,) in rows)


@pytest.fixture
def room(tmp_path: Path) -> Path:
    """A folder of its own."""
    (tmp_path / "room").mkdir()
    return tmp_path / "room"


def test_a_hot_journal_is_not_rolled_back(printed: Newsroom, room: Path) -> None:
    archive = generation_folder(printed.index) / "archive.sqlite"
    before, bytes_before = printed.ask(QUESTION), archive.read_bytes()
    journal = journal_of_a_lie(archive, room)
    archive.with_name("archive.sqlite-journal").write_bytes(journal)
    assert printed.ask(QUESTION) == before
    assert STRIKE in open_current(printed.index).archive.article("strike.txt").text
    assert archive.read_bytes() == bytes_before
    assert archive.with_name("archive.sqlite-journal").read_bytes() == journal
    # An ordinary connection does roll it back: it is hot.
    copy = Path(shutil.copy(archive, room / "copy.sqlite"))
    (room / "copy.sqlite-journal").write_bytes(journal)
    assert LIE in texts(copy)


def test_a_write_ahead_log_is_not_read(printed: Newsroom, room: Path) -> None:
    archive = generation_folder(printed.index) / "archive.sqlite"
    before, bytes_before = printed.ask(QUESTION), archive.read_bytes()
    files = log_of_a_lie(archive, room)
    for end, data in files.items():
        archive.with_name(f"archive.sqlite{end}").write_bytes(data)
    assert printed.ask(QUESTION) == before
    assert STRIKE in open_current(printed.index).archive.article("strike.txt").text
    assert archive.read_bytes() == bytes_before
    assert archive.with_name("archive.sqlite-wal").read_bytes() == files["-wal"]


def test_segments_of_another_index_among_the_words_are_not_read(printed: Newsroom) -> None:
    former = generation_folder(printed.index) / "words"
    printed.print("tram.txt", "A tram derailed at noon, and dockers lifted it.", "2031-03-09")
    printed.build()
    before = printed.ask(QUESTION)
    words = generation_folder(printed.index) / "words"
    planted = [p for p in former.iterdir() if not (words / p.name).exists()]
    assert len(planted) >= 4
    for path in planted:
        shutil.copy(path, words / path.name)
    found = open_current(printed.index)
    assert len(found.words) == 4
    assert sorted(hit.passage_id for hit in found.words.search(["docker"], 9)) == [1, 3]
    assert printed.ask(QUESTION) == before


def test_an_open_reader_shows_nothing_of_a_text_that_changed_under_it(printed: Newsroom) -> None:
    archive = generation_folder(printed.index) / "archive.sqlite"
    has_read, has_not = printed.assistant(), printed.assistant()
    before = has_read.ask(QUESTION)
    archive.write_bytes(archive.read_bytes().replace(b"1,400 dockers", b"9,999 dockers"))
    assert has_read.ask(QUESTION) == before  # of an immutable file SQLite reads each page once
    with pytest.raises(IndexDamaged, match=r"run `onrecord index` again"):
        has_not.ask(QUESTION)


def test_an_open_reader_finds_by_the_vectors_it_checked(printed: Newsroom) -> None:
    assistant = printed.assistant()
    before = assistant.ask(QUESTION)
    for name in ("vectors.faiss", "tokens.codec", "tokens.ends", "manifest.json"):
        (generation_folder(printed.index) / name).write_bytes(b"")
    assert assistant.ask(QUESTION) == before


def test_word_pieces_that_change_under_an_open_reader_change_only_the_ranking(printed: Newsroom) -> None:
    assistant = printed.assistant()
    before = assistant.ask(QUESTION)
    codes = generation_folder(printed.index) / "tokens.codes"
    with codes.open("r+b") as file:
        file.write(bytes(codes.stat().st_size))
    after = assistant.ask(QUESTION)
    assert [quote.text for quote in shown(after)]
    assert {quote.text for quote in shown(after)} <= {
        sentence for text in (BRIDGE, STRIKE, FLOOD) for sentence in sentences(text)
    }
    assert shown(before)


def sentences(text: str) -> list[str]:
    first, second = text.split(". ")
    return [f"{first}.", second, text]
