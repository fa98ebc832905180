"""A build that is killed at any step leaves an index that opens whole."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from index.build import build
from index.generation import open_current
from tests.fakes import BagOfWords
from tests.newsroom import Newsroom

KILLED = """
import os, shutil, signal, sys
from pathlib import Path
from index.build import build
from tests.fakes import BagOfWords

EVENTS = {"open", "os.rename", "os.mkdir", "shutil.rmtree", "sqlite3.connect"}

def killed_at(place, index, articles):
    "Build in a child that dies just before its n-th file operation; False when it lives to its end."
    shutil.copytree(root / "index", index)
    done = 0
    def hook(event, arguments):
        nonlocal done
        if event in EVENTS:
            done += 1
            if done == place:
                os.kill(os.getpid(), signal.SIGKILL)
    child = os.fork()
    if child:
        return os.waitpid(child, 0)[1]
    sys.addaudithook(hook)
    build(index, [articles], BagOfWords())
    (index.parent / "operations").write_text(str(done))
    os._exit(0)

first, step, root = int(sys.argv[1]), int(sys.argv[2]), Path(sys.argv[3])
place = first
while killed_at(place, root / str(place) / "index", root / "articles"):
    place += step
print(place)
"""


def kill_builds(printed: Newsroom, room: Path, first: int, step: int) -> list[Path]:
    """Second builds killed before file operation `first`, `first + step` … until one lives to its end."""
    shutil.copytree(printed.articles, room / "articles")
    shutil.copytree(printed.index, room / "index")
    (room / "articles" / "flood.txt").unlink()
    (room / "articles" / "tram.txt").write_text("A tram derailed at noon.", "utf-8")
    done = subprocess.run(
        [sys.executable, "-c", KILLED, str(first), str(step), str(room)],
        check=True,
        capture_output=True,
        text=True,
        timeout=120,
    )
    lived = int(done.stdout)
    assert int((room / str(lived) / "operations").read_text("utf-8")) < lived
    return [room / str(place) / "index" for place in range(first, lived, step)]


def assert_whole(room: Path, index: Path) -> str:
    """The index is the old or the new one, whole; the next build works. Returns which."""
    found = {a.id for a in open_current(index).archive.articles()}
    old, new = {"bridge.txt", "strike.txt", "flood.txt"}, {"bridge.txt", "strike.txt", "tram.txt"}
    assert found in (old, new)
    assert build(index, [room / "articles"], BagOfWords()).articles == 3
    assert {a.id for a in open_current(index).archive.articles()} == new
    assert {p.name for p in index.iterdir()} == {"CURRENT", "generations", "lock"}
    return "old" if found == old else "new"


def test_a_build_killed_near_its_end_leaves_a_whole_index(printed: Newsroom, tmp_path: Path) -> None:
    room = tmp_path / "killed"
    states = [assert_whole(room, index) for index in kill_builds(printed, room, 40, 2)]
    assert len(states) >= 5


@pytest.mark.slow
def test_a_build_killed_at_every_step_leaves_a_whole_index(printed: Newsroom, tmp_path: Path) -> None:
    room = tmp_path / "killed"
    states = [assert_whole(room, index) for index in kill_builds(printed, room, 1, 1)]
    assert len(states) >= 50
    assert states == sorted(states, reverse=True)
    assert set(states) == {"old", "new"}
