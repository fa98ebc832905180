"""How many of an event's outlets are quoted when it is asked about, on BASIL's 100 events of three outlets each.

    python -m benchmarks.every_outlet ../shared/data WORK [-k 6] [--out FILE.json]

All 300 articles are one archive; in another each event has lost none, one or two of its outlets, so that
quoting every outlet is not always right. Each event is asked about by its name, and by each headline that was
printed of it. An outlet counts where one of the quotes is from its article of this event. The archives and their
indexes are kept under WORK.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from random import Random

from assistant.assistant import Assistant
from assistant.retrieval.retriever import Retriever
from assistant.types.answer import Answer
from benchmarks.basil import Report, reports
from index.build.build import build
from index.models.by_name import model_named

NAME = "basil.jsonl"


@dataclass(frozen=True, slots=True)
class Covered:
    """What was asked of an event: how many quotes came, how many of its articles, and from how many of its outlets."""

    asked: str
    quotes: int
    right: int
    outlets: int
    of: int


def main(arguments: Sequence[str] | None = None) -> int:
    """Index the reports, ask about every event, print the shares."""
    parser = argparse.ArgumentParser(
        prog="benchmarks.every_outlet", description=(__doc__ or "").split("\n")[0]
    )
    parser.add_argument("data", type=Path, help="the folder of public data")
    parser.add_argument("work", type=Path, help="where the archives and their indexes are kept")
    parser.add_argument("-k", type=int, default=6, help="the most quotes of an answer (default: %(default)s)")
    parser.add_argument("--out", type=Path, help="write every question's counts here, as JSON")
    asked = parser.parse_args(arguments)
    whole = list(reports(asked.data))
    counts: dict[str, list[Covered]] = {}
    for name, found in (("whole", whole), ("thinned", thinned(whole))):
        assistant = over(found, asked.work / name)
        counts[f"{name}, by the event's name"] = covered(assistant, found, names(found), asked.k)
        counts[f"{name}, by a headline"] = covered(assistant, found, headlines(found), asked.k)
    print("\n".join(line(asked_by, found) for asked_by, found in counts.items()))
    if asked.out:
        told = {asked_by: [asdict(c) for c in found] for asked_by, found in counts.items()}
        asked.out.write_text(json.dumps(told, indent=1) + "\n", "utf-8")
    return 0


def thinned(found: Iterable[Report], seed: int = 5) -> list[Report]:
    """Of each event one, two or three reports: of two fifths of them one, of two fifths two."""
    chance = Random(seed)  # noqa: S311 - the same each time
    events: dict[str, list[Report]] = {}
    for report in found:
        events.setdefault(report.event, []).append(report)
    return [
        r
        for own in events.values()
        for r in chance.sample(own, min(len(own), chance.choice((1, 1, 2, 2, 3))))
    ]


def over(found: Iterable[Report], work: Path) -> Assistant:
    """An assistant over the reports; their ids count their lines from 1."""
    articles, index = work / "articles", work / "index"
    articles.mkdir(parents=True, exist_ok=True)
    printed = [{"title": r.title, "source": r.source, "date": r.date, "text": r.text} for r in found]
    (articles / NAME).write_text("".join(json.dumps(record) + "\n" for record in printed), "utf-8")
    embedder = model_named()
    build(index, [articles], embedder)
    return Assistant(Retriever.open(index, embedder))


def names(found: Iterable[Report]) -> list[tuple[str, str]]:
    """Each event's key with the name that most of its reports give it, of several the first."""
    given: dict[str, Counter[str]] = {}
    for report in found:
        if report.event_name:
            given.setdefault(report.event, Counter())[report.event_name] += 1
    return [(event, counts.most_common(1)[0][0]) for event, counts in given.items()]


def headlines(found: Iterable[Report]) -> list[tuple[str, str]]:
    """Each report's event with the headline, where there is one."""
    return [(r.event, r.title) for r in found if r.title]


def covered(
    assistant: Assistant, found: Sequence[Report], asked: Iterable[tuple[str, str]], k: int
) -> list[Covered]:
    """Ask about each event, and count the quotes that are of its articles."""
    printed = {f"{NAME}#{n}": report for n, report in enumerate(found, 1)}
    return [counted(assistant.ask(question, k=k), printed, event) for event, question in asked]


def counted(answer: Answer, printed: dict[str, Report], event: str) -> Covered:
    """Count an answer's quotes; `printed` has each report by its article's id."""
    quoted = [printed[quote.article_id] for quote in answer.quotes]
    right = [report.source for report in quoted if report.event == event]
    outlets = {report.source for report in printed.values() if report.event == event}
    return Covered(answer.question, len(quoted), len(right), len(set(right)), len(outlets))


def line(asked: str, found: Sequence[Covered]) -> str:
    """Of the questions, the share that quotes all outlets of the event; of the quotes, the right ones."""
    whole, answered = sum(c.outlets == c.of for c in found), sum(bool(c.quotes) for c in found)
    right, quotes = sum(c.right for c in found), sum(c.quotes for c in found)
    return (
        f"{asked}: {len(found)} asked, {answered} answered; all outlets quoted by {whole / len(found):.3f}; "
        f"{right} of {quotes} quotes ({right / max(quotes, 1):.3f}) are of the event's articles"
    )


if __name__ == "__main__":
    sys.exit(main())
