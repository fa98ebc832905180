"""What an archive covers, as a picture of itself: bars of articles by source and month."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from assistant.render.markup import NO_ATTRIBUTES, Attributes, Safe, classed, element, isolated, join
from assistant.web.page.time_axis import YEAR, Axis, axis_of
from assistant.wording import UNSTATED, count, looks_like
from corpus.duplicates.lookalikes import lookalikes
from index.sqlite.records import Month

MOST_SOURCES = 12  # with a row of their own; those beyond share one

_UNITS: Mapping[int, str] = {
    1: "month",
    3: "quarter",
    12: "year",
    60: "five years",
    120: "decade",
    1200: "century",
}
_HEIGHT = 20  # of the tallest bar, in the units of a strip
_LEAST = 1.6  # of any bar, so that one article is seen
_MOST_NAMED = 2  # months of articles that are left out; beyond, their first and last are
_MOST_YEARS = 20  # read out one by one; beyond, decades are


@dataclass(slots=True)
class Row:
    """A row of the picture: articles by month, counted from the year 0, and those without a date.

    `alike` are sources that the name of this one is easily taken for.
    """

    name: str
    kind: Literal["source", "others", "unstated"] = "source"
    months: Counter[int] = field(default_factory=Counter)
    undated: int = 0
    alike: tuple[str, ...] = ()

    @property
    def articles(self) -> int:
        """How many articles the row stands for."""
        return self.months.total() + self.undated

    def add(self, other: Row) -> None:
        """Count another row's articles here."""
        self.months.update(other.months)
        self.undated += other.undated


def coverage_chart(months: Iterable[Month]) -> Safe:
    """Draw what an archive covers: a row of bars for each source, the largest first, with its numbers.

    Needs static/coverage_chart.css on its page. The rows share one scale, but for that of the other
    sources together, and that is said. Numbers are written beside the rows and read out, so that
    nothing depends on the picture. Empty where there is no article.
    """
    rows = rows_of(months)
    if not rows:
        return Safe()
    axis = axis_of(dated(rows))
    single = _tallest((row for row in rows if row.kind != "others"), axis)
    others = _tallest((row for row in rows if row.kind == "others"), axis)
    drawn = [_row(row, axis, others if row.kind == "others" else single) for row in rows]
    scale = [_scale(axis)] if axis else []
    listed = element("div", {"class": "or-chart-rows", "role": "list"}, *drawn, *scale)
    return element("figure", {"class": "or-chart"}, _caption(rows, axis, single, others), listed)


def rows_of(months: Iterable[Month]) -> list[Row]:
    """Count by source: the largest named ones, the others in one row, and those that state none."""
    named: dict[str, Row] = {}
    unstated = Row(UNSTATED, "unstated")
    for source, month, articles in months:
        row = unstated if source is None else named.setdefault(source, Row(source))
        if month is None:
            row.undated += articles
        else:
            row.months[_number(month)] += articles
    alike = lookalikes(named)
    for name, row in named.items():
        row.alike = alike.get(name.casefold(), ())
    ranked = sorted(named.values(), key=lambda row: (-row.articles, row.name))
    others = Row(count(len(ranked[MOST_SOURCES:]), "other source"), "others")
    for row in ranked[MOST_SOURCES:]:
        others.add(row)
    return [row for row in (*ranked[:MOST_SOURCES], others, unstated) if row.articles]


def dated(rows: Iterable[Row]) -> Counter[int]:
    """Count the dated articles of all rows by month."""
    months: Counter[int] = Counter()
    for row in rows:
        months.update(row.months)
    return months


def _columns(row: Row, axis: Axis | None) -> Counter[int]:
    counts: Counter[int] = Counter()
    for month, articles in row.months.items():
        if axis and axis.holds(month):
            counts[axis.column(month)] += articles
    return counts


def _tallest(rows: Iterable[Row], axis: Axis | None) -> int:
    return max((n for row in rows for n in _columns(row, axis).values()), default=0)


def _caption(rows: Sequence[Row], axis: Axis | None, tallest: int, others: int) -> Safe:
    undated = sum(row.undated for row in rows)
    heading = (
        f"Articles by source and {_UNITS[axis.per]}" if axis else "Articles by source, none of them dated"
    )
    notes = [f"The tallest bar is {count(tallest, 'article')}"] if axis else []
    if others:
        notes.append(f"that of the other sources, drawn to a scale of its own, {others:,}")
    notes = [", ".join(notes) + "."] if notes else []
    if axis and undated:
        notes.append(f"{count(undated, 'undated article')} not drawn.")
    if axis:
        notes += _left_out(rows, axis)
    said = classed("span", "or-chart-note", " ".join(notes)) if notes else Safe()
    return element("figcaption", NO_ATTRIBUTES, classed("span", "or-chart-title", heading), said)


