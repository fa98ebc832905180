"""How exactly the words are told that copies of a text print otherwise, and what that costs a question.

    python -m benchmarks.variants ../shared/data [--asked]

A sentence of every second article of FA-KES, chosen at random, is looked for in seven edited copies
(benchmarks/edited.py), and in one without a headline in which one word in twenty was changed, and is known.
--asked also indexes 20 of the articles with their copies, and 100 copies of one more, and asks of each.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
import tempfile
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from random import Random
from time import process_time

from assistant.assistant import Assistant
from assistant.provenance.copy_variants import with_variants
from assistant.retrieval.retriever import Retriever
from benchmarks.edited import EDITS
from benchmarks.origins import fa_kes
from corpus.article import Sentence
from corpus.duplicates.variants import Counterpart, Original
from corpus.segmentation.sentences import split_sentences
from index.build.build import build
from index.models.embedder import SentenceTransformerEmbedder
from index.sqlite.archive import Archive

_CHANGED = "1 word in 20 changed"
_ASKED, _MANY = 20, 100


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the figures."""
    parser = argparse.ArgumentParser(prog="benchmarks.variants", description=(__doc__ or "").split("\n")[0])
    parser.add_argument("data", type=Path, help="the folder of public data")
    parser.add_argument("--asked", action="store_true", help="also measure what a question costs")
    asked = parser.parse_args(arguments)
    stories = versions(asked.data)
    for line in (*exactness(stories), *(costs(stories) if asked.asked else ())):
        print(line, flush=True)
    return 0


def versions(data: Path) -> list[dict[str, str]]:
    """Every second article by "", and its copies by their edits."""
    found: defaultdict[str, dict[str, str]] = defaultdict(dict)
    for printed in fa_kes(data, 1):
        found[printed.story][printed.edit] = printed.text.body
    return [story for story in found.values() if len(story) > 1]


def exactness(stories: Sequence[Mapping[str, str]]) -> Iterator[str]:
    """What is told of each edit's copies, how exact it is, and how long it takes."""
    told: defaultdict[str, Counter[str]] = defaultdict(Counter)
    words: Counter[str] = Counter()
    seconds = []
    for number, story in enumerate(stories):
        quotable = [sentence for sentence in split_sentences(story[""]) if sentence.quotable]
        if not quotable:
            continue
        chosen = Random(number).choice(quotable)  # noqa: S311 - the same each time
        original = Original(story[""], chosen.start, chosen.end)
        for edit in EDITS:
            began = process_time()
            found = original.in_copy(story[edit])
            seconds.append(process_time() - began)
            told[edit]["lacks it" if found is None else "other words" if found.changes else "same words"] += 1
        copy = _edited(story[""], number)
        if changed := original.in_copy(copy):
            words += _compared(story[""], copy, chosen, changed)
    for edit, counts in told.items():
        yield f"{edit}: " + ", ".join(f"{what} {count}" for what, count in sorted(counts.items()))
    right = words["right"]
    yield f"changed words told: {right} of {words['changed']}, told though not changed: {words['wrong']}"
    yield f"milliseconds of CPU a copy: {_percentiles(seconds)}"


def _compared(text: str, copy: str, chosen: Sentence, found: Counterpart) -> Counter[str]:
    """How many of a sentence's words were changed, told, and told though they weren't."""
    tokens = [match.span() for match in re.finditer(r"\S+", text)]
    theirs = copy.split()[-len(tokens) :]
    counts: Counter[str] = Counter()
    for (start, end), other in zip(tokens, theirs, strict=True):
        if chosen.start <= start < chosen.end:
            changed = text[start:end].casefold() != other.casefold()
            said = any(c.start < end and start < max(c.end, c.start + 1) for c in found.changes)
            counts["changed"] += changed
            counts["right"] += changed and said
            counts["wrong"] += said and not changed
    return counts


def costs(stories: Sequence[Mapping[str, str]]) -> Iterator[str]:
    """What questions cost on an archive with copies, and how much of it is telling what these print."""
    embedder = SentenceTransformerEmbedder()
    with tempfile.TemporaryDirectory() as folder:
        articles = Path(folder) / "articles"
        few, last = stories[:_ASKED], stories[_ASKED]
        for number, story in enumerate(few):
            _print(articles / str(number), story)
        _print(articles / "many", {"": last[""], **{str(n): _edited(last[""], n) for n in range(_MANY)}})
        build(Path(folder) / "index", [articles], embedder)
        assistant = Assistant(Retriever.open(Path(folder) / "index", embedder))
        archive = Retriever.open(Path(folder) / "index", embedder).generation().archive
        first = [question for story in few for question in _questions(story[""])[:1]]
        yield f"7 copies: {_timed(assistant, archive, first)}"
        yield f"{_MANY} copies: {_timed(assistant, archive, _questions(last['']))}"


def _questions(text: str) -> list[str]:
    """The beginnings of a text's sentences: what they say is in the archive, and so in the copies."""
    return [" ".join(text[s.start : s.end].split()[:12]) for s in split_sentences(text) if s.quotable]


def _timed(assistant: Assistant, archive: Archive, questions: Sequence[str]) -> str:
    whole, part, compared = [], [], 0
    for question in questions:
        began = process_time()
        quotes = assistant.ask(question).quotes
        asked = process_time()
        told = [with_variants(quote, archive).variants for quote in quotes]
        if any(told):
            whole.append(asked - began)
            part.append(process_time() - asked)
            compared += sum(len(found.others) + found.same for found in told if found)
    found = f"{len(part)} questions whose quotes have copies, {compared / len(part):.0f} compared for each"
    return f"{found}; ms of CPU: {_percentiles(whole)}; of which the copies: {_percentiles(part)}"


def _edited(text: str, number: int) -> str:
    """A copy with one word in twenty changed, others for each number."""
    return EDITS[_CHANGED]("", text, Random(number), text.split())  # noqa: S311 - the same each time


def _print(folder: Path, texts: Mapping[str, str]) -> None:
    """Write a story and its copies, each from an outlet of its own."""
    folder.mkdir(parents=True)
    records = [json.dumps({"text": text, "source": outlet or "First"}) for outlet, text in texts.items()]
    (folder / "feed.jsonl").write_text("\n".join(records), "utf-8")


def _percentiles(seconds: Sequence[float]) -> str:
    ordered = sorted(1000 * value for value in seconds)
    shown = (("median", 0.5), ("95%", 0.95), ("most", 1.0))
    return ", ".join(f"{name} {ordered[int(at * (len(ordered) - 1))]:.2f}" for name, at in shown)


if __name__ == "__main__":
    sys.exit(main())
