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
        named = [mention.interval for mention in spoken if mention.interval.length <= _VAGUE]
        if needed:
            return any(_within(interval, asked) for interval in named)
        return not named or any(interval.meets(asked) for interval in named)

    return allows


def _within(one: Interval, other: Interval) -> bool:
    return one.meets(other) and one.length <= other.length
