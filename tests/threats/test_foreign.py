"""An index that is not what it should be is refused, with the command that repairs it; none has a log."""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Callable
from pathlib import Path

import faiss
import numpy as np
import pytest

from index.generation.generation import open_current
from index.generation.manifest import FORMAT
from index.vectors.word_pieces import FILES
from tests.threats.conftest import Run
from tests.threats.rows import row, rows

QUESTION = "How many dockers joined the strike?"


@pytest.fixture
def index(run: Run, articles: Path) -> Path:
    place = articles.parent / "index"
    assert run("index", articles, "--index", place).exit_code == 0
    return place


def folder(index: Path) -> Path:
    return next((index / "generations").iterdir())


def resealed(index: Path, **changes: object) -> None:
    """Change the manifest, take every file's hash anew, and name the manifest's in CURRENT."""
    path = folder(index) / "manifest.json"
    manifest = {**json.loads(path.read_text("utf-8")), **changes}
    manifest["files"] = {name: _sha256(folder(index) / name) for name in manifest["files"]}
    path.write_text(json.dumps(manifest), "utf-8")
    current = {"generation": folder(index).name, "manifest_sha256": _sha256(path)}
    (index / "CURRENT").write_text(json.dumps(current), "utf-8")


def _sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def other_vectors(index: Path) -> None:
    """Vectors of another length than the manifest says, in a file that is sound."""
    flat = faiss.IndexFlatIP(384)
    flat.add(np.eye(1, 384, dtype=np.float32))
    (folder(index) / "vectors.faiss").write_bytes(bytes(faiss.serialize_index(flat)))
    resealed(index)


def other_index(index: Path) -> None:
    """An index that is sound in itself and holds vectors of another length than the model gives."""
    other_vectors(index)
    resealed(index, dimensions=384)


AGAIN = "run `onrecord index` on the articles again"


@pytest.mark.parametrize(
    ("change", "words"),
    [
        row("P07", "a newer format", lambda i: resealed(i, format=FORMAT + 1),
            f"format {FORMAT + 1}, this program reads"),
        row("P07", "an older format", lambda i: resealed(i, format=1),
            f"has format 1, this program reads {FORMAT}; {AGAIN}"),
        row("P07", "no format", lambda i: resealed(i, format=None),
            f"has format None, this program reads {FORMAT}; {AGAIN}"),
        row("P07", "another model's weights", lambda i: resealed(i, model="all-MiniLM-L6-v2@2"),
            "was made with another form of the model all-MiniLM-L6-v2 (all-MiniLM-L6-v2@2, now "
            f"all-MiniLM-L6-v2@1), whose vectors are not the same; {AGAIN}"),
        row("P07", "other dimensions", lambda i: resealed(i, dimensions=384),
            f"has vectors of 512 numbers, its manifest says 384; {AGAIN}"),
        row("P07", "other vectors", other_vectors, f"has vectors of 384 numbers, its manifest says 512; {AGAIN}"),
    ],
)  # fmt: skip
def test_an_index_that_is_not_ours_is_refused_and_made_anew(
    run: Run, articles: Path, index: Path, change: Callable[[Path], None], words: str
) -> None:
    change(index)
    for command in (("ask", QUESTION), ("search", QUESTION)):
        told = run(*command, "--index", index)
        assert (told.exit_code, told.stdout, told.stderr.count("\n")) == (2, "", 1)
        assert words in told.stderr
    assert run("index", articles, "--index", index).exit_code == 0
    assert run("ask", QUESTION, "--index", index).exit_code == 0


@rows("P07", "vectors that the model doesn't give")
def test_vectors_the_model_does_not_give_are_refused(run: Run, index: Path, case: str) -> None:
    other_index(index)
    told = run("ask", QUESTION, "--index", index)
    assert (told.exit_code, told.stdout, told.stderr.count("\n")) == (2, "", 1)
    assert (
        "the index holds vectors of 384 numbers, the model gives 512; index the articles anew:" in told.stderr
    )


@rows("P09", "what a build leaves")
def test_a_generation_has_no_log_and_is_in_delete_mode(index: Path, case: str) -> None:
    archive = folder(index) / "archive.sqlite"
    names = {path.name for path in folder(index).iterdir()}
    assert names == {"archive.sqlite", "manifest.json", "vectors.faiss", "words", *FILES}
    # Bytes 18 and 19 of the header, the file format's write and read version: 1 legacy, 2 WAL.
    assert archive.read_bytes()[18:20] == b"\x01\x01"
    connection = sqlite3.connect(f"{archive.as_uri()}?mode=ro", uri=True)
    assert connection.execute("PRAGMA journal_mode").fetchone() == ("delete",)
    connection.close()


@rows("P09", "what reading leaves")
def test_reading_writes_nothing_beside_the_archive(run: Run, index: Path, case: str) -> None:
    before = {path: path.stat().st_mtime_ns for path in index.rglob("*")}
    for command in (("ask", QUESTION), ("search", QUESTION), ("status",), ("check",)):
        assert run(*command, "--index", index).exit_code == 0
    assert {path: path.stat().st_mtime_ns for path in index.rglob("*")} == before


@rows("P09", "a log that is live")
def test_an_archive_with_a_live_log_is_refused(run: Run, index: Path, case: str) -> None:
    """Opened as immutable, what the log holds would be passed over."""
    archive = folder(index) / "archive.sqlite"
    writer = sqlite3.connect(archive)
    assert writer.execute("PRAGMA journal_mode=wal").fetchone() == ("wal",)
    writer.execute("DELETE FROM articles")
    writer.commit()
    assert archive.with_name("archive.sqlite-wal").stat().st_size
    told = run("ask", QUESTION, "--index", index)
    writer.close()
    assert (told.exit_code, told.stdout) == (2, "")
    assert "archive.sqlite is not the file that was written; run `onrecord index`" in told.stderr


def test_the_index_is_sound_before_it_is_changed(index: Path) -> None:
    resealed(index)
    assert open_current(index).manifest.dimensions == 512
