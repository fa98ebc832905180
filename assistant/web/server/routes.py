"""The addresses that exist: all else that Gradio serves (uploads, files, proxy, recordings, …) does not."""

from __future__ import annotations

from dataclasses import dataclass, replace

from assistant.web.gradio import contract

# Everything the page, its script and the typed endpoints use.
_GET = frozenset({
    "/", contract.CONFIG, contract.THEME, "/favicon.ico", "/robots.txt", "/healthz",
    "/desk/article", "/desk/chat.css",
    contract.INFO, contract.APP_ID, contract.STARTUP, contract.STREAM,
})  # fmt: skip
_CALLS = tuple(
    f"{call}{name}" for name in ("ask", "search") for call in (contract.CALL, contract.CALL_BY_NAME)
)
_BELOW = (contract.ASSETS, *contract.STATIC, contract.HEARTBEAT, *(f"{call}/" for call in _CALLS))
_JSON = frozenset({contract.JOIN, contract.CANCEL, contract.RESET, *_CALLS})


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
