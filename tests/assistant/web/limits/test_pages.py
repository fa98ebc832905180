"""Costly pages of one asker are made one after another."""

from __future__ import annotations

import asyncio

from starlette.types import Receive, Scope, Send

from assistant.web.limits.pages import COSTLY, MOST_IN_LINE, Pages
from assistant.web.server.calls import busy


class _Slow:
    """An application that counts how many requests of an address it serves at once, and in all."""

    def __init__(self) -> None:
        self.now: dict[str, int] = {}
        self.most: dict[str, int] = {}
        self.served = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        address = scope["client"][0]
        self.now[address] = self.now.get(address, 0) + 1
        self.most[address] = max(self.most.get(address, 0), self.now[address])
        await asyncio.sleep(0.001)
        self.now[address] -= 1
        self.served += 1


async def _receive() -> dict[str, str]:
    return {"type": "http.disconnect"}


def _asked(slow: _Slow, requests: list[tuple[str, str, str]]) -> list[int]:
    pages, refused = Pages(slow, busy), []

    async def send(message: object) -> None:
        if isinstance(message, dict) and "status" in message:
            refused.append(message["status"])

    async def all_at_once() -> None:
        scopes = [
            {"type": "http", "method": method, "path": path, "client": (address, 1), "headers": []}
            for method, path, address in requests
        ]
        await asyncio.gather(*(pages(scope, _receive, send) for scope in scopes))

    asyncio.run(all_at_once())
    return refused


def test_one_asker_s_pages_are_made_one_at_a_time() -> None:
    for path in sorted(COSTLY):
        slow = _Slow()
        assert not _asked(slow, [("GET", path, f"192.0.2.{n % 2}") for n in range(20)])
        assert slow.most == {"192.0.2.0": 1, "192.0.2.1": 1}
        assert slow.served == 20


def test_who_asks_for_too_many_is_told_so() -> None:
    slow = _Slow()
    assert _asked(slow, [("GET", "/", "192.0.2.1")] * (MOST_IN_LINE + 5)) == [503] * 5


def test_other_addresses_and_calls_wait_for_nobody() -> None:
    slow = _Slow()
    assert not _asked(slow, [("GET", "/healthz", "192.0.2.1"), ("POST", "/", "192.0.2.1")] * 40)
    assert slow.most["192.0.2.1"] > 1
