"""What the commands share: their options, how they print, and how they end when something is wrong."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Annotated, NoReturn

import typer
from pydantic import ValidationError
from rich.console import Console

from assistant.cli.settings import Settings
from assistant.query.parameters import BadRequest, day_of
from assistant.render.terminal import as_json, safe, show
from index.errors import IndexFault

NO_ANSWER, ERROR = 1, 2


def settings() -> Settings:
    """Read the settings; end with one line where a variable is wrong."""
    try:
        return Settings.read()
    except ValidationError as error:
        first = error.errors()[0]
        fail(f"ONRECORD_{str(first['loc'][0]).upper()}: {first['msg']}")


def fail(message: str) -> NoReturn:
    """End with one line on stderr and exit code 2."""
    sys.stderr.write(safe(f"onrecord: {message}").replace("\n", " ") + "\n")
    raise typer.Exit(ERROR)


@contextmanager
def errors() -> Iterator[None]:
    """Turn what a user can mend into one line on stderr and exit code 2."""
    try:
        yield
    except BrokenPipeError:
        raise  # whoever reads the output, such as `head`, has read enough: typer ends without a word
    except (IndexFault, ValueError) as error:
        fail(str(error))
    except OSError as error:
        fail(f"{error.strerror or error}: {error.filename}" if error.filename else str(error))
    except KeyboardInterrupt:
        fail("stopped")


def day(text: str) -> date:
    """Read a day as an option gives it; ends the command where it is none."""
    try:
        return day_of(text)
    except BadRequest as error:
        raise typer.BadParameter(str(error)) from None


IndexOption = Annotated[
    Path, typer.Option("--index", help="Folder of the index.", default_factory=lambda: settings().index)
]
ModelOption = Annotated[
    str,
    typer.Option(
        help="Embedding model: a sentence-transformers name or folder.",
        default_factory=lambda: settings().model,
    ),
]
JsonOption = Annotated[bool, typer.Option("--json", help="Print JSON.")]
SinceOption = Annotated[
    date | None, typer.Option(parser=day, metavar="YYYY-MM-DD", help="Published on this day or later.")
]
UntilOption = Annotated[
    date | None, typer.Option(parser=day, metavar="YYYY-MM-DD", help="Published on this day or earlier.")
]
EventSinceOption = Annotated[
    date | None,
    typer.Option(parser=day, metavar="YYYY-MM-DD", help="Speaking of this day or a later one."),
]
EventUntilOption = Annotated[
    date | None,
    typer.Option(parser=day, metavar="YYYY-MM-DD", help="Speaking of this day or an earlier one."),
]
SourceOption = Annotated[
    list[str] | None, typer.Option("--source", help="Only articles of this source; may be repeated.")
]

UndatedOption = Annotated[
    bool | None,
    typer.Option(
        "--undated/--no-undated",
        help="Undated articles too, whatever the dates, or never; without it, only where no date is given.",
    ),
]


def out() -> Console:
    """Give a console that prints what it is given, as it is."""
    return Console(markup=False, highlight=False)


def say(line: str) -> None:
    """Print a line at once, into a pipe too."""
    show(out(), line)
    sys.stdout.flush()


def print_json(value: object) -> None:
    """Print a value as JSON on stdout."""
    sys.stdout.write(as_json(value) + "\n")
