"""Who says which figure: the numbers in an answer's quotes that count what was asked, and how they compare.

Every number stays as it was printed, with its place. Nothing is averaged, merged or rephrased; what
is computed are labels.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence

from assistant import wording
from assistant.facts.comparing import Told, compared, day
from assistant.facts.places import place_beside
from assistant.query.asked_quantity import Asked, asked_figure, subject
from assistant.query.figure_days import Printed, asked_days, may_be_of, sentence_of
from assistant.query.question import Question
from assistant.types.answer import Quote
from assistant.types.figure_table import STRONGEST, Comparison, FigureRow, FigureTable
from corpus.annotation.figures import Figure, Span, figures
from corpus.annotation.intervals import Interval

_MOST_ROWS = 20


def table(question: Question, quotes: Sequence[Quote]) -> FigureTable | None:
    """The figures in these quotes that count what a question asks how many or how much of.

    None for other questions, and where no quote holds such a figure. At most the first twenty are
    taken up.
    """
    asked = question.once(asked_figure)
    then = asked_days(question.text)
    rows = list(_rows(asked, then, quotes))[:_MOST_ROWS] if asked else []
    told = [Told(row, quotes[row.quote].text, row.start - quotes[row.quote].start) for row in rows]
    return (
        FigureTable(rows=tuple(rows), comparisons=tuple(compared(told, subject(question)))) if rows else None
    )


def lines(figure_table: FigureTable) -> list[str]:
    """The table in plain text, a line a figure, then a line for each comparison worth reading.

    That two figures are the same is said only where no two differ. The words are the articles' own:
    a terminal must be given them through `terminal.safe`.
    """
    shown = [f"“{row.printed}” · {_said_of(row)}" for row in figure_table.rows]
    return shown + [comparison.words for comparison in telling(figure_table)]


def telling(figure_table: FigureTable) -> list[Comparison]:
    """The comparisons worth reading, those that say most first.

    That two figures are the same is among them only where no two differ.
    """
    found = [c for c in figure_table.comparisons if c.kind != "same"] or figure_table.comparisons[:1]
    return sorted(found, key=lambda c: STRONGEST.index(c.kind))


def figure_rows(quote: Quote, number: int) -> list[FigureRow]:
    """All figures of a quote, whatever they count, as rows of a table; `number` is the quote's, from 0."""
    return [_row(quote, number, figure) for figure in figures(quote.text, 0, len(quote.text))]


def _said_of(row: FigureRow) -> str:
    labels = [row.event, *(f"“{words}”" for words in (row.unconfirmed, row.place) if words)]
    where = [row.source or wording.UNSTATED, day(row), f"quote {row.quote + 1}"]
    return " · ".join([label for label in labels if label] + where)


def _rows(asked: Asked, then: Interval | None, quotes: Sequence[Quote]) -> Iterator[FigureRow]:
    seen: set[tuple[str, int]] = set()
    for number, quote in enumerate(quotes):
        for figure in figures(quote.text, 0, len(quote.text)):
            place = quote.article_id, quote.start + figure.start
            printed = Printed(quote.text, figure.start, quote.published)
            timely = then is None or may_be_of(then, printed)
            if place not in seen and timely and asked.is_met_by(quote.text, figure):
                seen.add(place)
                yield _row(quote, number, figure)


def _row(quote: Quote, number: int, figure: Figure) -> FigureRow:
    start, end = figure.whole
    sentence = sentence_of(Printed(quote.text, start, quote.published))
    return FigureRow(
        printed=quote.text[start:end],
        article_id=quote.article_id,
        start=quote.start + start,
        end=quote.start + end,
        low=figure.low,
        high=None if math.isinf(figure.high) else figure.high,
        kind=figure.kind,
        unit=figure.unit,
        noun=figure.noun,
        counted=_words(quote, figure.counted) or "",
        event=figure.event,
        hedge=_words(quote, figure.hedge_span),
        unconfirmed=_words(quote, figure.unconfirmed),
        place=_words(quote, place_beside(quote.text, figure.whole, sentence)),
        source=quote.source,
        published=quote.published,
        date_origin=quote.date_origin,
        quote=number,
    )


def _words(quote: Quote, span: Span | None) -> str | None:
    return quote.text[slice(*span)] if span else None
