"""The `onrecord` command. Results go to stdout, everything else to stderr.

Exit codes: 0 answered (or sound, or standing), 1 no answer (or a fault was found), 2 error.
"""

from __future__ import annotations

import sys
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

import assistant.cli.one_thread  # noqa: F401
from assistant.cli import serving_commands, timeline_command
from assistant.cli.console import (
    NO_ANSWER,
    EventSinceOption,
    EventUntilOption,
    IndexOption,
    JsonOption,
    ModelOption,
    SinceOption,
    SourceOption,
    UndatedOption,
    UntilOption,
    errors,
    out,
    print_json,
    say,
)
from assistant.cli.ending import run_to_the_end
from assistant.render.terminal import show, show_answer, show_found
from assistant.types.request import MOST_QUOTES, USUAL_QUOTES

app = typer.Typer(
    help="Answers from an archive of news articles with what was printed, and nothing else.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)


@app.command()
def index(
    paths: Annotated[
        list[Path] | None, typer.Argument(help="Folders or files; without any, those indexed last time.")
    ] = None,
    *,
    index: IndexOption,
    model: ModelOption,
    watch: Annotated[bool, typer.Option("--watch", help="Stay, and index again after every change.")] = False,
    allow_removal: Annotated[
        bool, typer.Option("--allow-removal", help="Let more than a tenth of the articles leave the index.")
    ] = False,
    json_: JsonOption = False,
) -> None:
    """Read articles and make an index of them, or bring it up to date.

    The paths are the whole archive: what is no longer under them leaves the index, up to a tenth of its articles.
    What could not be looked at is kept, and the exit code is 1.
    """
    from assistant.cli.indexing import report_lines, run, run_on

    with errors():
        if watch and json_:
            raise ValueError("--watch reports in lines; leave --json out")
        if watch and allow_removal:
            raise ValueError("--watch never removes many articles; run it once without, with --allow-removal")
        if watch:
            run_on(index, paths or [], model, say)
            return
        report = run(index, paths or [], model, allow_removal=allow_removal)
        if json_:
            print_json(asdict(report))
        else:
            for line in report_lines(report, index):
                show(out(), line)
        if report.kept:
            raise typer.Exit(NO_ANSWER)


@app.command()
def ask(
    question: str,
    *,
    index: IndexOption,
    since: SinceOption = None,
    until: UntilOption = None,
    event_since: EventSinceOption = None,
    event_until: EventUntilOption = None,
    source: SourceOption = None,
    undated: UndatedOption = None,
    k: Annotated[
        int, typer.Option("-k", min=1, max=MOST_QUOTES, help="How many quotes at most.")
    ] = USUAL_QUOTES,
    cite: Annotated[
        str | None,
        typer.Option(
            help="Print citations of the quotes: text, markdown, csl-json, ris, bibtex, web-annotation."
        ),
    ] = None,
    after: Annotated[
        str, typer.Option(metavar="QUESTION", help="The question before, for one that leans on it.")
    ] = "",
    literal: Annotated[
        bool, typer.Option("--literal", help="Read no filter from the question, take nothing over.")
    ] = False,
    json_: JsonOption = False,
) -> None:
    """Ask a question: quotes, or no answer and why."""
    with errors():
        from assistant.assistant import Assistant
        from assistant.render.citations.cite import citations
        from assistant.retrieval.retriever import Retriever

        retriever = Retriever.open(index)
        answer = Assistant(retriever).ask(
            question,
            since=since,
            until=until,
            sources=source or (),
            undated=undated,
            event_since=event_since,
            event_until=event_until,
            k=k,
            after=after,
            literal=literal,
        )
        if cite and answer.quotes:
            sys.stdout.write(citations(answer, retriever.generation().archive.article, cite))
        elif json_:
            print_json(answer)
        else:
            show_answer(out(), answer)
    raise typer.Exit(0 if answer.quotes else NO_ANSWER)


@app.command()
def export(
    files: Annotated[list[Path], typer.Argument(help="What `onrecord ask --json` printed, one or more.")],
    *,
    as_: Annotated[str, typer.Option("--as", help="markdown, html (to print) or json.")] = "markdown",
    title: Annotated[str, typer.Option(help="What the document is headed with.")] = "On Record",
    index: Annotated[
        Path | None,
        typer.Option(
            "--index", help="Folder of the index to compare the quotes with; the usual one if it is there."
        ),
    ] = None,
) -> None:
    """Join saved answers to one document, with every citation; say whether it is what the index has."""
    with errors():
        from assistant.cli.exporting import differing, joined
        from assistant.render.exports.export import export as write

        conversation = joined(files, title)
        found = differing(conversation.turns, index)
        sys.stdout.write(write(conversation, as_, found))
    raise typer.Exit(1 if found else 0)


@app.command()
def search(
    query: str,
    *,
    index: IndexOption,
    since: SinceOption = None,
    until: UntilOption = None,
    event_since: EventSinceOption = None,
    event_until: EventUntilOption = None,
    source: SourceOption = None,
    undated: UndatedOption = None,
    k: Annotated[int, typer.Option("-k", min=1, max=100, help="How many passages at most.")] = 10,
    json_: JsonOption = False,
) -> None:
    """Find passages: whole windows of sentences, without choosing among them."""
    with errors():
        from assistant.assistant import Assistant
        from assistant.retrieval.retriever import Retriever

        assistant = Assistant(Retriever.open(index))
        found = assistant.search(
            query,
            since=since,
            until=until,
            sources=source or (),
            undated=undated,
            event_since=event_since,
            event_until=event_until,
            k=k,
        )
        if json_:
            print_json(found)
        else:
            show_found(out(), found)
    raise typer.Exit(0 if found.hits else NO_ANSWER)


@app.command()
def status(*, index: IndexOption, json_: JsonOption = False) -> None:
    """Say what the index holds and what it could not read."""
    with errors():
        from assistant.cli.status import status as read_status
        from assistant.cli.status import status_lines

        found = read_status(index)
        if json_:
            print_json(asdict(found))
        else:
            for line in status_lines(found):
                show(out(), line)


@app.command()
def check(*, index: IndexOption, json_: JsonOption = False) -> None:
    """Check the index: files, texts, vectors and words, and compare it with the articles on disk."""
    with errors():
        from assistant.integrity.check import faults

        found = list(faults(index))
    if json_:
        print_json({"sound": not found, "faults": found})
    else:
        for line in found or ["The index is sound and up to date."]:
            show(out(), line)
    raise typer.Exit(1 if found else 0)


@app.command()
def verify(
    file: Annotated[
        Path, typer.Argument(help="What `onrecord ask`, `search` or `timeline` printed with --json.")
    ],
    *,
    articles: Annotated[
        list[Path] | None,
        typer.Option(help="Where the articles are; without it, where the index found them."),
    ] = None,
    index: IndexOption,
    json_: JsonOption = False,
) -> None:
    """Read the articles again and compare all that a saved answer quotes and states of it with the index."""
    with errors():
        from assistant.integrity.verify import as_value, verify_file, verify_lines

        verified = verify_file(file, index, articles or ())
        if json_:
            print_json(as_value(verified))
        else:
            for line in verify_lines(verified):
                show(out(), line)
    raise typer.Exit(0 if verified.stands else 1)


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
    with errors():
        from assistant.cli.evaluating import run
        from assistant.evaluation.report import misses, show_misses, show_report

        measured, outcomes = run(index, questions, report)
        wrong = misses(outcomes) if details else []
        if json_:
            print_json({**asdict(measured), "misses": wrong} if details else asdict(measured))
        else:
            show_report(out(), measured)
            if details:
                show_misses(out(), wrong)


timeline_command.register(app)
serving_commands.register(app)


def main() -> None:
    """Run the command line; does not return."""
    run_to_the_end(app)
