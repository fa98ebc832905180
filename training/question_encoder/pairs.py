"""What the question encoder learns from: questions, vectors of passages, and which of these answer."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from assistant.selection.reader.encoding import Window
from index.models.embedder import Vectors
from training.news.archive import HELD_OUT
from training.news.stories import Story, archives
from training.reader.examples import Example
from training.reader.from_news import page_of
from training.reader.from_public import public
from training.reader.near import embedded

_PUBLIC = 9_000  # public examples that are taken
_SOME = 1_000  # passages of these that a batch is compared with, beside its own


@dataclass(frozen=True, slots=True)
class Pairs:
    """Questions and passages: `vectors` of shape (passages, dimensions), `right` the rows that answer each question.

    `whole` says whether `right` lists every passage that answers, so that all others are wrong ones.
    """

    questions: list[str]
    right: list[tuple[int, ...]]
    vectors: Vectors
    whole: bool


def from_news() -> Pairs:
    """The answerable questions of the stories, with the windows of all stories."""
    rng = random.Random(5)  # noqa: S311 - not for secrets
    texts: list[str] = []
    questions: list[str] = []
    right: list[tuple[int, ...]] = []
    for name, stories in archives().items():
        if name in HELD_OUT:
            continue
        cut = [(n, w) for n, story in enumerate(stories) for w in page_of(story).windows(rng)]
        for question, held in _answerable(stories):
            rows = (
                row for row, (n, w) in enumerate(cut, len(texts)) if any((n, s) in held for s in w.sentences)
            )
            questions.append(question)
            right.append(tuple(rows))
        texts += [_text(window) for _, window in cut]
    return Pairs(questions, right, embedded(texts), whole=True)


def _answerable(stories: Sequence[Story]) -> Iterator[tuple[str, set[tuple[int, str]]]]:
    """Each question that has an answer, with the story and the text of each sentence that gives one."""
    for number, story in enumerate(stories):
        event = [n for n, other in enumerate(stories) if other.event == story.event]
        for question in story.questions:
            at = [(number, a) for a in question.answers]
            at += [(event[a.story or 0], a) for a in question.elsewhere]
            if at:
                yield question.text, {(n, stories[n].sentences[a.sentence]) for n, a in at}


def from_public(data: Path) -> Pairs:
    """Some questions of the public sets, with their own windows and one that is near."""
    rng = random.Random(5)  # noqa: S311 - not for secrets
    examples = [e for e in public(data, rng) if e.right]
    rows: dict[str, int] = {}
    chosen = rng.sample(examples, min(_PUBLIC, len(examples)))
    right = [tuple(rows.setdefault(text, len(rows)) for text in _right(e)) for e in chosen]
    for example in chosen:
        for window in example.windows[:2]:
            rows.setdefault(_text(window), len(rows))
    return Pairs([e.question for e in chosen], right, embedded(list(rows)), whole=False)


def _right(example: Example) -> list[str]:
    return [_text(example.windows[n]) for n in sorted({right.window for right in example.right})]


def _text(window: Window) -> str:
    return " ".join(window.sentences)


def compared_with(pairs: Pairs, batch: Sequence[int], rng: random.Random) -> list[int]:
    """The rows that a batch is compared with: all, or if not every answer is known, its own and some."""
    if pairs.whole:
        return list(range(len(pairs.vectors)))
    own = {row for n in batch for row in pairs.right[n]}
    return sorted(own | {*rng.sample(range(len(pairs.vectors)), min(_SOME, len(pairs.vectors)))})
