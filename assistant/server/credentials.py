"""A name and a password, weighed: one at a time, with delays for those who guess."""

from __future__ import annotations

import asyncio
import hmac
import math
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from hashlib import sha256
from time import monotonic

from assistant.server.passwords import matches
from assistant.server.sessions import Accounts, Sessions
from assistant.server.throttle import Throttle, network

SESSION = 12 * 3_600.0  # seconds from a login to its end
REMEMBERED = 300.0  # seconds for which a script's password is not hashed again
# A name's delay stays short, lest a stranger shut its owner out; an address's grows longer.
LONGEST_FOR_NAME, LONGEST_FOR_ADDRESS = 30.0, 300.0
MOST_WAITING = 20  # logins that wait for their turn at once

WRONG = "The name or the password is wrong."


@dataclass(frozen=True, slots=True)
class Verdict:
    """What an attempt came to: a session's token, or seconds to wait, or neither: it was wrong."""

    token: str | None = None
    wait: int = 0


class Doorkeeper:
    """Lets in who knows a password. One hash is computed at a time: it takes memory and a core."""

    def __init__(self, accounts: Accounts, clock: Callable[[], float] = monotonic) -> None:
        self.accounts = accounts
        self.sessions = Sessions(clock)
        self._names = Throttle(LONGEST_FOR_NAME, clock)
        self._addresses = Throttle(LONGEST_FOR_ADDRESS, clock)
        self._turn = asyncio.Lock()
        self._waiting = 0
        self._secret = secrets.token_bytes(32)

    def user(self, token: str) -> str | None:
        """Say who has this token; raises BadPasswords."""
        return self.sessions.user(token, self.accounts.lines())

    async def log_in(self, name: str, password: str, address: str) -> Verdict:
        """Weigh an attempt and, if it is right, begin a session of SESSION seconds; raises BadPasswords."""
        return await self._weigh(name, password, address, SESSION, None)

    async def vouch(self, name: str, password: str, address: str) -> Verdict:
        """Weigh what a script sends with each request; what was right a moment ago costs nothing."""
        token = hmac.new(self._secret, f"{name}\0{password}".encode("utf-8", "replace"), sha256).hexdigest()
        if self.user(token) == name:
            return Verdict(token)
        return await self._weigh(name, password, address, REMEMBERED, token)

    async def _weigh(self, name: str, password: str, address: str, life: float, token: str | None) -> Verdict:
        keys = name[:256], network(address)
        if wait := self._wait(*keys):
            return Verdict(wait=wait)
        if self._waiting >= MOST_WAITING:
            return Verdict(wait=1)
        self._waiting += 1
        try:
            async with self._turn:
                if token and self.user(token) == name:  # an equal request was faster
                    return Verdict(token)
                if wait := self._wait(*keys):
                    return Verdict(wait=wait)
                return await self._compare(name, password, keys, life, token)
        finally:
            self._waiting -= 1

    async def _compare(
        self, name: str, password: str, keys: tuple[str, str], life: float, token: str | None
    ) -> Verdict:
        line = self.accounts.lines().get(name)
        if await asyncio.to_thread(matches, password, line) and line is not None:
            self._names.succeeded(keys[0])  # not the address's: it may be guessing at other names
            return Verdict(self.sessions.open(name, line, life, token))
        self._names.failed(keys[0])
        self._addresses.failed(keys[1])
        return Verdict()

    def _wait(self, name: str, address: str) -> int:
        return math.ceil(max(self._names.wait(name), self._addresses.wait(address)))
