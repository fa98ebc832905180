"""A folder of links to the files of another one, for what writes a file of its own wherever it reads."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import gettempdir, mkdtemp
from time import sleep

from index.errors import IndexFault

_LOCK = ".lock"
_TRIES = 100
_MEMORY = "/dev/shm"  # noqa: S108 - kept in memory by Linux, so it can be written to where no disk can


@contextmanager
def linked(folder: Path) -> Iterator[Path]:
    """Give a private folder for a moment, with links to the files of this one, but for locks.

    tantivy makes a file to lock where it opens an index, also for reading alone; so that an index can be read that
    must not be written to, it is opened here. What it has opened stays open when the links are gone. Raises
    FileNotFoundError where the folder is gone, IndexFault where nothing temporary can be written.
    """
    files = [file for file in folder.absolute().iterdir() if file.suffix != _LOCK]
    made = _temporary()
    try:
        for file in files:
            (made / file.name).symlink_to(file)
        yield made
    finally:
        _remove(made)


def _temporary() -> Path:
    try:
        return Path(mkdtemp(prefix="onrecord-", dir=_usual() or _MEMORY))
    except OSError as error:
        raise IndexFault(
            f"no folder for temporary files can be written to ({error.strerror}); name one: TMPDIR=/a/folder"
        ) from None


def _usual() -> str | None:
    """Where temporary files usually go; None on a machine whose disks are all read-only."""
    try:
        return gettempdir()
    except FileNotFoundError:
        return None


def _remove(folder: Path) -> None:
    """Remove a folder, though tantivy's threads may make or remove a lock in it meanwhile."""
    for _ in range(_TRIES):
        shutil.rmtree(folder, ignore_errors=True)
        if not folder.exists():
            return
        sleep(0.01)
