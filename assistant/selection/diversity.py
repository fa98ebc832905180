"""Quotes that add something to each other: another source, another figure, another day; copies come last."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from assistant.retrieval.document import Document
from corpus.article import Sentence

# How much a quote's own worth counts against its likeness to those chosen before it: see
# docs/quality.md.
RELEVANCE = 0.8
# Two texts that share this much of their words, and all of their numbers, say the same thing.
_COPY = 0.8
# And so much in a sentence of copies of one text: one word of a short one changed, as copies change them.
_REPRINTED = 0.5


@dataclass(frozen=True, slots=True)
class Aspect:
    """What a quote brings: its words, its figures, its source and its day.

    `article` and `origin` number its article, and the text that this is one copy of.
    """

    words: frozenset[str]
    figures: frozenset[str]
    source: str | None
    day: date | None
    article: int = 0
    origin: int = 0

    @classmethod
    def of(cls, document: Document, sentence: Sentence) -> Aspect:
        """What a sentence of an article brings."""
        article = document.article
        source = article.source.casefold() if article.source else None
        words, figures = document.words(sentence.start, sentence.end)
        return cls(words, figures, source, article.published, document.number, document.origin)

    def copies(self, other: Aspect) -> bool:
        """Whether both say the same thing in the same words; another figure is another thing."""
        return self.figures == other.figures and self._shared(other) >= _COPY

    def reprints(self, other: Aspect) -> bool:
        """Whether these are two articles that print one text: one witness, not two."""
        return self.origin == other.origin and self.article != other.article

    def prints(self, other: Aspect) -> bool:
        """Whether these are one sentence as two articles print it that are copies of one text."""
        alike = self.figures == other.figures and self._shared(other) >= _REPRINTED
        return self.reprints(other) and alike

    def likeness(self, other: Aspect) -> float:
        """How little one adds to the other, from 0 to 1; an unknown source or day adds nothing."""
        same_source = None in {self.source, other.source} or self.source == other.source
        same_day = None in {self.day, other.day} or self.day == other.day
        return (self._shared(other) + same_source + same_day + (self.figures <= other.figures)) / 4

    def _shared(self, other: Aspect) -> float:
        either = self.words | other.words
        return len(self.words & other.words) / len(either) if either else 1.0


def diverse(
    aspects: Sequence[Aspect],
    worth: Sequence[float],
    k: int,
    relevance: float = RELEVANCE,
    preferred: Collection[int] = (),
) -> list[int]:
    """Choose up to k, the first of those preferred first, then by worth and by what they add.

    Maximal marginal relevance of Carbonell and Goldstein (SIGIR 1998): the next one maximises
    relevance · worth - (1 - relevance) · (greatest likeness to those chosen). What another article
    prints of a text that is already quoted comes after all else. Returns positions in the order
    chosen; `worth` is from 0 to 1. Those at the positions `preferred` come before the others.
    """
    chosen: list[int] = []
    left = sorted(range(len(aspects)), key=lambda i: i not in preferred)
    while left and len(chosen) < k:
        likeness = {i: max((aspects[i].likeness(aspects[j]) for j in chosen), default=0.0) for i in left}
        gains = {i: relevance * worth[i] - (1 - relevance) * likeness[i] for i in left}
        again = {i: any(aspects[i].reprints(aspects[j]) for j in chosen) for i in left}
        best = max(left, key=lambda i: (not again[i], i in preferred, gains[i], -i)) if chosen else left[0]
        chosen.append(best)
        left.remove(best)
    return chosen
