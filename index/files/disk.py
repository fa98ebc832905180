"""What a power cut must not undo: contents and names that are on the disk before the next step."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path


def sync(path: Path) -> None:
    """Wait until a file's content, or a folder's names, are on the disk; raises OSError."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def make_folder(folder: Path) -> None:
    """Make a folder and those it lies in, each on the disk before the next; raises OSError.

    Where a folder is there already, its name is synced too, if that is possible: a run that was
    killed may have made it a moment before.
    """
    if folder.is_dir():
        with suppress(OSError):  # the folder around it may be another's, or of a kind without fsync
            sync(folder.parent)
        return
    make_folder(folder.parent)
    folder.mkdir(exist_ok=True)
    sync(folder.parent)
