"""The web server: the chat, the article pages and what guards them."""

from __future__ import annotations

import errno
import os
import socket
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import uvicorn
from fastapi import FastAPI, Query, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import HTMLResponse, PlainTextResponse, Response

from assistant import chat, layout, reader
from assistant.chat import Desk
from assistant.guard import Guard
from assistant.html import Safe
from assistant.offline import gr
from index.hits import IndexFault

LOOPBACK = ("127.0.0.1", "localhost", "[::1]")
NO_SUCH_PLACE = "This is not a place in an article of the archive."

_HEAD = f"<style>{layout.STYLE}</style><script>{layout.SCRIPT}</script>"
_ICON = Path(__file__).parent / "static" / "favicon.svg"


class CannotServe(ValueError):
    """The server cannot start; the message says in one line what to do."""


def create_app(desk: Desk, *, title: str = "On Record", allowed_hosts: Sequence[str] = LOOPBACK) -> FastAPI:
    """Build the web application over a desk; it answers under the allowed host names only."""
    app = FastAPI(title=title, docs_url=None, redoc_url=None, openapi_url=None)
    _add_pages(app, desk)
    gr.mount_gradio_app(
        app, chat.build(desk, title), path="/", theme=layout.theme(), head=_HEAD, favicon_path=str(_ICON),
        footer_links=[], run_history=False, show_error=False, max_file_size=1, ssr_mode=False,
        enable_monitoring=False, pwa=False, mcp_server=False,
        app_kwargs={"docs_url": None, "redoc_url": None, "openapi_url": None},
    )  # fmt: skip
    app.add_middleware(Guard, hosts=frozenset(host.lower() for host in allowed_hosts))
    return app


def serve(desk: Desk, host: str = "127.0.0.1", port: int = 7860) -> None:
    """Serve the chat until interrupted; CannotServe when the address cannot be had.

    Port 0 takes any free one. Bound to more than this machine, the server still answers only
    under the machine's own names and `host`.
    """
    with _bind(host, port) as bound:
        shown = f"[{host}]" if ":" in host else host
        app = create_app(desk, allowed_hosts=(*LOOPBACK, shown))
        # without a limit an open tab's event stream would keep the server from stopping
        config = uvicorn.Config(
            app, log_level="warning", timeout_graceful_shutdown=2, server_header=False, limit_concurrency=512
        )
        print(f"On Record answers at http://{shown}:{bound.getsockname()[1]} (stop with Ctrl+C)", flush=True)  # noqa: T201
        _run(uvicorn.Server(config), bound)


def _run(server: uvicorn.Server, bound: socket.socket) -> None:
    try:
        server.run(sockets=[bound])
    except KeyboardInterrupt:  # uvicorn has stopped in good order and raises it again
        return


def _bind(host: str, port: int) -> socket.socket:
    """Take the address before anything heavy is built, so that a taken port is told at once."""
    bound = socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET)
    if os.name == "posix":
        bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        bound.bind((host, port))
        bound.listen(128)
    except (OSError, OverflowError) as error:
        bound.close()
        raise CannotServe(_why_not(host, port, error)) from None
    return bound


def _why_not(host: str, port: int, error: Exception) -> str:
    number = error.errno if isinstance(error, OSError) else None
    if number == errno.EADDRINUSE:
        return f"Port {port} is in use: stop the program that holds it, or choose another port, such as {port + 1}."
    if number == errno.EACCES:
        return f"Port {port} is not open to you: choose one above 1023, such as 7860."
    return f"Cannot listen at {host} port {port} ({error}): choose an address of this machine and a port up to 65535."


def _add_pages(app: FastAPI, desk: Desk) -> None:
    @app.exception_handler(RequestValidationError)
    def malformed(_request: Request, _error: RequestValidationError) -> Response:
        return PlainTextResponse(NO_SUCH_PLACE, status_code=400)

    @app.get("/healthz")
    def healthz() -> dict[str, bool]:
        return {"ok": True}

    @app.get("/desk/chat.css")
    def style() -> Response:
        return Response(layout.STYLE, media_type="text/css")

    @app.get("/desk/article", response_class=HTMLResponse)
    def article(
        article_id: Annotated[str, Query(alias="id", min_length=1, max_length=1024)],
        start: Annotated[int, Query(ge=0)],
        end: Annotated[int, Query(ge=1)],
        sha256: Annotated[str, Query(pattern="^[0-9a-f]{64}$")],
        bare: bool = False,
    ) -> Response:
        place = reader.Place(article_id, start, end, sha256)
        return _article_page(desk, place, bare=bare)


def _article_page(desk: Desk, place: reader.Place, *, bare: bool) -> Response:
    """Answer with the article as a whole page or, bare, as the part the chat shows beside it."""
    status = 200
    try:
        view = reader.article_view(desk.article(place.article_id), place)
    except LookupError:
        view, status = reader.gone_view(), 404
    except reader.NoSuchPlace:
        return PlainTextResponse(NO_SUCH_PLACE, status_code=400)
    except IndexFault as error:
        return PlainTextResponse(str(error), status_code=503)
    shown: Safe = view if bare else reader.page("On Record", view)
    return HTMLResponse(shown, status_code=status, headers={"cache-control": "no-store"})