def _left_out(rows: Sequence[Row], axis: Axis) -> list[str]:
    """Say which articles the picture leaves out because of their dates, with the months they are dated."""
    months = {month: number for month, number in dated(rows).items() if not axis.holds(month)}
    if not months:
        return []
    named = [f"{month // YEAR:04}-{month % YEAR + 1:02}" for month in sorted(months)]
    dates = " and ".join(named) if len(named) <= _MOST_NAMED else f"from {named[0]} to {named[-1]}"
    articles = sum(months.values())
    are = "is" if articles == 1 else "are"
    return [f"{count(articles, 'article')} dated {dates} {are} left out of the picture."]


def _row(row: Row, axis: Axis | None, tallest: int) -> Safe:
    shown = isolated(row.name) if row.kind == "source" else classed("i", "or-chart-unnamed", row.name)
    noted = join([" · ", isolated(looks_like(row.alike))]) if row.alike else Safe()
    undated = f" · {row.undated:,} undated" if row.undated and axis else ""
    return element(
        "div",
        {"class": "or-chart-row", "role": "listitem"},
        element("span", {"class": "or-chart-name", "title": row.name}, shown),
        classed("span", "or-chart-count", count(row.articles, "article") + undated, noted),
        _bars(row, axis, tallest) if axis else Safe(),
    )


def _bars(row: Row, axis: Axis, tallest: int) -> Safe:
    counts = _columns(row, axis)
    box = {"viewBox": f"0 0 {axis.columns} {_HEIGHT}", "preserveAspectRatio": "none"}
    lines = [(place * axis.columns, 0, place * axis.columns, _HEIGHT) for place, _ in axis.ticks()]
    drawn = [_line(*line, "or-chart-grid") for line in lines]
    drawn.append(_line(0, _HEIGHT, axis.columns, _HEIGHT, "or-chart-ground"))
    drawn += [_bar(column, counts[column], axis, tallest) for column in sorted(counts)]
    return element(
        "svg", {"class": "or-chart-bars", "role": "img", "aria-label": _spoken(row, axis), **box}, *drawn
    )


def _line(x1: float, y1: float, x2: float, y2: float, css_class: str) -> Safe:
    ends = {"x1": f"{x1:g}", "y1": f"{y1:g}", "x2": f"{x2:g}", "y2": f"{y2:g}"}
    return element("line", {"class": css_class, "vector-effect": "non-scaling-stroke", **ends})


def _bar(column: int, articles: int, axis: Axis, tallest: int) -> Safe:
    height = max(_LEAST, _HEIGHT * articles / tallest)
    marks: Attributes = {
        "x": f"{column + 0.08:g}",
        "y": f"{_HEIGHT - height:.3g}",
        "width": "0.84",
        "height": f"{height:.3g}",
    }
    title = element("title", NO_ATTRIBUTES, f"{axis.name(column)}: {count(articles, 'article')}")
    return element("rect", marks, title)


def _spoken(row: Row, axis: Axis) -> str:
    """A row's numbers in the picture, by year or by decade."""
    years: Counter[int] = Counter()
    for month, articles in row.months.items():
        if axis.holds(month):
            years[month // YEAR] += articles
    if not years:
        return "No article in the picture" if row.months else "No dated article"
    if max(years) - min(years) < _MOST_YEARS:
        return "; ".join(f"{year}: {years[year]:,}" for year in sorted(years))
    decades: Counter[int] = Counter()
    for year, articles in years.items():
        decades[year // 10 * 10] += articles
    return "; ".join(f"{decade}s: {decades[decade]:,}" for decade in sorted(decades))


def _scale(axis: Axis) -> Safe:
    """The labels below: both ends, and years between."""
    first, last = axis.ends()
    labels = [("0", "start", first), ("100%", "end", last)]
    labels[1:1] = [(f"{place:.2%}", "middle", label) for place, label in axis.ticks()]
    texts = [
        element("text", {"x": x, "y": "12", "text-anchor": anchor}, label) for x, anchor, label in labels
    ]
    drawn = element("svg", {"class": "or-chart-scale"}, *texts)
    return element("div", {"class": "or-chart-foot", "aria-hidden": "true"}, drawn)


def _number(month: str) -> int:
    year, _, number = month.partition("-")
    return int(year) * YEAR + int(number) - 1
