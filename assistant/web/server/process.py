"""The server process: takes an address, answers until it is interrupted, stops within two seconds."""

from __future__ import annotations

import errno
import os
import socket
from collections.abc import Sequence
from contextlib import suppress

import uvicorn
from starlette.types import ASGIApp

from assistant.web.app import Desk
from assistant.web.auth.authenticator import Doorkeeper
from assistant.web.auth.sessions import Accounts
from assistant.web.limits.shares import Held, Networks, Shares
from assistant.web.server.access_log import log_lines
from assistant.web.server.application import LOOPBACK, Access, create_app
from assistant.web.server.health import Look
from assistant.web.server.memory import trimming
from assistant.web.server.serving import CannotServe, Serving
from assistant.web.server.timeouts import PromptServer, patient

MOST_CONNECTIONS = 4_096  # open at once; idle ones are closed after some seconds
MOST_OF_ADDRESS = MOST_CONNECTIONS // 4  # of them, or of requests at once behind a proxy, one address's
_STOP_WITHIN = 1  # seconds for what is being answered when the server is told to stop
_FILES = 65_536


def serve(desk: Desk, serving: Serving, look: Look | None = None) -> None:
    """Serve the chat until interrupted; CannotServe when the address cannot be had, or the log.

    Port 0 takes any free one. `look` says how the index is.
    """
    door = Doorkeeper(Accounts(serving.auth_file)) if serving.auth_file else None
    with _bind(serving.host, serving.port) as bound:
        app = create_app(desk, access=_access(serving, door), look=look)
        allow_files()
        print(_greeting(serving, bound.getsockname()[1]), flush=True)  # noqa: T201
        with trimming():
            _run(PromptServer(configured(app, serving.proxies)), bound)


def configured(
    app: ASGIApp, proxies: Sequence[str] = (), most_of_address: int = MOST_OF_ADDRESS
) -> uvicorn.Config:
    """Give how uvicorn is to serve an application: patiently with nobody, and quick to stop.

    Only from the `proxies`, addresses and networks, is it believed what X-Forwarded-For and
    X-Forwarded-Proto say; uvicorn would believe whoever comes from this machine.
    """
    served = Shares(app, Held(most_of_address))
    return uvicorn.Config(
        served, http=patient(Held(most_of_address), Networks(proxies)), ws="none", log_level="warning",
        access_log=False, server_header=False, timeout_graceful_shutdown=_STOP_WITHIN,
        limit_concurrency=MOST_CONNECTIONS, proxy_headers=bool(proxies), forwarded_allow_ips=list(proxies),
    )  # fmt: skip


def allow_files() -> None:
    """Let as many connections be open as the system grants, not as few as it starts with."""
    with suppress(ImportError, ValueError, OSError):  # not on Windows; not where it is forbidden
        import resource

        _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
        wanted = _FILES if most == resource.RLIM_INFINITY else min(_FILES, most)
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, most))


def _access(serving: Serving, door: Doorkeeper | None) -> Access:
    try:
        log = log_lines(serving.access_log)
    except OSError as error:
        raise CannotServe(
            f"The access log {serving.access_log} can't be written ({error.strerror}): choose another file."
        ) from None
    return Access(
        hosts=(*LOOPBACK, serving.shown, *serving.names),
        by_address=not serving.is_local,
        door=door,
        mcp=serving.mcp,
        log=log,
        log_questions=serving.log_questions,
    )


def _greeting(serving: Serving, port: int) -> str:
    who = ""
    if not serving.is_local:
        who = ", to its users only" if serving.auth_file else ", to everyone who reaches this machine"
    return f"On Record answers at http://{serving.shown}:{port}{who} (stop with Ctrl+C)"


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
