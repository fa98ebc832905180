"""A line for each request: when, method, path, status, milliseconds. What was asked is not in it."""

from __future__ import annotations

import json
import logging
import re
import sys
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from logging.handlers import WatchedFileHandler
from pathlib import Path
from time import perf_counter
from urllib.parse import quote, unquote_plus

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from assistant.render.terminal import safe
from assistant.web.gradio.contract import ASSETS, CALL, CALL_BY_NAME, HEARTBEAT, THEME

LONGEST = 4_096  # characters of a line
# The page's own files come by the dozen: only where they fail is it worth a line.
_QUIET = (
    ASSETS,
    "/static/",
    THEME,
    "/favicon.ico",
    "/desk/chat.css",
    "/login.css",
    HEARTBEAT,
)
_SECRET = frozenset({"/login"})
# Whoever knows the id of an answer or of a tab could ask for what is in it.
_WITH_IDS = (
    HEARTBEAT,
    *(f"{call}{name}/" for call in (CALL, CALL_BY_NAME) for name in ("ask", "search")),
)
_IDS = frozenset({"session_hash", "event_id"})
_ID = re.compile(r"[0-9a-f]{32}")
_SENT_ID = re.compile(r'("(?:session_hash|event_id)"\s*:\s*")[^"]*')
_FAILED = 400

Write = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class AccessLog:
    """ASGI middleware that gives `write` a line when a response has ended.

    Without `questions` neither a query string nor a body is in it: they hold questions and the ids
    of articles. The ids of answers and of tabs are never in it. Its fields are parted by spaces and hold
    none: method and path are percent-encoded and shortened, query and body are JSON. What is sent to
    the login page is never written.
    """

    app: ASGIApp
    write: Write
    questions: bool = False

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve a request, then write its line."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        started, status, body = perf_counter(), 0, bytearray()

        async def hearing() -> Message:
            message = await receive()
            if self.questions and len(body) < LONGEST:
                body.extend(message.get("body", b""))
            return message

        async def telling(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        try:
            await self.app(scope, hearing, telling)
        finally:
            if not (scope["path"].startswith(_QUIET) and 0 < status < _FAILED):
                self.write(self._line(scope, status, 1000 * (perf_counter() - started), bytes(body)))

    def _line(self, scope: Scope, status: int, milliseconds: float, body: bytes) -> str:
        now = datetime.now(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
        line = f"{now} {_method(scope)} {_path(scope['path'])} {status or '-'} {milliseconds:.0f}"
        if self.questions and scope["path"] not in _SECRET:
            query = _query(scope.get("query_string", b"").decode("latin-1"))
            line += f" {query}" * bool(query) + f" {_compact(body)}" * bool(body)
        return safe(line[:LONGEST])


def log_lines(file: Path | None) -> Write:
    """Give what writes lines to a file, or to stderr; OSError where the file can't be written.

    A file that was renamed, as logrotate does, is opened anew. It is its owner's alone.
    """
    logger = logging.getLogger("onrecord.access")
    for handler in list(logger.handlers):
        logger.removeHandler(handler)
        handler.close()
    if file is not None:
        file.touch(mode=0o600)
    made = WatchedFileHandler(file, encoding="utf-8") if file else logging.StreamHandler(sys.stderr)
    logger.addHandler(made)
    logger.setLevel(logging.INFO)
    logger.propagate = False
    return logger.info


def _method(scope: Scope) -> str:
    return quote(scope["method"][:16], safe="")


def _path(path: str) -> str:
    """Write a path without the id that it may end with, and without what could be taken for another field."""
    for folder in _WITH_IDS:
        if path.startswith(folder):
            path = f"{folder}*"
    return quote(_ID.sub("*", path)[:256].encode("utf-8", "replace"), safe="/*=:@,+~")[:512]


def _query(query: str) -> str:
    parts = [part for part in query.split("&") if part and not _is_id(unquote_plus(part.partition("=")[0]))]
    return json.dumps("&".join(parts), ensure_ascii=False) if parts else ""


def _is_id(key: object) -> bool:
    return isinstance(key, str) and key in _IDS


def _compact(body: bytes) -> str:
    """Write a body as JSON, and one that is none, or was cut short, as a text."""
    try:
        found = json.loads(body)
    except (ValueError, RecursionError):
        return json.dumps(_SENT_ID.sub(r"\1*", body.decode("utf-8", "replace")), ensure_ascii=False)
    if isinstance(found, dict):
        found = {key: value for key, value in found.items() if not _is_id(key)}
    return json.dumps(found, ensure_ascii=False)
