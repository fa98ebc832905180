"""A line for each request: when, method, path, status, milliseconds. What was asked is not in it."""

from __future__ import annotations

import json
import logging
import sys
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from logging.handlers import WatchedFileHandler
from pathlib import Path
from time import perf_counter

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from assistant.terminal import safe

LONGEST = 4_096  # characters of a line
# The page's own files come by the dozen: only where they fail is it worth a line.
_QUIET = (
    "/assets/",
    "/static/",
    "/theme.css",
    "/favicon.ico",
    "/desk/chat.css",
    "/login.css",
    "/gradio_api/heartbeat/",
)
_SECRET = frozenset({"/login"})
_FAILED = 400

Write = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class AccessLog:
    """ASGI middleware that gives `write` a line when a response has ended.

    Without `questions` neither a query string nor a body is in it: they hold questions and the ids
    of articles. A path is shortened and its control characters are made visible. What is sent to
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
        line = f"{now} {scope['method']} {scope['path'][:256]} {status or '-'} {milliseconds:.0f}"
        if self.questions and scope["path"] not in _SECRET:
            query = scope.get("query_string", b"").decode("latin-1")
            line += f" {query}" * bool(query) + f" {_compact(body)}" * bool(body)
        return safe(line[:LONGEST]).replace("\n", "␊").replace("\t", "␉")


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


def _compact(body: bytes) -> str:
    try:
        return json.dumps(json.loads(body), ensure_ascii=False)
    except ValueError:
        return body.decode("utf-8", "replace")
