"""What a command costs from a cold start, with the archive's files in the page cache.

    python -m benchmarks.cold_start ARTICLES WORK [--question TEXT] [--runs 10] [--out FILE.json]

ARTICLES are indexed under WORK twice, with the compiled model and with the same weights through
sentence-transformers; an index that is there already is brought up to date. Then each command is started
in turn, again and again, so that what else the machine does falls on all alike: compare figures of one run.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from benchmarks.timing import Took, machine, summary, table, timed_process, usual_environment
from index.build.build import build
from index.models.by_name import model_named
from index.models.embedder import SentenceTransformerEmbedder, bundled_model

_RUN = "import sys; from assistant.cli.main import main; sys.argv[0] = 'onrecord'; main()"
_REFERENCE = "ask, sentence-transformers"


def main(arguments: Sequence[str] | None = None) -> int:
    """Index, start every command `--runs` times and print what each took."""
    parser = argparse.ArgumentParser(prog="benchmarks.cold_start", description=(__doc__ or "").split("\n")[0])
    parser.add_argument("articles", type=Path)
    parser.add_argument("work", type=Path, help="where both indexes are kept")
    parser.add_argument("--question", default="How many people were killed in Aleppo?")
    parser.add_argument("--runs", type=int, default=10)
    parser.add_argument("--out", type=Path, help="write the figures here, as JSON")
    asked = parser.parse_args(arguments)
    compiled, reference = asked.work / "compiled", asked.work / "sentence-transformers"
    build(compiled, [asked.articles], model_named())
    build(reference, [asked.articles], SentenceTransformerEmbedder(str(bundled_model())))
    figures = measured(commands(asked.question, compiled, reference), asked.runs)
    print("\n".join(table(figures)))
    print(json.dumps(machine()))
    if asked.out:
        asked.out.write_text(json.dumps({"machine": machine(), "seconds": figures}, indent=1) + "\n", "utf-8")
    return 0


def commands(question: str, compiled: Path, reference: Path) -> dict[str, list[str]]:
    """Each command by its name; the first is the least that any program here starts with."""

    def onrecord(*arguments: str) -> list[str]:
        return [sys.executable, "-c", _RUN, *arguments]

    return {
        "python with numpy": [sys.executable, "-c", "import numpy"],
        "ask": onrecord("ask", question, "--index", str(compiled)),
        "search": onrecord("search", question, "--index", str(compiled)),
        "status": onrecord("status", "--index", str(compiled)),
        "timeline": onrecord("timeline", question, "--index", str(compiled)),
        _REFERENCE: onrecord("ask", question, "--index", str(reference)),
    }


def measured(started: Mapping[str, Sequence[str]], runs: int) -> dict[str, dict[str, float]]:
    """Start every command in turn, `runs` times after one that isn't counted; seconds, and times the reference."""
    took: dict[str, list[Took]] = {name: [] for name in started}
    variables = usual_environment()  # in which the run that isn't counted leaves its modules compiled
    for run in range(runs + 1):
        for name, command in started.items():
            found = timed_process(command, variables)
            if run:
                took[name].append(found)
        sys.stderr.write(f"{run}/{runs}\n")
    figures = {name: summary(values) for name, values in took.items()}
    if _REFERENCE in figures:
        for row in figures.values():
            row["share of the reference's processor"] = round(
                row["processor"] / figures[_REFERENCE]["processor"], 3
            )
    return figures


if __name__ == "__main__":
    sys.exit(main())
