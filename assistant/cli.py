"""The `onrecord` command. Results go to stdout, everything else to stderr.

Exit codes: 0 answered (or sound, or standing), 1 no answer (or a fault was found), 2 error.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Annotated, NoReturn

import typer
from pydantic import ValidationError
from rich.console import Console

from assistant.settings import Settings
from assistant.terminal import as_json, safe, show, show_answer, show_found
from corpus.dates import parse_date
from index.hits import IndexFault

NO_ANSWER, ERROR = 1, 2

app = typer.Typer(
    help="Answers from an archive of news articles with what was printed, and nothing else.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)


def _settings() -> Settings:
    try:
        return Settings()
    except ValidationError as error:
        first = error.errors()[0]
        _fail(f"ONRECORD_{str(first['loc'][0]).upper()}: {first['msg']}")


def _fail(message: str) -> NoReturn:
    sys.stderr.write(safe(f"onrecord: {message}").replace("\n", " ") + "\n")
    raise typer.Exit(ERROR)


@contextmanager
def _errors() -> Iterator[None]:
    """Turn what a user can mend into one line on stderr and exit code 2."""
    try:
        yield
    except (IndexFault, ValueError) as error:
        _fail(str(error))
    except OSError as error:
        _fail(f"{error.strerror or error}: {error.filename}" if error.filename else str(error))
    except KeyboardInterrupt:
        _fail("stopped")


def _day(text: str) -> date:
    try:
        return parse_date(text)
    except ValueError as error:
        raise typer.BadParameter(str(error)) from error


IndexOption = Annotated[
    Path, typer.Option("--index", help="Folder of the index.", default_factory=lambda: _settings().index)
]
ModelOption = Annotated[
    str,
    typer.Option(
        help="Embedding model: a sentence-transformers name or folder.",
        default_factory=lambda: _settings().model,
    ),
]
JsonOption = Annotated[bool, typer.Option("--json", help="Print JSON.")]
SinceOption = Annotated[
    date | None, typer.Option(parser=_day, metavar="YYYY-MM-DD", help="Published on this day or later.")
]
UntilOption = Annotated[
    date | None, typer.Option(parser=_day, metavar="YYYY-MM-DD", help="Published on this day or earlier.")
]
SourceOption = Annotated[
    list[str] | None, typer.Option("--source", help="Only articles of this source; may be repeated.")
]


def _out() -> Console:
    return Console(markup=False, highlight=False)


def _say(line: str) -> None:
    """Print a line at once, into a pipe too."""
    show(_out(), line)
    sys.stdout.flush()


def _print_json(value: object) -> None:
    sys.stdout.write(as_json(value) + "\n")


@app.command()
def index(
    paths: Annotated[
        list[Path] | None, typer.Argument(help="Folders or files; without any, those indexed last time.")
    ] = None,
    *,
    index: IndexOption,
    model: ModelOption,
    watch: Annotated[bool, typer.Option("--watch", help="Stay, and index again after every change.")] = False,
    json_: JsonOption = False,
) -> None:
    """Read articles and make an index of them, or bring it up to date.

    The paths are the whole archive: what is no longer under them leaves the index.
    """
    from assistant.indexing import report_lines, run, run_on

    with _errors():
        if watch and json_:
            raise ValueError("--watch reports in lines; leave --json out")
        if watch:
            run_on(index, paths or [], model, _say)
            return
        report = run(index, paths or [], model)
        if json_:
            _print_json(asdict(report))
        else:
            for line in report_lines(report, index):
                show(_out(), line)


@app.command()
def ask(
    question: str,
    *,
    index: IndexOption,
    since: SinceOption = None,
    until: UntilOption = None,
    source: SourceOption = None,
    k: Annotated[int, typer.Option("-k", min=1, max=5, help="How many quotes at most.")] = 5,
    json_: JsonOption = False,
) -> None:
    """Ask a question: quotes, or no answer and why."""
    with _errors():
        from assistant.assistant import Assistant
        from assistant.retriever import Retriever

        assistant = Assistant(Retriever.open(index))
        answer = assistant.ask(question, since=since, until=until, sources=source or (), k=k)
        if json_:
            _print_json(answer)
        else:
            show_answer(_out(), answer)
    raise typer.Exit(0 if answer.quotes else NO_ANSWER)


@app.command()
def search(
    query: str,
    *,
    index: IndexOption,
    since: SinceOption = None,
    until: UntilOption = None,
    source: SourceOption = None,
    k: Annotated[int, typer.Option("-k", min=1, max=100, help="How many passages at most.")] = 10,
    json_: JsonOption = False,
) -> None:
    """Find passages: whole windows of sentences, without choosing among them."""
    with _errors():
        from assistant.assistant import Assistant
        from assistant.retriever import Retriever

        assistant = Assistant(Retriever.open(index))
        found = assistant.search(query, since=since, until=until, sources=source or (), k=k)
        if json_:
            _print_json(found)
        else:
            show_found(_out(), found)
    raise typer.Exit(0 if found.hits else NO_ANSWER)


@app.command()
def serve(
    *,
    index: IndexOption,
    host: Annotated[
        str, typer.Option(help="Address to listen on.", default_factory=lambda: _settings().host)
    ],
    port: Annotated[int, typer.Option(help="Port to listen on.", default_factory=lambda: _settings().port)],
) -> None:
    """Open the chat in a browser at http://127.0.0.1:7860."""
    with _errors():
        from assistant.assistant import Assistant
        from assistant.retriever import Retriever
        from assistant.web import serve as serve_chat

        serve_chat(Assistant(Retriever.open(index)), host, port)


