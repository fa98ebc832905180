"""`ask` and `search` as tools of the Model Context Protocol, for programs that read with a language model.

Served at /mcp by the protocol's own library, stateless and in JSON, behind the same door as
everything else. Gradio's own MCP server isn't used: it asks the endpoints through a connection to
its own address, which a door or another name refuses, and it gives results as Python prints them.
"""

from __future__ import annotations

import json
import logging
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from functools import partial, wraps
from typing import Any

from anyio import CapacityLimiter, to_thread
from fastapi import FastAPI

from assistant.page.form import BadForm
from assistant.server.endpoints import Archive, Endpoint, asking, searching
from index.hits import IndexFault

_AT_ONCE = 8
_log = logging.getLogger("onrecord")

Tool = Callable[..., Any]


def add_tools(app: FastAPI, archive: Archive) -> None:
    """Serve the tools of an archive at /mcp; ImportError where the package is missing."""
    from mcp.server.fastmcp import FastMCP
    from mcp.server.transport_security import TransportSecuritySettings

    server = FastMCP(
        "On Record",
        instructions="Quotes from an archive of news articles, verbatim. Cite each with its date and source.",
        stateless_http=True,
        json_response=True,
        log_level="WARNING",
        # The guard before everything has checked the names already.
        transport_security=TransportSecuritySettings(enable_dns_rebinding_protection=False),
    )
    limiter = CapacityLimiter(_AT_ONCE)
    for name, endpoint in (("ask", asking(archive)), ("search", searching(archive))):
        tool = _tool(endpoint, limiter, name)
        server.add_tool(tool, name=name, description=endpoint.__doc__, structured_output=False)
    app.router.routes.extend(server.streamable_http_app().routes)
    _run_with(app, server.session_manager.run)


def _tool(endpoint: Endpoint, limiter: CapacityLimiter, name: str) -> Tool:
    """Give an endpoint as a tool: beside the event loop, its result as JSON, its faults in one line."""
    first = "question" if name == "ask" else "query"

    @wraps(endpoint)
    async def tool(**arguments: Any) -> str:  # noqa: ANN401 - checked against the endpoint's signature
        try:
            found = await to_thread.run_sync(partial(endpoint, **arguments), limiter=limiter)
        except (BadForm, IndexFault) as error:
            raise ValueError(str(error)) from None
        except Exception:  # noqa: BLE001 - logged whole; what is told holds nothing of it
            _log.exception("a tool failed")
            raise ValueError(f"The {first} could not be answered. The server's log says why.") from None
        return json.dumps(found, ensure_ascii=False)

    return tool


def _run_with(app: FastAPI, run: Callable[[], AbstractAsyncContextManager[None]]) -> None:
    """Let something run from the app's start to its end."""
    before = app.router.lifespan_context

    @asynccontextmanager
    async def lifespan(state: FastAPI) -> AsyncIterator[Any]:
        async with before(state) as found, run():
            yield found

    app.router.lifespan_context = lifespan
