"""How well copies of one text are told from other reports of the same event.

    python -m benchmarks.origins ../shared/data [--sweep] [--list]

Edited copies are made of FA-KES's articles (benchmarks/edited.py) and put beside all its originals;
thresholds are chosen on every second article and SemEval-2022 task 8's training pairs (--sweep), and
reported on the others and its testing pairs. BASIL has 100 events, three outlets each, where no two
reports were meant to be copies. --list prints every group that counts as wrong, to be looked at.
"""

from __future__ import annotations

import argparse
import csv
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from random import Random

import corpus.sample
from benchmarks.basil import reports
from benchmarks.edited import EDITS
from corpus.article import Article
from corpus.duplicates.origins import COPIED, LEAST, RELATED, Measure, group_copies
from corpus.duplicates.shingles import Text
from corpus.formats.read import read_archive

_SWEEP = [Measure(copied, least, RELATED) for least in (10, 20, 30) for copied in (0.3, 0.4, 0.5, 0.6)]
# Two of FA-KES's articles that have so many words in a row in common are taken to print one text.
_SAME = 25
# The sample archive's stories that more than one of its articles prints.
_WIRE = (
    ("halyard/2031-03-20-truce.txt", "ilvet-courier/2031-03-21-truce.md", "ledger-and-anchor/issues.jsonl#https://ledgeranchor.example/issue-1211/truce",
     "voice-of-sarvane/bulletins.csv#6", "working-tide/truce.txt"),
    ("ilvet-courier/2031-03-17-sella-ford.md", "ilvet-courier/2031-03-19-sella-ford-corrected.md"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Printed:
    """A text, the story it is a version of, by which edit it was made, and whose print it shares.

    Texts of one `print` may be together, texts of one `story` must.
    """

    text: Text
    story: str
    edit: str = ""
    print: str = ""


@dataclass(frozen=True, slots=True)
class Score:
    """Pairs that belong together, those found, and those put together wrongly."""

    wanted: int
    found: int
    wrong: int

    @property
    def recall(self) -> float:
        """Of the pairs that belong together, how many are."""
        return self.found / self.wanted if self.wanted else 1.0

    @property
    def precision(self) -> float:
        """Of the pairs put together, how many belong together."""
        together = self.found + self.wrong
        return self.found / together if together else 1.0


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the sweep on one half, or the figures on the other."""
    parser = argparse.ArgumentParser(prog="benchmarks.origins", description=(__doc__ or "").split("\n")[0])
    parser.add_argument("data", type=Path, help="the folder of public data")
    parser.add_argument("--sweep", action="store_true", help="try thresholds, on the half to choose them on")
    parser.add_argument("--list", action="store_true", help="print what was put together wrongly")
    asked = parser.parse_args(arguments)
    if asked.sweep:
        lines = sweep(asked.data)
    else:
        print(f"copied {COPIED}, least {LEAST}, related {RELATED}")
        lines = figures(asked.data, Measure(), listed=asked.list)
    for line in lines:
        print(line, flush=True)
    return 0


def sweep(data: Path) -> Iterator[str]:
    """Each setting's figures on the half that thresholds are chosen on."""
    edited, basil = list(fa_kes(data, 0)), list(basil_events(data))[0::2]
    pairs = list(semeval(data, "training_set.csv"))
    yield "copied least  edited: recall precision  BASIL pairs  SemEval pairs of label 1 2 3 4"
    for measure in _SWEEP:
        score, same = scored(edited, measure), together(pairs, measure)
        wrong = scored(basil, measure).wrong
        labels = " ".join(f"{same[label][0]}/{same[label][1]}" for label in sorted(same))
        yield (
            f"{measure.copied:6} {measure.least:5} {score.recall:14.3f} {score.precision:9.4f} {wrong:12}  {labels}"
        )


def figures(data: Path, measure: Measure, *, listed: bool) -> Iterator[str]:
    """The figures on the half that no threshold was chosen on."""
    for name, printed in (
        ("FA-KES, edited copies", list(fa_kes(data, 1))),
        ("FA-KES, no source stated", [replace(p, text=Text(p.text.body)) for p in fa_kes(data, 1)]),
        ("BASIL", list(basil_events(data))),
        ("sample archive", list(sample())),
    ):
        score = scored(printed, measure)
        yield f"{name}: {len(printed)} texts, recall {score.found}/{score.wanted} = {score.recall:.3f}, "
        yield f"  precision {score.precision:.4f}, {score.wrong} pairs wrong"
        yield from (
            f"  {edit}: {found}/{wanted}" for edit, (found, wanted) in by_edit(printed, measure).items()
        )
        if listed:
            yield from wrongly(printed, measure)
    for label, (found, count) in sorted(together(semeval(data, "testing_set.csv"), measure).items()):
        yield f"SemEval, similarity {label}: {found} of {count} pairs are copies"


def fa_kes(data: Path, half: int) -> Iterator[Printed]:
    """Every second article with a copy by each edit, each from an outlet of its own; the others as they are."""
    with (data / "fa-kes" / "FA-KES-Dataset.csv").open("r", encoding="latin-1", newline="") as file:
        rows = list(csv.DictReader(file))
    words = [word for row in rows for word in row["article_content"].split()[:40]]
    prints = same_print([row["article_content"] for row in rows])
    for number, row in enumerate(rows):
        title, body = row["article_title"], row["article_content"]
        yield Printed(Text(body, row["source"]), str(number), print=prints[number])
        if number % 2 == half:
            for edit, make in EDITS.items():
                copy = make(title, body, Random(f"{number} {edit}"), words)  # noqa: S311 - the same each time
                yield Printed(Text(copy, edit), str(number), edit, prints[number])


def same_print(bodies: Sequence[str]) -> list[str]:
    """Name alike the texts that a chain of 25 words in a row links."""
    first: dict[tuple[str, ...], int] = {}
    names = list(range(len(bodies)))
    for text, body in enumerate(bodies):
        words = re.findall(r"\w+", body.casefold())
        for at in range(len(words) - _SAME + 1):
            other = first.setdefault(tuple(words[at : at + _SAME]), text)
            if names[other] != names[text]:
                low, high = sorted((names[other], names[text]))
                names = [low if name == high else name for name in names]
    return [str(name) for name in names]


def basil_events(data: Path) -> Iterator[Printed]:
    """BASIL's reports, each a story of its own."""
    for number, report in enumerate(reports(data)):
        yield Printed(Text(report.text, report.source), f"{number} {report.title}")


def sample() -> Iterator[Printed]:
    """The bundled archive: one story that five outlets ran, and a report with its corrected edition."""
    stories = {id_: story[0] for story in _WIRE for id_ in story}
    for article in read_archive(Path(corpus.sample.__file__).parent / "articles"):
        if isinstance(article, Article):
            yield Printed(Text(article.body, article.source), stories.get(article.id, article.id))


def semeval(data: Path, name: str) -> Iterator[tuple[int, Text, Text]]:
    """Pairs of texts in one language with their similarity, rounded: 1 the same … 4 nothing in common."""
    with (data / "semeval2022_task8" / "data" / name).open("r", encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            if row["lang1"] == row["lang2"]:
                yield round(float(row["Overall"])), Text(row["text1"]), Text(row["text2"])


def scored(printed: Sequence[Printed], measure: Measure) -> Score:
    """Count pairs of versions of one story that are in one group, and pairs that are and shouldn't be."""
    groups = group_copies([p.text for p in printed], measure)
    wanted = _pairs(Counter(p.story for p in printed).values())
    found = _pairs(Counter((p.story, g) for p, g in zip(printed, groups, strict=True)).values())
    right = _pairs(Counter((p.print or p.story, g) for p, g in zip(printed, groups, strict=True)).values())
    return Score(wanted, found, _pairs(Counter(groups).values()) - right)


def by_edit(printed: Sequence[Printed], measure: Measure) -> dict[str, tuple[int, int]]:
    """Of the copies by each edit, how many are in their original's group."""
    groups = group_copies([p.text for p in printed], measure)
    original = {p.story: g for p, g in zip(printed, groups, strict=True) if not p.edit}
    counts: dict[str, tuple[int, int]] = {}
    for p, group in zip(printed, groups, strict=True):
        if p.edit:
            found, count = counts.get(p.edit, (0, 0))
            counts[p.edit] = found + (group == original[p.story]), count + 1
    return counts


def wrongly(printed: Sequence[Printed], measure: Measure) -> Iterator[str]:
    """Groups of more than one story, a line for each text that is no edited copy."""
    groups: dict[int, list[Printed]] = defaultdict(list)
    for p, group in zip(printed, group_copies([p.text for p in printed], measure), strict=True):
        groups[group].append(p)
    for members in groups.values():
        if len({p.print or p.story for p in members}) > 1:
            yield "  together:"
            yield from (
                f"    {p.story} | {p.text.source} | {p.edit} | {p.text.body[:140]!r}" for p in members
            )


def together(pairs: Iterable[tuple[int, Text, Text]], measure: Measure) -> dict[int, tuple[int, int]]:
    """By similarity: pairs that are copies, each pair looked at alone, and all pairs."""
    counts: dict[int, tuple[int, int]] = {}
    for label, one, other in pairs:
        found, count = counts.get(label, (0, 0))
        counts[label] = found + (group_copies([one, other], measure) == [0, 0]), count + 1
    return counts


def _pairs(sizes: Iterable[int]) -> int:
    return sum(size * (size - 1) // 2 for size in sizes)


if __name__ == "__main__":
    sys.exit(main())
