"""What a rule may look at when it reads a day, and what it answers."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

from corpus.annotation.intervals import Interval, Unit
from corpus.annotation.tense import Direction, direction

LOOKED_BACK = 2000  # code points before words that refer to what was named there, at most
_PARAGRAPH = 400  # the same, for words that refer to it within a paragraph


@dataclass(frozen=True, slots=True)
class Reading:
    """The days that words stand for, in the unit they name.

    `interval` is None where a year is missing and cannot be inferred; `in_year` gives the interval in
    a year that stands elsewhere ("from 3 February to 6 March 2020").
    """

    interval: Interval | None
    unit: Unit
    explicit: bool = False
    in_year: Callable[[int], Interval] | None = None
    aside: bool = False  # what something is compared with: "a year earlier" is not what is spoken of next
    named: bool = False  # tells which thing is meant: "the 2018 agreement"
    several: bool = False  # names its first and its last day: "February 3-6"


@dataclass(frozen=True, slots=True)
class Place:
    """Words in a text that may name days: where they stand and what can be known there."""

    text: str
    start: int
    end: int
    published: date | None
    mentioned: Callable[[int], Iterator[Reading]]
    asked: bool = False  # a question: it may mean any year of the archive, where it names none

    def before(self, length: int = 30) -> str:
        """The code points printed before the words."""
        return self.text[max(0, self.start - length) : self.start]

    def direction(self) -> Direction | None:
        """Whether the clause looks back or ahead."""
        return direction(self.text, self.start, self.end)

    def anchor(self) -> Reading | None:
        """What was mentioned last before the words, in the same paragraph."""
        stop = self.text.rfind("\n\n", max(0, self.start - _PARAGRAPH), self.start)
        return next(self.mentioned(max(stop + 1, self.start - _PARAGRAPH, 0)), None)

    def last_of(self, units: tuple[Unit, ...]) -> Reading | None:
        """The last of such units that was mentioned before the words, in this paragraph or one before."""
        named = self.mentioned(max(0, self.start - LOOKED_BACK))
        return next((reading for reading in named if reading.unit in units), None)
