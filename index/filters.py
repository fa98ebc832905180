"""Which articles and passages a search may see."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, fields
from datetime import date
from typing import Any, TypedDict

MOST_SOURCES = 1_000  # that a filter may name; SQLite has a limit too, which differs from build to build


class FilterValues(TypedDict, total=False):
    """The filters as a caller gives them, each by its name in `Filter`; days also as text, "2020-02-03"."""

    since: date | str | None
    until: date | str | None
    sources: Iterable[str] | str
    undated: bool | None
    event_since: date | str | None
    event_until: date | str | None


@dataclass(frozen=True, slots=True)
class Filter:
    """Which articles, and which of their passages, a search may see.

    `since` and `until` are publication dates, both inclusive. An undated article passes neither:
    without them it is in, with them it is out, unless `undated` says otherwise, which lets undated
    articles in whatever the dates (True) or never (False).
    `sources` are names as the archive states them, compared without regard to case; empty means
    every source, and articles without one.
    `event_since` and `event_until`, both inclusive, are days that a passage must speak of, one of them
    at least: another matter than when it was printed, and open to undated articles too.
    Raises ValueError for more than MOST_SOURCES sources.

    >>> bool(onrecord.Filter()), onrecord.Filter(sources=("Meridian Wire",)).with_undated
    (False, True)
    """

    since: date | None = None
    until: date | None = None
    sources: tuple[str, ...] = ()
    undated: bool | None = None
    event_since: date | None = None
    event_until: date | None = None

    def __post_init__(self) -> None:
        """Refuse more sources than can be looked for at once."""
        if len(self.sources) > MOST_SOURCES:
            raise ValueError(
                f"{len(self.sources):,} sources are named, at most {MOST_SOURCES:,} are looked for"
            )

    def values(self) -> dict[str, Any]:
        """Each value by its name, in order."""
        return {name: getattr(self, name) for name in FILTERS}

    def __bool__(self) -> bool:
        """Whether anything is filtered at all."""
        return self.has_dates or bool(self.sources) or self.undated is False or self.has_events

    @property
    def has_dates(self) -> bool:
        """Whether articles are filtered by when they were published."""
        return self.since is not None or self.until is not None

    @property
    def has_events(self) -> bool:
        """Whether passages are filtered by the days that they speak of."""
        return self.event_since is not None or self.event_until is not None

    @property
    def with_undated(self) -> bool:
        """Whether undated articles are let in."""
        return not self.has_dates if self.undated is None else self.undated


FILTERS = tuple(field.name for field in fields(Filter))
