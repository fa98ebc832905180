"""A folder of links to the files of another one, for what writes a file of its own wherever it reads."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory, gettempdir

from index.hits import IndexFault

_LOCK = ".lock"
_MEMORY = "/dev/shm"  # noqa: S108 - kept in memory by Linux, so it can be written to where no disk can


@contextmanager
def linked(folder: Path) -> Iterator[Path]:
    """Give a private folder for a moment, with links to the files of this one, but for locks.

    tantivy makes a file to lock where it opens an index, also for reading alone; so that an index can be read that
    must not be written to, it is opened here. What it has opened stays open when the links are gone. Raises
    FileNotFoundError where the folder is gone, IndexFault where nothing temporary can be written.
    """
    files = [file for file in folder.absolute().iterdir() if file.suffix != _LOCK]
    with _temporary() as made:
        for file in files:
            (Path(made) / file.name).symlink_to(file)
        yield Path(made)


def _temporary() -> TemporaryDirectory[str]:
    try:
        return TemporaryDirectory(prefix="onrecord-", dir=_usual() or _MEMORY)
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
