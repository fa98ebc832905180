"""What a killed run embedded is not embedded again; what can't be trusted of it is."""

from __future__ import annotations

import signal
import sqlite3
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from index.build.build import build
from index.build.checkpoint import NAME, Unfinished
from index.build.encode import BATCH
from index.errors import IndexDamaged
from index.vectors.word_pieces import TokenCodec
from tests.fakes import BagOfWords
from tests.newsroom import Newsroom

pytestmark = pytest.mark.slow

ARTICLES = 3 * BATCH


# A process of its own: FAISS's threads don't outlive a fork.
KILLED = """
import os, signal, sys
from pathlib import Path
from index.build.build import build
from index.build.encode import BATCH
from tests.fakes import BagOfWords

class Mortal(BagOfWords):
    def embed_passages(self, texts):
        if len(self.asked) >= 2 * BATCH:
            os.kill(os.getpid(), signal.SIGKILL)
        return super().embed_passages(texts)

build(Path(sys.argv[1]), [Path(sys.argv[2])], Mortal())
"""


@pytest.fixture
def killed(newsroom: Newsroom) -> Newsroom:
    """An archive of three batches whose first build was killed after two."""
    for n in range(ARTICLES):
        newsroom.print(f"{n}.txt", f"Tram number {n} derailed at crossing {n * n}.", "2031-03-01")
    build_and_die(newsroom)
    assert not (newsroom.index / "CURRENT").exists()
    return newsroom


def build_and_die(newsroom: Newsroom) -> None:
    """Build until kill -9 at the third batch."""
    command = [sys.executable, "-c", KILLED, str(newsroom.index), str(newsroom.articles)]
    assert subprocess.run(command, check=False, timeout=60).returncode == -signal.SIGKILL


def vectors_by_text(newsroom: Newsroom) -> dict[bytes, bytes]:
    found = newsroom.generation()
    return {
        sha: found.vectors.rows(np.array([row])).tobytes() + found.tokens.codes(row).tobytes()
        for sha, row in found.archive.passage_rows().items()
    }


def test_a_killed_run_is_resumed(killed: Newsroom, tmp_path: Path) -> None:
    report = killed.build()
    assert (report.embedded, report.reused) == (BATCH, 2 * BATCH)
    assert len(killed.embedder.asked) == BATCH
    assert sorted(p.name for p in killed.index.iterdir()) == [
        "CURRENT",
        "generations",
        "onrecord-index.json",
        "onrecord-lock",
    ]
    whole = Newsroom(tmp_path / "whole")
    for path in killed.articles.iterdir():
        (whole.articles / path.name).write_bytes(path.read_bytes())
    whole.build()
    assert vectors_by_text(killed) == vectors_by_text(whole)


def test_a_killed_second_run_is_resumed_too(killed: Newsroom) -> None:
    killed.build()
    for n in range(ARTICLES):
        killed.print(f"later/{n}.txt", f"Ferry number {n} sank at pier {n * n}.", "2031-03-02")
    build_and_die(killed)
    report = killed.build()
    assert (report.new, report.embedded) == (ARTICLES, BATCH)


def test_another_model_begins_anew(killed: Newsroom) -> None:
    other = BagOfWords("another-bag@1")
    assert build(killed.index, [killed.articles], other).embedded == ARTICLES
    assert not (killed.index / NAME).exists()


@pytest.mark.parametrize("damage", ["emptied", "garbage", "cut", "no tables"])
def test_a_file_that_cannot_be_read_is_begun_anew(killed: Newsroom, damage: str) -> None:
    path = killed.index / NAME
    data = path.read_bytes()
    path.unlink()
    if damage == "no tables":
        sqlite3.connect(path).executescript("CREATE TABLE other (x); ").close()
    else:
        path.write_bytes({"emptied": b"", "garbage": b"x" * len(data), "cut": data[: len(data) // 2]}[damage])
    report = killed.build()
    assert report.embedded + report.reused == ARTICLES
    assert len(killed.generation().vectors) == ARTICLES


def test_a_row_that_was_tampered_with_is_embedded_again(killed: Newsroom) -> None:
    connection = sqlite3.connect(killed.index / NAME)
    with connection:
        connection.execute(
            "UPDATE passages SET vector = zeroblob(length(vector)) "
            "WHERE sha256 IN (SELECT sha256 FROM passages LIMIT 5)"
        )
    connection.close()
    assert killed.build().embedded == BATCH + 5


def test_rows_of_another_codec_are_dropped(tmp_path: Path) -> None:
    vectors = np.eye(64, dtype=np.float32)
    one, other = TokenCodec.fit(vectors[:40]), TokenCodec.fit(vectors[20:] * 0.5 + 0.01)
    rest = Unfinished(tmp_path, "m")
    rest.begin(one)
    rest.add([(b"a" * 32, vectors[0], one.encode(vectors[:3]))])
    again = Unfinished(tmp_path, "m")
    again.begin(one)
    assert again.kept({b"a" * 32}) == {b"a" * 32: 1}
    again.begin(other)
    assert again.kept({b"a" * 32}) == {}


def test_rows_are_read_again_one_by_one(tmp_path: Path) -> None:
    vectors = np.eye(64, dtype=np.float32)
    codec = TokenCodec.fit(vectors[:40])
    rest = Unfinished(tmp_path, "m")
    rest.begin(codec)
    rows = [(bytes([n]) * 32, vectors[n], codec.encode(vectors[: n + 1])) for n in range(9)]
    numbers = [*rest.add(rows[:4]), *rest.add(rows[4:])]
    for reader in (rest, Unfinished(tmp_path, "m")):
        for number, (_, vector, codes) in zip(numbers, rows, strict=True):
            assert np.array_equal(reader.row(number)[0], vector)
            assert np.array_equal(reader.codes(number), codes)
        assert reader.kept({rows[3][0], rows[8][0]}) == {rows[3][0]: numbers[3], rows[8][0]: numbers[8]}


@pytest.mark.parametrize(
    "change", ["DELETE FROM passages", "UPDATE passages SET codes = zeroblob(length(codes))"]
)
def test_a_row_changed_under_the_run_stops_it_and_is_not_kept(tmp_path: Path, change: str) -> None:
    vectors = np.eye(64, dtype=np.float32)
    codec = TokenCodec.fit(vectors[:40])
    rest = Unfinished(tmp_path, "m")
    rest.begin(codec)
    (number,) = rest.add([(b"a" * 32, vectors[0], codec.encode(vectors[:3]))])
    connection = sqlite3.connect(tmp_path / NAME)
    with connection:
        connection.execute(change)
    connection.close()
    with pytest.raises(IndexDamaged, match="run `onrecord index` again"):
        rest.codes(number)
    assert not (tmp_path / NAME).exists()


FULL = """
import resource, sys
from pathlib import Path
from index.build.build import build
from index.errors import IndexUnwritten
from tests.fakes import BagOfWords

resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000))
try:
    build(Path(sys.argv[1]), [Path(sys.argv[2])], BagOfWords())
except IndexUnwritten as error:
    print(error)
"""


def test_a_disk_that_takes_no_more_is_given_its_room_back(killed: Newsroom) -> None:
    (killed.index / NAME).unlink()
    command = [sys.executable, "-c", FULL, str(killed.index), str(killed.articles)]
    done = subprocess.run(command, check=True, timeout=60, capture_output=True, text=True)
    assert "can't be written" in done.stdout
    assert [p.name for p in killed.index.iterdir()] == ["onrecord-index.json", "onrecord-lock"]
    assert killed.build().embedded == ARTICLES
