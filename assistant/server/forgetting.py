"""What Gradio would remember of every single call is let go as soon as it is answered.

Gradio keeps a state for each session, with the settings of every component of the page: some 80 KB.
A call over the API is a session of its own, named by its event, and would keep its state until
10,000 later ones have come; and it would push out the sessions of readers, with their conversations.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from starlette.types import ASGIApp, Receive, Scope, Send

MOST_SESSIONS = 1_000  # whose conversation is kept; the ones longest without a question go first
_CALLS = "/gradio_api/call/"


@dataclass(frozen=True, slots=True)
class Forgetful:
    """ASGI middleware: `forget` is given the session of a call when its result has been fetched."""

    app: ASGIApp
    forget: Callable[[str], None]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve a request, then forget it where it fetched a result."""
        try:
            await self.app(scope, receive, send)
        finally:
            if scope["type"] == "http" and scope["method"] == "GET" and scope["path"].startswith(_CALLS):
                self.forget(scope["path"].rpartition("/")[2])
