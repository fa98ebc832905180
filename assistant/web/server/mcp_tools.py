"""`ask` and `search` as tools of the Model Context Protocol, for programs that read with a language model.

Served at /mcp by the protocol's own library, stateless and in JSON, behind the same door as
everything else. Gradio's own MCP server isn't used: it asks the endpoints through a connection to
its own address, which a door or another name refuses, and it gives results as Python prints them.
"""

from __future__ import annotations

import json
import logging
import sys
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from functools import partial
from typing import TYPE_CHECKING, Any

from anyio import to_thread
from fastapi import FastAPI
from starlette.routing import Route

from assistant.query.parameters import BadRequest
from assistant.web.endpoints import Archive, Endpoint, endpoints, values_of
from assistant.web.gradio.faults import log_fault
from assistant.web.limits.turns import Gone, Ticket, Turns, ticket_of
from assistant.web.server.shapes import named
from index.errors import IndexFault

if TYPE_CHECKING:
    from mcp.server.lowlevel import Server

_INSTRUCTIONS = "Quotes from an archive of news articles, verbatim. Cite each with its date and source."


class _Places(logging.Formatter):
    """Says where the protocol's library met something; its words hold what it was sent."""

    def format(self, record: logging.LogRecord) -> str:
        """Give the place alone."""
        return f"the library of the tools met something at {record.pathname}:{record.lineno}"


def add_tools(app: FastAPI, archive: Archive, turns: Turns) -> None:
    """Serve the tools of an archive at /mcp; ImportError where the package is missing."""
    from mcp.server.fastmcp.server import StreamableHTTPASGIApp
    from mcp.server.lowlevel import Server
    from mcp.server.streamable_http_manager import StreamableHTTPSessionManager

    server: Server[Any, Any] = Server("On Record", instructions=_INSTRUCTIONS)
    _add_handlers(server, endpoints(archive), turns)
    # The guard before everything has checked names and sizes already.
    manager = StreamableHTTPSessionManager(server, json_response=True, stateless=True)
    app.router.routes.append(Route("/mcp", StreamableHTTPASGIApp(manager)))
    _run_with(app, manager.run)
    _hush()


def _add_handlers(server: Server[Any, Any], tools: dict[str, Endpoint], turns: Turns) -> None:
    from mcp import types
    from mcp.server.fastmcp.utilities.func_metadata import func_metadata

    known = [
        types.Tool(
            name=name, description=tool.__doc__, inputSchema=func_metadata(tool).arg_model.model_json_schema()
        )
        for name, tool in tools.items()
    ]
    values = {name: values_of(tool) for name, tool in tools.items()}

    async def list_tools() -> list[types.Tool]:
        return known

    async def call_tool(name: str, arguments: dict[str, Any]) -> list[types.TextContent]:
        if name not in tools:
            raise BadRequest(f"There is no such tool; there are: {', '.join(tools)}.")
        named(arguments, name, values)
        request = server.request_context.request
        ticket = ticket_of(request.scope if request is not None else {})
        found = await _called(partial(tools[name], **arguments), ticket, turns, values[name][0])
        return [types.TextContent(type="text", text=found)]

    server.list_tools()(list_tools)  # type: ignore[no-untyped-call]
    server.call_tool(validate_input=False)(call_tool)  # our own rules say what is wrong in our own words


async def _called(call: Callable[[], dict[str, Any]], ticket: Ticket, turns: Turns, first: str) -> str:
    """The result of a tool as JSON, when its turn has come; its faults are told in one line."""
    try:
        async with turns.turn(ticket):
            found = await to_thread.run_sync(call)
    except (BadRequest, IndexFault) as error:
        raise ValueError(str(error)) from None
    except Gone:
        raise ValueError("Nobody waits for this answer any more.") from None
    except Exception as error:  # noqa: BLE001 - what is told holds nothing of it
        log_fault("a tool failed", error)
        raise ValueError(f"The {first} could not be answered. The server's log says why.") from None
    finally:
        ticket.close()  # the work is done; how long the client takes to read is another matter
    return json.dumps(found, ensure_ascii=False)


def _hush() -> None:
    """Keep out of the log what the library would write there of calls that it can't read."""
    logger, handler = logging.getLogger("mcp"), logging.StreamHandler(sys.stderr)
    handler.setFormatter(_Places())
    logger.handlers, logger.propagate = [handler], False
    logger.setLevel(logging.WARNING)
    root = logging.getLogger()
    root.filters = [known for known in root.filters if known is not _is_ours] + [_is_ours]


def _is_ours(record: logging.LogRecord) -> bool:
    """Whether a line of the root logger is of another library than that of the tools, which writes there too."""
    return "/mcp/" not in record.pathname.replace("\\", "/")


def _run_with(app: FastAPI, run: Callable[[], AbstractAsyncContextManager[None]]) -> None:
    """Let something run from the app's start to its end."""
    before = app.router.lifespan_context

    @asynccontextmanager
    async def lifespan(state: FastAPI) -> AsyncIterator[Any]:
        async with before(state) as found, run():
            yield found

    app.router.lifespan_context = lifespan
