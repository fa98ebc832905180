"""An index is written only into an empty folder or an index's own, and removes only what it wrote itself."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from index.generation.folder import MARKER, NotAnIndex, claim
from index.generation.generation import LOCK, open_current
from tests.newsroom import Newsroom


def work(folder: Path) -> dict[str, str]:
    """A folder of somebody's own work, with names that an index uses too."""
    files = {
        "draft/chapter.txt": "once",
        "generations/000001/family.txt": "grandmother",
        "lock": "a canal lock",
        "CURRENT": "electric",
        "onrecord-draft/notes.txt": "keep",
    }
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, "utf-8")
    return files


def held(folder: Path) -> dict[str, str]:
    return {p.relative_to(folder).as_posix(): p.read_text("utf-8") for p in folder.rglob("*") if p.is_file()}


def test_a_folder_of_another_s_work_is_refused_and_stays_as_it_is(newsroom: Newsroom) -> None:
    newsroom.index.mkdir()
    files = work(newsroom.index)
    newsroom.print("strike.txt", "Dockers left.")
    with pytest.raises(NotAnIndex, match="nothing in it was touched: name a new or an empty folder"):
        newsroom.build()
    assert held(newsroom.index) == files


@pytest.mark.parametrize(
    "current",
    [
        "{}",
        "[]",
        '{"generation": 3, "manifest_sha256": ""}',
        '{"generation": "000001", "manifest_sha256": "0"}',
        '{"generation": "..", "manifest_sha256": "0"}',
    ],
)
def test_a_folder_whose_current_names_no_index_is_another_s(tmp_path: Path, current: str) -> None:
    (tmp_path / "generations" / "000001").mkdir(parents=True)
    (tmp_path / "generations" / "000001" / "manifest.json").write_text("{}", "utf-8")
    (tmp_path / "CURRENT").write_text(current, "utf-8")
    with pytest.raises(NotAnIndex):
        claim(tmp_path)


def test_an_index_without_the_marker_is_known_by_its_manifest(printed: Newsroom) -> None:
    (printed.index / MARKER).unlink()
    assert printed.build().unchanged == 3
    assert (printed.index / MARKER).is_file()


def test_an_empty_folder_is_marked_once(tmp_path: Path) -> None:
    claim(tmp_path)
    claim(tmp_path)
    assert [p.name for p in tmp_path.iterdir()] == [MARKER]
    assert "On Record" in json.loads((tmp_path / MARKER).read_text("utf-8"))["about"]


def test_what_a_user_put_among_the_generations_stays(printed: Newsroom) -> None:
    generations = printed.index / "generations"
    (generations / "notes").mkdir()
    mine = [generations / "notes" / "mine.txt", generations / "000001" / "mine.txt", generations / "mine.txt"]
    for path in mine:
        path.write_text("mine", "utf-8")
    for _ in range(3):
        printed.build()
    assert all(path.read_text("utf-8") == "mine" for path in mine)
    assert sorted(p.name for p in (generations / "000001").iterdir()) == ["manifest.json", "mine.txt"]
    assert open_current(printed.index).number == "000004"


def test_what_a_manifest_names_outside_of_its_generation_stays(printed: Newsroom, tmp_path: Path) -> None:
    (tmp_path / "outside").mkdir()
    theirs = tmp_path / "outside" / "theirs.txt"
    theirs.write_text("theirs", "utf-8")
    folder = printed.index / "generations" / "000007"
    folder.mkdir()
    (folder / "words").symlink_to(theirs.parent)
    names = ["../../../outside/theirs.txt", str(theirs), "words/theirs.txt"]
    (folder / "manifest.json").write_text(json.dumps({"files": dict.fromkeys(names, "")}), "utf-8")
    printed.build()
    printed.build()
    assert theirs.read_text("utf-8") == "theirs"


def test_the_lock_is_not_emptied(printed: Newsroom) -> None:
    (printed.index / LOCK).write_text("kept", "utf-8")
    printed.build()
    assert (printed.index / LOCK).read_text("utf-8") == "kept"
