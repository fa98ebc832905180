"""A disk that is full is told in one line; the index is as it was, answers, and is rebuilt once there is room."""

from __future__ import annotations

import importlib
import json
import resource
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.newsroom import FLOOD, STRIKE
from tests.threats.conftest import Run
from tests.threats.process import run_apart
from tests.threats.rows import row, rows

QUESTION = "How many dockers joined the strike at Port Caldry?"
# What may lie in an index: `onrecord-embedded.sqlite` saves the next run what was embedded before the fault.
KNOWN = {"CURRENT", "generations", "onrecord-index.json", "onrecord-lock", "onrecord-embedded.sqlite"}


@pytest.fixture(scope="module")
def former(run: Run, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An index of one article, and 59 new ones beside it that have not been indexed."""
    root = tmp_path_factory.mktemp("full")
    (root / "articles").mkdir()
    (root / "articles" / "strike.txt").write_text(STRIKE, "utf-8")
    assert run("index", root / "articles", "--index", root / "index").exit_code == 0
    for number in range(59):
        text = f"In town{number} about {number * 37} people left home{number}. {FLOOD}"
        (root / "articles" / f"{number}.txt").write_text(text, "utf-8")
    return root


def assert_told(code: int, out: str, err: str, index: Path) -> None:
    """One line on stderr that says what is wrong and what to do, behind the one that foresaw it."""
    assert (code, out) == (2, "")
    *foreseen, told = err.splitlines()
    assert all("there may not be enough" in line for line in foreseen)
    assert len(foreseen) <= 1
    assert told.startswith(f"onrecord: the index at {index} can't be written (")
    assert told.endswith("then run `onrecord index` again")


def assert_as_it_was(run: Run, index: Path) -> None:
    """The former generation is all there is, and answers."""
    assert {path.name for path in index.iterdir()} <= KNOWN
    assert [path.name for path in (index / "generations").iterdir()] == ["000001"]
    asked = run("ask", QUESTION, "--index", index, "--json")
    assert asked.exit_code == 0
    assert json.loads(asked.stdout)["quotes"][0]["text"] == STRIKE.partition(" Talks")[0]


def assert_built_with_room(run: Run, articles: Path, index: Path) -> None:
    told = run("index", articles, "--index", index)
    assert told.exit_code == 0
    assert told.stdout.startswith("60 articles in ")
    assert {path.name for path in index.iterdir()} <= KNOWN - {"onrecord-embedded.sqlite"}


STEPS = (
    ("what was embedded", 20_000, "index.build.build.encode"),
    ("the archive's first page", 0, "index.build.writing.write_archive"),
    ("the archive's last page", 70_000, "index.build.writing.write_archive"),
    ("the words' first file", 0, "index.build.writing.write_words"),
    ("the words' names", 700, "index.build.writing.write_words"),
    ("the words", 2_000, "index.build.writing.write_words"),
    ("vectors", 10_000, "index.build.writing.FaissVectors"),
    ("codes of word pieces", 60_000, "index.build.writing.write_tokens"),
    ("the codec of word pieces", 900_000, "index.build.writing.write_tokens"),
    ("the manifest", 1_000, "index.build.writing.publish"),
    ("CURRENT", 50, "index.generation.generation.next_number"),
)


@contextmanager
def files_of_at_most(size: int, at: str) -> Iterator[None]:
    """Let no file of this process grow beyond, from the first call of a function on."""
    module, name = at.rsplit(".", 1)
    really = vars(importlib.import_module(module))[name]
    former = resource.getrlimit(resource.RLIMIT_FSIZE)

    def limited(*arguments: object) -> object:
        resource.setrlimit(resource.RLIMIT_FSIZE, (size, former[1]))
        return really(*arguments)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(at, limited)
        patch.setattr("index.build.encode.BATCH", 16)  # what is embedded in batches is kept until all is
        try:
            yield
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, former)


@pytest.mark.parametrize(
    ("size", "at"), [row("P03", f"no room for {name}", size, at) for name, size, at in STEPS]
)
def test_a_file_that_finds_no_room_is_told(
    run: Run, former: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str], size: int, at: str
) -> None:
    index = tmp_path / "index"
    shutil.copytree(former / "index", index)
    with files_of_at_most(size, at):
        told = run("index", former / "articles", "--index", index)
    assert_told(told.exit_code, told.stdout, told.stderr, index)
    assert capfd.readouterr() == ("", "")  # nor did SQLite, FAISS or tantivy say anything
    assert_as_it_was(run, index)
    assert_built_with_room(run, former / "articles", index)


@rows("P03", "a process that may not write")
def test_a_process_ends_with_that_line_and_that_code(
    run: Run, former: Path, tmp_path: Path, case: str
) -> None:
    index = tmp_path / "index"
    shutil.copytree(former / "index", index)
    done = run_apart("index", former / "articles", "--index", index, size=20_000)
    assert_told(done.returncode, done.stdout, done.stderr, index)
    assert_as_it_was(run, index)


@pytest.fixture
def disk(tmp_path: Path, former: Path) -> Iterator[Path]:
    """A disk of its own, with the former index and as much room again as a test gives it."""
    place = tmp_path / "disk"
    place.mkdir()
    mounted = _mount("-t", "tmpfs", "-o", "size=64m", "tmpfs", place)
    if mounted.returncode:
        pytest.skip(f"A FULL DISK WAS NOT TRIED: mounting one needs root ({mounted.stderr.strip()})")
    try:
        shutil.copytree(former / "index", place / "index")
        yield place
    finally:
        subprocess.run(["umount", "--lazy", place], check=True)


def _mount(*arguments: object) -> subprocess.CompletedProcess[str]:
    return subprocess.run(["mount", *map(str, arguments)], capture_output=True, text=True, check=False)


def _resized(disk: Path, free: int) -> None:
    """Leave so many bytes free, rounded up to what a tmpfs counts by."""
    size = shutil.disk_usage(disk).used + free
    assert _mount("-o", f"remount,size={size}", disk).returncode == 0


FREE = (0, 60_000, 100_000, 106_000, 112_000, 200_000, 500_000, 1_200_000)


@pytest.mark.parametrize("free", [row("P03", f"{free:,} bytes free", free) for free in FREE])
def test_a_disk_that_fills_up_is_told(
    run: Run, former: Path, disk: Path, capfd: pytest.CaptureFixture[str], free: int
) -> None:
    _resized(disk, free)
    index = disk / "index"
    told = run("index", former / "articles", "--index", index)
    assert_told(told.exit_code, told.stdout, told.stderr, index)
    assert capfd.readouterr() == ("", "")
    assert_as_it_was(run, index)
    _resized(disk, 32_000_000)
    assert_built_with_room(run, former / "articles", index)
