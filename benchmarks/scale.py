"""What a question costs as the archive grows: by stage, with and without a filter, and in memory.

    python -m benchmarks.scale INDEX WORK [--sizes 1000,10000,100000] [--questions 200] [--out FILE.json]

INDEX is a real one (`benchmarks.rebuild` leaves one of 40,000 passages of Reuters stories). Smaller
archives are its first passages. Larger ones hold it several times, one after the other in their dates, with every
vector turned a little towards that of another passage: **simulated**, so that no two are alike; texts
and word pieces are then the same ones again. Questions are headlines of its articles, spread evenly.
Each size is written under WORK as `onrecord index` writes it, measured by a process of its own, and
removed. A filter of 1 % is one run of publication days. Compare figures of one run.
"""

from __future__ import annotations

import argparse
import json
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta
from functools import partial
from itertools import islice
from pathlib import Path
from statistics import mean
from time import perf_counter, process_time

import numpy as np

from assistant.assistant import Assistant
from assistant.query.question import read_question
from assistant.retrieval.retriever import Retriever
from assistant.retrieval.snapshot import Snapshot
from assistant.selection.judge import Judge
from assistant.selection.reader.encoding import Window
from assistant.selection.reader.reader import Reading
from assistant.types.request import Inquiry
from benchmarks.timing import machine, table, usual_environment
from corpus.article import DateOrigin
from index.build.encode import EncodedPassages
from index.build.writing import Contents, now, write
from index.filters import Filter
from index.generation.generation import Generation, open_current
from index.sqlite.archive import Archive
from index.sqlite.archive_writing import Entry
from index.vectors.dense import FaissVectors

_TURNED = 0.35  # how far a simulated vector lies towards another one; cosine to its own is then about .94
_DEPTH = 100
_SHARE = 0.01  # of the passages, that the filter allows
_SEED = 20261122

Figures = dict[str, float]


def main(arguments: Sequence[str] | None = None) -> int:
    """Write an archive of each size, measure it and print a row for it."""
    parser = argparse.ArgumentParser(prog="benchmarks.scale", description=(__doc__ or "").split("\n")[0])
    parser.add_argument("index", type=Path, help="a real index, or with --measure the one to measure")
    parser.add_argument("work", type=Path, nargs="?", help="where the indexes are written, one at a time")
    parser.add_argument("--sizes", default="1000,10000,100000", help="passages, divided by commas")
    parser.add_argument("--questions", type=int, default=200)
    parser.add_argument("--out", type=Path, help="write the figures here, as JSON")
    parser.add_argument("--measure", action="store_true", help=argparse.SUPPRESS)
    asked = parser.parse_args(arguments)
    if asked.measure:
        print(json.dumps(measured(asked.index, asked.questions)))
        return 0
    rows: dict[str, Figures] = {}
    for size in map(int, asked.sizes.split(",")):
        rows[f"{size:,}"] = _row(asked.index, asked.work / str(size), size, asked.questions)
        print("\n".join(table({f"{size:,}": rows[f"{size:,}"]})), flush=True)
    if asked.out:
        asked.out.write_text(json.dumps({"machine": machine(), "sizes": rows}, indent=1) + "\n", "utf-8")
    return 0


def _row(real: Path, place: Path, size: int, questions: int) -> Figures:
    """Write an index of this size, measure it in a new process, and remove it."""
    shutil.rmtree(place, ignore_errors=True)
    began = process_time()
    grown(open_current(real), place, size)
    written = process_time() - began
    files = [path for path in place.rglob("*") if path.is_file()]
    figures: Figures = {
        "written, processor s": round(written, 1),
        "bytes a passage": round(sum(path.stat().st_size for path in files) / size),
    }
    command = [
        sys.executable, "-m", "benchmarks.scale", str(place), "--measure", "--questions", str(questions),
    ]  # fmt: skip
    told = subprocess.run(command, check=True, capture_output=True, text=True, env=usual_environment())  # noqa: S603
    shutil.rmtree(place)
    found: Figures = json.loads(told.stdout.splitlines()[-1])
    return figures | found


def grown(real: Generation, place: Path, size: int) -> None:
    """Write an index of `size` passages at `place`, made of a real one's."""
    entries = list(_entries(real.archive, size))
    count = len(real.vectors)
    vectors = real.vectors.rows(np.arange(count))
    random = np.random.default_rng(_SEED)
    parts = [vectors[: min(size, count)]]
    for first in range(count, size, count):
        others = np.roll(vectors, random.integers(1, count), axis=0)
        turned = vectors + _TURNED * others
        parts.append((turned / np.linalg.norm(turned, axis=1, keepdims=True))[: size - first])
    codes = [real.tokens.codes(row % count) for row in range(size)]
    encoded = EncodedPassages(np.concatenate(parts).astype(np.float32), real.tokens.codec, codes, 0)
    write(place, Contents(entries, encoded, real.manifest.model, roots=(), created=now()))


def _entries(archive: Archive, size: int) -> Iterator[Entry]:
    """Articles with `size` passages together, the whole archive again and again, each time after the last."""
    left, copy = size, 0
    days = [day for day in (archive.coverage().first, archive.coverage().last) if day] or [date(2000, 1, 1)]
    later = days[-1] - days[0] + timedelta(days=1)
    articles = [
        (article, archive.layout(article), archive.origin_number(number))
        for number, article in enumerate(archive.articles())
    ]
    while left:
        for article, layout, origin in articles:
            if not left:
                return
            again = replace(
                article,
                id=f"{copy:03}/{article.id}",
                published=(article.published or days[0]) + copy * later,
                date_origin=DateOrigin.METADATA,
            )
            passages = tuple(replace(p, article_id=again.id) for p in islice(layout.passages, left))
            left -= len(passages)
            yield Entry(
                again, layout.sentences, passages, layout.days[: len(passages)], origin + copy * len(articles)
            )
        copy += 1


