"""Stretches of the calendar: intervals of days, and the units that people name them by."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

Unit = Literal["day", "weekend", "week", "month", "quarter", "season", "half", "year", "decade", "century"]
Part = Literal["early", "mid", "late"]

# Months that open the seasons as weather services of the northern hemisphere count them.
SEASON_OPENS = {"spring": 3, "summer": 6, "fall": 9, "autumn": 9, "winter": 12}
_MONTHS: dict[Unit, int] = {"month": 1, "quarter": 3, "half": 6, "year": 12, "decade": 120, "century": 1200}


@dataclass(frozen=True, slots=True)
class Interval:
    """Days from `first` to `last`, both included; None is an open end."""

    first: date | None
    last: date | None

    def __post_init__(self) -> None:
        """Refuse an interval that ends before it begins, or that says nothing."""
        if self.first is None and self.last is None:
            raise ValueError("an interval needs a first or a last day")
        if self.first is not None and self.last is not None and self.first > self.last:
            raise ValueError(f"{self.first} is after {self.last}")

    @property
    def length(self) -> timedelta:
        """From the first day to the last, 0 for one day; the longest there is where an end is open."""
        return self.last - self.first if self.first and self.last else timedelta.max

    def meets(self, other: Interval, apart: timedelta = timedelta(0)) -> bool:
        """Whether two intervals share a day, or lie at most so far apart."""
        return not (_before(self, other, apart) or _before(other, self, apart))


def _before(one: Interval, other: Interval, apart: timedelta) -> bool:
    return one.last is not None and other.first is not None and other.first - one.last > apart


def months_from(year: int, month: int, count: int) -> Interval:
    """So many whole months from one on; ValueError or OverflowError outside of the calendar."""
    last_year, last_month = divmod(year * 12 + month - 1 + count - 1, 12)
    return Interval(
        date(year, month, 1),
        date(last_year, last_month + 1, monthrange(last_year, last_month + 1)[1]),
    )


def unit_around(unit: Unit, day: date, shift: int = 0) -> Interval:
    """The calendar unit that holds a day, or the one so many units later.

    Weeks run from Monday to Sunday (ISO 8601), decades and centuries from the year that ends in 0.
    """
    if unit == "day":
        moved = day + timedelta(days=shift)
        return Interval(moved, moved)
    if unit in {"week", "weekend"}:
        monday = day + timedelta(days=7 * shift - day.weekday())
        return Interval(monday + timedelta(days=5 if unit == "weekend" else 0), monday + timedelta(days=6))
    count = _MONTHS[unit]
    first = (day.year * 12 + day.month - 1) // count * count + shift * count
    return months_from(first // 12, first % 12 + 1, count)


def season(name: str, year: int) -> Interval:
    """A season of three months, by the year in which it opens."""
    return months_from(year, SEASON_OPENS[name], 3)


def part_of(interval: Interval, part: Part) -> Interval:
    """The first half, the middle third or the second half of an interval with two ends."""
    if interval.first is None or interval.last is None:
        return interval
    count = (interval.last - interval.first).days + 1
    if part == "early":
        return Interval(interval.first, interval.first + timedelta(days=(count + 1) // 2 - 1))
    if part == "late":
        return Interval(interval.first + timedelta(days=count // 2), interval.last)
    third = timedelta(days=count // 3)
    return Interval(interval.first + third, interval.last - third)
