"""Write all that the product shows of the sample archive into a folder, to compare before and after a change of shape.

    python -m benchmarks.frozen BEFORE; …; python -m benchmarks.frozen AFTER; diff -r BEFORE AFTER

Every question and conversation of the sample archive is answered: as JSON, in the terminal, as the page's HTML, as
citations and exports; beside them searches, timelines, the status, article pages and the hashes of an index's files.
The day is fixed, and moments are left out.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Callable, Iterator
from dataclasses import asdict
from datetime import date
from io import StringIO
from pathlib import Path
from typing import TypeVar

from rich.console import Console

from assistant.assistant import Assistant
from assistant.cli.status import status
from assistant.render.citations import cite
from assistant.render.exports import export
from assistant.render.exports.conversation import Conversation
from assistant.render.terminal import show_answer, show_found
from assistant.retrieval.retriever import Retriever
from assistant.types.answer import Answer
from assistant.web.page import article_page, cards, coverage_chart, surroundings
from corpus.sample import ARTICLES, QUESTIONS
from index.build.build import build
from index.generation.generation import open_current
from index.models.by_name import model_named

CONVERSATIONS = QUESTIONS.with_name("conversations.jsonl")
TODAY = date(2031, 4, 1)
_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[.\d]*(?:\+00:00|Z)")
# Made of what was written when: other at each build.
_TIMED = ("archive.sqlite", "words/")

Shown = TypeVar("Shown")


def frozen(work: Path) -> Iterator[tuple[str, str]]:
    """Names of files and what they hold."""
    build(work, [ARTICLES], embedder := model_named())
    generation = open_current(work)
    hashes = {n: h for n, h in generation.manifest.files.items() if not n.startswith(_TIMED)}
    yield "index.json", json.dumps(hashes, indent=1)
    assistant = Assistant(Retriever.open(work, embedder), today=lambda: TODAY)
    yield (
        "status.json",
        json.dumps(asdict(status(work)), indent=1, default=str)
        .replace(str(work), "INDEX")
        .replace(str(ARTICLES), "ARTICLES"),
    )
    yield "coverage.html", str(coverage_chart.coverage_chart(assistant.months()))
    yield "welcome.html", str(surroundings.welcome("On Record", assistant.coverage()))
    yield from _answers(assistant)
    yield from _conversations(assistant)


def _answers(assistant: Assistant) -> Iterator[tuple[str, str]]:
    for line in QUESTIONS.read_text("utf-8").splitlines():
        row = json.loads(line)
        name, filters = row["id"], {key: row[key] for key in ("since", "until", "sources")}
        answer = assistant.ask(row["question"], **filters, k=6)
        yield from _shown(name, assistant, answer)
        found = assistant.search(row["question"], **filters)
        yield f"{name}/search.json", found.model_dump_json(indent=1)
        yield f"{name}/search.txt", _printed(show_found, found)
        try:
            timeline = assistant.timeline(row["question"], **filters).model_dump_json(indent=1)
        except ValueError as error:
            timeline = str(error)
        yield f"{name}/timeline.json", timeline


def _conversations(assistant: Assistant) -> Iterator[tuple[str, str]]:
    for line in CONVERSATIONS.read_text("utf-8").splitlines():
        row, before = json.loads(line), ""
        answers = []
        for number, turn in enumerate(row["turns"]):
            answer = assistant.ask(turn["question"], after=before)
            before = turn["question"]
            answers.append(answer)
            yield from _shown(f"{row['id']}-{number}", assistant, answer)
        for kind in export.FORMATS:
            talk = Conversation(title="On Record", turns=tuple(answers))
            yield f"{row['id']}/talk{export.SUFFIXES[kind]}", export.export(talk, kind, ())


def _shown(name: str, assistant: Assistant, answer: Answer) -> Iterator[tuple[str, str]]:
    yield f"{name}/answer.json", answer.model_dump_json(indent=1)
    yield f"{name}/answer.txt", _printed(show_answer, answer)
    yield f"{name}/answer.html", str(cards.answer(answer, assistant.neighbours))
    for number, quote in enumerate(answer.quotes):
        place = article_page.Place(quote.article_id, quote.start, quote.end, quote.article_sha256)
        view = article_page.article_view(assistant.article(quote.article_id), place)
        yield f"{name}/article-{number}.html", str(article_page.page("On Record", view))
    for kind in cite.FORMATS if answer.quotes else ():
        yield f"{name}/cite{cite.SUFFIXES[kind]}", cite.citations(answer, assistant.article, kind)


def _printed(show: Callable[[Console, Shown], None], value: Shown) -> str:
    console = Console(width=100, record=True, file=StringIO(), force_terminal=True)
    show(console, value)
    return console.export_text(styles=True)


def main(folder: Path) -> None:
    """Write the files."""
    for name, text in frozen(folder / ".index"):
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(_MOMENT.sub("MOMENT", text), "utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
