"""A damaged file is refused before any parser sees it: 500 mutants of every file of an index."""

from __future__ import annotations

import json
import os
import re
import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random
from time import monotonic

import faiss
import pytest
import tantivy

from index.errors import IndexFault
from index.generation.generation import Generation, current_number, open_current
from tests.newsroom import Newsroom
from tests.tampering import generation_folder, rehash

MUTANTS = 500
PAGE = 512
REPAIR = "run `onrecord index`"

Mutation = Callable[[bytes, Random], bytes]


def flip(data: bytes, random: Random) -> bytes:
    """One to three bits turned over."""
    changed = bytearray(data)
    for _ in range(random.choice((1, 1, 1, 2, 3))):
        place = random.randrange(len(data))
        changed[place] ^= 1 << random.randrange(8)
    return bytes(changed)


def cut(data: bytes, random: Random) -> bytes:
    """The end missing: one byte, some, or all."""
    return data[: random.choice((len(data) - 1, 0, random.randrange(len(data))))]


def grow(data: bytes, random: Random) -> bytes:
    """Something after the end: zeros, noise, or the beginning again."""
    size = random.randint(1, PAGE)
    return data + random.choice((bytes(size), random.randbytes(size), data[:size]))


def blank(data: bytes, random: Random) -> bytes:
    """A page of zeros, as a power cut leaves one; of a small file a part."""
    size = min(PAGE, max(1, len(data) // 4))
    start = random.randrange(0, len(data), size)
    return data[:start] + bytes(len(data[start : start + size])) + data[start + size :]


def swapped_with(other: bytes) -> Mutation:
    """Another generation's file, whole or from some place on."""

    def swap(data: bytes, random: Random) -> bytes:
        place = random.choice((0, random.randrange(len(data))))
        return data[:place] + other[place:]

    return swap


def mutants(data: bytes, other: bytes, seed: str) -> Iterator[bytes]:
    """Different mutants of a file, none of them the file itself."""
    random = Random(seed)  # noqa: S311
    kinds = (flip, flip, flip, cut, grow, blank, swapped_with(other))
    seen = {data}
    while len(seen) <= MUTANTS:
        mutant = random.choice(kinds)(data, random)
        if mutant not in seen:
            seen.add(mutant)
            yield mutant


class Spied(Exception):
    """A parser was called."""


@pytest.fixture
def parsers(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of the native parsers that are called; the call is where they stop."""
    called: list[str] = []

    def spy(name: str) -> Callable[..., object]:
        def call(*_: object, **__: object) -> object:
            called.append(name)
            raise Spied(name)

        return call

    monkeypatch.setattr(faiss, "deserialize_index", spy("faiss"))
    monkeypatch.setattr(sqlite3, "connect", spy("sqlite3"))
    monkeypatch.setattr(tantivy, "Index", type("Index", (), {"open": staticmethod(spy("tantivy"))}))
    return called


@pytest.fixture
def rebuilt(printed: Newsroom) -> Newsroom:
    """An index of two generations, the former one still kept."""
    printed.print("tram.txt", "A tram derailed at noon.", "2031-03-09")
    printed.build()
    return printed


def files_of(folder: Path) -> list[Path]:
    return [p for p in sorted(folder.rglob("*")) if p.is_file() and p.suffix != ".lock"]


def counterpart(path: Path, index: Path) -> bytes:
    """The file of the former generation that is most like this one: segments have names of their own."""
    if path.name == "CURRENT":
        return json.dumps({"generation": "000001", "manifest_sha256": "0" * 64}).encode()
    former = files_of(index / "generations" / "000001")
    named = [p for p in former if p.name == path.name]
    return (named or [p for p in former if p.suffix == path.suffix])[0].read_bytes()


def refusal(index: Path) -> str | None:
    """The one line that an index is refused with; None where it opens."""
    try:
        open_current(index)
    except IndexFault as error:
        line = str(error)
    else:
        return None
    assert "\n" not in line
    assert "onrecord index" in line
    return line


@pytest.mark.slow
def test_mutants_of_every_file_are_refused_before_a_parser_sees_them(
    rebuilt: Newsroom, parsers: list[str]
) -> None:
    files = files_of(generation_folder(rebuilt.index))
    assert {p.name for p in files} >= {"manifest.json", "archive.sqlite", "vectors.faiss", "meta.json"}
    assert len(files) >= 14
    began, refused = monotonic(), 0
    for path in files:
        data = path.read_bytes()
        for mutant in mutants(data, counterpart(path, rebuilt.index), path.suffix):
            path.write_bytes(mutant)
            assert refusal(rebuilt.index)
            refused += 1
        path.write_bytes(data)
    assert parsers == []
    assert refused == MUTANTS * len(files)
    print(f"{len(files)} files, {refused} mutants refused, {monotonic() - began:.1f} s")  # noqa: T201


def test_the_spies_are_called_for_a_sound_index(
    rebuilt: Newsroom, parsers: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(Spied):
        open_current(rebuilt.index)
    monkeypatch.setattr("index.generation.generation.Archive", lambda path: None)
    with pytest.raises(Spied):
        open_current(rebuilt.index)
    monkeypatch.setattr("index.generation.generation.Words", lambda path: None)
    with pytest.raises(Spied):
        open_current(rebuilt.index)
    assert parsers == ["sqlite3", "tantivy", "faiss"]


def same(found: Generation, wanted: Generation) -> bool:
    return (found.number, found.sha256) == (wanted.number, wanted.sha256)


def test_a_mutant_of_current_is_refused_or_means_the_same(rebuilt: Newsroom) -> None:
    path, wanted = rebuilt.index / "CURRENT", open_current(rebuilt.index)
    refused = 0
    for mutant in mutants(path.read_bytes(), counterpart(path, rebuilt.index), "CURRENT"):
        path.write_bytes(mutant)
        if refusal(rebuilt.index):
            refused += 1
        else:
            assert json.loads(mutant) == {"generation": wanted.number, "manifest_sha256": wanted.sha256}
            assert same(open_current(rebuilt.index), wanted)
    assert refused >= MUTANTS - 5


def test_a_current_written_otherwise_means_the_same(rebuilt: Newsroom) -> None:
    path, wanted = rebuilt.index / "CURRENT", open_current(rebuilt.index)
    data = path.read_bytes()
    turned = json.dumps(dict(reversed(json.loads(data).items()))).encode()
    for content in (data + b"\n", b" \t" + data, data.replace(b": ", b":"), turned):
        path.write_bytes(content)
        assert same(open_current(rebuilt.index), wanted)


def test_every_bit_of_current_s_number_and_hash_counts(rebuilt: Newsroom, parsers: list[str]) -> None:
    path = rebuilt.index / "CURRENT"
    data = path.read_bytes()
    places = [p for m in re.finditer(rb"[0-9a-f]{6,}", data) for p in range(*m.span())]
    assert len(places) == 6 + 64
    for place in places:
        for bit in range(8):
            path.write_bytes(data[:place] + bytes([data[place] ^ 1 << bit]) + data[place + 1 :])
            assert refusal(rebuilt.index)
    assert parsers == []


def test_the_number_of_the_former_generation_does_not_open_it(rebuilt: Newsroom) -> None:
    path = rebuilt.index / "CURRENT"
    path.write_bytes(path.read_bytes().replace(b"000002", b"000001"))
    assert "manifest.json is not the file that was written" in str(refusal(rebuilt.index))


def test_a_former_current_put_back_opens_the_former_generation_whole(printed: Newsroom) -> None:
    former, wanted = (printed.index / "CURRENT").read_bytes(), open_current(printed.index)
    printed.build()
    (printed.index / "CURRENT").write_bytes(former)
    assert same(open_current(printed.index), wanted)


def test_generations_that_changed_places_are_refused(rebuilt: Newsroom) -> None:
    one, two = (rebuilt.index / "generations" / number for number in ("000001", "000002"))
    one.rename(rebuilt.index / "aside")
    two.rename(one)
    (rebuilt.index / "aside").rename(two)
    assert "manifest.json is not the file that was written" in str(refusal(rebuilt.index))


@pytest.mark.parametrize("name", ["../000001/archive.sqlite", "/etc/hostname", "words/../../x", ".."])
def test_a_manifest_that_names_a_place_outside_is_refused(
    rebuilt: Newsroom, parsers: list[str], name: str
) -> None:
    folder = generation_folder(rebuilt.index)
    manifest = json.loads((folder / "manifest.json").read_text("utf-8"))
    rehash(rebuilt.index, files={**manifest["files"], name: "0" * 64})
    assert "names other files than an index has" in str(refusal(rebuilt.index))
    assert parsers == []


@pytest.mark.parametrize("name", ["archive.sqlite", "vectors.faiss", "tokens.codec", "words/meta.json"])
def test_a_manifest_that_leaves_a_file_out_is_refused(
    rebuilt: Newsroom, parsers: list[str], name: str
) -> None:
    folder = generation_folder(rebuilt.index)
    files = json.loads((folder / "manifest.json").read_text("utf-8"))["files"]
    rehash(rebuilt.index, files={key: value for key, value in files.items() if key != name})
    assert "names other files than an index has" in str(refusal(rebuilt.index))
    assert parsers == []


@pytest.mark.parametrize("put", ["link", "folder", "pipe"])
def test_what_is_no_plain_file_is_refused_and_not_waited_for(
    rebuilt: Newsroom, parsers: list[str], put: str
) -> None:
    for path in files_of(generation_folder(rebuilt.index)):
        if path.name == "manifest.json":
            continue
        aside = path.rename(rebuilt.index / "aside")
        if put == "link":
            path.symlink_to(aside)
        elif put == "folder":
            path.mkdir()
        else:
            os.mkfifo(path)
        assert f"{path} can't be read (it is no plain file)" in str(refusal(rebuilt.index))
        path.rmdir() if put == "folder" else path.unlink()
        aside.rename(path)
    assert parsers == []
    assert current_number(rebuilt.index) == "000002"


def test_a_folder_in_place_of_the_manifest_or_the_generations_is_refused(rebuilt: Newsroom) -> None:
    manifest = generation_folder(rebuilt.index) / "manifest.json"
    manifest.unlink()
    manifest.mkdir()
    assert "can't be read (Is a directory)" in str(refusal(rebuilt.index))
    (rebuilt.index / "generations").rename(rebuilt.index / "aside")
    (rebuilt.index / "generations").write_bytes(b"")
    assert "can't be read (Not a directory)" in str(refusal(rebuilt.index))
