"""`check` finds each way in which an index and its articles can differ."""

from __future__ import annotations

import json
import shutil
import sqlite3
from pathlib import Path

import pytest

from assistant.check import faults
from index.build import build
from index.generation import file_hash
from index.hits import IndexDamaged, IndexMissing
from tests.newsroom import BRIDGE, FLOOD, STRIKE, Newsroom


@pytest.fixture
def checked(newsroom: Newsroom) -> Newsroom:
    """An archive whose index names its own folder."""
    newsroom.print("bridge.txt", BRIDGE, "2031-03-01")
    newsroom.print("strike.txt", STRIKE, "2031-03-02")
    newsroom.build()
    return newsroom


def found(newsroom: Newsroom) -> list[str]:
    return list(faults(newsroom.index))


def tamper(newsroom: Newsroom, change: str) -> None:
    """Change the stored archive and give it a manifest that agrees, as a faulty program would."""
    folder = newsroom.index / "generations" / "000001"
    with sqlite3.connect(folder / "archive.sqlite") as connection:
        connection.execute(change)
    connection.close()
    manifest = json.loads((folder / "manifest.json").read_text("utf-8"))
    manifest["files"]["archive.sqlite"] = file_hash(folder / "archive.sqlite")
    (folder / "manifest.json").write_text(json.dumps(manifest), "utf-8")
    current = {"generation": "000001", "manifest_sha256": file_hash(folder / "manifest.json")}
    (newsroom.index / "CURRENT").write_text(json.dumps(current), "utf-8")


def test_a_fresh_index_is_sound(checked: Newsroom) -> None:
    assert found(checked) == []


def test_a_changed_article_is_told(checked: Newsroom) -> None:
    checked.print("strike.txt", STRIKE + " ", "2031-03-02")
    assert found(checked) == ["strike.txt: changed on disk since it was indexed"]


def test_a_changed_label_is_told(checked: Newsroom) -> None:
    (checked.articles / "labels.toml").write_text('[[files]]\nmatch = "bridge.txt"\nsource = "Courier"\n')
    assert found(checked) == ["bridge.txt: changed on disk since it was indexed"]


def test_a_new_and_a_missing_article_are_told(checked: Newsroom) -> None:
    checked.print("flood.txt", FLOOD)
    checked.withdraw("bridge.txt")
    assert found(checked) == [
        "flood.txt: on disk, not in the index",
        "bridge.txt: in the index, no longer on disk",
    ]


def test_an_article_that_can_no_longer_be_read_is_told(checked: Newsroom) -> None:
    (checked.articles / "bridge.txt").write_bytes(b"\xff\xfe\xff")
    assert found(checked) == ["bridge.txt: in the index, no longer on disk"]


def test_a_folder_that_is_gone_is_told(checked: Newsroom) -> None:
    shutil.rmtree(checked.articles)
    (line,) = found(checked)
    assert str(checked.articles) in line
    assert "can't be compared" in line


def test_two_folders_that_share_an_id_are_compared_as_they_were_indexed(newsroom: Newsroom) -> None:
    newsroom.print("one/same.txt", BRIDGE)
    newsroom.print("two/same.txt", FLOOD)
    build(newsroom.index, [newsroom.articles / "one", newsroom.articles / "two"], newsroom.embedder)
    assert found(newsroom) == []


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        (
            'UPDATE passages SET "end" = "end" - 1 WHERE id = 0',
            "bridge.txt: passage 0 is not what was stored",
        ),
        (
            "UPDATE articles SET sentences = x'FFFFFF7EFFFFFF7F01000000'",
            "bridge.txt: a sentence lies outside",
        ),
    ],
)
def test_a_store_that_contradicts_itself_is_told(checked: Newsroom, change: str, fault: str) -> None:
    tamper(checked, change)
    assert any(line.startswith(fault) for line in found(checked))


def test_a_missing_article_is_told_and_is_damage(checked: Newsroom) -> None:
    tamper(checked, "DELETE FROM articles WHERE number = 0")
    lines = faults(checked.index)
    assert next(lines) == "the manifest counts 2 articles, the archive holds 1"
    with pytest.raises(IndexDamaged, match="run `onrecord index` again"):
        list(lines)


def test_a_text_changed_in_the_store_is_damage(checked: Newsroom) -> None:
    tamper(checked, "UPDATE articles SET text = replace(text, '1,400', '1,900')")
    with pytest.raises(IndexDamaged, match=r"strike\.txt"):
        found(checked)


def test_a_damaged_file_is_damage(checked: Newsroom) -> None:
    path = checked.index / "generations" / "000001" / "vectors.faiss"
    path.write_bytes(path.read_bytes()[:-1])
    with pytest.raises(IndexDamaged, match=r"vectors\.faiss"):
        found(checked)


def test_no_index_is_missing(tmp_path: Path) -> None:
    with pytest.raises(IndexMissing):
        list(faults(tmp_path))
