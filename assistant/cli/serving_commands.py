"""The commands that open the archive to others: `serve` and `passwd`."""

from __future__ import annotations

import getpass
import sys
from pathlib import Path
from threading import Thread
from typing import Annotated

import typer

from assistant.cli.console import IndexOption, errors, say, settings
from assistant.web.server.serving import Serving

_AUTH = "Ask for a name and a password; a file made by `onrecord passwd`."
_NAME = "A further host name to answer under; may be repeated."
_BEHIND = "Believe what a proxy at this address, or in this network, says of clients; may be repeated."
_LOG = "Write a line for each request here, not to stderr."
_QUESTIONS = "Also write down what was asked and which article was opened."


def register(app: typer.Typer) -> None:
    """Add the commands to the command line."""
    app.command()(serve)
    app.command()(passwd)


def serve(
    *,
    index: IndexOption,
    host: Annotated[str, typer.Option(help="Address to listen on.", default_factory=lambda: settings().host)],
    port: Annotated[int, typer.Option(help="Port to listen on.", default_factory=lambda: settings().port)],
    name: Annotated[list[str] | None, typer.Option(help=_NAME)] = None,
    auth_file: Annotated[Path | None, typer.Option(help=_AUTH, default_factory=lambda: settings().auth_file)],
    no_auth: Annotated[
        bool,
        typer.Option("--no-auth", help="Let everyone ask.", default_factory=lambda: settings().no_auth),
    ],
    mcp: Annotated[
        bool, typer.Option("--mcp", help="Also serve tools at /mcp.", default_factory=lambda: settings().mcp)
    ],
    access_log: Annotated[
        Path | None, typer.Option(help=_LOG, default_factory=lambda: settings().access_log)
    ],
    log_questions: Annotated[
        bool,
        typer.Option("--log-questions", help=_QUESTIONS, default_factory=lambda: settings().log_questions),
    ],
    behind_proxy: Annotated[list[str] | None, typer.Option(metavar="ADDRESS", help=_BEHIND)] = None,
) -> None:
    """Open the chat in a browser at http://127.0.0.1:7860."""
    with errors():
        names = tuple(name) if name else settings().names
        behind = tuple(behind_proxy) if behind_proxy else settings().behind_proxy
        serving = Serving(host, port, names, auth_file, no_auth, mcp, access_log, log_questions, behind)
        from assistant.assistant import Assistant
        from assistant.retrieval.retriever import Retriever

        retriever = Retriever.open(index)
        assistant = Assistant(retriever)
        # Beside the loading of the page's framework, so that no question has to wait for the models.
        Thread(target=assistant.warm, name="warming", daemon=True).start()
        from assistant.web.server.health import looking
        from assistant.web.server.process import serve as serve_chat

        serve_chat(assistant, serving, looking(retriever))


def passwd(
    file: Annotated[Path, typer.Argument(help="The file of names and passwords; made when it isn't there.")],
    user: Annotated[str, typer.Argument(help="The user's name.")],
) -> None:
    """Set a user's password for `onrecord serve --auth-file`; asked twice, or read from stdin."""
    from assistant.web.auth.passwords import set_password

    with errors():
        is_new = set_password(file, user, _password())
    say(
        f"{'Added' if is_new else 'Changed the password of'} {user}. A chat that is running takes it from now on."
    )


def _password() -> str:
    if not sys.stdin.isatty():
        return sys.stdin.readline().rstrip("\r\n")
    password = getpass.getpass("Password: ")
    if getpass.getpass("The same again: ") != password:
        raise ValueError("the two passwords differ; nothing was changed")
    return password
