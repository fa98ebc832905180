"""An evaluation on a page, and question by question in a form that two runs can be compared by."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from rich.console import Console
from rich.table import Table
from rich.text import Text

from assistant.evaluation.completion import Completion
from assistant.evaluation.confidence import Abstention, Calibration
from assistant.evaluation.measures import Interval, KindRates, Latency, Report
from assistant.evaluation.outcomes import Outcome
from assistant.evaluation.retrieval import Lookup, Retrieval
from assistant.render.terminal import as_json, safe, show
from assistant.types.answer import Quote

_NONE = "–"


def show_report(console: Console, report: Report) -> None:
    """Print the rates with their intervals, then what was measured beside them."""
    console.print(_rates(report))
    if report.retrieval:
        _show_retrieval(console, report.retrieval)
    _show_abstention(console, report.abstention)
    _show_calibration(console, report.calibration)
    _show_latency(console, report.latency_ms)
    if report.follow_ups:
        _show_follow_ups(console, report.follow_ups)
    if len(report.by_kind) > 1:
        _show_kinds(console, report.by_kind)


def _table(*columns: str) -> Table:
    """A table without lines; its first column holds words, the others figures."""
    table = Table(box=None, pad_edge=False, padding=(0, 0, 0, 3))
    for number, column in enumerate(columns):
        table.add_column(Text(column, "dim"), justify="right" if number else "left", no_wrap=bool(number))
    return table


def _show_table(console: Console, table: Table) -> None:
    console.print()
    console.print(table)


def _figure(value: float | None, places: int = 3) -> str:
    return _NONE if value is None else f"{value:,.{places}f}"


def _interval(interval: Interval | None) -> str:
    return _NONE if interval is None else f"{interval.low:.3f}–{interval.high:.3f}"


def _rates(report: Report) -> Table:
    table = _table("Quotes", "rate", "95 % interval")

    def add(label: str, name: str, value: float | None) -> None:
        table.add_row(f"  {label}", _figure(value), _interval(report.intervals.get(name)))

    table.add_row("answerable questions", str(report.answerable))
    add("right quote first", "hit_at_1", report.hit_at_1)
    add("among the first 3", "hit_at_3", report.hit_at_3)
    add("among the first 5", "hit_at_5", report.hit_at_5)
    add("left unanswered", "silent", report.silent)
    table.add_row("unanswerable questions", str(report.unanswerable))
    add("left unanswered", "abstained", report.abstained)
    table.add_row("quotes that are exact", _figure(report.exact))
    return table


def _show_retrieval(console: Console, retrieval: Retrieval) -> None:
    table = _table("Retrieval", "passages", "articles")
    for name, value in retrieval.passages.items():
        table.add_row(name, _figure(value), _figure(retrieval.articles[name]))
    _show_table(console, table)
    if retrieval.unsearchable:
        show(console, f"answering places that no passage holds whole: {retrieval.unsearchable}")


def _show_abstention(console: Console, abstention: Abstention) -> None:
    point = abstention.operating_point
    table = _table("Silence", "")
    table.add_row("area under the ROC curve", _figure(abstention.roc_auc))
    table.add_row("answerable questions that were answered", _figure(point.true_answer_rate))
    table.add_row("unanswerable questions that were answered", _figure(point.false_answer_rate))
    _show_table(console, table)


def _show_calibration(console: Console, calibration: Calibration) -> None:
    table = _table("Probability", "questions", "mean", "right")
    for bin_ in calibration.bins:
        mean, right = _figure(bin_.mean_probability), _figure(bin_.share_right)
        table.add_row(f"{bin_.low:.1f}–{bin_.high:.1f}", str(bin_.count), mean, right)
    _show_table(console, table)
    show(console, f"Brier score {_figure(calibration.brier)}")


def _show_latency(console: Console, latency: Latency) -> None:
    table = _table("Milliseconds", "first, with loading", "p50", "p95", "p99", "longest")
    times = (latency.first, latency.p50, latency.p95, latency.p99, latency.max)
    table.add_row("from question to answer", *(_figure(time, 0) for time in times))
    _show_table(console, table)


def _show_follow_ups(console: Console, follow_ups: Completion) -> None:
    table = _table("Follow-ups", "questions", "as it should be")
    leaning, standing = follow_ups.leaning, follow_ups.standing
    table.add_row("need the one before: completed", str(leaning), str(follow_ups.completed))
    table.add_row("need nothing: left alone", str(standing), str(follow_ups.left_alone))
    _show_table(console, table)


def _show_kinds(console: Console, kinds: Iterable[KindRates]) -> None:
    table = _table("Kind", "answerable", "first", "first 3", "unanswered", "unanswerable", "unanswered")
    for kind in kinds:
        table.add_row(
            Text(safe(" ".join(kind.kind.split())) or "not stated"),
            str(kind.answerable),
            *(_figure(rate) for rate in (kind.hit_at_1, kind.hit_at_3, kind.silent)),
            str(kind.unanswerable),
            _figure(kind.abstained),
        )
    _show_table(console, table)


def show_misses(console: Console, lines: Sequence[str]) -> None:
    """Print what `misses` gives."""
    for line in ["\nWent wrong:", *lines] if lines else ["\nNothing went wrong."]:
        show(console, line)


def misses(outcomes: Sequence[Outcome]) -> list[str]:
    """A line for each question without a right first quote, or answered though it has no answer."""
    return [
        f"{o.question.id} {o.question.question} → {o.answer.quotes[0].text if o.answer.quotes else 'no answer'}"
        for o in outcomes
        if (o.rank != 1 if o.question.answers else o.answered)
    ]


def record(outcome: Outcome, lookup: Lookup | None) -> dict[str, object]:
    """One question's result as the report file has it.

    `rank` is that of the first right quote, `passage_rank` that of the first passage found that
    holds an answer; `ms`, which no two runs share, comes last.
    """
    question, answer = outcome.question, outcome.answer
    return {
        "id": question.id,
        "question": question.question,
        "completed": answer.understood.completed,
        "kind": question.kind,
        "status": answer.status,
        "probability": None if answer.probability is None else round(answer.probability, 4),
        "rank": outcome.rank,
        "passage_rank": lookup.passages.rank if lookup else None,
        "quote": _place(answer.quotes),
        "near_miss": _place(answer.near_misses),
        "gold": [gold.model_dump() for gold in question.answers],
        "ms": round(1000 * outcome.seconds, 1),
    }


def _place(quotes: Sequence[Quote]) -> dict[str, object] | None:
    return quotes[0].model_dump(include={"article_id", "start", "end", "text"}) if quotes else None


def write_report(path: Path, outcomes: Iterable[Outcome], lookups: Iterable[Lookup | None]) -> None:
    """Write JSON Lines in UTF-8, one for each question in the order they were asked."""
    lines = (_one_line(record(o, lookup)) for o, lookup in zip(outcomes, lookups, strict=True))
    path.write_text("".join(f"{line}\n" for line in lines), "utf-8", newline="\n")


def _one_line(value: object) -> str:
    # Within strings a newline is an escape: those there are stand between the parts.
    return " ".join(part.lstrip(" ") for part in as_json(value).split("\n"))
