"""What a question gets back: quotes with their provenance, or a reasoned silence."""

from __future__ import annotations

from datetime import date
from typing import Literal

from pydantic import BaseModel, ConfigDict, model_validator

from corpus.article import DateOrigin
from index.hits import Filter


class Value(BaseModel):
    """An immutable part of an answer; an unknown key is an error, so that none is lost."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Origin(Value):
    """How far one text was spread: the articles that are copies of it, and their sources."""

    articles: int = 1
    sources: tuple[str, ...] = ()


class Cited(Value):
    """Words of an article with their place in it: `article.text[start:end] == text`.

    `start` and `end` count code points of the article's text; `prefix` and `suffix` are the
    neighbouring characters, as in the W3C TextQuoteSelector; `article_sha256` is the hash of the
    article's text in UTF-8. `source` is None where none is stated, `published` where undated.
    `score` says how well the words fit the question: higher is better. `marks` are the answering
    words of a quote where the kind of question makes them clear: places in the article, as `start`
    and `end` are, in order.
    """

    text: str
    article_id: str
    start: int
    end: int
    prefix: str
    suffix: str
    article_sha256: str
    title: str | None
    source: str | None
    published: date | None
    date_origin: DateOrigin
    url: str | None
    kind: str | None
    score: float
    origin: Origin = Origin()
    marks: tuple[tuple[int, int], ...] = ()

    @model_validator(mode="after")
    def _span_fits_text(self) -> Cited:
        if self.end - self.start != len(self.text):
            raise ValueError(
                f"{self.article_id}: the span {self.start}-{self.end} is not as long as its text"
            )
        return self

    @model_validator(mode="after")
    def _marks_lie_inside(self) -> Cited:
        at = self.start
        for start, end in self.marks:
            if not at <= start < end <= self.end:
                raise ValueError(f"{self.article_id}: the mark {start}-{end} lies outside its words")
            at = end
        return self


class Quote(Cited):
    """Whole sentences of one article, offered as an answer or as a near miss."""


class Understood(Value):
    """How the question was read: the filters in force and the question it follows.

    `undated` is as in `index.hits.Filter`: whether undated articles are in, where that was asked for.
    """

    since: date | None = None
    until: date | None = None
    sources: tuple[str, ...] = ()
    follow_up_of: str | None = None
    undated: bool | None = None

    @property
    def filter(self) -> Filter:
        """The filters alone: true where there are any."""
        return Filter(self.since, self.until, self.sources, self.undated)


class Coverage(Value):
    """What was searched: counts of articles, named sources and undated articles, and the dates."""

    articles: int
    sources: int
    undated: int
    first: date | None
    last: date | None


class Answer(Value):
    """The answer to one question: one to five quotes, best first, or none and the reason.

    `probability` is that of the best sentence found being an answer, quoted or not, from 0 to 1;
    None where no sentence was found to weigh.
    """

    question: str
    understood: Understood
    status: Literal["answered", "no_answer"]
    reason: str | None
    probability: float | None = None
    quotes: tuple[Quote, ...]
    near_misses: tuple[Quote, ...]
    coverage: Coverage

    @model_validator(mode="after")
    def _status_tells(self) -> Answer:
        if (self.status == "answered") != bool(self.quotes) or (self.reason is None) != bool(self.quotes):
            raise ValueError("an answer has quotes, or a reason why it has none")
        return self


class Found(Value):
    """What `search` gives: cited passages, best first."""

    question: str
    understood: Understood
    hits: tuple[Cited, ...]
    coverage: Coverage
