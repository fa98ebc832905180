"""The id of an answer, or of a tab, serves only the session that it began in.

Gradio asks for nothing but the id: it would hand anyone who knows one the answer, and with a tab's the
whole conversation. With users a session is a login, or the user whose password comes with each
request. Without users it is a browser, by a cookie of its own, or else an address.
"""

from __future__ import annotations

import json
import re
import secrets
from dataclasses import dataclass
from hashlib import sha256
from http import HTTPStatus
from typing import Any

from starlette.datastructures import MutableHeaders
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from assistant.web.auth.owners import OWNER, Owner, Owners
from assistant.web.gradio.contract import CALL, CANCEL, HEARTBEAT, JOIN, STREAM
from assistant.web.limits.throttle import network

COOKIE = "onrecord-browser"
NOT_YOURS = "There is no such answer for you, or no longer: ask again; on the page, reload it first."

_RANDOM = re.compile(r"[A-Za-z0-9_-]{43}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Belonging:
    """ASGI middleware: refuses ids of others with 404, and remembers whose each new one is."""

    app: ASGIApp
    owners: Owners

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve a request of the owner of all its ids."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        request = Request(scope, receive)
        owner = scope.get(OWNER) or _anybody(request)
        path, asks = scope["path"], scope["method"] == "POST"
        body = await request.body() if asks else b""
        if not self._may(request, owner, body):
            await PlainTextResponse(NOT_YOURS, HTTPStatus.NOT_FOUND)(scope, receive, send)
            return
        if asks and (path == JOIN or path.startswith(CALL)):
            send = self._noting(send, owner, keeps_state=path != JOIN)
        elif path == "/" and OWNER not in scope:
            send = _marking(send, request)
        await self.app(scope, _replaying(body, receive) if asks else receive, send)
        if scope["method"] == "GET" and path.startswith(CALL):
            self.owners.fetched(path.rpartition("/")[2])

    def _may(self, request: Request, owner: Owner, body: bytes) -> bool:
        path = request.scope["path"]
        if request.method == "POST":
            return self._may_send(path, owner, body)
        if path.startswith(CALL):
            return self.owners.owns(owner, path.rpartition("/")[2])
        if path.startswith(HEARTBEAT):
            return self.owners.take(owner, path.removeprefix(HEARTBEAT))
        tabs = request.query_params.getlist("session_hash") if path == STREAM else []
        return all(self.owners.take(owner, tab) for tab in tabs)

    def _may_send(self, path: str, owner: Owner, body: bytes) -> bool:
        sent = _fields(body) if path in {JOIN, CANCEL} or path.startswith(CALL) else {}
        tab, event = sent.get("session_hash"), sent.get("event_id")
        if path == CANCEL and isinstance(event, str) and not self.owners.owns(owner, event):
            return False
        return not isinstance(tab, str) or self.owners.take(owner, tab)

    def _noting(self, send: Send, owner: Owner, *, keeps_state: bool) -> Send:
        """Before a new id is told, remember whose it is."""
        told = bytearray()

        async def sending(message: Message) -> None:
            if message["type"] == "http.response.body":
                told.extend(message.get("body", b""))
                event = _fields(bytes(told)).get("event_id")
                if isinstance(event, str):
                    self.owners.give(owner, event, keeps_state=keeps_state)
            await send(message)

        return sending


def _fields(body: bytes) -> dict[str, Any]:
    """Read an object as FastAPI does: of a key twice, the last one."""
    try:
        found = json.loads(body)
    except (ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}


def _anybody(request: Request) -> Owner:
    """Give who asks where nobody logs in."""
    address = f"address {network(request.client.host)}" if request.client else "address"
    browser = request.cookies.get(COOKIE, "")
    if not _RANDOM.fullmatch(browser):
        return Owner(address)
    return Owner(f"browser {sha256(browser.encode()).hexdigest()}", also=address)


def _marking(send: Send, request: Request) -> Send:
    """Give a browser that opens the page its cookie, if it has none; it lasts as long as the browser runs."""
    if request.method != "GET" or _RANDOM.fullmatch(request.cookies.get(COOKIE, "")):
        return send
    secure = "; Secure" * (request.url.scheme == "https")
    cookie = f"{COOKIE}={secrets.token_urlsafe(32)}; HttpOnly; Path=/; SameSite=Strict{secure}"

    async def sending(message: Message) -> None:
        if message["type"] == "http.response.start":
            MutableHeaders(scope=message).append("set-cookie", cookie)
        await send(message)

    return sending


def _replaying(body: bytes, receive: Receive) -> Receive:
    """Give a body again that was read."""
    messages: list[Message] = [{"type": "http.request", "body": body, "more_body": False}]

    async def replay() -> Message:
        return messages.pop() if messages else await receive()

    return replay
