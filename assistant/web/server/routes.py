"""The addresses that exist: all else that Gradio serves (uploads, files, proxy, recordings, …) does not."""

from __future__ import annotations

from dataclasses import dataclass, replace

# Everything the page, its script and the typed endpoints use.
_GET = frozenset({
    "/", "/config", "/theme.css", "/favicon.ico", "/robots.txt", "/healthz",
    "/desk/article", "/desk/chat.css",
    "/gradio_api/info", "/gradio_api/app_id", "/gradio_api/startup-events", "/gradio_api/queue/data",
})  # fmt: skip
_BELOW = (
    "/assets/", "/static/js/", "/static/css/", "/static/fonts/", "/static/img/", "/gradio_api/heartbeat/",
    "/gradio_api/call/ask/", "/gradio_api/call/v2/ask/",
    "/gradio_api/call/search/", "/gradio_api/call/v2/search/",
)  # fmt: skip
_JSON = frozenset({
    "/gradio_api/queue/join", "/gradio_api/cancel", "/gradio_api/reset",
    "/gradio_api/call/ask", "/gradio_api/call/v2/ask",
    "/gradio_api/call/search", "/gradio_api/call/v2/search",
})  # fmt: skip


@dataclass(frozen=True, slots=True)
class Routes:
    """What may be asked for: exact paths and those below a folder by GET, JSON and forms by POST."""

    get: frozenset[str] = _GET
    below: tuple[str, ...] = _BELOW
    json: frozenset[str] = _JSON
    forms: frozenset[str] = frozenset()

    def reads(self, path: str) -> bool:
        """Whether a path may be asked for by GET."""
        return path in self.get or path.startswith(self.below)

    def takes(self, path: str) -> bool:
        """Whether a path takes something by POST."""
        return path in self.json or path in self.forms


PLAIN = Routes()


def routes(*, login: bool = False, mcp: bool = False) -> Routes:
    """Give the addresses of a chat with or without users, with or without tools for other programs."""
    found = PLAIN
    if login:
        door = frozenset({"/login", "/logout"})
        found = replace(found, get=found.get | door | {"/login.css", "/login.js"}, forms=door)
    return replace(found, json=found.json | {"/mcp"}) if mcp else found
