"""An index that may only be read is asked as any other, and nothing of it is touched."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from index.errors import IndexFault
from index.files import links
from index.words.bm25 import Words
from tests.newsroom import STRIKE, Newsroom
from tests.threats.process import NOBODY, ROOT, command, run_apart
from tests.threats.rows import rows

QUESTION = "How many dockers joined the strike?"
COMMANDS = (
    ("ask", QUESTION, "--json"),
    ("search", QUESTION),
    ("timeline", "dockers"),
    ("status",),
    ("check",),
)
needs_root = pytest.mark.skipif(os.geteuid() != 0, reason="another user's rights and mounts need root")


@pytest.fixture
def index() -> Iterator[Path]:
    """An index that everyone may read and nobody may write, without the locks of the run that made it."""
    place = Path(tempfile.mkdtemp(prefix="read-only-"))  # pytest's folders are closed to other users
    place.chmod(0o755)
    newsroom = Newsroom(place)
    newsroom.print("strike.txt", STRIKE, "2031-03-02")
    newsroom.build()
    for lock in (place / "index").rglob("*lock"):
        lock.unlink()
    for path in (place / "index").rglob("*"):
        path.chmod(0o555 if path.is_dir() else 0o444)
    (place / "index").chmod(0o555)
    yield place / "index"
    for path in [place / "index", *(place / "index").rglob("*")]:
        path.chmod(0o755)
    shutil.rmtree(place)


def state(index: Path) -> dict[str, tuple[int, int, int]]:
    """Every file and folder, with its time of change and size."""
    found = {path: path.lstat() for path in (index, *index.rglob("*"))}
    return {str(path): (stat.st_mtime_ns, stat.st_ctime_ns, stat.st_size) for path, stat in found.items()}


@needs_root
@pytest.mark.parametrize("asked", COMMANDS, ids=lambda asked: f"S20-{asked[0]}")
def test_another_user_reads_an_index(asked: tuple[str, ...], index: Path) -> None:
    before = state(index)
    done = run_apart(*asked, "--index", index, user=NOBODY)
    assert (done.stderr, done.returncode) == ("", 1 if asked[0] == "timeline" else 0)
    assert state(index) == before


@needs_root
@rows("S20", "a read-only disk")
def test_an_index_on_a_read_only_disk_is_asked(case: str, index: Path) -> None:
    before = state(index)
    mounted = 'mount --bind "$1" "$1" && mount -o remount,bind,ro "$1" && shift && exec "$@"'
    asking = command("ask", QUESTION, "--index", index, "--json")
    apart = ["unshare", "-m", "sh", "-c", mounted, "sh", str(index), *asking]
    done = subprocess.run(apart, cwd=ROOT, capture_output=True, text=True, check=False, timeout=120)
    if "unshare:" in done.stderr or "mount:" in done.stderr:
        pytest.skip(f"no mounts here: {done.stderr.strip()}")
    assert (done.stderr, done.returncode) == ("", 0)
    assert json.loads(done.stdout)["status"] == "answered"
    assert state(index) == before


@rows("S20", "in this process")
def test_opening_the_words_leaves_their_folder_as_it_was(case: str, index: Path) -> None:
    words = next(index.glob("generations/*/words"))
    before = state(index)
    opened = Words(words)
    assert opened.search(["docker"], 3)
    assert state(index) == before


@rows("S20", "nowhere for temporary files")
def test_without_a_folder_for_temporary_files_it_says_what_to_do(
    case: str, index: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(links, "gettempdir", lambda: str(tmp_path / "none"))
    with pytest.raises(IndexFault, match=r"no folder for temporary files .* TMPDIR"):
        Words(next(index.glob("generations/*/words")))


@rows("S20", "disks that are all read-only")
def test_where_no_disk_can_be_written_memory_can(
    case: str, index: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def nowhere() -> str:
        raise FileNotFoundError("No usable temporary directory found")

    monkeypatch.setattr(links, "gettempdir", nowhere)
    if not os.access("/dev/shm", os.W_OK):  # noqa: S108
        pytest.skip("this system has no /dev/shm")
    assert len(Words(next(index.glob("generations/*/words"))))
