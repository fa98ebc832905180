"""Delays that grow with every failed attempt, so that guessing passwords takes years."""

from __future__ import annotations

import ipaddress
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from time import monotonic

MOST_KEYS = 10_000  # remembered at once; the ones longest without a failure are forgotten first
FORGOTTEN = 3_600.0  # seconds after which a failure counts no more


@dataclass(frozen=True, slots=True)
class _Failures:
    count: int
    last: float


class Throttle:
    """Counts failures by key and says how long each has to wait: 1, 2, 4, … seconds, `longest` at most.

    The first `free` failures cost nothing. `clock` gives seconds; only differences count. Not safe to
    share between threads.
    """

    def __init__(self, longest: float, clock: Callable[[], float] = monotonic, free: int = 0) -> None:
        self._longest, self._clock, self._free = longest, clock, free
        self._failures: OrderedDict[str, _Failures] = OrderedDict()

    def wait(self, key: str) -> float:
        """Seconds until the next attempt is heard; 0 when it may come now."""
        failures = self._current(key)
        if failures is None or failures.count <= self._free:
            return 0.0
        pause = min(2.0 ** min(failures.count - self._free - 1, 32), self._longest)
        return max(0.0, failures.last + pause - self._clock())

    def failed(self, key: str) -> None:
        """Count a failure."""
        before = self._current(key)
        self._failures[key] = _Failures((before.count if before else 0) + 1, self._clock())
        self._failures.move_to_end(key)
        while len(self._failures) > MOST_KEYS:
            self._failures.popitem(last=False)

    def succeeded(self, key: str) -> None:
        """Forget the failures of a key."""
        self._failures.pop(key, None)

    def _current(self, key: str) -> _Failures | None:
        failures = self._failures.get(key)
        if failures is not None and self._clock() - failures.last > FORGOTTEN:
            del self._failures[key]
            return None
        return failures


def network(address: str) -> str:
    """What counts as one address: all of IPv4; of IPv6 the first 56 bits, as providers give a household."""
    try:
        found = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return address[:64]
    if isinstance(found, ipaddress.IPv6Address):
        if found.ipv4_mapped:
            return str(found.ipv4_mapped)
        return str(ipaddress.ip_network((int(found) >> 72 << 72, 56)))
    return str(found)
