"""The files of an archive: found without following links, opened without waiting on anything."""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO
from unicodedata import category

MAX_BYTES = 64_000_000
MAX_DEPTH = 100  # folders in each other
LABELS = "labels.toml"
# Errors that say what a name is, or that there is none; after all others it is unknown what it holds.
_SEEN = {errno.ELOOP, errno.ENOENT, errno.ENXIO, errno.ENODEV, errno.ENOTDIR}
_FOLDER = os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC
# Where the system has it, a folder may be passed through that may not be listed.
_THROUGH = _FOLDER | getattr(os, "O_PATH", os.O_RDONLY)
# O_NONBLOCK: opening a pipe nobody writes to would wait for ever.
_FILE = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC


class Unseen(ValueError):
    """A file that could not be looked at; the message says why."""


@dataclass(frozen=True, slots=True)
class Root:
    """An archive's folder, held open: what is opened in it lies in it, whatever becomes of its path.

    `file` is the name of the one file in it that is read, where the archive is one file.
    """

    handle: int
    file: str | None = None


@dataclass(frozen=True, slots=True)
class FoundFile:
    """A name found in an archive: its path under the root with `/`, and why it can't be read, if so.

    `unseen` where it is a folder that could not be looked into.
    """

    path: str
    problem: str | None = None
    unseen: bool = False

    @property
    def name(self) -> str:
        """The path's last part."""
        return self.path.rpartition("/")[2]


@contextmanager
def open_root(path: Path) -> Iterator[Root]:
    """Hold an archive open: a folder with all below and in it, or one file. Only `path` itself may be a link.

    Raises FileNotFoundError, or NotADirectoryError where it is neither a folder nor a file, PermissionError,
    or ValueError where the path is no text.
    """
    check_path(path)
    if not path.exists():
        raise FileNotFoundError(f"There is no folder or file {path}: check the path of the archive.")
    place = path.resolve()
    file = place.name if place.is_file() else None
    if file is None and not place.is_dir():
        raise NotADirectoryError(
            f"{path} is neither a folder nor a file: give the folder that holds the articles."
        )
    folder = place.parent if file else place
    try:
        handle = os.open(folder, _THROUGH)
    except OSError as error:
        raise type(error)(f"The folder {folder} {_why(error)}.") from None
    try:
        yield Root(handle, file)
    finally:
        os.close(handle)


def list_files(root: Root) -> list[FoundFile]:
    """List an archive's files, sorted by path.

    Hidden names (`.git`, `.DS_Store`) are no part of an archive. Links are listed with a problem
    and never followed.
    """
    if root.file:
        return [FoundFile(root.file, _name_problem(root.file))]
    return sorted(_walk(root), key=lambda found: found.path)


def check_path(path: Path) -> None:
    """Raise ValueError, with a one-line message, for a path that could not be written down as text."""
    try:
        str(path.absolute()).encode()
    except UnicodeEncodeError:
        raise ValueError(f"The path {_printable(str(path))} is not UTF-8: rename the folder.") from None


def read_bytes(root: Root, path: str, limit: int = MAX_BYTES) -> bytes:
    """Read a regular file of at most `limit` bytes.

    Neither follows a link nor waits on a pipe. Raises ValueError with a one-line reason, Unseen where the file could
    not be looked at.
    """
    try:
        handle = _open(root, path, _FILE)
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


def _open(root: Root, path: str, flags: int) -> int:
    """Open what a path names below the root, a name at a time: none of them may be a link by now."""
    *folders, name = path.split("/")
    with ExitStack() as passed:
        inside = root.handle
        for folder in folders:
            inside = os.open(folder, _THROUGH, dir_fd=inside)
            passed.callback(os.close, inside)
        return os.open(name, flags, dir_fd=inside)


def _walk(root: Root) -> Iterator[FoundFile]:
    """Go through the folders, each opened from the root on, so that no more than one is held open."""
    waiting = [""]
    while waiting:
        folder = waiting.pop()
        for found, is_folder in _entries(root, folder):
            if is_folder:
                waiting.append(found.path)
            else:
                yield found


def _entries(root: Root, folder: str) -> Iterator[tuple[FoundFile, bool]]:
    """What a folder holds, and whether each is a folder to go into; or the folder itself, with its problem."""
    if folder.count("/") >= MAX_DEPTH:
        problem = f"is more than {MAX_DEPTH} folders deep, and not looked into; move it up"
        yield FoundFile(folder, problem, unseen=True), False
        return
    try:
        handle = _open(root, folder or ".", _FOLDER | os.O_RDONLY)
    except OSError as error:
        yield _unseen_folder(folder, error), False
        return
    try:
        with os.scandir(handle) as entries:
            found = [_entry(entry, folder) for entry in entries if not entry.name.startswith(".")]
    except OSError as error:
        found = [(_unseen_folder(folder, error), False)]
    finally:
        os.close(handle)
    yield from found


def _unseen_folder(folder: str, error: OSError) -> FoundFile:
    return FoundFile(folder, f"is a folder that {_why(error)}", error.errno not in _SEEN)


def _entry(entry: os.DirEntry[str], folder: str) -> tuple[FoundFile, bool]:
    path = f"{folder}/{entry.name}" if folder else entry.name
    problem = _name_problem(entry.name)
    if problem is None and entry.is_dir(follow_symlinks=False):
        return FoundFile(path), True
    if problem is None and entry.is_symlink():
        problem = "is a link, and links are not followed; copy the file or folder into the archive"
    return FoundFile(_printable(path), problem), False


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
        case errno.ENOTDIR:
            return "was replaced while the archive was read"
        case errno.ENXIO | errno.ENODEV:
            return "is not a regular file"
        case _:
            return f"can't be read ({error.strerror})"
