"""The time that a picture of an archive draws: its columns, their names, and what is left out as a slip."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import accumulate

from assistant.wording import day

YEAR = 12  # months

_DECADE = 10 * YEAR
_MOST_COLUMNS = 120  # a telephone shows no more of them apart
_COLUMN_MONTHS = (1, 3, YEAR, 5 * YEAR, _DECADE, 10 * _DECADE)
_TICK_YEARS = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000)
_MOST_TICKS = 4
_INNER = (0.22, 0.78)  # where a label of the axis does not meet those at its ends
_FAR = (30 * YEAR, 100 * YEAR, 300 * YEAR)  # outside of all others: what makes a date a slip


@dataclass(frozen=True, slots=True)
class Axis:
    """The time that is drawn: columns of `per` months each, from the month `first`."""

    first: int
    per: int
    columns: int

    def holds(self, month: int) -> bool:
        """Whether a month lies in the time that is drawn."""
        return 0 <= self.column(month) < self.columns

    def column(self, month: int) -> int:
        """The column that a month falls into, from 0."""
        return (month - self.first) // self.per

    def name(self, column: int) -> str:
        """What a column stands for, in words."""
        start = self.first + column * self.per
        if self.per == 1:
            return month_name(start)
        last = start + self.per - 1
        if self.per < YEAR:
            return f"{month_name(start)} – {month_name(last)}"
        years = max(1, start // YEAR), last // YEAR
        return str(years[0]) if years[0] == years[1] else f"{years[0]}–{years[1]}"

    def ends(self) -> tuple[str, str]:
        """The labels of the axis's first and last month, or year."""
        last = self.first + self.columns * self.per - 1
        if self.per < YEAR:
            return month_name(self.first, short=True), month_name(last, short=True)
        return str(max(1, self.first // YEAR)), str(last // YEAR)  # there is no year 0

    def ticks(self) -> Iterator[tuple[float, str]]:
        """Years between the ends, each with its place from 0 to 1: four at most."""
        end = self.first + self.columns * self.per
        for step in _TICK_YEARS:
            years = range(-(-self.first // (step * YEAR)) * step, -(-end // YEAR), step)
            places = [((year * YEAR - self.first) / (end - self.first), str(year)) for year in years]
            inner = [tick for tick in places if _INNER[0] <= tick[0] <= _INNER[1]]
            if len(inner) <= _MOST_TICKS:
                yield from inner
                return


def axis_of(dated: Mapping[int, int]) -> Axis | None:
    """Find columns for articles counted by month: whole years where there are few; None without a month.

    The columns hold all months but those of slips, see `_without_slips`.
    """
    if not dated:
        return None
    first, last = _without_slips(dated)
    if last - first < YEAR:
        first, last = first // YEAR * YEAR, last // YEAR * YEAR + YEAR - 1
    for per in _COLUMN_MONTHS:
        columns = last // per - first // per + 1
        if columns <= _MOST_COLUMNS:
            break
    return Axis(first // per * per, per, columns)


def _without_slips(dated: Mapping[int, int]) -> tuple[int, int]:
    """Give the first and the last month to draw: without the few articles far outside of all others.

    Far is beyond Tukey's outer fences, three times the distance of the quartiles outside of them (J. W.
    Tukey, Exploratory Data Analysis, 1977), and at least as far as the first of _FAR that leaves few
    enough out: one article in a hundred, or one of four, two of eight or more. More of them are no slips.
    """
    total = sum(dated.values())
    most = max(min(total // 4, 2), total // 100)
    months = sorted(dated)
    cut = -(-(total - 1) // 4)
    lower, upper = _at(cut, months, dated), _at(total - 1 - cut, months, dated)
    for least in _FAR:
        reach = max(3 * (upper - lower), least)
        inside = [month for month in months if lower - reach <= month <= upper + reach]
        if total - sum(dated[month] for month in inside) <= most:
            return inside[0], inside[-1]
    return months[0], months[-1]


def _at(place: int, months: list[int], dated: Mapping[int, int]) -> int:
    """The month of the article at a place, from 0, when they stand in order of time."""
    reached = accumulate(dated[month] for month in months)
    return next(month for month, end in zip(months, reached, strict=True) if place < end)


def month_name(number: int, *, short: bool = False) -> str:
    """Write a month, counted from the year 0, in English: `March 2024`."""
    name = day(date(1, number % YEAR + 1, 1)).split()[1]  # `1 January 1`: English on any machine
    return f"{name[:3] if short else name} {number // YEAR}"
