"""Pages that take time to make: of those an asker requests, one is made at a time, and the others wait in line."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

from assistant.web.limits.lanes import Crowded, Lanes
from assistant.web.limits.turns import asker_of

COSTLY = frozenset({"/", "/config", "/desk/article"})
MOST_IN_LINE = 64  # requests of one asker


@dataclass(frozen=True, slots=True)
class Pages:
    """ASGI middleware: an asker's requests for costly pages are served one after another; `busy` makes the refusal."""

    app: ASGIApp
    busy: Callable[[], Response]
    lanes: Lanes = field(default_factory=lambda: Lanes(MOST_IN_LINE))

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve a request."""
        if scope["type"] != "http" or scope["path"] not in COSTLY or scope["method"] == "POST":
            await self.app(scope, receive, send)
            return
        try:
            async with self.lanes.turn(asker_of(scope)):
                await self.app(scope, receive, send)
        except Crowded:
            await self.busy()(scope, receive, send)
