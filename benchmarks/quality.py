"""Measure On Record, and with --peers txtai and Haystack beside it, on the same public work.

    python -m benchmarks.quality ../shared/data [--peers] [--only squad,scifact] [--limit N] [--out FILE.json]

The peers need `make peers` once. They get On Record's own passages and sentences, each under its
article's title, and its own model; they run offline. For quotes they rank single sentences, which
is the nearest they come to quoting without a reader: Haystack's extractive reader needs a model
that is not among what is installed, and so does its own sentence splitter. The sentences they find
are then quoted as On Record quotes, with those that they can't be understood without.
"""

from __future__ import annotations

import argparse
import json
import math
import os
import sys
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.figures import (
    OFF_TOPIC_ANSWERED,
    Figures,
    answerable,
    as_replies,
    decided,
    off_topic_rate,
    possible,
    quote_figures,
    ranking_figures,
    shown_figures,
    silence_figures,
)
from benchmarks.latency import latency
from benchmarks.measures import Reply
from benchmarks.on_record import NAME, OnRecord
from benchmarks.peers.contract import Job, Result
from benchmarks.peers.environment import PEERS, PeersMissing, ask_peer, python
from benchmarks.tasks import TASKS, Task
from benchmarks.units import Units, read_units
from index.models.by_name import model_named

WORK = Path(".onrecord/benchmarks")
ALL = (*TASKS, "latency")


@dataclass(slots=True)
class Report:
    """What was measured on one task: figures by system and by name."""

    about: str
    questions: dict[str, int]
    systems: dict[str, Figures] = field(default_factory=dict)


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure what the command line asks for, print it and write it down."""
    asked = _parser().parse_args(arguments)
    peers = PEERS if asked.peers or asked.only_peers else ()
    try:
        if peers:
            python()
    except PeersMissing as error:
        sys.stderr.write(f"{error}\n")
        return 2
    work = WORK / f"first-{asked.limit}" if asked.limit else WORK
    reports: dict[str, Report] = {}
    for name in asked.only:
        sys.stderr.write(f"{name} …\n")
        reports[name] = _measure(name, asked.data, work, asked.limit, peers, own=not asked.only_peers)
        print("\n".join(table(reports[name])) + "\n")
        if asked.out:
            asked.out.write_text(as_json(reports, asked.limit), "utf-8")
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="benchmarks.quality", description=(__doc__ or "").split("\n")[0])
    parser.add_argument("data", type=Path, help="the folder of public data")
    parser.add_argument("--peers", action="store_true", help="measure txtai and Haystack as well")
    parser.add_argument("--only-peers", action="store_true", help="measure txtai and Haystack alone")
    parser.add_argument("--only", type=_names, default=ALL, help=f"some of {','.join(ALL)}")
    parser.add_argument(
        "--limit", type=int, help="a quick run: so many questions of each kind, small archives"
    )
    parser.add_argument("--out", type=Path, help="write the figures here, as JSON")
    return parser


def _names(text: str) -> tuple[str, ...]:
    names = tuple(text.split(","))
    if not set(names) <= set(ALL):
        raise argparse.ArgumentTypeError(f"choose from {','.join(ALL)}")
    return names


def _measure(
    name: str, data: Path, work: Path, limit: int | None, peers: Sequence[str], *, own: bool
) -> Report:
    task = TASKS["sample" if name == "latency" else name](data, work, limit)
    units = read_units(task.articles, model_named())
    on_record = OnRecord.over(task.articles, work / task.name / "index") if own else None
    if name == "latency":
        return Report("Warm questions to the sample archive", {}, latency(task, units, on_record, peers))
    counts: dict[str, int] = Counter(query.role for query in task.queries)
    report = Report(task.about, counts)
    rate = OFF_TOPIC_ANSWERED
    if on_record:
        report.systems[NAME], rate = measure_own(task, units, on_record)
    for peer in peers:
        system, figures = measure_peer(task, units, peer, rate)
        report.systems[system] = figures
    if task.quoted:
        report.systems["at most"] = {"quotes: first is right": possible(task, units)}
    return report


def measure_own(task: Task, units: Units, system: OnRecord) -> tuple[Figures, float]:
    """On Record's figures, and the share of off-topic questions that it answers."""
    found: Figures = {}
    if task.ranked:
        rank = system.articles if task.ranked == "articles" else system.passages
        found.update(ranking_figures(task, units, [rank(query.question) for query in answerable(task)]))
    if not task.quoted:
        return found, OFF_TOPIC_ANSWERED
    replies = [system.reply(query.question) for query in task.queries]
    rate = off_topic_rate(task, replies)
    return {**found, **_reply_figures(task, units, replies, rate)}, rate


def measure_peer(task: Task, units: Units, peer: str, rate: float) -> tuple[str, Figures]:
    """A peer's name with its version, and its figures; `rate` of off-topic questions may be answered."""
    found: Figures = {}
    system = peer
    if task.ranked:
        ranked = units.whole() if task.ranked == "articles" else units.titled(units.passages)
        result = ask_peer(peer, Job(ranked, tuple(query.question for query in answerable(task))))
        system = result.system
        found.update(ranking_figures(task, units, [[unit for unit, _ in f.ranking] for f in result.found]))
    if task.quoted:
        questions = tuple(query.question for query in task.queries)
        result = ask_peer(peer, Job(units.titled(units.sentences), questions, signals=True))
        system = result.system
        found.update(_reply_figures(task, units, _replies(units, result), rate))
    return system, found


def _replies(units: Units, result: Result) -> list[Reply]:
    quoted = [[units.quotes[sentence] for sentence, _ in found.ranking] for found in result.found]
    return as_replies(quoted, [found.signals for found in result.found])


def _reply_figures(task: Task, units: Units, replies: Sequence[Reply], rate: float) -> Figures:
    answered = decided(task, replies, rate)
    shown = shown_figures(task, units, replies, answered)
    silence = silence_figures(task, replies, answered)
    return {**quote_figures(task, units, replies), **(shown if silence else {}), **silence}


def table(report: Report) -> list[str]:
    """A report as lines: a row for each figure, a column for each system."""
    counts = ", ".join(f"{count} {role}" for role, count in report.questions.items())
    names = list(dict.fromkeys(name for figures in report.systems.values() for name in figures))
    width = max(map(len, names), default=0)
    heads = list(report.systems)
    lines = [f"{report.about}: {counts}" if counts else report.about]
    lines.append(" ".join(["".ljust(width), *(head.rjust(14) for head in heads)]))
    for name in names:
        cells = [_cell(name, report.systems[head].get(name)) for head in heads]
        lines.append(" ".join([name.ljust(width), *(cell.rjust(14) for cell in cells)]))
    return lines


def _cell(name: str, value: float | None) -> str:
    if value is None or math.isnan(value):
        return ""
    return f"{value:.1f}" if " ms" in name or "characters" in name else f"{value:.3f}"


def as_json(reports: Mapping[str, Report], limit: int | None) -> str:
    """Everything measured, as JSON; a figure that is not a number is null."""
    tasks = {
        name: {
            "about": report.about,
            "questions": report.questions,
            "systems": {
                system: {k: None if math.isnan(v) else round(v, 4) for k, v in figures.items()}
                for system, figures in report.systems.items()
            },
        }
        for name, report in reports.items()
    }
    return json.dumps({"limit": limit, "cores": os.cpu_count(), "tasks": tasks}, indent=1) + "\n"


if __name__ == "__main__":
    sys.exit(main())
