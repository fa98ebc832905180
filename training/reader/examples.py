"""What the reader learns from: a question, windows to choose from, and the sentences and words that answer."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from assistant.selection.reader.encoding import Window
from index.models.embedder import bundled_tokenizer

# As long as the passages of an index: `index.build.build.PASSAGE_PIECES`.
PASSAGE_PIECES = 128
_WITHOUT_HEADING = 0.2  # the share of windows that come without their heading, so that it isn't leant on

_BARE = 2  # wrong sentences of a window that stand alone


class Right(NamedTuple):
    """A sentence that answers: its window's and its own number, and the words that answer, where they are known."""

    window: int
    sentence: int
    words: tuple[int, int] | None


@dataclass(frozen=True, slots=True)
class Example:
    """A question, windows to choose from, and what answers in them; `right` is empty where nothing does."""

    question: str
    windows: tuple[Window, ...]
    right: tuple[Right, ...]


@dataclass(frozen=True, slots=True)
class Page:
    """A text that windows are cut from: its heading and its sentences."""

    heading: str
    sentences: tuple[str, ...]

    def around(self, sentence: int, rng: random.Random) -> tuple[Window, int]:
        """A window of up to a passage's length that holds a sentence at a random place, and where it begins."""
        first = last = sentence
        room = PASSAGE_PIECES - count(self.sentences[sentence])
        sides = [-1, 1]
        while sides:
            side = rng.choice(sides)
            at = first - 1 if side < 0 else last + 1
            if not 0 <= at < len(self.sentences) or (cost := count(self.sentences[at])) > room:
                sides.remove(side)
                continue
            room -= cost
            first, last = min(first, at), max(last, at)
        return self.window(first, last, rng), first

    def windows(self, rng: random.Random, longest: int = PASSAGE_PIECES) -> list[Window]:
        """The page cut from its start into windows of up to so many word pieces, by default a passage's."""
        found: list[Window] = []
        first = 0
        while first < len(self.sentences):
            last, room = first, longest - count(self.sentences[first])
            while last + 1 < len(self.sentences) and count(self.sentences[last + 1]) <= room:
                last += 1
                room -= count(self.sentences[last])
            found.append(self.window(first, last, rng))
            first = last + 1
        return found

    def window(self, first: int, last: int, rng: random.Random) -> Window:
        """The sentences from `first` to `last`, now and then without what stands around them."""
        lead = self.sentences[first - 1] if first else ""
        heading = "" if rng.random() < _WITHOUT_HEADING else self.heading
        return Window(heading, lead, self.sentences[first : last + 1])


@cache
def count(text: str) -> int:
    """The word pieces of a text."""
    return len(bundled_tokenizer().encode(text, add_special_tokens=False).ids)


def answered(
    question: str,
    page: Page,
    right: Sequence[tuple[int, tuple[int, int] | None]],
    others: Sequence[Window],
    rng: random.Random,
) -> Example:
    """An example from a page whose sentences `right` answer, the first of them best, beside other windows."""
    window, first = page.around(right[0][0], rng)
    inside = [(at - first, words) for at, words in right if 0 <= at - first < len(window.sentences)]
    return Example(question, (window, *others), tuple(Right(0, at, words) for at, words in inside))


def bare(example: Example, rng: random.Random) -> Example:
    """The example as single sentences with nothing around them, as short agency reports stand in an archive."""
    windows: list[Window] = []
    right: list[Right] = []
    for number, window in enumerate(example.windows):
        best = next((r for r in example.right if r.window == number), None)
        wrong = [
            s for n, s in enumerate(window.sentences) if (number, n) not in {r[:2] for r in example.right}
        ]
        if best:
            right.append(Right(len(windows), 0, best.words))
            windows.append(Window("", "", (window.sentences[best.sentence],)))
        windows += [Window("", "", (text,)) for text in rng.sample(wrong, min(_BARE, len(wrong)))]
    return Example(example.question, tuple(windows), tuple(right))
