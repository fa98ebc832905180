"""How the chat is served: where it listens, under which names, and to whom."""

from __future__ import annotations

import ipaddress
import re
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

_NAME = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9.-]{0,251}[A-Za-z0-9])?|\[[0-9A-Fa-f:.]{2,45}\]")


class CannotServe(ValueError):
    """The server cannot start; the message says in one line what to do."""


@dataclass(frozen=True, slots=True)
class Serving:
    """What can be chosen about serving; CannotServe for what would be open to others by mistake.

    `names` are further host names it answers under, `auth_file` is what `onrecord passwd` writes.
    """

    host: str = "127.0.0.1"
    port: int = 7860
    names: tuple[str, ...] = ()
    auth_file: Path | None = None
    no_auth: bool = False
    mcp: bool = False
    access_log: Path | None = None
    log_questions: bool = False

    def __post_init__(self) -> None:
        """Refuse what does not fit together, before anything heavy is loaded."""
        if self.auth_file and self.no_auth:
            raise CannotServe("--auth-file asks for passwords and --no-auth for none: choose one of them.")
        if not (self.is_local or self.auth_file or self.no_auth):
            raise CannotServe(
                f"{self.host} lets other machines in: add --auth-file FILE (onrecord passwd FILE NAME makes it), "
                "or --no-auth if everyone who reaches this machine may ask."
            )
        for name in self.names:
            if not _NAME.fullmatch(name):
                raise CannotServe(
                    f"--name {name}: give a host's name alone, such as news.example, without port."
                )
        if self.mcp and find_spec("mcp") is None:
            raise CannotServe(
                "--mcp needs one more package; install it with: "
                "python3 -m pip --python .venv/bin/python install --constraint constraints.txt '.[mcp]'"
            )

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
