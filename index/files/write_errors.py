"""A disk that is full or fails, told in one line, whichever of Python, SQLite and tantivy met it."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from index.errors import IndexFault, IndexUnwritten

_OF_THE_SYSTEM = re.compile(r"([A-Z][\w ]{1,80}) \(os error [0-9]{1,3}\)")


@contextmanager
def told(root: Path) -> Iterator[None]:
    """Raise IndexUnwritten where what is written under `root` is not taken."""
    try:
        yield
    except IndexFault:
        raise
    except (OSError, sqlite3.Error) as error:
        raise IndexUnwritten(
            f"the index at {root} can't be written ({_why(error)}) and is as it was; see that its disk "
            "has room and takes files, then run `onrecord index` again"
        ) from error


@contextmanager
def tantivy_s_told() -> Iterator[None]:
    """Raise OSError where tantivy could not write: it says so by ValueError, in words of its own."""
    try:
        yield
    except ValueError as error:
        found = _OF_THE_SYSTEM.search(str(error))
        raise OSError(found[1] if found else "the disk did not take the words") from error


def _why(error: OSError | sqlite3.Error) -> str:
    return error.strerror if isinstance(error, OSError) and error.strerror else str(error)
