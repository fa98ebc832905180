"""`check` names every damaged file and each way in which an index and its articles can differ."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from assistant.integrity import check
from assistant.integrity.check import faults
from index.build.build import build
from index.errors import IndexForeign, IndexMissing
from index.models.embedder import ModelFault
from tests.fakes import BagOfWords
from tests.newsroom import BRIDGE, FLOOD, STRIKE, Newsroom
from tests.tampering import generation_folder, rehash

NOT_CHECKED = "because of this, what is in the index was not checked, nor compared with the articles on disk"
NOT_COMPARED = "vectors and word pieces were not compared with their passages: "


@pytest.fixture
def checked(newsroom: Newsroom) -> Newsroom:
    """An archive whose index names its own folder."""
    newsroom.print("bridge.txt", BRIDGE, "2031-03-01")
    newsroom.print("strike.txt", STRIKE, "2031-03-02")
    newsroom.build()
    return newsroom


def found(newsroom: Newsroom) -> list[str]:
    return list(faults(newsroom.index, BagOfWords()))


def test_a_fresh_index_is_sound(checked: Newsroom) -> None:
    assert found(checked) == []


def test_a_changed_article_is_told(checked: Newsroom) -> None:
    checked.print("strike.txt", STRIKE + " ", "2031-03-02")
    assert found(checked) == ["strike.txt: changed on disk since it was indexed"]


def test_a_changed_label_is_told(checked: Newsroom) -> None:
    (checked.articles / "labels.toml").write_text('[[files]]\nmatch = "bridge.txt"\nsource = "Courier"\n')
    assert found(checked) == ["bridge.txt: changed on disk since it was indexed"]


def test_changed_names_of_sources_are_told(checked: Newsroom) -> None:
    labels = checked.articles / "labels.toml"
    said = '[[files]]\nmatch = "*.txt"\nsource = "Courier"\n[[sources]]\nname = "Courier"\naliases = ["{}"]\n'
    labels.write_text(said.format("The Post"))
    checked.build()
    assert found(checked) == []
    labels.write_text(said.format("The Mail"))
    assert found(checked) == ["labels.toml: other names of sources than when it was indexed"]


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
    newsroom.print("one/same.txt", STRIKE)
    assert found(newsroom) == ["same.txt: changed on disk since it was indexed"]


def test_all_damaged_files_are_named_with_the_command_that_repairs(checked: Newsroom) -> None:
    folder = generation_folder(checked.index)
    vectors, codes, archive = (folder / name for name in ("vectors.faiss", "tokens.codes", "archive.sqlite"))
    vectors.write_bytes(vectors.read_bytes()[:-1])
    codes.unlink()
    archive.unlink()
    archive.mkdir()
    repair = "run `onrecord index` on the articles again"
    assert found(checked) == [
        f"{archive} can't be read (it is no plain file); {repair}",
        f"{codes} is missing from the index; {repair}",
        f"{vectors} is not the file that was written; {repair}",
        NOT_CHECKED,
    ]
    checked.build()
    assert found(checked) == []


@pytest.mark.parametrize("name", ["CURRENT", "manifest.json"])
@pytest.mark.parametrize("content", [b"", b"{}"])
def test_a_damaged_name_or_manifest_is_told(checked: Newsroom, name: str, content: bytes) -> None:
    path = checked.index / name if name == "CURRENT" else generation_folder(checked.index) / name
    path.write_bytes(content)
    first, second = found(checked)
    assert str(path) in first
    assert "run `onrecord index`" in first
    assert second == NOT_CHECKED


def test_a_missing_generation_is_told(checked: Newsroom) -> None:
    shutil.rmtree(checked.index / "generations")
    first, second = found(checked)
    assert "manifest.json is missing from the index; run `onrecord index`" in first
    assert second == NOT_CHECKED


def test_files_that_are_no_part_of_the_index_are_told(checked: Newsroom) -> None:
    folder = generation_folder(checked.index)
    planted = [folder / "archive.sqlite-journal", folder / "words" / "0123.store", folder / "words" / "link"]
    for path in planted[:2]:
        path.write_bytes(b"x")
    planted[2].symlink_to(folder / "nowhere")
    assert found(checked) == [
        f"{path} is no part of the index and is not read; remove it" for path in planted
    ]


def test_no_index_is_missing(tmp_path: Path) -> None:
    with pytest.raises(IndexMissing):
        list(faults(tmp_path))


def test_an_index_of_another_format_can_t_be_checked(checked: Newsroom) -> None:
    rehash(checked.index, format=1)
    with pytest.raises(IndexForeign, match="run `onrecord index`"):
        list(faults(checked.index))


def test_without_the_model_the_rest_is_checked_and_that_is_told(
    checked: Newsroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []

    def missing(name: str) -> BagOfWords:
        asked.append(name)
        raise ModelFault("the package is missing; run: pip install it")

    monkeypatch.setattr(check, "model_named", missing)
    checked.withdraw("bridge.txt")
    assert list(faults(checked.index)) == [
        NOT_COMPARED + "the package is missing; run: pip install it",
        "bridge.txt: in the index, no longer on disk",
    ]
    assert asked == ["bag-of-words"]


def test_another_model_compares_nothing_and_that_is_told(checked: Newsroom) -> None:
    assert list(faults(checked.index, BagOfWords("bag-of-words@2"))) == [
        NOT_COMPARED + "the model is bag-of-words@2, not bag-of-words@1"
    ]


def test_the_same_32_passages_of_a_large_index_are_embedded_again(newsroom: Newsroom) -> None:
    for number in range(40):
        newsroom.print(f"{number:02d}.txt", f"Ship number {number} left the port of Caldry at noon.")
    newsroom.build()
    embedders = [BagOfWords(), BagOfWords()]
    assert [list(faults(newsroom.index, embedder)) for embedder in embedders] == [[], []]
    assert len(set(embedders[0].asked)) == len(embedders[0].asked) == check.SAMPLE == 32
    assert embedders[0].asked == embedders[1].asked
    newsroom.build()
    third = BagOfWords()
    assert list(faults(newsroom.index, third)) == []
    assert len(third.asked) == 32
