"""Logs what builds do to the disk.

What Python does comes from audit events; what SQLite and tantivy do inside is what has changed
between two of those. Their own fsyncs aren't seen, so the log promises less than they do.
"""

from __future__ import annotations

import os
import signal
from collections.abc import Sequence
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path
from unittest.mock import patch

import index.build.writing
from index.build.build import build
from index.generation import generation
from index.generation.manifest import Manifest
from tests.crash.disk import TOP, Id, Make, Operation, Published, Remove, Rename, Sync, Write
from tests.crash.processes import CONTEXT, PATIENCE, small_batches, started
from tests.crash.steps import Step, listen
from tests.fakes import BagOfWords


@dataclass(slots=True)
class _Known:
    """A file or folder as it was last seen; a folder has entries, a file content."""

    id: Id
    inode: int
    entries: dict[str, _Known] | None
    content: bytes = b""


class Recorder:
    """Compares a folder with what it was at the last step, and logs the operations in between.

    `log` is of all builds, `steps` are of the last one.
    """

    def __init__(self, top: Path) -> None:
        """Begin with an empty folder, which has always been there."""
        self.top = top
        self._root = _Known(TOP, top.stat().st_ino, {})
        self._ids = TOP + 1
        self.log: list[Operation] = []
        self.steps: list[Step] = []

    def step(self, step: Step) -> None:
        """Log what is done before this step, and the step itself where it moves or syncs."""
        self.compare()
        if step.name == "fsync":
            self.log.append(Sync(self._at(step.path).id, step.path))
        elif step.name == "os.rename":
            self._rename(step)

    def compare(self) -> None:
        """Log what has changed on the disk."""
        self._compare(self._root, self.top)

    def _rename(self, step: Step) -> None:
        source, target = Path(step.path), Path(step.target)
        folder, new_folder = self._at(str(source.parent)), self._at(str(target.parent))
        moved = _entries(folder).pop(source.name)
        _entries(new_folder)[target.name] = moved
        self.log.append(Rename(folder.id, source.name, new_folder.id, target.name, moved.id))

    def _at(self, path: str) -> _Known:
        known = self._root
        for name in Path(path).parts:
            known = _entries(known)[name]
        return known

    def _compare(self, folder: _Known, path: Path) -> None:
        known = _entries(folder)
        real = {entry.name: entry for entry in sorted(os.scandir(path), key=lambda e: e.name)}
        for name in [n for n in known if n not in real or real[n].inode() != known[n].inode]:
            self._remove(folder, name)
        for name, entry in real.items():
            if name not in known:
                self._make(folder, name, entry)
            if known[name].entries is not None:
                self._compare(known[name], path / name)
            elif (content := (path / name).read_bytes()) != known[name].content:
                known[name].content = content
                self.log.append(Write(known[name].id, content))

    def _make(self, folder: _Known, name: str, entry: os.DirEntry[str]) -> None:
        made = _Known(self._ids, entry.inode(), {} if entry.is_dir() else None)
        self._ids += 1
        _entries(folder)[name] = made
        self.log.append(Make(folder.id, name, made.id, entry.is_dir()))

    def _remove(self, folder: _Known, name: str) -> None:
        gone = _entries(folder)[name]
        for inner in list(gone.entries or ()):
            self._remove(gone, inner)
        del _entries(folder)[name]
        self.log.append(Remove(folder.id, name, gone.id))


def _entries(folder: _Known) -> dict[str, _Known]:
    if folder.entries is None:
        raise NotADirectoryError("a file has no entries")
    return folder.entries


def record(top: Path, root: Path, builds: Sequence[tuple[Path, int]]) -> Recorder:
    """Record builds at `root` below a new folder `top`, one after another, each in its own process.

    A build is its articles and the step that it is killed before, or 0 to let it live.
    """
    top.mkdir()
    recorder = Recorder(top)
    for articles, die_before in builds:
        ours, theirs = CONTEXT.Pipe()
        process = started(_build, root, articles, die_before, recorder, theirs)
        recorder = ours.recv()
        process.join(PATIENCE)
    return recorder


def _build(root: Path, articles: Path, die_before: int, recorder: Recorder, connection: Connection) -> None:
    built = False

    def step(step: Step) -> None:
        if built:
            return
        recorder.steps.append(step)
        if len(recorder.steps) == die_before:
            recorder.compare()
            connection.send(recorder)
            os.kill(os.getpid(), signal.SIGKILL)
        recorder.step(step)

    def publish(root: Path, draft: Path, manifest: Manifest) -> str:
        number = real(root, draft, manifest)
        recorder.log.append(Published())
        return number

    real = generation.publish
    recorder.steps.clear()
    listen(recorder.top, step, syncing=False)
    with small_batches(), patch.object(index.build.writing, "publish", publish):
        build(root, [articles], BagOfWords(), allow_removal=True)
    built = True
    recorder.compare()
    connection.send(recorder)
