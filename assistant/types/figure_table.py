"""A table of figures: who printed which, and what is comparable of them."""

from __future__ import annotations

from datetime import date
from typing import Literal

from pydantic import model_validator

from assistant.types.values import Value
from corpus.annotation.units import FigureKind
from corpus.article import DateOrigin

ComparisonKind = Literal["same", "different", "disagree", "update"]
# Which says most.
STRONGEST: tuple[ComparisonKind, ...] = ("disagree", "update", "different", "same")


class FigureRow(Value):
    """One figure of one quote: `printed` is the article's text at [start, end), with what it counts.

    It stands for the numbers from `low` to `high`; `high` is None where the words leave it open.
    `counted` is the phrase that says of what, `hedge`, `unconfirmed` ("reportedly") and `place`, the nearest
    one that its sentence names ("in Idlib"), are printed words; `event` is a label ("killed"). `quote` is the
    number of its quote, from 0.
    """

    printed: str
    article_id: str
    start: int
    end: int
    low: float
    high: float | None
    kind: FigureKind
    unit: str
    noun: str
    counted: str
    event: str | None
    hedge: str | None
    unconfirmed: str | None
    place: str | None = None
    source: str | None
    published: date | None
    date_origin: DateOrigin
    quote: int

    @model_validator(mode="after")
    def _is_as_printed(self) -> FigureRow:
        if self.end - self.start != len(self.printed):
            raise ValueError(
                f"{self.article_id}: the span {self.start}-{self.end} is not as long as its figure"
            )
        if self.high is not None and self.high < self.low:
            raise ValueError(f"{self.article_id}: the figure “{self.printed}” ends before it begins")
        return self


class Comparison(Value):
    """What two rows, by their numbers from 0, say about each other; `words` names them as printed."""

    kind: ComparisonKind
    rows: tuple[int, int]
    words: str


class FigureTable(Value):
    """The figures that count what was asked, in the order of the quotes, and what is comparable of them."""

    rows: tuple[FigureRow, ...]
    comparisons: tuple[Comparison, ...] = ()

    @property
    def verdict(self) -> Comparison | None:
        """The first comparison of the kind that says most: a disagreement, else an update, a difference, sameness."""
        ranked = sorted(self.comparisons, key=lambda comparison: STRONGEST.index(comparison.kind))
        return ranked[0] if ranked else None
