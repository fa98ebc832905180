"""Puts a page of Gradio into the web application, and says what its events take."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from pathlib import Path

from fastapi import FastAPI, HTTPException, Request
from fastapi.responses import Response

from assistant.web.gradio.offline import gr
from assistant.web.gradio.session_eviction import MOST_SESSIONS, Forgetful, Remembered


def mount(
    app: FastAPI,
    blocks: gr.Blocks,
    *,
    theme: gr.themes.Base,
    head: str,
    icon: Path,
    refused: Callable[[Request, Exception], Awaitable[Response]],
) -> Remembered:
    """Serve a page at the root; gives what Gradio remembers of sessions. `refused` answers Gradio's refusals."""
    blocks.state_session_capacity = MOST_SESSIONS
    gr.mount_gradio_app(
        app, blocks, path="/", theme=theme, head=head, favicon_path=str(icon),
        footer_links=[], run_history=False, show_error=False, max_file_size=1, ssr_mode=False,
        enable_monitoring=False, pwa=False, mcp_server=False,
        app_kwargs={
            "docs_url": None, "redoc_url": None, "openapi_url": None,
            "exception_handlers": {HTTPException: refused},
        },
    )  # fmt: skip
    remembered = Remembered.by(blocks)
    app.add_middleware(Forgetful, remembered=remembered)
    return remembered


def event_sizes(blocks: gr.Blocks) -> dict[int, int]:
    """Give how many values each event of a page takes, by its number."""
    return {number: len(event.inputs) for number, event in blocks.fns.items()}
