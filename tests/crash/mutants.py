"""Programs that sync too little or too late: logs as builds without one fsync would have made them.

An fsync does nothing else than what `Disk` makes of it, so leaving it out of the log is leaving it
out of the program.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from tests.crash.disk import Operation, Published, Rename, Sync

_SEGMENT = re.compile(r"[0-9a-f]{32}")


def roles(log: Sequence[Operation]) -> dict[str, set[int]]:
    """The places of each fsync in a log of several builds, by what is synced and when."""
    found: dict[str, set[int]] = {}
    replaced = False
    for place, operation in enumerate(log):
        if isinstance(operation, Published):
            replaced = False
        elif _is_replacement(operation):
            replaced = True
        elif isinstance(operation, Sync):
            role = _SEGMENT.sub("*", operation.path) + (" once CURRENT is replaced" if replaced else "")
            found.setdefault(role, set()).add(place)
    return found


def without(log: Sequence[Operation], places: set[int]) -> list[Operation]:
    """A log without the operations at these places."""
    return [operation for place, operation in enumerate(log) if place not in places]


def too_late(log: Sequence[Operation], places: set[int]) -> list[Operation]:
    """A log in which these fsyncs come only once CURRENT is replaced."""
    return list(_too_late(log, places))


def _too_late(log: Sequence[Operation], places: set[int]) -> Iterator[Operation]:
    waiting: list[Operation] = []
    for place, operation in enumerate(log):
        if place in places:
            waiting.append(operation)
            continue
        yield operation
        if _is_replacement(operation):
            yield from waiting
            waiting.clear()


def _is_replacement(operation: Operation) -> bool:
    return isinstance(operation, Rename) and operation.new_name == "CURRENT"
