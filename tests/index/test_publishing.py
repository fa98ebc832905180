"""One run writes at a time, and what it publishes appears whole, is kept and is cleared away in order."""

from __future__ import annotations

import fcntl
import json
import os
import shutil
import subprocess
import sys
from dataclasses import asdict, replace
from pathlib import Path

import pytest

from assistant.assistant import Assistant
from index.errors import IndexBusy
from index.generation import manifest as manifest_module
from index.generation.generation import DRAFT, LOCK, current_number, drafting, open_current, publish, writing
from index.generation.manifest import Manifest, file_hash
from tests.newsroom import BRIDGE, Newsroom, shown


def test_only_one_run_writes_at_a_time(tmp_path: Path) -> None:
    with writing(tmp_path), pytest.raises(IndexBusy, match="wait for it to end"), writing(tmp_path):
        pytest.fail("two runs hold the lock")
    with writing(tmp_path):
        pass


def test_a_build_while_another_process_writes_is_refused_and_its_death_frees_the_lock(
    printed: Newsroom,
) -> None:
    code = (
        "import fcntl, sys; f = open(sys.argv[1], 'w'); fcntl.flock(f, fcntl.LOCK_EX); print('held'); input()"
    )
    lock = printed.index / LOCK
    with subprocess.Popen(
        [sys.executable, "-c", code, str(lock)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as holder:
        assert holder.stdout
        assert holder.stdout.readline() == b"held\n"
        with pytest.raises(IndexBusy, match="another indexing run"):
            printed.build()
        assert shown(printed.ask("How many dockers joined the strike?"))
        holder.kill()
    assert printed.build().unchanged == 3


def test_a_lock_left_behind_holds_nobody_up(printed: Newsroom) -> None:
    with (printed.index / LOCK).open("w") as left:
        fcntl.flock(left, fcntl.LOCK_EX)
    assert printed.build().unchanged == 3


def test_two_generations_are_kept(printed: Newsroom) -> None:
    for _ in range(3):
        printed.build()
    assert sorted(p.name for p in (printed.index / "generations").iterdir()) == ["000003", "000004"]
    assert current_number(printed.index) == "000004"
    assert sorted(p.name for p in printed.index.iterdir()) == [
        "CURRENT",
        "generations",
        "onrecord-index.json",
        "onrecord-lock",
    ]


def test_a_held_generation_is_read_to_its_end_whatever_is_published(printed: Newsroom) -> None:
    held = open_current(printed.index)
    for body in ("The tram derailed.", "The tram is back.", "The tram is blue."):
        (printed.articles / "strike.txt").write_text(body, "utf-8")
        printed.build()
    assert not (printed.index / "generations" / held.number).exists()
    assert "1,400 dockers" in held.archive.article("strike.txt").text
    assert {a.id for a in held.archive.articles()} == {"bridge.txt", "flood.txt", "strike.txt"}
    (hit,) = held.words.search(["docker"], 5)
    (passage,) = held.archive.passages([hit.passage_id])
    assert held.archive.article_at(passage.article).id == "strike.txt"
    assert (
        held.vectors.search(printed.embedder.embed_query("dockers strike").vector, 1)[0].passage_id
        == passage.id
    )


def test_a_generation_removed_while_it_is_opened_gives_way_to_the_newer(
    printed: Newsroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    hash_of = file_hash

    def hash_slowly(path: Path) -> str:
        monkeypatch.setattr(manifest_module, "file_hash", hash_of)
        for _ in range(3):
            printed.build()
        return hash_of(path)

    monkeypatch.setattr(manifest_module, "file_hash", hash_slowly)
    assert open_current(printed.index).number == "000004"


def test_a_draft_that_fails_leaves_nothing(tmp_path: Path) -> None:
    def write() -> None:
        with drafting(tmp_path) as draft:
            (draft / "words").mkdir()
            (draft / "words" / "part").write_bytes(b"x")
            raise OSError(28, "disk full")

    with pytest.raises(OSError, match="full"):
        write()
    assert [p.name for p in tmp_path.iterdir()] == ["generations"]


def test_what_a_killed_run_left_is_cleared_away(printed: Newsroom) -> None:
    draft = printed.index / DRAFT / "words"
    draft.mkdir(parents=True)
    (draft / "meta.json").write_text("{}", "utf-8")
    (printed.index / "CURRENT.tmp").write_text("garbage", "utf-8")
    (printed.index / "generations" / "000002").mkdir()
    assert printed.build().generation == "000003"
    assert sorted(p.name for p in printed.index.iterdir()) == [
        "CURRENT",
        "generations",
        "onrecord-index.json",
        "onrecord-lock",
    ]
    assert printed.generation().number == "000003"


def test_everything_is_synced_before_current_names_it(
    printed: Newsroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    steps: list[str] = []
    real_sync, real_replace, real_rename = os.fsync, Path.replace, Path.rename

    def sync(handle: int) -> None:
        steps.append("sync " + str(Path(f"/proc/self/fd/{handle}").readlink().relative_to(printed.index)))
        real_sync(handle)

    def replace_(self: Path, target: Path) -> Path:
        steps.append(f"replace {target.name}")
        return real_replace(self, target)

    def rename(self: Path, target: Path) -> Path:
        steps.append(f"rename {self.name}")
        return real_rename(self, target)

    monkeypatch.setattr(os, "fsync", sync)
    monkeypatch.setattr(Path, "replace", replace_)
    monkeypatch.setattr(Path, "rename", rename)
    manifest = replace(printed.generation().manifest, files={})
    with drafting(printed.index) as draft:
        (draft / "words").mkdir()
        (draft / "words" / "part").write_bytes(b"x")
        publish(printed.index, draft, manifest)
    assert steps == [
        "sync onrecord-draft/manifest.json",
        "sync onrecord-draft/words",
        "sync onrecord-draft/words/part",
        "sync onrecord-draft",
        "rename onrecord-draft",
        "sync generations",
        "sync .",
        "sync CURRENT.tmp",
        "replace CURRENT",
        "sync .",
    ]


def test_a_manifest_is_what_was_published(printed: Newsroom) -> None:
    stored = json.loads(
        (printed.index / "generations" / current_number(printed.index) / "manifest.json").read_text("utf-8")
    )
    assert Manifest(**{**stored, "roots": tuple(stored["roots"])}) == printed.generation().manifest
    assert asdict(printed.generation().manifest).keys() == stored.keys()


def test_an_index_made_anew_at_the_same_place_is_seen(printed: Newsroom) -> None:
    open_assistant: Assistant = printed.assistant()
    assert shown(open_assistant.ask("How many dockers joined the strike?"))
    shutil.rmtree(printed.index)
    (printed.articles / "strike.txt").write_text("The tram derailed at noon.", "utf-8")
    assert printed.build().generation == "000001"
    assert "dockers" not in "".join(
        q.text for q in shown(open_assistant.ask("How many dockers joined the strike?"))
    )


def test_every_file_is_readable_by_others_and_no_orphan_stays(printed: Newsroom) -> None:
    orphan = printed.index / "generations" / "000002"  # as a kill between the rename and CURRENT leaves it
    shutil.copytree(printed.index / "generations" / "000001", orphan)
    printed.build()
    folders = sorted(p.name for p in (printed.index / "generations").iterdir())
    assert folders == ["000001", "000003"]
    files = [p for p in (printed.index / "generations" / "000003").rglob("*") if p.is_file()]
    assert len(files) > 4
    assert all(p.stat().st_mode & 0o044 == 0o044 for p in files)


def test_an_index_is_as_private_as_its_owner_s_other_files(newsroom: Newsroom) -> None:
    newsroom.print("bridge.txt", BRIDGE, "2031-03-01")
    former = os.umask(0o077)
    try:
        newsroom.build()
    finally:
        os.umask(former)
    files = [p for p in (newsroom.index / "generations").rglob("*") if p.is_file()]
    assert len(files) > 4
    assert not any(p.stat().st_mode & 0o077 for p in files)
