"""What stands before every request: who may ask, for what, and how much they may send."""

from __future__ import annotations

import asyncio
from collections.abc import MutableMapping
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from assistant.web.server.request_origin import Origins, Refusal, values, without_forwarding
from assistant.web.server.routes import PLAIN, Routes

MOST_BYTES = 64 * 1024  # of a request's body
PATIENCE = 10.0  # seconds a body may take to arrive

# 'unsafe-inline' and 'unsafe-eval': Gradio writes its configuration into the page as a script and
# compiles the template of each HTML component. Handlers in attributes stay off, and nothing can be
# fetched from or sent to anywhere else.
_POLICY = (
    "default-src 'self'; script-src 'self' 'unsafe-inline' 'unsafe-eval'; script-src-attr 'none'; "
    "style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; font-src 'self' data:; "
    "connect-src 'self'; frame-src 'none'; object-src 'none'; base-uri 'self'; form-action 'self'; "
    "frame-ancestors 'self'"
)
# A page that holds nothing but an article needs nothing but our style sheet.
_STRICT_POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'self'"
)
_DOOR_POLICY = _STRICT_POLICY.replace("form-action 'none'", "form-action 'self'; script-src 'self'")
_DOOR = ("/login", "/logout")
_HEADERS = (
    (b"x-content-type-options", b"nosniff"),
    (b"cross-origin-opener-policy", b"same-origin"),
    (b"cross-origin-resource-policy", b"same-origin"),
    (b"permissions-policy", b"camera=(), microphone=(), geolocation=()"),
)
# What holds nothing of the archive or of a reader; all else is kept by no browser and no proxy.
_PUBLIC = ("/assets/", "/static/", "/theme.css", "/favicon.ico", "/robots.txt", "/desk/chat.css", "/login.")


_WRONG_TYPE = Refusal(HTTPStatus.UNSUPPORTED_MEDIA_TYPE, "Send JSON, with the content type application/json.")


@dataclass(frozen=True, slots=True)
class Guard:
    """ASGI middleware: allowed hosts, own origin only, known routes only, small bodies, headers.

    `hosts` are host names without a port; a request whose Host header names another is refused,
    so that no foreign name can be pointed at this server (DNS rebinding). With `by_address` the
    address at which a connection arrived is a name too: nobody can point that elsewhere.
    """

    app: ASGIApp
    hosts: frozenset[str]
    routes: Routes = PLAIN
    by_address: bool = False
    most_bytes: int = MOST_BYTES
    patience: float = PATIENCE

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve a request, or refuse it in one line of plain text."""
        if scope["type"] == "lifespan":
            await self.app(scope, receive, send)
        elif scope["type"] == "http":
            await self._serve(scope, receive, _with_headers(send, scope["path"]))
        else:  # web sockets: nothing here speaks them
            await send({"type": "websocket.close", "code": 1008})

    async def _serve(self, scope: Scope, receive: Receive, send: Send) -> None:
        refusal = self._judge(scope)
        body: list[Message] = []
        if refusal is None and scope["method"] == "POST":
            refusal = await self._collect(receive, body)
        if refusal is not None:
            await _refuse(refusal, send)
            return
        if body and body[-1]["type"] == "http.disconnect":
            return  # nobody waits for an answer

        async def replay() -> Message:
            return body.pop(0) if body else await receive()

        await self.app(without_forwarding(scope), replay, send)

    def _judge(self, scope: Scope) -> Refusal | None:
        return Origins(self.hosts, self.by_address).judge(scope) or self._judge_route(scope)

    def _judge_route(self, scope: Scope) -> Refusal | None:
        path, method = scope["path"], scope["method"]
        reads, takes = self.routes.reads(path), self.routes.takes(path)
        devious = ".." in path or "//" in path or "\\" in path or "\x00" in path
        if devious or not (reads or takes):
            return Refusal(HTTPStatus.NOT_FOUND, "There is nothing at this address.")
        if method == "POST" and takes:
            return None if self._typed(path, scope) else _WRONG_TYPE
        if method in {"GET", "HEAD"} and reads:
            return None
        return Refusal(HTTPStatus.METHOD_NOT_ALLOWED, "This address does not take such a request.")

    def _typed(self, path: str, scope: Scope) -> bool:
        wanted = "application/x-www-form-urlencoded" if path in self.routes.forms else "application/json"
        return any(value.split(";")[0].strip() == wanted for value in values(scope, b"content-type"))

    async def _collect(self, receive: Receive, body: list[Message]) -> Refusal | None:
        """Take in the whole body, so that the limit also holds where no length is stated."""
        try:
            async with asyncio.timeout(self.patience):
                return await self._collect_all(receive, body)
        except TimeoutError:
            return Refusal(HTTPStatus.REQUEST_TIMEOUT, "The request took too long to arrive.")

    async def _collect_all(self, receive: Receive, body: list[Message]) -> Refusal | None:
        size, more = 0, True
        while more:
            message = await receive()
            body.append(message)
            size += len(message.get("body", b""))
            more = message["type"] == "http.request" and message.get("more_body", False)
            if size > self.most_bytes:
                limit = f"The request is too large: {self.most_bytes // 1024} KB at most."
                return Refusal(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, limit)
        return None


def _with_headers(send: Send, path: str) -> Send:
    # A form sent from a page without a referrer would not say where it comes from (Origin: null).
    referrer = b"same-origin" if path in _DOOR else b"no-referrer"
    extra = [(b"content-security-policy", _policy(path).encode()), (b"referrer-policy", referrer), *_HEADERS]

    async def sending(message: MutableMapping[str, Any]) -> None:
        if message["type"] == "http.response.start":
            message = {**message, "headers": [*message.get("headers", []), *extra]}
            if not path.startswith(_PUBLIC):
                MutableHeaders(scope=message)["cache-control"] = "no-store"
        await send(message)

    return sending


def _policy(path: str) -> str:
    if path in _DOOR:
        return _DOOR_POLICY
    return _STRICT_POLICY if path.startswith("/desk/") else _POLICY


async def _refuse(refusal: Refusal, send: Send) -> None:
    text = refusal.reason.encode()
    headers = [(b"content-type", b"text/plain; charset=utf-8"), (b"content-length", str(len(text)).encode())]
    if refusal.location:
        headers.append((b"location", refusal.location.encode()))
    await send({"type": "http.response.start", "status": refusal.status.value, "headers": headers})
    await send({"type": "http.response.body", "body": text})
