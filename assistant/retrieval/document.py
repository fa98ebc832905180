"""An article as one request reads it: its text, its sentences from the index, and what these mention."""

from __future__ import annotations

from functools import cached_property

from assistant.query.question import numbers
from corpus.annotation.days import DayMention, days
from corpus.annotation.figures import Figure, figures
from corpus.annotation.speakers import Attribution, speakers
from corpus.article import Sentence
from corpus.folding import fold
from index.sqlite.records import StoredArticle
from index.words.bm25 import analyze, heading

Span = tuple[int, int]


class Document:
    """An article and its annotations, each made on first use and kept; for one request and one thread.

    `number` is the article's in its archive, `origin` the same for copies of one text. Spans count code points of the
    article's text.
    """

    def __init__(self, stored: StoredArticle) -> None:
        self.number, self.article, self.sentences, self.origin = stored
        self._days: dict[Span, list[DayMention]] = {}
        self._attributions: dict[Span, list[Attribution]] = {}
        self._figures: dict[Span, list[Figure]] = {}
        self._words: dict[Span, tuple[frozenset[str], frozenset[str]]] = {}

    @property
    def text(self) -> str:
        """The article's text."""
        return self.article.text

    @cached_property
    def sha256(self) -> str:
        """SHA-256 of the text in UTF-8, in hexadecimal."""
        return self.article.sha256

    @cached_property
    def heading(self) -> str:
        """Title, source and date in words."""
        return heading(self.article)

    @cached_property
    def quotable(self) -> tuple[tuple[int, Sentence], ...]:
        """The sentences that may be quoted, each with the number of sentences before it."""
        return tuple((at, sentence) for at, sentence in enumerate(self.sentences) if sentence.quotable)

    @cached_property
    def spans(self) -> tuple[Span, ...]:
        """The places of the sentences, in order."""
        return tuple((s.start, s.end) for s in self.sentences)

    def sentence(self, sentence: Sentence) -> str:
        """The words of a sentence."""
        return self.text[sentence.start : sentence.end]

    def inside(self, start: int, end: int) -> tuple[Span, ...]:
        """The sentences that lie in `text[start:end]` as a whole."""
        return tuple(span for span in self.spans if start <= span[0] and span[1] <= end)

    def days(self, start: int, end: int) -> list[DayMention]:
        """The days that `text[start:end]` names, read against the day of publication."""
        if (start, end) not in self._days:
            self._days[start, end] = days(self.text, start, end, self.article.published)
        return self._days[start, end]

    def attributions(self, start: int, end: int) -> list[Attribution]:
        """Who says what in the sentence `text[start:end]`, read beside its neighbours in the index."""
        if (start, end) not in self._attributions:
            self._attributions[start, end] = speakers(self.text, start, end, self.spans)
        return self._attributions[start, end]

    def figures(self, start: int, end: int) -> list[Figure]:
        """The figures of `text[start:end]`; their places count from `start`."""
        if (start, end) not in self._figures:
            words = self.text[start:end]
            self._figures[start, end] = figures(words, 0, len(words))
        return self._figures[start, end]

    def words(self, start: int, end: int) -> tuple[frozenset[str], frozenset[str]]:
        """The stems of `text[start:end]` and the numbers written in it, compatibility characters folded."""
        if (start, end) not in self._words:
            plain = fold(self.text[start:end])
            self._words[start, end] = frozenset(analyze(plain)), frozenset(numbers(plain))
        return self._words[start, end]
