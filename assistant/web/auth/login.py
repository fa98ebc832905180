"""The door before everything else, where the chat has users: a login page, a cookie, HTTP Basic."""

from __future__ import annotations

import base64
import binascii
import logging
import re
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from http import HTTPStatus
from urllib.parse import parse_qs, quote

from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

from assistant.web.auth.authenticator import SESSION, WRONG, Doorkeeper, Verdict
from assistant.web.auth.browsers import REMEMBERED, cookie_of
from assistant.web.auth.login_page import login_page, logout_page
from assistant.web.auth.owners import OWNER, Owner
from assistant.web.auth.passwords import BadPasswords
from assistant.web.auth.sessions import key_of
from assistant.web.limits.turns import USER

COOKIE = "onrecord"
# Read by the page's script, which keeps a conversation in the browser under it: it names a session and opens none.
PAGE_COOKIE = "onrecord-page"
OPEN = frozenset({"/healthz", "/favicon.ico", "/robots.txt", "/login.css", "/login.js"})  # for everyone
# Browsers heed it over HTTPS and on this machine; elsewhere the scripts of the two pages do the same.
# Not "cookies", which would take those of the whole domain.
FORGET = {"clear-site-data": '"cache", "storage"'}
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
        path = request.scope["path"]
        if path == "/login":
            return await self._log_in(request)
        if path == "/logout":
            return self._log_out(request)
        token = request.cookies.get(COOKIE, "")
        if user := self.door.user(token):
            request.scope[OWNER] = Owner(f"session {key_of(token).hex()}", user)
            request.scope[USER] = user
            return None
        return await self._basic(request)

    async def _log_in(self, request: Request) -> Response:
        cookies = request.cookies
        token = cookies.get(COOKIE, "")
        user = self.door.user(token)
        if request.method != "POST":
            page = _page(login_page(_next(request.query_params)))
            return page if user else _without_session(request, page)
        fields = _fields(await request.body())
        name, password = fields.get("name", "").strip(), fields.get("password", "")
        verdict = await self.door.log_in(name, password, _address(request), cookies)
        if verdict.token:
            self.door.sessions.close(token)
            return _let_in(request, fields, name, verdict, FORGET if name != user else {})
        if verdict.wait:
            page = _page(login_page(_next(fields), later(verdict.wait)), HTTPStatus.TOO_MANY_REQUESTS)
            page.headers["retry-after"] = str(verdict.wait)
            return page
        return _page(login_page(_next(fields), WRONG), HTTPStatus.UNAUTHORIZED)

    def _log_out(self, request: Request) -> Response:
        if request.method != "POST":
            return _page(logout_page())
        self.door.sessions.close(request.cookies.get(COOKIE, ""))
        response = _without_session(request, RedirectResponse("/login", HTTPStatus.SEE_OTHER))
        response.headers.update(FORGET)
        return response

    async def _basic(self, request: Request) -> Response | None:
        credentials = _credentials(request.headers.get("authorization", ""))
        if credentials is None:
            return _turn_away(request)
        verdict = await self.door.vouch(*credentials, _address(request))
        if verdict.token:
            request.scope[OWNER] = Owner(f"user {credentials[0]}", credentials[0])
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
        wanted = quote(request.scope["path"]) + (f"?{request.url.query}" if request.url.query else "")
        led = RedirectResponse(f"/login?next={quote(wanted, safe='')}", HTTPStatus.SEE_OTHER)
        return _without_session(request, led)
    return PlainTextResponse(NOT_IN, HTTPStatus.UNAUTHORIZED, _challenge(request))


def _challenge(request: Request) -> dict[str, str]:
    """Ask for Basic, but not of our page in a browser, which would open a window of its own for it."""
    return (
        {}
        if request.cookies or "origin" in request.headers
        else {"www-authenticate": 'Basic realm="On Record"'}
    )


def _let_in(
    request: Request, fields: Mapping[str, str], name: str, verdict: Verdict, headers: Mapping[str, str]
) -> Response:
    """Lead to the page that was wanted, with what the session is known by, and the browser."""
    response = RedirectResponse(_next(fields), HTTPStatus.SEE_OTHER, dict(headers))
    token, secure = verdict.token or "", request.url.scheme == "https"
    for cookie, value, seconds, path in (
        (COOKIE, token, SESSION, "/"),
        (PAGE_COOKIE, _page_mark(token), SESSION, "/"),
        (cookie_of(name), verdict.mark, REMEMBERED, "/login"),
    ):
        is_hidden = cookie != PAGE_COOKIE
        response.set_cookie(
            cookie, value, int(seconds), path=path, secure=secure, httponly=is_hidden, samesite="strict"
        )
    return response


def _without_session(request: Request, response: Response) -> Response:
    """Take from a browser what is left of a session that has ended, if it says that it had one."""
    held = [cookie for cookie in (COOKIE, PAGE_COOKIE) if cookie in request.cookies]
    if held:
        response.headers.update(FORGET)
    for cookie in held:
        response.delete_cookie(cookie, httponly=cookie == COOKIE, samesite="strict")
    return response


def _page_mark(token: str) -> str:
    return sha256(f"page\0{token}".encode()).hexdigest()[:16]


def _page(markup: str, status: HTTPStatus = HTTPStatus.OK) -> Response:
    return Response(markup, status, media_type="text/html")


def _address(request: Request) -> str:
    return request.client.host if request.client else ""


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