def measured(place: Path, count: int) -> Figures:
    """The figures of one index: milliseconds by stage, and what it holds in memory after all questions."""
    began = perf_counter(), process_time()
    retriever = Retriever.open(place)
    opened = perf_counter() - began[0], process_time() - began[1]
    generation = retriever.generation()
    asked = questions(generation.archive, count)
    allowed = one_run(generation)
    figures: Figures = {"open, clock s": round(opened[0], 2), "open, processor s": round(opened[1], 2)}
    figures |= _stages(retriever, generation, asked, allowed)
    answering = Assistant(retriever)
    figures |= spread("whole", [partial(answering.ask, text) for text in asked])
    figures |= spread("whole, 1 %", [partial(answering.answer, Inquiry(text, allowed)) for text in asked])
    glancing = Assistant(retriever, Judge(reader=Unread()))
    figures |= spread("whole, nothing read", [partial(glancing.ask, text) for text in asked])
    figures |= memory()
    figures["recall@10"] = _recall(
        place, generation, [retriever.embedder.embed_query(q).vector for q in asked]
    )
    return figures


class Unread:
    """In place of the reader: says the same of every sentence, at once."""

    def read(self, question: str, windows: Sequence[Window]) -> list[Reading]:  # noqa: ARG002
        """Give no sentence a reading that sets it apart."""
        return [
            Reading((0.0,) * len(window.sentences), ((0, 0),) * len(window.sentences)) for window in windows
        ]


def memory() -> Figures:
    """Megabytes this process has of its own, and of files it maps, which the system takes back when it wants."""
    told = dict(line.split(":", 1) for line in Path("/proc/self/status").read_text("ascii").splitlines())
    return {
        f"{name} MB": round(int(told[key].split()[0]) / 1024)
        for name, key in (("own", "RssAnon"), ("mapped", "RssFile"))
    }


def _stages(
    retriever: Retriever, generation: Generation, questions: Sequence[str], wanted: Filter
) -> Figures:
    """Each stage of finding passages by itself, and all of it, with the filter and without."""
    asked = [retriever.asked(generation, read_question(text)) for text in questions]
    few = generation.archive.allowed(wanted)
    # As the articles of a source lie: here and there, two passages each.
    tenth = np.flatnonzero(np.arange(generation.manifest.passages) // 2 % 10 == 0)
    words, vectors = generation.words.search, generation.vectors.search
    stages: dict[str, list[Callable[[], object]]] = {
        "encode": [partial(retriever.embedder.embed_query, text) for text in questions],
        "words": [partial(words, a.question.terms, _DEPTH) for a in asked],
        "words, 1 %": [partial(words, a.question.terms, _DEPTH, few) for a in asked],
        "vectors": [partial(vectors, a.encoded.vector, _DEPTH) for a in asked],
        "vectors, 1 %": [partial(vectors, a.encoded.vector, _DEPTH, few) for a in asked],
        "words, 10 % here and there": [partial(words, a.question.terms, _DEPTH, tenth) for a in asked],
        "vectors, 10 % here and there": [partial(vectors, a.encoded.vector, _DEPTH, tenth) for a in asked],
        "filter": [partial(generation.archive.allowed, wanted) for _ in asked],
        "passages": [partial(retriever.candidates, Snapshot(generation), a, Filter()) for a in asked],
        "passages, 1 %": [partial(retriever.candidates, Snapshot(generation), a, wanted) for a in asked],
    }
    found: Figures = {}
    for name, calls in stages.items():
        found |= spread(name, calls)
    return found


def spread(name: str, calls: Sequence[Callable[[], object]]) -> Figures:
    """Milliseconds of the clock, median and 99th percentile, and of the processor on average; each call once."""
    calls[0]()
    clock, processor = [], process_time()
    for call in calls:
        began = perf_counter()
        call()
        clock.append((perf_counter() - began) * 1e3)
    taken = (process_time() - processor) * 1e3 / len(calls)
    p50, p99 = np.percentile(clock, [50, 99])
    return {
        f"{name} p50": round(float(p50), 2),
        f"{name} p99": round(float(p99), 2),
        f"{name} processor": round(taken, 2),
    }


def questions(archive: Archive, count: int) -> list[str]:
    """Headlines spread evenly over the archive, as they were printed; where there is none, how the text begins."""
    titles = [article.title or article.body[:80] for article in archive.articles()]
    step = max(1, len(titles) // count)
    return titles[::step][:count]


def one_run(generation: Generation) -> Filter:
    """A filter of publication days that allows about one passage in a hundred, from the middle of the archive."""
    rows = np.linspace(0.5, 0.5 + _SHARE, 2) * (generation.manifest.passages - 1)
    first, last = (
        generation.archive.article_at(passage.article).published
        for passage in generation.archive.passages([int(row) for row in rows])
    )
    return Filter(since=first, until=last)


def _recall(place: Path, generation: Generation, queries: Sequence[np.ndarray]) -> float:
    """The mean share of each question's ten nearest passages that the search by meaning finds."""
    exact = FaissVectors.read(place / "generations" / generation.number / "vectors.faiss")
    shares = []
    for query in queries:
        least = exact.search(query, 10)[-1].score - 1e-6
        shares.append(sum(hit.score >= least for hit in generation.vectors.search(query, 10)) / 10)
    return round(mean(shares), 4)


if __name__ == "__main__":
    sys.exit(main())
