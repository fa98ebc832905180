"""Who says which figure, as a table below the quotes: figures as printed, and what they say about each other."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.facts.figure_rows import telling
from assistant.render.markup import (
    Node,
    Safe,
    classed,
    date_badge,
    element,
    isolated,
    join,
    source_badge,
    unseen_note,
)
from assistant.types.figure_table import Comparison, FigureRow, FigureTable
from assistant.wording import count

CAPTION = "Figures in these quotes"
# What stands beside a figure: the heads of these columns, and the classes of their cells.
_COLUMNS = (
    ("What is counted", "or-counted"),
    ("As", "or-as"),
    ("Place named", "or-where"),
    ("Source", "or-by"),
    ("Printed", "or-on"),
    ("Quote", "or-in"),
)
_MOST_COMPARISONS = 4  # that are written out; the figures themselves all stand in the table
_WEAKEST = "different"  # says no more of two figures than the table does: at most one is written out


def figures(table: FigureTable | None) -> Safe:
    """Show the figures of an answer, each with the way to its quote; nothing where there are none."""
    if table is None or not table.rows:
        return Safe()
    beside = [_columns(row) for row in table.rows]
    used = [at for at, _ in enumerate(_COLUMNS) if any(cells[at] for cells in beside)]
    heads = ["Figure", *(_COLUMNS[at][0] for at in used)]
    head = element("tr", {"role": "row"}, *[_cell("th", "columnheader", "", name) for name in heads])
    # the roles, because a narrow screen shows rows as blocks, and then a browser sees no table
    grid = element(
        "table",
        {"class": "or-table", "role": "table"},
        element("caption", {"class": "or-caption"}, CAPTION),
        element("thead", {"role": "rowgroup"}, head),
        element("tbody", {"role": "rowgroup"}, *[_row(row, used) for row in table.rows]),
    )
    texts = [
        text
        for row in table.rows
        for text in (row.printed, row.counted, row.unconfirmed, row.place, row.source)
    ]
    return classed("div", "or-figures", grid, _comparisons(telling(table)), unseen_note(*texts))


def to_quote(number: int) -> Safe:
    """Lead to a quote of the same answer by its number from 1; the page's script does it."""
    marks = {"class": "or-to-quote", "type": "button", "data-at": str(number)}
    return element("button", marks, f"quote {number}")


def _row(row: FigureRow, used: Sequence[int]) -> Safe:
    """A figure, in the columns that are used; a column is not where no row has anything to say in it."""
    cells = _columns(row)
    shown = [_cell("td", "cell", _COLUMNS[at][1], *cells[at]) for at in used]
    printed = join(["“", isolated(row.printed), "”"])
    return element("tr", {"role": "row"}, _cell("th", "rowheader", "or-figure", printed), *shown)


def _columns(row: FigureRow) -> list[list[Node]]:
    """What stands beside a figure, for each of _COLUMNS; what the figure's own words say is not said again."""
    counted = [row.counted] if row.counted and not _says(row, row.counted) else []
    return [
        [isolated(words) for words in counted],
        _labels(row),
        [join(["“", isolated(row.place), "”"])] if row.place else [],
        [source_badge(row.source)],
        [date_badge(row.published)],
        [to_quote(row.quote + 1)],
    ]


def _says(row: FigureRow, words: str) -> bool:
    return words.casefold() in row.printed.casefold()


def _labels(row: FigureRow) -> list[Node]:
    """What is said to have happened, and the words that hold the figure open; the latter as printed."""
    open_ = [words for words in (row.hedge, row.unconfirmed) if words and not _says(row, words)]
    shown = [*([row.event] if row.event else []), *(f"“{words}”" for words in open_)]
    return [join([" · " if at else "", isolated(label)]) for at, label in enumerate(shown)]


def _cell(name: str, role: str, css_class: str, *children: Node) -> Safe:
    return element(name, {"role": role} | ({"class": css_class} if css_class else {}), *children)


def _comparisons(found: Sequence[Comparison]) -> Safe:
    if not found:
        return Safe()
    told = [one for one in found if one.kind != _WEAKEST][:_MOST_COMPARISONS] or found[:1]
    shown = [
        element("li", {"class": f"or-verdict or-verdict-{one.kind}", "dir": "auto"}, one.words)
        for one in told
    ]
    if rest := len(found) - len(shown):
        shown.append(classed("li", "or-verdict", f"and {count(rest, 'more pair')} of figures that differ"))
    return classed("ul", "or-verdicts", *shown)
