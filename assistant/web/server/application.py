"""The web application: the chat, the article pages, the endpoints and what guards them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from http import HTTPStatus
from pathlib import Path
from typing import Annotated

from fastapi import FastAPI, HTTPException, Query, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import HTMLResponse, JSONResponse, PlainTextResponse, Response

from assistant.render.markup import Safe
from assistant.web import app as page_app
from assistant.web.app import Desk
from assistant.web.auth.authenticator import Doorkeeper
from assistant.web.auth.belonging import Belonging
from assistant.web.auth.login import Login
from assistant.web.auth.owners import Owners
from assistant.web.endpoints import endpoints, values_of
from assistant.web.gradio.fair_blocks import FairBlocks
from assistant.web.gradio.mounting import event_sizes, mount
from assistant.web.limits.pages import Pages
from assistant.web.limits.turns import Turns
from assistant.web.page import article_page, layout
from assistant.web.server.access_log import AccessLog, Write
from assistant.web.server.calls import Calls, Discreet, busy
from assistant.web.server.guard import Guard
from assistant.web.server.health import Health, Look, reason
from assistant.web.server.mcp_tools import add_tools
from assistant.web.server.public_errors import Outward
from assistant.web.server.routes import routes
from assistant.web.server.shapes import Shapes
from index.errors import IndexFault

LOOPBACK = ("127.0.0.1", "localhost", "[::1]")
STOPPED = "The chat has stopped answering; start the server again."
NO_SUCH_PLACE = "This is not a place in an article of the archive."

_HEAD = f"<style>{layout.STYLE}</style><script>{layout.SCRIPT}</script>"
_STATIC = Path(__file__).parents[1] / "page" / "static"


@dataclass(frozen=True, slots=True)
class Access:
    """Who may ask, and what is written down of it.

    `hosts` are the names it answers under, `by_address` adds its own address. Without a `door`
    everyone who reaches the server may ask; without `log` nothing is written down.
    """

    hosts: Sequence[str] = LOOPBACK
    by_address: bool = False
    door: Doorkeeper | None = None
    mcp: bool = False
    log: Write | None = None
    log_questions: bool = False


def create_app(
    desk: Desk, *, title: str = "On Record", access: Access | None = None, look: Look | None = None
) -> FastAPI:
    """Build the web application over a desk; `look` says how the index is, for /healthz."""
    allowed, desk = access or Access(), Outward(desk)
    app = FastAPI(title=title, docs_url=None, redoc_url=None, openapi_url=None)
    _add_pages(app, desk)
    turns = Turns()
    if allowed.mcp:
        add_tools(app, desk, turns)
    blocks = page_app.build(desk, title, users=allowed.door is not None, turns=turns)
    _add_health(app, look or (lambda: Health("", desk.coverage().articles)), blocks)
    _mount_chat(app, blocks)
    app.add_middleware(Calls, shapes=_shapes(desk, blocks), turns=turns, has_room=blocks.has_room)
    app.add_middleware(Pages, busy=busy)
    _add_guards(app, allowed)
    return app


def _shapes(desk: Desk, blocks: FairBlocks) -> Shapes:
    """What can be called: the endpoints by name, the events of the page by number."""
    named = {name: values_of(endpoint) for name, endpoint in endpoints(desk).items()}
    return Shapes(named, event_sizes(blocks))


def _mount_chat(app: FastAPI, blocks: FairBlocks) -> None:
    icon = _STATIC / "favicon.svg"
    remembered = mount(app, blocks, theme=layout.theme(), head=_HEAD, icon=icon, refused=_told)
    app.add_middleware(Belonging, owners=Owners(remembered.dropped))


async def _told(_request: Request, error: Exception) -> Response:
    """Tell a full queue, 503 as Gradio raises it, in words for readers; all else as it is."""
    if not isinstance(error, HTTPException):
        raise error
    if error.status_code == HTTPStatus.SERVICE_UNAVAILABLE:
        return busy()
    return JSONResponse({"detail": error.detail}, error.status_code, error.headers)


def _add_guards(app: FastAPI, access: Access) -> None:
    """Put the guards before the application; the last one added is asked first."""
    if access.door:
        app.add_middleware(Login, door=access.door)
    app.add_middleware(Discreet)
    app.add_middleware(
        Guard,
        hosts=frozenset(host.lower() for host in access.hosts),
        routes=routes(login=access.door is not None, mcp=access.mcp),
        by_address=access.by_address,
    )
    if access.log:
        app.add_middleware(AccessLog, write=access.log, questions=access.log_questions)


def _add_health(app: FastAPI, look: Look, blocks: FairBlocks) -> None:
    @app.get("/healthz")
    def healthz() -> Response:
        try:
            health = look()
        except IndexFault as fault:
            return JSONResponse({"ok": False, "reason": reason(fault)}, 503)
        if not blocks.is_serving:
            return JSONResponse({"ok": False, "reason": STOPPED}, 503)
        return JSONResponse({"ok": True, "generation": health.generation, "articles": health.articles})


def _add_pages(app: FastAPI, desk: Desk) -> None:
    @app.exception_handler(RequestValidationError)
    def malformed(_request: Request, _error: RequestValidationError) -> Response:
        return PlainTextResponse(NO_SUCH_PLACE, status_code=400)

    @app.get("/desk/chat.css")
    def style() -> Response:
        return Response(layout.STYLE, media_type="text/css")

    @app.get("/login.css")
    def door_style() -> Response:
        return Response((_STATIC / "login.css").read_text("utf-8"), media_type="text/css")

    @app.get("/login.js")
    def door_script() -> Response:
        return Response((_STATIC / "login.js").read_text("utf-8"), media_type="text/javascript")

    @app.get("/desk/article", response_class=HTMLResponse)
    def article(
        article_id: Annotated[str, Query(alias="id", min_length=1, max_length=1024)],
        start: Annotated[int, Query(ge=0)],
        end: Annotated[int, Query(ge=1)],
        sha256: Annotated[str, Query(pattern="^[0-9a-f]{64}$")],
        also: Annotated[list[str] | None, Query()] = None,
        words: Annotated[str, Query(pattern="^([0-9a-f]{16})?$")] = "",
        bare: bool = False,
    ) -> Response:
        place = article_page.Place(article_id, start, end, sha256, article_page.read_spans(also or []), words)
        return _article_page(desk, place, bare=bare)


def _article_page(desk: Desk, place: article_page.Place, *, bare: bool) -> Response:
    """Answer with the article as a whole page or, bare, as the part the chat shows beside it."""
    status = 200
    try:
        since = desk.afterwards(place.article_id, place.sha256)
        try:
            view = article_page.article_view(desk.article(since.moved or place.article_id), place, since)
        except LookupError:
            view, status = article_page.gone_view(since), 404
    except article_page.NoSuchPlace:
        return PlainTextResponse(NO_SUCH_PLACE, status_code=400)
    except IndexFault as error:
        return PlainTextResponse(str(error), status_code=503)
    shown: Safe = view if bare else article_page.page("On Record", view)
    return HTMLResponse(shown, status_code=status)
