"""Sentences to passages: windows of whole sentences that fit the embedding model, balanced in length."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from itertools import accumulate, groupby

from corpus.article import Article, Passage, Sentence
from corpus.segmentation.lines import Span

Count = Callable[[str], int]
_WORD = re.compile(r"\S+")


def split_passages(
    article: Article, sentences: Sequence[Sentence], count: Count, limit: int
) -> list[Passage]:
    """Split an article into windows of consecutive sentences of at most `limit` word pieces.

    `count` gives the word pieces of a text, without special tokens. A window starts and ends with a
    quotable sentence; each quotable sentence is in exactly one window. A sentence over the limit
    comes as several passages, cut at blanks, each with `first == last`. Raises ValueError when
    `limit` is below 1.
    """
    if limit < 1:
        raise ValueError("limit must be at least 1 word piece")
    costs = [count(article.text[sentence.start : sentence.end]) for sentence in sentences]
    quotable = [number for number, sentence in enumerate(sentences) if sentence.quotable]
    passages: list[Passage] = []
    for too_long, run in groupby(quotable, key=lambda number: costs[number] > limit):
        for first, last in _singly(run) if too_long else _windows(list(run), costs, limit):
            span = sentences[first].start, sentences[last].end
            parts = _slices(article.text, span, count, limit) if too_long else [span]
            passages += [Passage(article.id, a, b, first, last, article.text[a:b]) for a, b in parts]
    return passages


def partition(starts: Sequence[int], ends: Sequence[int], limit: int) -> list[Span]:
    """Group items into as few runs as fit `limit`, and these as even as can be; inclusive index pairs.

    Item i reaches from `starts[i]` to `ends[i]` on a line of costs, both ascending; a run costs the
    distance from its first start to its last end. The least possible greatest cost is found by
    bisection (the linear partition problem).
    """
    fewest = len(_greedy(starts, ends, limit))
    low, high = max(end - start for start, end in zip(starts, ends, strict=True)), limit
    while low < high:
        middle = (low + high) // 2
        if len(_greedy(starts, ends, middle)) > fewest:
            low = middle + 1
        else:
            high = middle
    return _greedy(starts, ends, max(low, high))


def _singly(run: Iterator[int]) -> list[Span]:
    return [(number, number) for number in run]


def _windows(run: list[int], costs: Sequence[int], limit: int) -> list[Span]:
    reached = [0, *accumulate(costs)]
    groups = partition([reached[n] for n in run], [reached[n + 1] for n in run], limit)
    return [(run[first], run[last]) for first, last in groups]


def _greedy(starts: Sequence[int], ends: Sequence[int], limit: int) -> list[Span]:
    groups: list[Span] = []
    first = 0
    for item in range(1, len(starts)):
        if ends[item] - starts[first] > limit:
            groups.append((first, item - 1))
            first = item
    return [*groups, (first, len(starts) - 1)]


def _slices(text: str, span: Span, count: Count, limit: int) -> list[Span]:
    """Slice one sentence at blanks into parts that fit; a word that doesn't fit is halved."""
    words = [
        part for match in _WORD.finditer(text, *span) for part in _halved(text, match.span(), count, limit)
    ]
    reached = [0, *accumulate(count(text[a:b]) for a, b in words)]
    return [(words[first][0], words[last][1]) for first, last in partition(reached[:-1], reached[1:], limit)]


def _halved(text: str, span: Span, count: Count, limit: int) -> list[Span]:
    start, end = span
    if end - start == 1 or count(text[start:end]) <= limit:
        return [span]
    middle = (start + end) // 2
    return [*_halved(text, (start, middle), count, limit), *_halved(text, (middle, end), count, limit)]
