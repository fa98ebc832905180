"""How much of the server one address may hold at once, so that something is left for everyone else.

Connections are counted where they are made (patience.py), also those that say nothing. Behind a
proxy all of them are the proxy's: there requests are counted, by the address that the proxy states.
"""

from __future__ import annotations

import ipaddress
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from http import HTTPStatus

from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from assistant.web.limits.throttle import network

TOO_MANY = "Too many connections from your address: close some pages, then try again."
RETRY = "5"  # seconds


@dataclass(frozen=True, slots=True)
class Held:
    """Counts what each address holds; IPv6 addresses of one network are one."""

    most: int
    _counts: Counter[str] = field(default_factory=Counter)

    def take(self, address: str) -> bool:
        """Count one more; False, and nothing counted, where the address has all it may have."""
        key = network(address)
        if self._counts[key] >= self.most:
            return False
        self._counts[key] += 1
        return True

    def give_back(self, address: str) -> None:
        """Count one less."""
        key = network(address)
        self._counts[key] -= 1
        if self._counts[key] <= 0:
            del self._counts[key]


class Networks:
    """Addresses, by the networks that hold them."""

    def __init__(self, networks: Iterable[str]) -> None:
        self._networks = [ipaddress.ip_network(network) for network in networks]

    def __contains__(self, address: object) -> bool:
        """Whether an address, as a socket has it, is in one of the networks."""
        if not self._networks or not isinstance(address, str):
            return False
        try:
            found = ipaddress.ip_address(address.partition("%")[0])
        except ValueError:
            return False
        return any(found in network for network in self._networks)


@dataclass(frozen=True, slots=True)
class Shares:
    """ASGI middleware: refuses, with 503, what an address asks at once beyond its share.

    A stream counts as long as it is open.
    """

    app: ASGIApp
    held: Held

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve a request and count it until its end."""
        client = scope.get("client")
        if scope["type"] != "http" or client is None:
            await self.app(scope, receive, send)
            return
        if not self.held.take(client[0]):
            refused = PlainTextResponse(TOO_MANY, HTTPStatus.SERVICE_UNAVAILABLE, {"retry-after": RETRY})
            await refused(scope, receive, send)
            return
        try:
            await self.app(scope, receive, send)
        finally:
            self.held.give_back(client[0])
