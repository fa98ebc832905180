"""`onrecord index --watch`: a new generation after every change of the articles."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from threading import Event

from watchfiles import Change, watch

from index.build.build import Report
from index.errors import IndexBusy, IndexFault

# Milliseconds. Changes are gathered until such a pause comes, but not for longer than the second.
_PAUSE, _LONGEST = 500, 10_000
# How often to look whether a folder is back, or another run has ended.
_AGAIN = 1_000

Build = Callable[[], Report]
Tell = Callable[[Report | str], None]


def keep_current(
    index: Path, folders: Sequence[Path], build: Build, tell: Tell, stop: Event | None = None
) -> None:
    """Build now and after every change under the folders, until `stop` is set or Ctrl-C is pressed.

    Every report, and every fault in a line, goes to `tell`; a fault ends nothing. While another run
    holds the index, the build waits for its end. Raises ValueError for what is not a folder.
    """
    for folder in folders:
        if not folder.is_dir():
            raise ValueError(f"{folder} is not a folder; --watch watches folders")
    due, said = False, ""
    for changed in _changes(index.resolve(), [f.absolute() for f in folders], stop or Event()):
        due = due or changed
        if not due:
            continue
        try:
            tell(build())
            due, said = False, ""
        except (IndexFault, ValueError, OSError) as error:
            due = isinstance(error, IndexBusy)
            if str(error) != said:
                said = str(error)
                tell(said)


def _changes(index: Path, folders: Sequence[Path], stop: Event) -> Iterator[bool]:
    """Whether something changed, again and again; at first, and when a folder is another one, it did."""

    def matters(_: Change, path: str) -> bool:
        # The index may lie among the articles; what is hidden is no article.
        hidden = any(part.startswith(".") for part in _below(Path(path), folders))
        return not hidden and not Path(path).resolve().is_relative_to(index)

    while not stop.is_set():
        watched, first = _identities(folders), True
        for found in _watched(folders, matters, stop) if watched else ():
            others = _identities(folders) != watched
            yield first or found or others
            first = False
            if others:
                break
        stop.wait(0 if watched else _AGAIN / 1000)


def _watched(folders: Sequence[Path], matters: Callable[[Change, str], bool], stop: Event) -> Iterator[bool]:
    """Whether something that matters changed, at least every `_AGAIN` milliseconds."""
    try:
        for found in watch(
            *folders,
            watch_filter=matters,
            debounce=_LONGEST,
            step=_PAUSE,
            rust_timeout=_AGAIN,
            yield_on_timeout=True,
            stop_event=stop,
        ):
            yield bool(found)
    except FileNotFoundError:
        return  # gone between the look and the watch


def _below(path: Path, folders: Sequence[Path]) -> tuple[str, ...]:
    """The parts of a path below the folder that holds it."""
    for folder in folders:
        if path.is_relative_to(folder):
            return path.relative_to(folder).parts
    return path.parts


def _identities(folders: Sequence[Path]) -> list[tuple[int, int]]:
    """What tells the folders from others of their names; empty when one is missing."""
    try:
        return [(stat.st_dev, stat.st_ino) for stat in (folder.stat() for folder in folders)]
    except OSError:
        return []
