"""Where a request comes from: under which name it was sent, from which page, through which server."""

from __future__ import annotations

import ipaddress
import re
from dataclasses import dataclass
from http import HTTPStatus
from urllib.parse import urlsplit

from starlette.types import Scope

FOREIGN_NAME = "This server does not answer under that name; `onrecord serve --name` gives it another one."
FOREIGN_PAGE = "Only this server's own pages may ask it."

_HOST = re.compile(r"([a-z0-9](?:[a-z0-9.-]*[a-z0-9])?|\[[0-9a-f:.]{2,45}\])(?::([0-9]{1,5}))?", re.ASCII)
_USUAL_PORT = {"http": "80", "https": "443"}
_LAST_PORT = 65_535
# What other sites may lead a reader to, as a page of its own.
_PAGES = frozenset({"/", "/desk/article", "/login", "/logout"})
_OWN_SITES = frozenset({"same-origin", "none"})  # "none": typed, a bookmark, a link in another program
# Said by whoever sends a request or by a proxy; what a proxy may say is read before (uvicorn's
# ProxyHeadersMiddleware). Gradio would build its addresses from them for anyone.
_FORWARDING = re.compile(rb"(x-)?forwarded(-.*)?|x-gradio-server|x-real-ip|x-original-.*|x-rewrite-url")


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a request is not served: an HTTP status and one line; a redirection has where to."""

    status: HTTPStatus
    reason: str
    location: str = ""


_FOREIGN = Refusal(HTTPStatus.FORBIDDEN, FOREIGN_PAGE)


@dataclass(frozen=True, slots=True)
class Origins:
    """Which names a server has; with `by_address` also the address at which a connection arrived.

    Starlette's TrustedHostMiddleware knows fixed names only, and takes the first of two Host headers.
    """

    hosts: frozenset[str]
    by_address: bool = False

    def judge(self, scope: Scope) -> Refusal | None:
        """Say why a request is refused for where it comes from; None where it may pass."""
        hosts = values(scope, b"host")
        host = _HOST.fullmatch(hosts[0]) if len(hosts) == 1 else None
        if host is None or int(host[2] or 0) > _LAST_PORT or not self._knows(host[1], scope):
            return Refusal(HTTPStatus.BAD_REQUEST, FOREIGN_NAME)
        if any(not _is_own(origin, hosts[0], scope) for origin in values(scope, b"origin")):
            return _FOREIGN
        return _judge_site(scope)

    def _knows(self, name: str, scope: Scope) -> bool:
        if name in self.hosts:
            return True
        server = scope.get("server")
        if not self.by_address or server is None:
            return False
        return _address(name) is not None and _address(name) == _address(server[0])


def _judge_site(scope: Scope) -> Refusal | None:
    """Let pages of other sites lead to ours and do nothing else; browsers say so in Sec-Fetch-*.

    A question in an address is asked where a reader followed a link, not where a page went there by itself.
    """
    if set(values(scope, b"sec-fetch-site")) <= _OWN_SITES:
        return None
    leads = values(scope, b"sec-fetch-mode") == ["navigate"] and values(scope, b"sec-fetch-dest") == [
        "document"
    ]
    if not (leads and scope["method"] == "GET" and scope["path"] in _PAGES):
        return _FOREIGN
    if scope["path"] == "/" and scope.get("query_string") and values(scope, b"sec-fetch-user") != ["?1"]:
        return Refusal(HTTPStatus.SEE_OTHER, FOREIGN_PAGE, "/")
    return None


def without_forwarding(scope: Scope) -> Scope:
    """Give a request without the headers in which it claims to come from elsewhere."""
    kept = [(key, value) for key, value in scope["headers"] if not _FORWARDING.fullmatch(key)]
    return {**scope, "headers": kept}


def values(scope: Scope, name: bytes) -> list[str]:
    """Give the values of a header, in small letters."""
    return [value.decode("latin-1").strip().lower() for key, value in scope["headers"] if key == name]


def _address(text: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    """Read an address, as a name with its brackets or as a socket has it."""
    try:
        found = ipaddress.ip_address(text.strip("[]").partition("%")[0])
    except ValueError:
        return None
    return getattr(found, "ipv4_mapped", None) or found


def _is_own(origin: str, host: str, scope: Scope) -> bool:
    try:
        parts = urlsplit(origin)
    except ValueError:
        return False
    if parts.scheme not in _USUAL_PORT or (scope.get("scheme") == "https" != parts.scheme):
        return False
    usual = f":{_USUAL_PORT[parts.scheme]}"
    return origin == f"{parts.scheme}://{parts.netloc}" and (
        parts.netloc.removesuffix(usual) == host.removesuffix(usual)
    )
