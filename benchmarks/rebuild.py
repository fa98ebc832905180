"""What a rebuild costs after one article has changed, beside the full build, on 20,000 articles.

    python -m benchmarks.rebuild ../shared/data WORK [--articles 20000] [--rebuilds 3] [--out FILE.json]

The articles are Reuters-21578's dated stories and, for what lacks to 20,000, SciFact's abstracts; a
text file each. WORK is kept: a run that was interrupted goes on with what it has embedded, and then
its "full build" is not one. Seconds of the clock and of the processor; compare those of one run.
"""

from __future__ import annotations

import argparse
import gzip
import json
import sys
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from itertools import chain, islice
from pathlib import Path
from time import perf_counter, process_time

from benchmarks.scifact import scifact
from index.build.build import Report, build
from index.models.by_name import model_named
from index.models.embedder import Embedder


@dataclass(frozen=True, slots=True)
class Measured:
    """One build: what it did, and its seconds by step, on the clock and on the processor."""

    articles: int
    passages: int
    embedded: int
    steps: dict[str, float]
    clock: float
    processor: float


def main(arguments: Sequence[str] | None = None) -> int:
    """Print out the archive, build it, change one article and build again."""
    parser = argparse.ArgumentParser(prog="benchmarks.rebuild", description=(__doc__ or "").split("\n")[0])
    parser.add_argument("data", type=Path, help="the folder of public data")
    parser.add_argument("work", type=Path, help="where the archive and its index are kept")
    parser.add_argument("--articles", type=int, default=20_000)
    parser.add_argument("--rebuilds", type=int, default=3)
    parser.add_argument("--out", type=Path, help="write the figures here, as JSON")
    asked = parser.parse_args(arguments)
    folder = asked.work / "articles"
    if not folder.exists():
        write_articles(asked.data, folder, asked.articles)
    embedder = model_named()
    embedder.embed_query("warm")
    builds = [measured(asked.work / "index", folder, embedder)]
    for n in range(asked.rebuilds):
        changed = sorted(folder.rglob("*.txt"))[n]
        changed.write_text(changed.read_text("utf-8") + f"\nCorrection {n}: a figure was wrong.\n", "utf-8")
        builds.append(measured(asked.work / "index", folder, embedder))
    print("\n".join(lines(builds)))
    if asked.out:
        asked.out.write_text(json.dumps([asdict(b) for b in builds], indent=1) + "\n", "utf-8")
    return 0


def write_articles(data: Path, folder: Path, count: int) -> None:
    """Write `count` articles, a thousand to a folder."""
    for n, text in enumerate(islice(chain(_reuters(data), _abstracts(data)), count)):
        path = folder / f"{n // 1000:03d}" / f"{n:06d}.txt"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")


def _reuters(data: Path) -> Iterator[str]:
    with gzip.open(data / "reuters21578.jsonl.gz", "rt", encoding="utf-8") as file:
        for line in file:
            story = json.loads(line)
            yield f"{story['title'] or ''}\ndate {story['published']}\n{story['text']}"


def _abstracts(data: Path) -> Iterator[str]:
    return (f"{record['title']}\n\n{record['text']}" for record in scifact(data).records)


def measured(root: Path, articles: Path, embedder: Embedder) -> Measured:
    """Build and time it."""
    clock, processor = perf_counter(), process_time()
    report: Report = build(root, [articles], embedder, _progress)
    return Measured(
        report.articles,
        report.passages,
        report.embedded,
        report.seconds,
        round(perf_counter() - clock, 2),
        round(process_time() - processor, 2),
    )


def _progress(done: int, total: int) -> None:
    if done % 6400 == 0:
        sys.stderr.write(f"{done}/{total} embedded\n")


def lines(builds: Sequence[Measured]) -> list[str]:
    """A row for each step, a column for each build; the last rows say what share of the first they are."""
    first = builds[0]
    steps = [*first.steps, "clock", "processor"]
    cells = [{**b.steps, "clock": b.clock, "processor": b.processor} for b in builds]
    found = [f"{first.articles} articles, {first.passages} passages; embedded {[b.embedded for b in builds]}"]
    found += [f"{step:26}" + "".join(f"{cell[step]:10.2f}" for cell in cells) for step in steps]
    for step in ("clock", "processor"):
        shares = "".join(f"{cell[step] / cells[0][step]:10.2%}" for cell in cells)
        found.append(f"{'share of ' + step:26}{shares}")
    return found


if __name__ == "__main__":
    sys.exit(main())
