"""A reader sees one whole generation: damage is found before anything parses it, and old ones stay readable."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.errors import IndexDamaged, IndexForeign, IndexMissing
from index.generation import generation as generation_module
from index.generation.generation import current_number, open_current
from index.generation.manifest import file_hash
from index.vectors.dense import FaissVectors
from tests.newsroom import Newsroom, shown

REPAIR = "run `onrecord index`"


def folder_of(newsroom: Newsroom) -> Path:
    return newsroom.index / "generations" / current_number(newsroom.index)


def snapshot(root: Path) -> dict[str, tuple[int, bytes]]:
    files = (p for p in sorted(root.rglob("*")) if p.is_file())
    return {str(p.relative_to(root)): (p.stat().st_mtime_ns, p.read_bytes()) for p in files}


def rewrite_manifest(newsroom: Newsroom, **changes: object) -> None:
    """Change the manifest and name its new hash in CURRENT, as another program version would."""
    path = folder_of(newsroom) / "manifest.json"
    path.write_text(json.dumps({**json.loads(path.read_text("utf-8")), **changes}), "utf-8")
    current = {"generation": path.parent.name, "manifest_sha256": file_hash(path)}
    (newsroom.index / "CURRENT").write_text(json.dumps(current), "utf-8")


def test_no_index_says_how_to_make_one(tmp_path: Path) -> None:
    with pytest.raises(IndexMissing, match="onrecord index ARTICLES --index"):
        open_current(tmp_path / "nowhere")


def test_the_manifest_says_what_the_generation_holds(standing: Newsroom) -> None:
    found = open_current(standing.index)
    assert (found.manifest.articles, found.manifest.passages) == (3, 3)
    assert found.manifest.model == standing.embedder.model_id
    assert found.manifest.roots == (str(standing.articles),)
    assert found.manifest.dimensions == 512
    names = {
        p.relative_to(folder_of(standing)).as_posix() for p in folder_of(standing).rglob("*") if p.is_file()
    }
    assert {n for n in names - found.manifest.files.keys() if not n.endswith(".lock")} == {"manifest.json"}


def test_no_write_ahead_log_is_left(standing: Newsroom) -> None:
    assert {p.name for p in folder_of(standing).iterdir()} == {
        "archive.sqlite",
        "manifest.json",
        "tokens.codec",
        "tokens.codes",
        "tokens.ends",
        "vectors.faiss",
        "words",
    }


def test_a_published_generation_is_never_written_again(printed: Newsroom) -> None:
    folder = folder_of(printed)
    before = snapshot(folder)
    printed.ask("How many dockers joined the strike?")
    printed.print("new.txt", "A tram derailed at noon.", "2031-03-09")
    printed.build()
    assert current_number(printed.index) != folder.name
    assert snapshot(folder) == before


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\xff\xfe",
        b"null",
        b"[]",
        b"{}",
        b'"000001"',
        b'{"generation": "000001"}',
        b'{"generation": "../../etc", "manifest_sha256": "00"}',
        b'{"generation": "000001", "manifest_sha256": 7}',
        b'{"generation": "000009", "manifest_sha256": "00"}',
        b"[" * 100_000,
    ],
)
def test_a_garbled_current_is_damage(printed: Newsroom, content: bytes) -> None:
    (printed.index / "CURRENT").write_bytes(content)
    with pytest.raises(IndexDamaged, match=REPAIR):
        open_current(printed.index)


@settings(max_examples=100, deadline=None)
@given(content=st.binary(max_size=200))
def test_any_bytes_for_a_current_are_damage(content: bytes, tmp_path_factory: pytest.TempPathFactory) -> None:
    root = tmp_path_factory.getbasetemp()
    (root / "CURRENT").write_bytes(content)
    with pytest.raises(IndexDamaged, match=REPAIR):
        open_current(root)


def test_a_current_that_is_a_folder_is_damage(printed: Newsroom) -> None:
    (printed.index / "CURRENT").unlink()
    (printed.index / "CURRENT").mkdir()
    with pytest.raises(IndexDamaged, match=REPAIR):
        open_current(printed.index)


def test_current_may_be_missing_though_generations_are_there(printed: Newsroom) -> None:
    (printed.index / "CURRENT").unlink()
    with pytest.raises(IndexMissing, match="onrecord index"):
        open_current(printed.index)


def test_every_byte_of_current_counts(printed: Newsroom) -> None:
    path = printed.index / "CURRENT"
    data = path.read_bytes()
    for place in range(len(data)):
        path.write_bytes(flipped(data, place))
        if data[place : place + 1].isspace():
            continue
        with pytest.raises(IndexDamaged, match=REPAIR):
            open_current(printed.index)


def flipped(data: bytes, place: int, mask: int = 0x01) -> bytes:
    return data[:place] + bytes([data[place] ^ mask]) + data[place + 1 :]


def places(size: int) -> Iterator[int]:
    """Both ends, the middle, and some between: every place of a small file is not worth the time."""
    return iter(
        sorted({*range(min(size, 4)), *range(max(0, size - 4), size), *range(0, size, size // 12 + 1)})
    )


def refuse(*_: object) -> None:
    raise AssertionError("a parser was given a file whose hash is wrong")


def test_a_flipped_byte_in_any_file_is_found_before_a_parser_sees_it(
    printed: Newsroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    for parser in ("Archive", "Words"):
        monkeypatch.setattr(generation_module, parser, refuse)
    monkeypatch.setattr(FaissVectors, "read", refuse)
    files = [p for p in folder_of(printed).rglob("*") if p.is_file() and p.suffix != ".lock"]
    assert len(files) >= 8
    for path in files:
        data = path.read_bytes()
        for place in places(len(data)):
            path.write_bytes(flipped(data, place, 0x80 >> place % 8))
            with pytest.raises(IndexDamaged, match=REPAIR):
                open_current(printed.index)
        path.write_bytes(data)


@pytest.mark.parametrize("change", ["cut", "grown", "emptied", "removed"])
def test_a_file_of_another_length_is_damage(printed: Newsroom, change: str) -> None:
    for path in [p for p in folder_of(printed).rglob("*") if p.is_file() and p.suffix != ".lock"]:
        data = path.read_bytes()
        if change == "removed":
            path.unlink()
        else:
            path.write_bytes({"cut": data[:-1], "grown": data + b"\0", "emptied": b""}[change])
        with pytest.raises(IndexDamaged, match=REPAIR):
            open_current(printed.index)
        path.write_bytes(data)
    assert open_current(printed.index).number == "000001"


def test_a_missing_generation_is_damage(printed: Newsroom) -> None:
    shutil.rmtree(printed.index / "generations")
    with pytest.raises(IndexDamaged, match=REPAIR):
        open_current(printed.index)


def test_damage_is_repaired_by_indexing_again(printed: Newsroom) -> None:
    (folder_of(printed) / "archive.sqlite").write_bytes(b"not a database")
    report = printed.build()
    assert report.embedded == 3
    assert shown(printed.ask("How many dockers joined the strike?"))


@pytest.mark.parametrize("changes", [{"format": 1}, {"format": None}, {"format": 0}])
def test_another_format_is_refused_with_what_to_do(printed: Newsroom, changes: dict[str, object]) -> None:
    rewrite_manifest(printed, **changes)
    with pytest.raises(IndexForeign, match=REPAIR):
        open_current(printed.index)


def test_another_format_may_have_other_keys(printed: Newsroom) -> None:
    rewrite_manifest(printed, format=99, shards=["a"], files={})
    with pytest.raises(IndexForeign, match="format 99"):
        open_current(printed.index)


def test_parts_that_don_t_belong_together_are_damage(printed: Newsroom) -> None:
    rewrite_manifest(printed, passages=4)
    with pytest.raises(IndexDamaged, match="different length"):
        open_current(printed.index)


def test_codes_cut_short_under_an_open_reader_refuse_the_question(printed: Newsroom) -> None:
    assistant = printed.assistant()
    os.truncate(folder_of(printed) / "tokens.codes", 10)
    with pytest.raises(IndexDamaged, match=r"tokens\.codes has a wrong length; run `onrecord index` again"):
        assistant.ask("How many dockers joined the strike?")
