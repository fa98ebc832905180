"""Who is answered next: every user, or every address where there are none, gets as many turns as any other.

How much may wait is bounded, of one asker and in all, so whoever comes after that is told that the server is busy.
Everything here runs in the event loop; what has a turn works in a thread beside it.
"""

from __future__ import annotations

import asyncio
import weakref
from collections import Counter, deque
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

from starlette.types import Scope

from assistant.web.limits.throttle import network
from index.models.cores import physical_cores

MOST_OF_ONE, MOST = 64, 256  # calls that are under way or wait: of one asker, and in all
_LOOK = 0.25  # seconds between two looks whether a waiting asker is still there
_TICKET, USER = "onrecord.ticket", "onrecord.user"  # their keys in a request's scope


class Gone(Exception):
    """Nobody waits for this answer any more."""


class Ticket:
    """A call that was let in. Its place is free again when it is closed, and when nothing refers to it any more."""

    def __init__(self, asker: str, leave: Callable[[str], None]) -> None:
        self.asker = asker
        self.left = False  # whether the asker has gone
        self.served = False  # whether it has had its turn
        self.close = weakref.finalize(self, leave, asker)
        self.close.atexit = False


class Turns:
    """Gives turns: so many at once in all, and to one asker no more than there are cores.

    Of those who wait, one with the fewest turns at the moment is next, and among these the one that has had none for
    longest. So a crowd of one asker takes what others leave, and delays a question of another by little.
    """

    def __init__(self, cores: int | None = None, most_of_one: int = MOST_OF_ONE, most: int = MOST) -> None:
        self._of_one = min(cores or physical_cores(), 8)
        self._at_once = 2 * self._of_one
        self._most_of_one, self._most = most_of_one, most
        self._inside: Counter[str] = Counter()
        self._running: Counter[str] = Counter()
        self._waiting: dict[
            str, deque[asyncio.Future[None]]
        ] = {}  # who has waited longest for a turn comes first

    @property
    def inside(self) -> int:
        """How many calls are under way or wait."""
        return self._inside.total()

    def admit(self, asker: str) -> Ticket | None:
        """Let a call in; None where as many are in already as may be."""
        if self._inside[asker] >= self._most_of_one or self.inside >= self._most:
            return None
        self._inside[asker] += 1
        return Ticket(asker, self._leave)

    @asynccontextmanager
    async def turn(self, ticket: Ticket, is_gone: Callable[[], bool] = lambda: False) -> AsyncIterator[None]:
        """Wait for a turn and hold it; raises Gone where the asker goes before it comes."""
        granted: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._waiting.setdefault(ticket.asker, deque()).append(granted)
        try:
            self._grant()
            while not (ticket.left or is_gone()) and not granted.done():
                await asyncio.wait((granted,), timeout=_LOOK)
            if ticket.left or is_gone():
                raise Gone
            ticket.served = True
            yield
        finally:
            self._end(ticket.asker, granted)

    def _grant(self) -> None:
        """Give the turns that are free."""
        while self._running.total() < self._at_once:
            able = [asker for asker in self._waiting if self._running[asker] < self._of_one]
            if not able:
                return
            asker = min(able, key=lambda one: self._running[one])  # of equals the first
            waiting = self._waiting.pop(asker)
            waiting.popleft().set_result(None)
            self._running[asker] += 1
            if waiting:
                self._waiting[asker] = waiting  # behind the others

    def _end(self, asker: str, granted: asyncio.Future[None]) -> None:
        """Take a turn back, or the wait for one."""
        if granted.done():
            self._take(self._running, asker)
        elif (waiting := self._waiting.get(asker)) is not None:
            waiting.remove(granted)
            if not waiting:
                del self._waiting[asker]
        self._grant()

    def _leave(self, asker: str) -> None:
        self._take(self._inside, asker)

    @staticmethod
    def _take(counted: Counter[str], asker: str) -> None:
        counted[asker] -= 1
        if counted[asker] <= 0:
            del counted[asker]


def asker_of(scope: Scope) -> str:
    """Who asks: the user who is logged in, or else the address."""
    if user := scope.get(USER):
        return f"user {user}"
    client = scope.get("client")
    return f"address {network(client[0])}" if client else ""


def keep_ticket(scope: Scope, ticket: Ticket) -> None:
    """Put a ticket into a request's scope."""
    scope[_TICKET] = ticket


def ticket_of(scope: Scope) -> Ticket:
    """The ticket in a request's scope; one that is counted nowhere, where no middleware has let it in."""
    found = scope.get(_TICKET)
    return found if isinstance(found, Ticket) else Ticket("", lambda _asker: None)
