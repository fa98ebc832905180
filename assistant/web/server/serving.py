"""How the chat is served: where it listens, under which names, and to whom."""

from __future__ import annotations

import ipaddress
import re
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

from assistant.web.gradio.contract import wrong_version

_NAME = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9.-]{0,251}[A-Za-z0-9])?|\[[0-9A-Fa-f:.]{2,45}\]")


class CannotServe(ValueError):
    """The server cannot start; the message says in one line what to do."""


@dataclass(frozen=True, slots=True)
class Serving:
    """What can be chosen about serving; CannotServe for what would be open to others by mistake.

    `names` are further host names it answers under, `auth_file` is what `onrecord passwd` writes,
    `behind` are addresses or networks of proxies before it.
    """

    host: str = "127.0.0.1"
    port: int = 7860
    names: tuple[str, ...] = ()
    auth_file: Path | None = None
    no_auth: bool = False
    mcp: bool = False
    access_log: Path | None = None
    log_questions: bool = False
    behind: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        """Refuse what does not fit together, before anything heavy is loaded."""
        if self.auth_file and self.no_auth:
            raise CannotServe("--auth-file asks for passwords and --no-auth for none: choose one of them.")
        if not (self.is_local or self.auth_file or self.no_auth):
            raise CannotServe(
                f"{self.host} lets other machines in: add --auth-file FILE (onrecord passwd FILE NAME makes it), "
                "or --no-auth if everyone who reaches this machine may ask."
            )
        if self.proxies and not (self.auth_file or self.no_auth):
            raise CannotServe(
                "--behind-proxy lets in whom the proxy lets in: add --auth-file FILE (onrecord passwd FILE NAME makes "
                "it), or --no-auth if everyone whom the proxy lets in may ask."
            )
        for name in self.names:
            if not _NAME.fullmatch(name):
                raise CannotServe(
                    f"--name {name}: give a host's name alone, such as news.example, without port."
                )
        if wrong := wrong_version():
            raise CannotServe(wrong)
        if self.mcp and find_spec("mcp") is None:
            raise CannotServe(
                "--mcp needs one more package; install it with: "
                "python3 -m pip --python .venv/bin/python install --constraint constraints.txt '.[mcp]'"
            )

    @property
    def proxies(self) -> tuple[str, ...]:
        """The networks of the proxies, each IPv4 one also as a socket for both kinds has it."""
        found = [_network(proxy) for proxy in self.behind]
        mapped = [
            f"::ffff:{one.network_address}/{96 + one.prefixlen}"
            for one in found
            if isinstance(one, ipaddress.IPv4Network)
        ]
        return (*map(str, found), *mapped)

    @property
    def is_local(self) -> bool:
        """Whether only this machine can reach it."""
        try:
            return ipaddress.ip_address(self.host).is_loopback
        except ValueError:
            return self.host.lower() == "localhost"

    @property
    def shown(self) -> str:
        """The host as it stands in an address."""
        return f"[{self.host}]" if ":" in self.host else self.host


def _network(proxy: str) -> ipaddress.IPv4Network | ipaddress.IPv6Network:
    try:
        found = ipaddress.ip_network(proxy)
    except ValueError:
        found = None
    if found is None or not found.prefixlen:
        raise CannotServe(
            f"--behind-proxy {proxy}: give the address that the proxy's connections come from, such as 127.0.0.1, "
            "or a network of such addresses, such as 172.18.0.0/16."
        )
    return found
