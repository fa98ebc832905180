"""Calls on their way in: each is looked at before Gradio or the tools see it, and let in while there is room."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from http import HTTPStatus

from starlette.responses import JSONResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from assistant.query.parameters import BadRequest
from assistant.web.gradio.contract import CALL, JOIN
from assistant.web.gradio.faults import log_fault
from assistant.web.limits.turns import Ticket, Turns, asker_of, keep_ticket
from assistant.web.server.shapes import MCP, Shapes

BUSY = "On Record is busy: please try again in a few seconds."
NOT_SERVED = "That could not be served. The server's log says why."
_RETRY = "5"  # seconds
_FAILED = 400


def busy() -> Response:
    """Say that the server is busy, and when to come again."""
    return JSONResponse({"detail": BUSY}, HTTPStatus.SERVICE_UNAVAILABLE, {"retry-after": _RETRY})


@dataclass(frozen=True, slots=True)
class Calls:
    """ASGI middleware: a call that can't be read is refused in one line, one too many is told that the server is busy.

    A call that is let in has a ticket in its scope. It is closed here where Gradio doesn't take the call, and where
    the answer is in the response; otherwise by what answers.
    """

    app: ASGIApp
    shapes: Shapes
    turns: Turns
    has_room: Callable[[str], bool] = lambda _: True  # whether a session may have one more answer to fetch

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve a request."""
        path = scope.get("path", "")
        is_call = path in {JOIN, MCP} or path.startswith(CALL)
        if scope["type"] != "http" or scope["method"] != "POST" or not is_call:
            await self.app(scope, receive, send)
            return
        body = await _whole(receive)
        try:
            session = self.shapes.check(path.rstrip("/"), body)
        except BadRequest as error:
            refusal: Response = JSONResponse({"detail": str(error)}, HTTPStatus.UNPROCESSABLE_ENTITY)
            await refusal(scope, receive, send)
            return
        ticket = self.turns.admit(asker_of(scope)) if session is None or self.has_room(session) else None
        if ticket is None:
            await busy()(scope, receive, send)
            return
        keep_ticket(scope, ticket)
        answers_at_once = path == MCP
        await self._pass_on(scope, _again(body, receive), send, ticket, answers_at_once=answers_at_once)

    async def _pass_on(
        self, scope: Scope, receive: Receive, send: Send, ticket: Ticket, *, answers_at_once: bool
    ) -> None:
        status = 0

        async def sending(message: Message) -> None:
            nonlocal status
            status = message.get("status", status)
            await send(message)

        try:
            if answers_at_once:
                await _watched(self.app, scope, receive, sending, ticket)
            else:
                await self.app(scope, receive, sending)
        finally:
            if answers_at_once or not 0 < status < _FAILED:
                ticket.close()


async def _watched(app: ASGIApp, scope: Scope, receive: Receive, send: Send, ticket: Ticket) -> None:
    """Serve a request whose response is the answer; the ticket knows when its client goes before that."""
    first = await receive()
    given = False
    gone = asyncio.Event()

    async def watch() -> None:
        while (await receive())["type"] != "http.disconnect":
            pass
        ticket.left = True
        gone.set()

    async def once() -> Message:
        nonlocal given
        if not given:
            given = True
            return first
        await gone.wait()
        return {"type": "http.disconnect"}

    watching = asyncio.create_task(watch())
    try:
        await app(scope, once, send)
    finally:
        watching.cancel()
        with suppress(asyncio.CancelledError):
            await watching


async def _whole(receive: Receive) -> bytes:
    """The body of a request, which the guard has taken in and limited."""
    body, more = b"", True
    while more:
        message = await receive()
        body += message.get("body", b"")
        more = message["type"] == "http.request" and message.get("more_body", False)
    return body


def _again(body: bytes, receive: Receive) -> Receive:
    """What gives a body once more, and then what comes after it."""
    messages: list[Message] = [{"type": "http.request", "body": body, "more_body": False}]

    async def receiving() -> Message:
        return messages.pop() if messages else await receive()

    return receiving


@dataclass(frozen=True, slots=True)
class Discreet:
    """ASGI middleware: a fault of the program is logged without its words, and told without anything of it."""

    app: ASGIApp

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve a request."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        started = False

        async def sending(message: Message) -> None:
            nonlocal started
            started = True
            await send(message)

        try:
            await self.app(scope, receive, sending)
        except Exception as error:  # noqa: BLE001 - logged here; the server would print its words
            log_fault("a request failed", error)
            if not started:
                refusal = JSONResponse({"detail": NOT_SERVED}, HTTPStatus.INTERNAL_SERVER_ERROR)
                await refusal(scope, receive, send)
