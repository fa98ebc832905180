"""Waiting in line: one at a time for each key, in the order in which they came."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field


class Crowded(Exception):
    """So many wait already that another one is sent away."""


@dataclass(slots=True)
class _Lane:
    turn: asyncio.Lock = field(default_factory=asyncio.Lock)
    count: int = 0  # of those in it: the one whose turn it is, and those who wait


class Lanes:
    """A line for each key, with `most` in it at once; a key that nobody waits for is not kept."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._lanes: dict[str, _Lane] = {}

    @asynccontextmanager
    async def turn(self, key: str) -> AsyncIterator[None]:
        """Wait for the turn; raises Crowded where the line is full."""
        lane = self._lanes.setdefault(key, _Lane())
        if lane.count >= self._most:
            raise Crowded
        lane.count += 1
        try:
            async with lane.turn:
                yield
        finally:
            lane.count -= 1
            if not lane.count:
                self._lanes.pop(key, None)
