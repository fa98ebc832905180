"""The `eval` command's work: questions asked with a progress bar, measured, and written down."""

from __future__ import annotations

from pathlib import Path

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from assistant.assistant import Assistant
from assistant.evaluation.measures import Report, summarise
from assistant.evaluation.outcomes import Outcome, evaluate
from assistant.evaluation.questions import GoldQuestion, read_questions
from assistant.evaluation.report import write_report
from assistant.evaluation.retrieval import Lookup, look_up, require_measures
from assistant.retrieval.retriever import Retriever


def run(root: Path, questions: Path, report: Path | None = None) -> tuple[Report, list[Outcome]]:
    """Ask the index at `root` the questions of a file; write each one's result to `report`.

    Raises ValueError for what is wrong with a question, CannotMeasure, OSError where a file can't be read
    or written, and what opening the index raises.
    """
    require_measures()  # before an hour of questions
    retriever = Retriever.open(root)
    asked = read_questions(questions)
    if report:
        _try(report)
    assistant = Assistant(retriever)
    outcomes, lookups = _measure(assistant, retriever, asked)
    if report:
        write_report(report, outcomes, lookups)
    found = [lookup for lookup in lookups if lookup]
    return summarise(assistant, outcomes, found), outcomes


def _try(path: Path) -> None:
    """Find out that a file can't be written before an hour of questions, and leave what it holds."""
    with path.open("a", encoding="utf-8"):
        pass


def _measure(
    assistant: Assistant, retriever: Retriever, questions: list[GoldQuestion]
) -> tuple[list[Outcome], list[Lookup | None]]:
    """The answers, all of them first, so that their times are their own; then the searches."""
    console = Console(stderr=True)
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as bar:
        task = bar.add_task("Asking questions", total=len(questions))

        def progress(done: int, total: int) -> None:
            bar.update(task, completed=done, total=total)

        outcomes = evaluate(assistant, questions, progress)
        searches = bar.track([o.searched for o in outcomes], description="Searching for passages")
        return outcomes, [look_up(retriever, q) if q.answers else None for q in searches]