@app.command()
def status(*, index: IndexOption, json_: JsonOption = False) -> None:
    """Say what the index holds and what it could not read."""
    with _errors():
        from assistant.status import status as read_status
        from assistant.status import status_lines

        found = read_status(index)
        if json_:
            _print_json(asdict(found))
        else:
            for line in status_lines(found):
                show(_out(), line)


@app.command()
def check(*, index: IndexOption, json_: JsonOption = False) -> None:
    """Check every hash, offset and count of the index, and compare it with the articles on disk."""
    with _errors():
        from assistant.check import faults

        found = list(faults(index))
    if json_:
        _print_json({"sound": not found, "faults": found})
    else:
        for line in found or ["The index is sound and up to date."]:
            show(_out(), line)
    raise typer.Exit(1 if found else 0)


@app.command()
def verify(
    file: Annotated[Path, typer.Argument(help="What `onrecord ask --json` or `search --json` printed.")],
    *,
    articles: Annotated[
        list[Path] | None,
        typer.Option(help="Where the articles are; without it, where the index found them."),
    ] = None,
    index: IndexOption,
    json_: JsonOption = False,
) -> None:
    """Read the articles again and confirm every quote of a saved answer."""
    with _errors():
        from assistant.verify import verify_file, verify_lines

        checked = verify_file(file, index, articles or ())
        if json_:
            _print_json([{**asdict(c), "quote": c.quote.model_dump(), "stands": c.stands} for c in checked])
        else:
            for line in verify_lines(checked):
                show(_out(), line)
    raise typer.Exit(0 if all(c.stands for c in checked) else 1)


@app.command(name="eval")
def eval_(
    questions: Annotated[Path, typer.Argument(help="JSON Lines: question, answers with gold spans.")],
    *,
    index: IndexOption,
    report: Annotated[
        Path | None, typer.Option(help="Also write each question's result here, as JSON Lines.")
    ] = None,
    details: Annotated[bool, typer.Option(help="Also list every question that went wrong.")] = False,
    json_: JsonOption = False,
) -> None:
    """Measure how well the archive answers questions whose answers are known."""
    with _errors():
        from assistant.evaluation.report import misses, show_misses, show_report
        from assistant.evaluation.run import run

        measured, outcomes = run(index, questions, report)
        wrong = misses(outcomes) if details else []
        if json_:
            _print_json({**asdict(measured), "misses": wrong} if details else asdict(measured))
        else:
            show_report(_out(), measured)
            if details:
                show_misses(_out(), wrong)


def main() -> None:
    """Run the command line."""
    app()
