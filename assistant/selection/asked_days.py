"""Sentences that speak of the days a question asks about."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from assistant.query.figure_days import NEWS, news_of
from assistant.selection.ranking import Choice
from corpus.annotation.days import days
from corpus.annotation.intervals import Interval
from corpus.article import Article
from index.generation.generation import Generation

# A mention that is so much longer than the days asked about says nothing about them: “since October”.
_VAGUE = timedelta(days=62)


def on_days(generation: Generation, asked: Interval, *, needed: bool) -> Callable[[Choice], bool]:
    """Whether a sentence may be about the days asked.

    One that names other days alone is about those. One that names none is news of the days before it was
    printed, or goes on from what its passage said last of a day. Where `needed`, it must name days that lie
    within those asked.
    """

    def allows(choice: Choice) -> bool:
        article = generation.archive.article_at(choice.candidate.passage.article)
        start, end = choice.sentence.start, choice.sentence.end
        named = _named(article, start, end)
        if needed:
            return any(_within(interval, asked) for interval in named)
        if named or _is_news(article, asked):
            return not named or any(interval.meets(asked) for interval in named)
        before = _named(article, choice.candidate.passage.start, start)
        return bool(before) and before[-1].meets(asked)

    return allows


def _named(article: Article, start: int, end: int) -> list[Interval]:
    found = days(article.text, start, end, article.published)
    return [mention.interval for mention in found if mention.interval.length <= _VAGUE]


def _is_news(article: Article, asked: Interval) -> bool:
    return article.published is not None and news_of(article.published, NEWS).meets(asked)


def _within(one: Interval, other: Interval) -> bool:
    return one.meets(other) and one.length <= other.length
