"""A name and a password, weighed: one at a time, with delays for those who guess."""

from __future__ import annotations

import asyncio
import hmac
import math
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from hashlib import sha256
from time import monotonic

from assistant.server.browsers import browser_of, marked
from assistant.server.lanes import Crowded, Lanes
from assistant.server.passwords import matches
from assistant.server.sessions import Accounts, Sessions
from assistant.server.throttle import Throttle, network

SESSION = 12 * 3_600.0  # seconds from a login to its end
REMEMBERED = 300.0  # seconds for which a script's password is not hashed again
LONGEST = 300.0  # seconds to wait for a name at an address, or in a browser that is known for it
# A name's failures everywhere count only where they come from many addresses: one alone makes 20 in an hour.
LONGEST_FOR_NAME, FREE_FOR_NAME = 30.0, 100
# Whoever tries many names from an address is never refused for it, since others are behind it too: all of them
# wait in line, a second each.
PAUSE, FREE_FOR_ADDRESS = 1.0, 20
MOST_IN_LINE = 20  # logins from one address that wait at once

WRONG = "The name or the password is wrong."


@dataclass(frozen=True, slots=True)
class Verdict:
    """What an attempt came to: a session's token, or seconds to wait, or neither: it was wrong.

    `mark` is what a browser is known by from now on.
    """

    token: str | None = None
    wait: int = 0
    mark: str = ""


@dataclass(frozen=True, slots=True)
class _Attempt:
    """A name and a password, what their failures count against, and in which line they wait."""

    name: str
    password: str
    counts: tuple[tuple[Throttle, str], ...]
    line: str
    life: float
    token: str | None = None

    def wait(self) -> int:
        return math.ceil(max(throttle.wait(key) for throttle, key in self.counts))

    def failed(self) -> None:
        for throttle, key in self.counts:
            throttle.failed(key)

    def succeeded(self) -> None:
        for throttle, key in self.counts:
            throttle.succeeded(key)


class Doorkeeper:
    """Lets in who knows a password. One hash is computed at a time: it takes memory and a core."""

    def __init__(self, accounts: Accounts, clock: Callable[[], float] = monotonic) -> None:
        self.accounts = accounts
        self.sessions = Sessions(clock)
        self._strangers = Throttle(LONGEST, clock)  # by name and address
        self._known = Throttle(LONGEST, clock)  # by name and browser
        self._names = Throttle(LONGEST_FOR_NAME, clock, FREE_FOR_NAME)
        self._addresses = Throttle(PAUSE, clock, FREE_FOR_ADDRESS)
        self._lanes = Lanes(MOST_IN_LINE)
        self._turn = asyncio.Lock()
        self._secret = secrets.token_bytes(32)

    def user(self, token: str) -> str | None:
        """Say who has this token; raises BadPasswords."""
        return self.sessions.user(token, self.accounts.lines())

    async def log_in(
        self, name: str, password: str, address: str, cookies: Mapping[str, str] | None = None
    ) -> Verdict:
        """Weigh an attempt and, if it is right, begin a session of SESSION seconds; raises BadPasswords.

        Among the `cookies` may be the mark of a browser in which the user has logged in before.
        """
        known = browser_of(cookies or {}, name, self.accounts.lines().get(name))
        if known is None:
            return await self._weigh(self._stranger(name, password, address, SESSION))
        counts = ((self._known, f"{name}\0{known}"),)
        return await self._weigh(_Attempt(name, password, counts, f"browser {known}", SESSION))

    async def vouch(self, name: str, password: str, address: str) -> Verdict:
        """Weigh what a script sends with each request; what was right a moment ago costs nothing.

        It has to wait like any other where somebody guesses from its address: what costs nothing
        could be guessed without end.
        """
        text = f"{name}\0{password}\0{network(address)}".encode("utf-8", "replace")
        token = hmac.new(self._secret, text, sha256).hexdigest()
        attempt = self._stranger(name, password, address, REMEMBERED, token)
        if not attempt.wait() and self.user(token) == name:
            return Verdict(token)
        return await self._weigh(attempt)

    def _stranger(
        self, name: str, password: str, address: str, life: float, token: str | None = None
    ) -> _Attempt:
        short, place = name[:256], network(address)
        counts = ((self._strangers, f"{short}\0{place}"), (self._names, short))
        return _Attempt(name, password, counts, place, life, token)

    async def _weigh(self, attempt: _Attempt) -> Verdict:
        if wait := attempt.wait():
            return Verdict(wait=wait)
        try:
            async with self._lanes.turn(attempt.line):
                await asyncio.sleep(self._addresses.wait(attempt.line))
                async with self._turn:
                    return await self._compare(attempt)
        except Crowded:
            return Verdict(wait=1)

    async def _compare(self, attempt: _Attempt) -> Verdict:
        if wait := attempt.wait():  # others were weighed in between
            return Verdict(wait=wait)
        if attempt.token and self.user(attempt.token) == attempt.name:  # an equal request was faster
            return Verdict(attempt.token)
        line = self.accounts.lines().get(attempt.name)
        if await asyncio.to_thread(matches, attempt.password, line) and line is not None:
            attempt.succeeded()
            token = self.sessions.open(attempt.name, line, attempt.life, attempt.token)
            return Verdict(token, mark=marked(attempt.name, line))
        attempt.failed()
        self._addresses.failed(attempt.line)
        return Verdict()
