"""The command that lists what was said to have happened when: `timeline`."""

from __future__ import annotations

from datetime import date
from typing import Annotated

import typer

from assistant.cli.console import (
    NO_ANSWER,
    IndexOption,
    JsonOption,
    SinceOption,
    SourceOption,
    UndatedOption,
    UntilOption,
    day,
    errors,
    out,
    print_json,
)

_QUERY = "Who or what: a name, a place, a topic."


def register(app: typer.Typer) -> None:
    """Add the command to the command line."""
    app.command()(timeline)


def timeline(
    query: Annotated[str, typer.Argument(help=_QUERY)],
    *,
    index: IndexOption,
    since: SinceOption = None,
    until: UntilOption = None,
    source: SourceOption = None,
    undated: UndatedOption = None,
    event_since: Annotated[
        date | None, typer.Option(parser=day, metavar="YYYY-MM-DD", help="Speaks of this day or later.")
    ] = None,
    event_until: Annotated[
        date | None, typer.Option(parser=day, metavar="YYYY-MM-DD", help="Speaks of this day or earlier.")
    ] = None,
    k: Annotated[int, typer.Option("-k", min=1, help="How many entries at most.")] = 50,
    json_: JsonOption = False,
) -> None:
    """List every sentence that speaks of something and names a day, in the order of these days."""
    with errors():
        from assistant.assistant import Assistant
        from assistant.cli.timeline_lines import show_timeline
        from assistant.retrieval.retriever import Retriever

        found = Assistant(Retriever.open(index)).timeline(
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
            show_timeline(out(), found)
    raise typer.Exit(0 if found.entries else NO_ANSWER)
