"""The door before everything else, where the chat has users: a login page, a cookie, HTTP Basic."""

from __future__ import annotations

import base64
import binascii
import logging
import re
from collections.abc import Mapping
from dataclasses import dataclass
from http import HTTPStatus
from http.cookies import CookieError, SimpleCookie
from urllib.parse import parse_qs, quote

from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

from assistant.server.credentials import SESSION, WRONG, Doorkeeper
from assistant.server.login_page import login_page, logout_page
from assistant.server.passwords import BadPasswords
from assistant.server.turns import USER

COOKIE = "onrecord"
OPEN = frozenset({"/healthz", "/favicon.ico", "/robots.txt", "/login.css"})  # for everyone
NOT_IN = "You are not logged in, or no longer: log in at /login, or send a name and password (HTTP Basic)."
NO_USERS = "Nobody can log in at the moment; the server's log says why."

# Where a login may lead: a page of ours, never another host.
_NEXT = re.compile(r"/(?:desk/article)?(?:\?[!#-\[\]-~]{0,1500})?")
_log = logging.getLogger("onrecord")


@dataclass(frozen=True, slots=True)
class Login:
    """ASGI middleware: what is not open to everyone is served to users only."""

    app: ASGIApp
    door: Doorkeeper

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve a user's request; lead others to the login page, or refuse them in one line."""
        if scope["type"] != "http" or scope["path"] in OPEN:
            await self.app(scope, receive, send)
            return
        request = Request(scope, receive)
        try:
            response = await self._answer(request)
        except BadPasswords as error:
            _log.error("nobody can log in: %s", error)
            response = PlainTextResponse(NO_USERS, HTTPStatus.SERVICE_UNAVAILABLE)
        await (response or self.app)(scope, receive, send)

    async def _answer(self, request: Request) -> Response | None:
        """Give what the door itself answers; None when the request may pass."""
        path = request.url.path
        if path == "/login":
            return await self._log_in(request)
        if path == "/logout":
            return self._log_out(request)
        if user := self.door.user(_token(request)):
            request.scope[USER] = user
            return None
        return await self._basic(request)

    async def _log_in(self, request: Request) -> Response:
        if request.method != "POST":
            return _page(login_page(_next(request.query_params)))
        fields = _fields(await request.body())
        address = request.client.host if request.client else ""
        verdict = await self.door.log_in(fields.get("name", "").strip(), fields.get("password", ""), address)
        if verdict.token:
            response: Response = RedirectResponse(_next(fields), HTTPStatus.SEE_OTHER)
            response.set_cookie(
                COOKIE, verdict.token, max_age=int(SESSION), httponly=True, samesite="strict",
                secure=request.url.scheme == "https",
            )  # fmt: skip
            return response
        if verdict.wait:
            page = login_page(_next(fields), later(verdict.wait))
            return _page(page, HTTPStatus.TOO_MANY_REQUESTS, {"retry-after": str(verdict.wait)})
        return _page(login_page(_next(fields), WRONG), HTTPStatus.UNAUTHORIZED)

    def _log_out(self, request: Request) -> Response:
        if request.method != "POST":
            return _page(logout_page())
        self.door.sessions.close(_token(request))
        response = RedirectResponse("/login", HTTPStatus.SEE_OTHER)
        response.delete_cookie(COOKIE, httponly=True, samesite="strict")
        return response

    async def _basic(self, request: Request) -> Response | None:
        credentials = _credentials(request.headers.get("authorization", ""))
        if credentials is None:
            return _turn_away(request)
        address = request.client.host if request.client else ""
        verdict = await self.door.vouch(*credentials, address)
        if verdict.token:
            request.scope[USER] = credentials[0]
            return None
        if verdict.wait:
            headers = {"retry-after": str(verdict.wait)}
            return PlainTextResponse(later(verdict.wait), HTTPStatus.TOO_MANY_REQUESTS, headers)
        return PlainTextResponse(WRONG, HTTPStatus.UNAUTHORIZED, _challenge(request))


def later(seconds: int) -> str:
    """Say when to try again."""
    return f"Too many attempts: try again in {seconds} second{'s' if seconds > 1 else ''}."


def _turn_away(request: Request) -> Response:
    """Lead whoever opens a page to the login; refuse everything else."""
    if request.method == "GET" and "text/html" in request.headers.get("accept", ""):
        wanted = request.url.path + (f"?{request.url.query}" if request.url.query else "")
        return RedirectResponse(f"/login?next={quote(wanted, safe='')}", HTTPStatus.SEE_OTHER)
    return PlainTextResponse(NOT_IN, HTTPStatus.UNAUTHORIZED, _challenge(request))


def _challenge(request: Request) -> dict[str, str]:
    """Ask for Basic, but not of our page in a browser, which would open a window of its own for it."""
    return (
        {}
        if request.cookies or "origin" in request.headers
        else {"www-authenticate": 'Basic realm="On Record"'}
    )


def _page(
    markup: str, status: HTTPStatus = HTTPStatus.OK, headers: Mapping[str, str] | None = None
) -> Response:
    return Response(markup, status, {"cache-control": "no-store", **(headers or {})}, "text/html")


def _token(request: Request) -> str:
    try:
        cookies = SimpleCookie(request.headers.get("cookie", "")[:4_096])
    except CookieError:
        return ""
    return cookies[COOKIE].value if COOKIE in cookies else ""


def _fields(body: bytes) -> dict[str, str]:
    try:
        found = parse_qs(body.decode(), keep_blank_values=True, max_num_fields=8)
    except ValueError:
        return {}
    return {key: values[0] for key, values in found.items()}


def _next(fields: Mapping[str, str]) -> str:
    wanted = fields.get("next", "/")
    return wanted if _NEXT.fullmatch(wanted) else "/"


def _credentials(header: str) -> tuple[str, str] | None:
    scheme, _, encoded = header.partition(" ")
    if scheme.lower() != "basic":
        return None
    try:
        name, colon, password = base64.b64decode(encoded.strip(), validate=True).decode().partition(":")
    except (binascii.Error, UnicodeDecodeError):
        return None
    return (name, password) if colon else None
