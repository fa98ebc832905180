"""A disk as a power cut finds it: what was synced, and what may have become of the rest.

After ALICE (Pillai et al., OSDI 2014), CrashMonkey (Mohan et al., OSDI 2018) and SQLite's
crash-simulating VFS. It promises no more than POSIX does, so it allows what no single file system does:

- An fsync of a file keeps its content, not its name. An fsync of a folder keeps its entries: names
  made, renamed and removed in it so far; not the content of files, and not the folder's own name.
- Of entries that were not synced any may be on the disk and any other not, whatever their order;
  those of one name follow each other.
- A file that was not synced may be as it was at its last fsync, as any write since left it, empty,
  cut off, or of full length with its end or the whole of it zeros or the old bytes.

Assumed: a rename happens wholly or not at all, between two folders too, and is kept once the folder
it leads to is synced; a folder is never in two places; what an fsync has reported as kept is kept,
whole and unchanged. Modes and times are not modelled.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache

Id = int
TOP: Id = 0  # the folder that everything lies in; it has always been there
# What is to be seen: by path, a file's content, or None for a folder.
Tree = dict[str, bytes | None]


@dataclass(frozen=True, slots=True)
class Make:
    """A file or folder appears under a name."""

    folder: Id
    name: str
    made: Id
    is_folder: bool


@dataclass(frozen=True, slots=True)
class Write:
    """A file has this content from now on."""

    file: Id
    content: bytes


@dataclass(frozen=True, slots=True)
class Rename:
    """A name moves, in its folder or to another; what had the new name is gone."""

    folder: Id
    name: str
    target: Id
    new_name: str
    moved: Id


@dataclass(frozen=True, slots=True)
class Remove:
    """A name disappears."""

    folder: Id
    name: str
    removed: Id


@dataclass(frozen=True, slots=True)
class Sync:
    """An fsync of a file or folder; `path` is its place, to name it by."""

    synced: Id
    path: str


@dataclass(frozen=True, slots=True)
class Published:
    """The program was told that what it made is there to stay."""


Entry = Make | Rename | Remove
Operation = Entry | Write | Sync | Published


@dataclass(frozen=True, slots=True)
class Choice:
    """What survives a power cut: which unsynced entries, by place, and the content of unsynced files."""

    entries: frozenset[int]
    contents: Mapping[Id, bytes]


class Disk:
    """What is kept for certain, and all that was done since."""

    def __init__(self) -> None:
        self._entries: dict[Id, dict[str, Id]] = {TOP: {}}
        self._contents: dict[Id, bytes] = {}
        self._unsynced: list[Entry] = []
        self._written: dict[Id, list[bytes]] = {}

    def apply(self, operation: Operation) -> None:
        """Do one operation."""
        match operation:
            case Make(made=made, is_folder=is_folder):
                if is_folder:
                    self._entries[made] = {}
                else:
                    self._contents[made] = b""
                self._unsynced.append(operation)
            case Rename() | Remove():
                self._unsynced.append(operation)
            case Write(file=file, content=content):
                self._written.setdefault(file, []).append(content)
            case Sync(synced=synced) if synced in self._entries:
                self._keep_entries(synced)
            case Sync(synced=synced) if synced in self._written:
                self._contents[synced] = self._written.pop(synced)[-1]

    def _keep_entries(self, folder: Id) -> None:
        """Keep the folder's entries, with what was done before to the same names elsewhere."""
        kept: set[int] = set()
        names: set[tuple[Id, str]] = set()
        for place in reversed(range(len(self._unsynced))):
            entry = self._unsynced[place]
            if _held_by(entry) == folder or names & _names(entry):
                kept.add(place)
                names |= _names(entry)
        for place in sorted(kept):
            _do(self._entries, self._unsynced[place])
        self._unsynced = [e for place, e in enumerate(self._unsynced) if place not in kept]

    def now(self) -> Tree:
        """What every process sees as long as the power is on."""
        newest = {file: contents[-1] for file, contents in self._written.items()}
        return self.after(Choice(frozenset(range(len(self._unsynced))), newest))

    def after(self, choice: Choice) -> Tree:
        """What is to be seen after a power cut from which this survived."""
        entries = {folder: dict(names) for folder, names in self._entries.items()}
        for place in sorted(choice.entries):
            _do(entries, self._unsynced[place])
        tree: Tree = {}
        _fill(tree, entries, {**self._contents, **choice.contents}, TOP, "")
        return tree

    def choices(self, dice: random.Random, samples: int) -> Iterator[Choice]:
        """What may survive: the extremes, each single thing lost or alone kept, and a sample."""
        every = frozenset(range(len(self._unsynced)))
        newest = {file: contents[-1] for file, contents in self._written.items()}
        for contents in ({}, newest):
            yield Choice(frozenset(), contents)
            yield Choice(every, contents)
            for place in every:
                yield Choice(every - {place}, contents)
                yield Choice(frozenset({place}), contents)
        for file in newest:
            for content in self._versions(file):
                yield Choice(every, {**newest, file: content})
        for _ in range(samples if every or newest else 0):
            likely = dice.random()
            kept = frozenset(place for place in every if dice.random() < likely)
            yield Choice(kept, {file: dice.choice(self._versions(file)) for file in newest})

    def _versions(self, file: Id) -> list[bytes]:
        """What may be in a file that was written since its last fsync."""
        old, written = self._contents[file], self._written[file]
        return [old, *written, *_torn(old, written[-1])]


@cache
def _torn(old: bytes, new: bytes) -> tuple[bytes, ...]:
    """What lies between two contents of a file: nothing, a part, zeros for the whole or the end, both mixed."""
    half = len(new) // 2
    return b"", new[:half], bytes(len(new)), new[:half] + bytes(len(new) - half), new[:half] + old[half:]


def _held_by(entry: Entry) -> Id:
    """The folder whose fsync keeps this."""
    return entry.target if isinstance(entry, Rename) else entry.folder


def _names(entry: Entry) -> set[tuple[Id, str]]:
    if isinstance(entry, Rename):
        return {(entry.folder, entry.name), (entry.target, entry.new_name)}
    return {(entry.folder, entry.name)}


def _do(entries: dict[Id, dict[str, Id]], entry: Entry) -> None:
    match entry:
        case Make(folder=folder, name=name, made=made):
            entries[folder][name] = made
        case Remove(folder=folder, name=name, removed=gone):
            if entries[folder].get(name) == gone:
                del entries[folder][name]
        case Rename(folder=folder, name=name, target=target, new_name=new_name, moved=moved):
            if entries[folder].get(name) == moved:
                del entries[folder][name]
            entries[target][new_name] = moved


def _fill(
    tree: Tree, entries: Mapping[Id, Mapping[str, Id]], contents: Mapping[Id, bytes], folder: Id, path: str
) -> None:
    """Add everything below a folder to a tree."""
    for name, inner in entries[folder].items():
        tree[path + name] = contents.get(inner)
        if inner in entries:
            _fill(tree, entries, contents, inner, f"{path}{name}/")
