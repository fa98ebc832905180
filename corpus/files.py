"""The files of an archive: found without following links, opened without waiting on anything."""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO
from unicodedata import category

MAX_BYTES = 64_000_000
LABELS = "labels.toml"
# Errors that say what a name is, or that there is none; after all others it is unknown what it holds.
_SEEN = {errno.ELOOP, errno.ENOENT, errno.ENXIO, errno.ENODEV, errno.ENOTDIR}


class Unseen(ValueError):
    """A file that could not be looked at; the message says why."""


@dataclass(frozen=True, slots=True)
class FoundFile:
    """A name found in an archive: its path under the root with `/`, and why it can't be read, if so.

    `unseen` where it is a folder that could not be looked into.
    """

    path: str
    place: Path
    problem: str | None = None
    unseen: bool = False

    @property
    def name(self) -> str:
        """The path's last part."""
        return self.path.rpartition("/")[2]


def list_files(root: Path) -> list[FoundFile]:
    """List a folder's files, below and in it, or the one file that `root` is, sorted by path.

    Hidden names (`.git`, `.DS_Store`) are no part of an archive. Links are listed with a problem
    and never followed; only `root` itself may be one. Raises FileNotFoundError, or
    NotADirectoryError where `root` is neither a folder nor a file, or ValueError where its path is
    no text.
    """
    check_path(root)
    if not root.exists():
        raise FileNotFoundError(f"There is no folder or file {root}: check the path of the archive.")
    place = root.resolve()
    if place.is_file():
        return [FoundFile(place.name, place, _name_problem(place.name))]
    if not place.is_dir():
        raise NotADirectoryError(
            f"{root} is neither a folder nor a file: give the folder that holds the articles."
        )
    return sorted(_walk(place, ""), key=lambda found: found.path)


def check_path(path: Path) -> None:
    """Raise ValueError, with a one-line message, for a path that could not be written down as text."""
    try:
        str(path.absolute()).encode()
    except UnicodeEncodeError:
        raise ValueError(f"The path {_printable(str(path))} is not UTF-8: rename the folder.") from None


def read_bytes(place: Path, limit: int = MAX_BYTES) -> bytes:
    """Read a regular file of at most `limit` bytes.

    Neither follows a link nor waits on a pipe. Raises ValueError with a one-line reason, Unseen where the file could
    not be looked at.
    """
    try:
        # O_NONBLOCK: opening a pipe nobody writes to would wait for ever.
        handle = os.open(place, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    except OSError as error:
        raise _fault(error) from None
    with os.fdopen(handle, "rb") as file:
        state = os.fstat(handle)
        if not stat.S_ISREG(state.st_mode):
            raise ValueError("is not a regular file")
        if state.st_size > limit:
            raise ValueError(f"is too big: {state.st_size:,} bytes, at most {limit:,} are read; split it")
        # Never asked for more than it has: Python makes room for all that is asked for.
        data = _read(file, state.st_size + 1)
        if len(data) > state.st_size:
            data += _read(file, limit + 1 - len(data))
    if len(data) > limit:  # it grew after it was measured
        raise ValueError(f"is too big: more than {limit:,} bytes; split it")
    return data


def _read(file: BinaryIO, size: int) -> bytes:
    try:
        return file.read(size)
    except OSError as error:
        raise _fault(error) from None


def _walk(folder: Path, prefix: str) -> Iterator[FoundFile]:
    try:
        with os.scandir(folder) as entries:
            found = list(entries)
    except OSError as error:
        problem = f"is a folder that {_why(error)}"
        yield FoundFile(_printable(prefix.rstrip("/")), folder, problem, error.errno not in _SEEN)
        return
    for entry in found:
        if not entry.name.startswith("."):
            yield from _entry(entry, prefix)


def _entry(entry: os.DirEntry[str], prefix: str) -> Iterator[FoundFile]:
    path, place = prefix + entry.name, Path(entry.path)
    problem = _name_problem(entry.name)
    if problem is None and entry.is_dir(follow_symlinks=False):
        yield from _walk(place, path + "/")
        return
    if problem is None and entry.is_symlink():
        problem = "is a link, and links are not followed; copy the file or folder into the archive"
    yield FoundFile(_printable(path), place, problem)


def _name_problem(name: str) -> str | None:
    """Say why a name can be no part of an article's id, or None."""
    if name != _printable(name):
        return "has a name with characters that can't be shown; rename it"
    return None


def _printable(path: str) -> str:
    """Escape undecodable bytes (lone surrogates) and control characters of a path."""
    return "".join(
        c.encode("unicode_escape").decode() if category(c) in {"Cc", "Cs", "Zl", "Zp"} else c for c in path
    )


def _fault(error: OSError) -> ValueError:
    return ValueError(_why(error)) if error.errno in _SEEN else Unseen(_why(error))


def _why(error: OSError) -> str:
    match error.errno:
        case errno.ELOOP:
            return "is a link, and links are not followed; copy the file or folder into the archive"
        case errno.EACCES | errno.EPERM:
            return "may not be read by you; change its permissions"
        case errno.ENOENT:
            return "vanished while the archive was read"
        case errno.ENXIO | errno.ENODEV:
            return "is not a regular file"
        case _:
            return f"can't be read ({error.strerror})"
