"""Sentences that speak of the days a question asks about."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from assistant.quotes import Choice
from corpus.mentions.days import days
from corpus.mentions.intervals import Interval
from index.generation import Generation

# A mention that is so much longer than the days asked about says nothing about them: “since October”.
_VAGUE = timedelta(days=62)


def on_days(generation: Generation, asked: Interval, *, needed: bool) -> Callable[[Choice], bool]:
    """Whether a sentence may be about the days asked.

    One that names other days alone is about those. One that names none often goes on from one that
    does; where `needed`, it must name days that lie within those asked.
    """

    def allows(choice: Choice) -> bool:
        article = generation.archive.article_at(choice.candidate.passage.article)
        spoken = days(article.text, choice.sentence.start, choice.sentence.end, article.published)
        named = [mention.interval for mention in spoken if not _vague(mention.interval)]
        if needed:
            return any(_within(interval, asked) for interval in named)
        return not named or any(_meet(interval, asked) for interval in named)

    return allows


def _vague(interval: Interval) -> bool:
    return interval.first is None or interval.last is None or interval.last - interval.first > _VAGUE


def _within(one: Interval, other: Interval) -> bool:
    return _meet(one, other) and _length(one) <= _length(other)


def _length(interval: Interval) -> timedelta:
    return interval.last - interval.first if interval.first and interval.last else timedelta.max


def _meet(one: Interval, other: Interval) -> bool:
    """Whether two intervals share a day; an end that is None is open."""
    return not (_before(one, other) or _before(other, one))


def _before(one: Interval, other: Interval) -> bool:
    return one.last is not None and other.first is not None and one.last < other.first
