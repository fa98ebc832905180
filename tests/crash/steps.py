"""Every file operation that this process makes below one folder, told just before it happens."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple
from unittest.mock import patch
from urllib.parse import unquote, urlsplit

# PEP 578's audit events of file operations: at which arguments their paths stand, and the handles
# of the folders that those are relative to.
_EVENTS: dict[str, tuple[tuple[int, int | None], ...]] = {
    "open": ((0, None),),
    "os.chmod": ((0, 2),),
    "os.mkdir": ((0, 2),),
    "os.remove": ((0, 1),),
    "os.rename": ((0, 2), (1, 3)),
    "os.rmdir": ((0, 1),),
    "shutil.rmtree": ((0, None),),
    "sqlite3.connect": ((0, None),),
}


class Step(NamedTuple):
    """An operation about to happen, on a path below the folder; a rename has two."""

    name: str
    path: str
    target: str = ""

    def __str__(self) -> str:
        return " ".join(filter(None, (self.name.removeprefix("os."), self.path, self.target)))


def listen(top: Path, told: Callable[[Step], None], *, syncing: bool = True) -> None:
    """Tell of every operation below `top` from now to the end of this process.

    These are the steps that Python takes, by audit events, and each `os.fsync`; what SQLite and
    tantivy do inside is not among them. Operations of `told` itself are not told. Without
    `syncing` an fsync is told and not made: for a kill it makes no difference.
    """
    busy = False

    def tell(name: str, *places: str) -> None:
        nonlocal busy
        if busy or not all(Path(place).is_relative_to(top) for place in places):
            return
        busy = True
        try:
            told(Step(name, *(Path(place).relative_to(top).as_posix() for place in places)))
        finally:
            busy = False

    def hook(event: str, arguments: tuple[object, ...]) -> None:
        if event in _EVENTS:
            tell(event, *(_place(arguments, *where) for where in _EVENTS[event]))

    fsync = os.fsync

    def sync(handle: int) -> None:
        tell("fsync", _opened(handle))
        if syncing:
            fsync(handle)

    sys.addaudithook(hook)
    patch.object(os, "fsync", sync).start()


def _place(arguments: tuple[object, ...], at: int, beneath: int | None) -> str:
    """The absolute path of an audit event's argument; empty for what is no path."""
    path = arguments[at]
    if isinstance(path, int):
        return _opened(path)
    if not isinstance(path, str | bytes | os.PathLike):
        return ""
    text = os.fsdecode(path)
    if text.startswith("file:"):
        return unquote(urlsplit(text).path)
    folder = arguments[beneath] if beneath is not None else None
    return str(Path(_opened(folder) if isinstance(folder, int) and folder >= 0 else Path.cwd()) / text)


def _opened(handle: int) -> str:
    return str(Path(f"/proc/self/fd/{handle}").readlink())
