"""Building and asking, beside txtai, Haystack and LangChain with FAISS, on Reuters-21578's stories.

    python -m benchmarks.beside ../shared/data WORK [--articles 2000] [--peers txtai,haystack,langchain]

On Record reads files, cuts them into passages, finds copies and writes an index to disk; the peers are given
the same passages ready, embed them with the same model by sentence-transformers, and keep their index in memory.
A build is from nothing and with the model loaded in it. Questions are headlines, spread evenly, one after the
other: for the ten best passages, and On Record's also for a whole answer. Each system in a process of its own;
nothing but the clock tells about all of them, so let nothing else run.
"""

from __future__ import annotations

import argparse
import json
import shutil
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from functools import partial
from pathlib import Path
from time import perf_counter

import numpy as np

from assistant.assistant import Assistant
from assistant.retrieval.retriever import Retriever
from benchmarks.peers.contract import Job, Unit
from benchmarks.peers.environment import PEERS, ask_peer
from benchmarks.rebuild import write_articles
from benchmarks.scale import questions, spread
from benchmarks.timing import machine, usual_environment
from index.build.build import build
from index.generation.generation import Generation, open_current
from index.models.by_name import model_named

_DEPTH = 10


@dataclass(frozen=True, slots=True)
class Speed:
    """A system's seconds for a build, and milliseconds for a question: median and 99th percentile."""

    system: str
    build: float
    p50: float
    p99: float
    answer_p50: float | None = None
    answer_p99: float | None = None


def main(arguments: Sequence[str] | None = None) -> int:
    """Write the stories, let each system index and ask, print a row for each."""
    parser = argparse.ArgumentParser(prog="benchmarks.beside", description=(__doc__ or "").split("\n")[0])
    parser.add_argument("data", type=Path, help="the folder of public data, or with --own an archive")
    parser.add_argument("work", type=Path, help="where the stories and the index are kept")
    parser.add_argument("--articles", type=int, default=2000)
    parser.add_argument("--questions", type=int, default=100)
    parser.add_argument(
        "--peers", default=",".join((*PEERS, "langchain")), help="divided by commas; may be empty"
    )
    parser.add_argument("--out", type=Path, help="write the figures here, as JSON")
    parser.add_argument("--own", action="store_true", help=argparse.SUPPRESS)
    asked = parser.parse_args(arguments)
    if asked.own:
        print(json.dumps(asdict(own(asked.data, asked.work, asked.questions))))
        return 0
    folder, index = asked.work / f"articles-{asked.articles}", asked.work / f"index-{asked.articles}"
    if not folder.exists():
        write_articles(asked.data, folder, asked.articles)
    shutil.rmtree(index, ignore_errors=True)
    rows = [_in_a_process(folder, index, asked.questions)]
    generation = open_current(index)
    job = Job(units(generation), tuple(questions(generation.archive, asked.questions)), _DEPTH)
    rows += [peer_speed(name, job) for name in asked.peers.split(",") if name]
    print("\n".join(lines(rows, generation.manifest.articles, generation.manifest.passages)))
    if asked.out:
        told = {"machine": machine(), "articles": asked.articles, "systems": [asdict(row) for row in rows]}
        asked.out.write_text(json.dumps(told, indent=1) + "\n", "utf-8")
    return 0


def own(articles: Path, index: Path, count: int) -> Speed:
    """On Record's speed, the model loaded within the build as the peers do."""
    began = perf_counter()
    embedder = model_named()
    build(index, [articles], embedder)
    built = perf_counter() - began
    retriever = Retriever.open(index, embedder)
    assistant = Assistant(retriever)
    asked = questions(retriever.generation().archive, count)
    found = spread("search", [partial(retriever.search, q, _DEPTH) for q in asked])
    found |= spread("answer", [partial(assistant.ask, q) for q in asked])
    times = (found[f"{stage} {point}"] for stage in ("search", "answer") for point in ("p50", "p99"))
    return Speed("On Record", round(built, 2), *times)


def _in_a_process(articles: Path, index: Path, count: int) -> Speed:
    command = [
        sys.executable, "-m", "benchmarks.beside", str(articles), str(index), "--own", "--questions", str(count),
    ]  # fmt: skip
    variables = usual_environment()
    told = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True, env=variables)  # noqa: S603
    return Speed(**json.loads(told.stdout.splitlines()[-1]))


def units(generation: Generation) -> tuple[Unit, ...]:
    """The passages of an index, each below its headline."""
    return tuple(
        Unit(f"{article.id}:{p.start}-{p.end}", article.title or "", article.text[p.start : p.end])
        for article in generation.archive.articles()
        for p in generation.archive.layout(article).passages
    )


def peer_speed(name: str, job: Job) -> Speed:
    """A peer's speed at a job; raises what `ask_peer` raises."""
    result = ask_peer(name, job, fresh=True)
    p50, p99 = np.percentile([found.seconds * 1e3 for found in result.found[1:]], [50, 99])
    return Speed(result.system, round(result.index_seconds, 1), round(float(p50), 1), round(float(p99), 1))


def lines(rows: Sequence[Speed], articles: int, passages: int) -> list[str]:
    """A row for each system, with what each takes of the first one's time for the build."""
    first = rows[0]
    shown = [
        f"{articles} articles, {passages} passages",
        f"{'':32}build s  articles/s   times  ms p50    p99",
    ]
    for row in rows:
        rate, times = articles / row.build, row.build / first.build
        shown.append(f"{row.system:32}{row.build:7.1f}{rate:12.1f}{times:8.2f}{row.p50:8.1f}{row.p99:7.1f}")
    if first.answer_p50 is not None and first.answer_p99 is not None:
        shown.append(f"{'  the whole answer':59}{first.answer_p50:8.1f}{first.answer_p99:7.1f}")
    return shown


if __name__ == "__main__":
    sys.exit(main())
