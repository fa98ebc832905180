"""What is asked beside the question, checked: one set of rules and words for every way to ask.

From Python, the command line, the page and programs over HTTP values come as objects of any type. What can be meant
by them is taken; everything else is a BadRequest that says in one line what to give, without repeating a value.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import NamedTuple

from index.filters import MOST_SOURCES, Filter

UNDATED: Mapping[object, bool | None] = {"": None, "in": True, "out": False}  # as forms and links write it
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_NO_DAY = "needs a date written as YYYY-MM-DD, such as 2020-02-03."
_NO_NAMES = "needs names of sources: a text, or a list of texts."


class BadRequest(ValueError):
    """Something asked cannot be used; the message says in one line what to give instead.

    >>> onrecord.open("my-index").ask("Who?", k=50)
    Traceback (most recent call last):
    assistant.query.parameters.BadRequest: “k” needs a whole number from 1 to 9.
    """


class Names(NamedTuple):
    """What the filters are called where they are given."""

    since: str = "since"
    until: str = "until"
    sources: str = "sources"
    undated: str = "undated"
    event_since: str = "event_since"
    event_until: str = "event_until"


NAMES = Names()


def read_filter(
    names: Names = NAMES,
    /,
    *,
    since: object = None,
    until: object = None,
    sources: object = (),
    undated: object = None,
    event_since: object = None,
    event_until: object = None,
) -> Filter:
    """Check filters: days as `date` or text, one source as text or several, what becomes of undated articles."""
    printed = _period(since, until, (names.since, names.until))
    spoken = _period(event_since, event_until, (names.event_since, names.event_until))
    wanted = read_sources(sources, names.sources)
    return Filter(*printed, wanted, read_undated(undated, names.undated), *spoken)


def _period(since: object, until: object, names: tuple[str, str]) -> tuple[date | None, date | None]:
    first, last = read_day(since, names[0]), read_day(until, names[1])
    if first and last and first > last:
        raise BadRequest(
            f"The date in “{names[0]}”, {first}, is after the one in “{names[1]}”, {last}: please swap them."
        )
    return first, last


def read_day(value: object, name: str) -> date | None:
    """A day as `date` or as text in the form YYYY-MM-DD; None for none, and for a text that is blank."""
    if value is None or (isinstance(value, date) and not isinstance(value, datetime)):
        return value
    if not isinstance(value, str):
        raise BadRequest(f"“{name}” {_NO_DAY}")
    if not value.strip():
        return None
    try:
        return day_of(value)
    except BadRequest as error:
        raise BadRequest(f"“{name}” {error}") from None


def day_of(text: str) -> date:
    """The day that a text states; BadRequest says what it needs, for a sentence that begins with its name."""
    stripped = text.strip()
    # fromisoformat alone would also take 20200203 and 2020-W06-1
    if not _DAY.fullmatch(stripped):
        raise BadRequest(_NO_DAY)
    try:
        return date.fromisoformat(stripped)
    except ValueError:
        raise BadRequest("is not a day of the calendar: please check the month and the day.") from None


def read_sources(value: object, name: str = NAMES.sources) -> tuple[str, ...]:
    """Names of sources: a text is one, a list has several, none and a blank text are every source."""
    if value is None:
        return ()
    if isinstance(value, str):
        return (writable(value),) if value.strip() else ()
    if isinstance(value, bytes | Mapping) or not isinstance(value, Iterable):
        raise BadRequest(f"“{name}” {_NO_NAMES}")
    listed = list(value)
    if len(listed) > MOST_SOURCES:
        raise BadRequest(f"{len(listed):,} sources are named, at most {MOST_SOURCES:,} are looked for.")
    if not all(isinstance(one, str) for one in listed):
        raise BadRequest(f"“{name}” {_NO_NAMES}")
    return tuple(writable(one) for one in listed)


def read_undated(value: object, name: str = NAMES.undated) -> bool | None:
    """What becomes of undated articles: True or "in", False or "out", None or nothing for the usual."""
    if value is None or isinstance(value, bool):
        return value
    if not isinstance(value, str) or value not in UNDATED:
        raise BadRequest(f"“{name}” takes “in” or “out” (in Python also True or False), or nothing.")
    return UNDATED[value]


def read_count(value: object, most: int | None = None, name: str = "k") -> int:
    """How many may come, from 1 up to `most`."""
    is_number = isinstance(value, int) and not isinstance(value, bool)
    if not is_number or value < 1 or (most is not None and value > most):  # type: ignore[operator]
        raise BadRequest(f"“{name}” needs a whole number from 1 {f'to {most}' if most else 'on'}.")
    return value  # type: ignore[return-value]


def read_switch(value: object, name: str) -> bool:
    """What is either so or not."""
    if not isinstance(value, bool):
        raise BadRequest(f"“{name}” needs true or false.")
    return value


def read_text(value: object, name: str) -> str:
    """A text."""
    if not isinstance(value, str):
        raise BadRequest(f"“{name}” needs a text.")
    return value


def writable(text: str) -> str:
    """A text with question marks for lone surrogates, which no page and no index can hold."""
    return text.encode("utf-8", "replace").decode()
