"""Cuts the power after each operation of a log and judges what is left."""

from __future__ import annotations

import json
import random
from collections.abc import Container, Sequence
from dataclasses import dataclass, field
from functools import cache
from hashlib import sha256
from pathlib import Path

from tests.crash.disk import Disk, Operation, Published, Rename, Tree

MISSING, DAMAGED = "missing", "damaged"
_SEED = 7


def verdict(tree: Tree, root: str) -> str:
    """What `open_current` makes of a tree: the hash of the manifest that it opens, MISSING or DAMAGED.

    The same checks, of the tree itself: CURRENT, the manifest's hash, the hash of every file.
    """
    current = tree.get(f"{root}/CURRENT")
    if current is None:
        return MISSING
    try:
        named = json.loads(current)
        folder = f"{root}/generations/{named['generation']}"
        wanted = str(named["manifest_sha256"])
        manifest = tree[f"{folder}/manifest.json"]
        if manifest is None or _hash(manifest) != wanted:
            return DAMAGED
        files = json.loads(manifest)["files"].items()
        whole = all(_hash(tree[f"{folder}/{name}"] or b"") == expected for name, expected in files)
    except (ValueError, KeyError, TypeError):
        return DAMAGED
    return wanted if whole else DAMAGED


@cache  # the same few contents are in thousands of trees
def _hash(content: bytes) -> str:
    return sha256(content).hexdigest()


@dataclass(frozen=True, slots=True)
class Cut:
    """What one power cut left, after how many operations, and what it may be."""

    after: int
    tree: Tree
    found: str
    allowed: frozenset[str]

    @property
    def is_fault(self) -> bool:
        """Whether the index is neither what it was nor what it is to be."""
        return self.found not in self.allowed


@dataclass(slots=True)
class Survey:
    """All that was tried: how many different trees, every fault, and some of the trees to be opened."""

    trees: int = 0
    faults: list[Cut] = field(default_factory=list)
    sample: list[Cut] = field(default_factory=list)


def survey(
    log: Sequence[Operation],
    root: str,
    *,
    samples: int,
    places: Container[int] | None = None,
    one_in: int = 0,
) -> Survey:
    """Cut the power after each operation of a log, or those at `places`, as `Disk.choices` has it.

    What was there before a publication may be found until `publish` has returned, and then no
    longer. One new tree in `one_in` is kept for the sample.
    """
    disk, dice, found = Disk(), random.Random(_SEED), Survey()  # noqa: S311
    allowed = {MISSING}
    verdicts: dict[int, str] = {}
    for place, operation in enumerate(log):
        disk.apply(operation)
        live = verdict(disk.now(), root)
        allowed = {live} if isinstance(operation, Published) else {*allowed, live}
        for choice in disk.choices(dice, samples) if places is None or place in places else ():
            tree = disk.after(choice)
            key = hash(frozenset(tree.items()))
            is_new = key not in verdicts
            if is_new:
                verdicts[key] = verdict(tree, root)
            cut = Cut(place + 1, tree, verdicts[key], frozenset(allowed))
            if cut.is_fault:
                found.faults.append(cut)
            if is_new and one_in and dice.randrange(one_in) == 0:
                found.sample.append(cut)
    found.trees = len(verdicts)
    return found


def publications(log: Sequence[Operation]) -> set[int]:
    """Where in a log an index is being published: from CURRENT's replacement until `publish` has returned."""
    found: set[int] = set()
    for place, operation in enumerate(log):
        if isinstance(operation, Rename) and operation.new_name == "CURRENT":
            end = next(n for n in range(place, len(log)) if isinstance(log[n], Published))
            found.update(range(place, end + 1))
    return found


def lay(tree: Tree, folder: Path) -> None:
    """Write a tree to a real folder."""
    folder.mkdir(parents=True)
    for path, content in tree.items():
        if content is None:
            (folder / path).mkdir()
        else:
            (folder / path).write_bytes(content)
