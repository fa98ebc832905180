"""How an article is cut, and which days its passages speak of: taken over as long as the article is the same."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from corpus.annotation.days import days
from corpus.article import Article, Passage, Sentence


class Days(NamedTuple):
    """Days that a passage speaks of, from `first` to `last`, both included; None is an open end.

    `explicit` is as in `corpus.annotation.days.DayMention`.
    """

    first: date | None
    last: date | None
    explicit: bool


class Cut(NamedTuple):
    """All that an article's sentences and passages, and the days they speak of, depend on.

    `published` is text of ISO 8601: it is only compared.
    """

    sha256: str
    body_start: int
    title: str | None
    published: str | None

    @classmethod
    def of(cls, article: Article) -> Cut:
        """The cut of an article that was just read."""
        published = article.published.isoformat() if article.published else None
        return cls(article.sha256, article.body_start, article.title, published)


@dataclass(frozen=True, slots=True)
class Layout:
    """How an article was cut; `days` are those that each passage speaks of, in the passages' order."""

    sentences: tuple[Sentence, ...]
    passages: tuple[Passage, ...]
    days: tuple[tuple[Days, ...], ...]


def spoken_days(article: Article, passages: Sequence[Passage]) -> tuple[tuple[Days, ...], ...]:
    """The days that each of an article's passages speaks of, each once, in the order of their mention."""
    return tuple(days_between(article, passage.start, passage.end) for passage in passages)


def days_between(article: Article, start: int, end: int) -> tuple[Days, ...]:
    """The days that `article.text[start:end]` speaks of, each once, in the order of their mention."""
    found = days(article.text, start, end, article.published)
    return tuple(dict.fromkeys(Days(m.interval.first, m.interval.last, m.explicit) for m in found))
