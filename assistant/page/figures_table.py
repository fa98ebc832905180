"""Who says which figure, as a table above the quotes: figures as printed, and what they say about each other."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.counting.values import Comparison, FigureRow, FigureTable
from assistant.figures import telling
from assistant.html import Node, Safe, classed, date_badge, element, isolated, join, source_badge, unseen_note
from assistant.wording import count

CAPTION = "Figures in these quotes"
_HEADS = ("Figure", "What is counted", "As", "Source", "Printed", "Quote")
_MOST_COMPARISONS = 4  # that are written out; the figures themselves all stand in the table


def figures(table: FigureTable | None) -> Safe:
    """Show the figures of an answer, each with the way to its quote; nothing where there are none."""
    if table is None or not table.rows:
        return Safe()
    head = element("tr", {"role": "row"}, *[_cell("th", "columnheader", "", name) for name in _HEADS])
    # the roles, because a narrow screen shows rows as blocks, and then a browser sees no table
    grid = element(
        "table",
        {"class": "or-table", "role": "table"},
        element("caption", {"class": "or-caption"}, CAPTION),
        element("thead", {"role": "rowgroup"}, head),
        element("tbody", {"role": "rowgroup"}, *[_row(row) for row in table.rows]),
    )
    texts = [text for row in table.rows for text in (row.printed, row.counted, row.unconfirmed, row.source)]
    return classed("div", "or-figures", grid, _comparisons(telling(table)), unseen_note(*texts))


def to_quote(number: int) -> Safe:
    """Lead to a quote of the same answer by its number from 1; the page's script does it."""
    marks = {"class": "or-to-quote", "type": "button", "data-at": str(number)}
    return element("button", marks, f"quote {number}")


def _row(row: FigureRow) -> Safe:
    printed = join(["“", isolated(row.printed), "”"])
    return element(
        "tr",
        {"role": "row"},
        _cell("th", "rowheader", "or-figure", printed),
        _cell("td", "cell", "or-counted", isolated(row.counted) if row.counted else ""),
        _cell("td", "cell", "or-as", *_labels(row)),
        _cell("td", "cell", "or-by", source_badge(row.source)),
        _cell("td", "cell", "or-on", date_badge(row.published)),
        _cell("td", "cell", "or-in", to_quote(row.quote + 1)),
    )


def _labels(row: FigureRow) -> list[Node]:
    """What is said to have happened, and the words that hold the figure open; the latter as printed."""
    hedges = [f"“{words}”" for words in (row.hedge, row.unconfirmed) if words]
    shown = [*([row.event] if row.event else []), *hedges]
    return [join([" · " if at else "", isolated(label)]) for at, label in enumerate(shown)]


def _cell(name: str, role: str, css_class: str, *children: Node) -> Safe:
    return element(name, {"role": role} | ({"class": css_class} if css_class else {}), *children)


def _comparisons(found: Sequence[Comparison]) -> Safe:
    if not found:
        return Safe()
    shown = [
        element("li", {"class": f"or-verdict or-verdict-{one.kind}", "dir": "auto"}, one.words)
        for one in found[:_MOST_COMPARISONS]
    ]
    if rest := len(found) - len(shown):
        shown.append(classed("li", "or-verdict", f"and {count(rest, 'more pair')} of figures that differ"))
    return classed("ul", "or-verdicts", *shown)
