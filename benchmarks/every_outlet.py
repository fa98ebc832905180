"""How many of an event's outlets are quoted when it is asked about, on BASIL's 100 events of three outlets each.

    python -m benchmarks.every_outlet ../shared/data WORK [-k 6] [--out FILE.json]

All 300 articles are one archive, indexed under WORK. Each event is asked about by its name, and by each
headline that was printed of it. An outlet counts where one of the quotes is from its article of this event.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from assistant.answer import Answer
from assistant.assistant import Assistant
from assistant.retriever import Retriever
from benchmarks.basil import Report, reports
from index.build import build
from index.models import model_named

NAME = "basil.jsonl"


@dataclass(frozen=True, slots=True)
class Covered:
    """What was asked of an event: how many quotes came, how many of them of its articles, from how many outlets."""

    asked: str
    quotes: int
    right: int
    outlets: int


def main(arguments: Sequence[str] | None = None) -> int:
    """Index the reports, ask about every event, print the shares."""
    parser = argparse.ArgumentParser(
        prog="benchmarks.every_outlet", description=(__doc__ or "").split("\n")[0]
    )
    parser.add_argument("data", type=Path, help="the folder of public data")
    parser.add_argument("work", type=Path, help="where the archive and its index are kept")
    parser.add_argument("-k", type=int, default=6, help="the most quotes of an answer (default: %(default)s)")
    parser.add_argument("--out", type=Path, help="write every question's counts here, as JSON")
    asked = parser.parse_args(arguments)
    found = list(reports(asked.data))
    assistant = over(found, asked.work)
    by_name = [covered(assistant, found, event, name, asked.k) for event, name in names(found)]
    by_headline = [covered(assistant, found, r.event, r.title, asked.k) for r in found if r.title]
    print(line("the event's name", by_name))
    print(line("a printed headline", by_headline))
    if asked.out:
        asked.out.write_text(json.dumps([asdict(c) for c in by_name + by_headline], indent=1) + "\n", "utf-8")
    return 0


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
    """Each event's key and name, once; the one without a name is left out."""
    return list(dict.fromkeys((r.event, r.event_name) for r in found if r.event_name))


def covered(assistant: Assistant, found: Sequence[Report], event: str, question: str, k: int) -> Covered:
    """Ask, and count the quotes that are of the event's articles."""
    return counted(assistant.ask(question, k=k), {f"{NAME}#{n}": r for n, r in enumerate(found, 1)}, event)


def counted(answer: Answer, printed: dict[str, Report], event: str) -> Covered:
    """Count an answer's quotes; `printed` has each report by its article's id."""
    quoted = [printed[quote.article_id] for quote in answer.quotes]
    right = [report.source for report in quoted if report.event == event]
    return Covered(answer.question, len(quoted), len(right), len(set(right)))


def line(asked: str, found: Sequence[Covered]) -> str:
    """Of the questions, the shares that quote three, two, one or none of the outlets; of the quotes, the right ones."""
    outlets = Counter(c.outlets for c in found)
    shares = ", ".join(f"{n}: {outlets[n] / len(found):.3f}" for n in (3, 2, 1, 0))
    answered = sum(bool(c.quotes) for c in found)
    right, quotes = sum(c.right for c in found), sum(c.quotes for c in found)
    return (
        f"{asked}: {len(found)} asked, {answered} answered; outlets quoted of the event {shares}; "
        f"{right} of {quotes} quotes ({right / max(quotes, 1):.3f}) are of its articles"
    )


if __name__ == "__main__":
    sys.exit(main())
