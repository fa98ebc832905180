"""What differs between the articles of a former index and those that are there now."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from corpus.loading.identity import file_of


@dataclass(frozen=True, slots=True)
class Changes:
    """How many articles are new, have another text, or are gone."""

    new: int
    changed: int
    removed: int


def changes(former: Mapping[str, str], present: Mapping[str, str]) -> Changes:
    """Compare articles by id and by the SHA-256 of their text.

    A record whose text was in its file before, under another id, is unchanged.
    """
    gone = {id_: sha256 for id_, sha256 in former.items() if present.get(id_) != sha256}
    come = {id_: sha256 for id_, sha256 in present.items() if former.get(id_) != sha256}
    known: dict[tuple[str, str], list[str]] = defaultdict(list)
    for id_, sha256 in gone.items():
        known[file_of(id_), sha256].append(id_)
    for id_, sha256 in list(come.items()):
        if known[file_of(id_), sha256]:
            del gone[known[file_of(id_), sha256].pop()], come[id_]
    changed = come.keys() & gone.keys()
    return Changes(len(come) - len(changed), len(changed), len(gone) - len(changed))
