"""Sentences that speak of the days a question asks about."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from assistant.query.figure_days import NEWS, news_of
from assistant.retrieval.document import Document
from assistant.retrieval.snapshot import Snapshot
from assistant.selection.ranking import Choice
from corpus.annotation.intervals import Interval
from corpus.article import Article

# A mention that is so much longer than the days asked about says nothing about them: “since October”.
_VAGUE = timedelta(days=62)


def on_days(snapshot: Snapshot, asked: Interval, *, needed: bool) -> Callable[[Choice], bool]:
    """Whether a sentence may be about the days asked.

    One that names other days alone is about those. One that names none is news of the days before it was
    printed, or goes on from what its passage said last of a day. Where `needed`, it must name days that lie
    within those asked.
    """

    def allows(choice: Choice) -> bool:
        document = snapshot.document(choice.candidate.passage.article)
        start, end = choice.sentence.start, choice.sentence.end
        named = _named(document, start, end)
        if needed:
            return any(_within(interval, asked) for interval in named)
        if named or _is_news(document.article, asked):
            return not named or any(interval.meets(asked) for interval in named)
        before = _named(document, choice.candidate.passage.start, start)
        return bool(before) and before[-1].meets(asked)

    return allows


def _named(document: Document, start: int, end: int) -> list[Interval]:
    found = document.days(start, end)
    return [mention.interval for mention in found if mention.interval.length <= _VAGUE]


def _is_news(article: Article, asked: Interval) -> bool:
    return article.published is not None and news_of(article.published, NEWS).meets(asked)


def _within(one: Interval, other: Interval) -> bool:
    return one.meets(other) and one.length <= other.length
