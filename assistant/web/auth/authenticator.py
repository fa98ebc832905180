"""A name and a password, weighed: one at a time, with delays for those who guess."""

from __future__ import annotations

import asyncio
import hmac
import math
import secrets
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from hashlib import sha256
from time import monotonic

from assistant.web.auth.browsers import browser_of, marked
from assistant.web.auth.passwords import matches
from assistant.web.auth.sessions import Accounts, Sessions
from assistant.web.limits.lanes import Crowded, Lanes
from assistant.web.limits.throttle import Throttle, network

SESSION = 12 * 3_600.0  # seconds from a login to its end
REMEMBERED = 300.0  # seconds for which a script's password is not hashed again
LONGEST = 300.0  # seconds to wait for a name at an address, or in a browser that is known for it
# A name's failures everywhere count only where they come from many addresses: one alone makes 20 in an hour.
LONGEST_FOR_NAME, FREE_FOR_NAME = 30.0, 100
# Whoever tries many names from an address is never refused for it, since others are behind it too: all of them
# wait in line, a second each.
PAUSE, FREE_FOR_ADDRESS = 1.0, 20
MOST_IN_LINE = 20  # logins from one address that wait at once
MOST_STRANGERS = 16  # logins from all addresses that wait for their hash, those of known browsers aside

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
    is_known: bool = False  # from a browser in which the user has logged in before

    def wait(self) -> int:
        return math.ceil(max(throttle.wait(key) for throttle, key in self.counts))

    def failed(self) -> None:
        for throttle, key in self.counts:
            throttle.failed(key)

    def succeeded(self) -> None:
        """Forget the failures of this name at this place; those of the name everywhere are others' guesses."""
        throttle, key = self.counts[0]
        throttle.succeeded(key)


class Doorkeeper:
    """Lets in who knows a password. One hash is computed at a time, and one for a known browser beside it.

    A hash takes memory and a core. A known browser doesn't wait behind guesses from many networks.
    """

    def __init__(self, accounts: Accounts, clock: Callable[[], float] = monotonic) -> None:
        self.accounts = accounts
        self.sessions = Sessions(clock)
        self._strangers = Throttle(LONGEST, clock)  # by name and address
        self._known = Throttle(LONGEST, clock)  # by name and browser
        self._names = Throttle(LONGEST_FOR_NAME, clock, FREE_FOR_NAME)
        self._addresses = Throttle(PAUSE, clock, FREE_FOR_ADDRESS)
        self._lanes = Lanes(MOST_IN_LINE)
        self._strangers_turn, self._known_turn = asyncio.Lock(), asyncio.Lock()
        self._strangers_waiting = 0
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
        return await self._weigh(_Attempt(name, password, counts, f"browser {known}", SESSION, is_known=True))

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
                async with self._hashing(attempt):
                    return await self._compare(attempt)
        except Crowded:
            return Verdict(wait=1)

    @asynccontextmanager
    async def _hashing(self, attempt: _Attempt) -> AsyncIterator[None]:
        """Wait until a hash may be computed; raises Crowded where too many strangers wait."""
        if attempt.is_known:
            async with self._known_turn:
                yield
            return
        if self._strangers_waiting >= MOST_STRANGERS:
            raise Crowded
        self._strangers_waiting += 1
        try:
            async with self._strangers_turn:
                yield
        finally:
            self._strangers_waiting -= 1

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
