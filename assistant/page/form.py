"""What a reader typed into the chat or sent to its endpoint, checked."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from assistant.asking import USUAL_QUOTES, Inquiry
from index.hits import Filter

LONGEST_QUESTION = 2_000  # characters
MOST_SOURCES = 200
UNDATED = {"": None, "in": True, "out": False}  # as it is written in forms and links: `Filter.undated`

# What the fields of days are called on the page: of publication, and those that an article speaks of.
PRINTED = ("Printed from", "Printed to")
SPOKEN_OF = ("Speaks of days from", "Speaks of days to")

_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


class BadForm(ValueError):
    """Something typed cannot be used; the message says in one line what to type instead."""


@dataclass(frozen=True, slots=True)
class Form:
    """A question with its filters, as in `index.hits.Filter`. No question: the filters alone.

    `after` is the question before it and `literal` whether nothing is read from the question's words,
    as in `assistant.asking.Inquiry`.
    """

    question: str
    since: date | None = None
    until: date | None = None
    sources: tuple[str, ...] = ()
    undated: bool | None = None
    event_since: date | None = None
    event_until: date | None = None
    after: str = ""
    literal: bool = False

    @property
    def filter(self) -> Filter:
        """The filters alone."""
        return Filter(self.since, self.until, self.sources, self.undated, self.event_since, self.event_until)

    def inquiry(self, k: int = USUAL_QUOTES) -> Inquiry:
        """Give what is asked of the archive."""
        return Inquiry(self.question, self.filter, k, self.after, self.literal)

    @property
    def undated_choice(self) -> str:
        """What of UNDATED was chosen."""
        return next(written for written, meant in UNDATED.items() if meant is self.undated)


def read_form(
    question: str,
    since: str,
    until: str,
    sources: Sequence[str],
    undated: str = "",
    event_since: str = "",
    event_until: str = "",
) -> Form:
    """Check what was typed; BadForm says what is wrong, without repeating what was typed."""
    asked = _read_question(question, "The question")
    if not asked:
        raise BadForm("Type a question first.")
    filters = read_filters(since, until, sources, undated, event_since, event_until)
    return replace(filters, question=asked)


def following(form: Form, after: str, *, literal: bool = False) -> Form:
    """Put a form after the question before it, which is checked as a question is; empty for none."""
    return replace(form, after=_read_question(after, "The question before"), literal=literal)


def read_filters(
    since: str,
    until: str,
    sources: Sequence[str],
    undated: str = "",
    event_since: str = "",
    event_until: str = "",
) -> Form:
    """Check filters alone, as `read_form` does; the form has no question."""
    if len(sources) > MOST_SOURCES:
        raise BadForm(f"Choose {MOST_SOURCES} sources at most.")
    printed = _read_period(since, until, PRINTED)
    if undated not in UNDATED:
        raise BadForm("For undated articles, “in” or “out” can be chosen, or nothing.")
    spoken = _read_period(event_since, event_until, SPOKEN_OF)
    return Form("", *printed, tuple(_writable(source) for source in sources), UNDATED[undated], *spoken)


def _read_period(since: str, until: str, fields: tuple[str, str]) -> tuple[date | None, date | None]:
    first, last = _read_day(since, fields[0]), _read_day(until, fields[1])
    if first and last and first > last:
        raise BadForm(f"The date in “{fields[0]}” is after the one in “{fields[1]}”: please swap them.")
    return first, last


def _read_question(typed: str, name: str) -> str:
    asked = _writable(typed).strip()
    if len(asked) > LONGEST_QUESTION:
        raise BadForm(f"{name} is too long: {LONGEST_QUESTION:,} characters at most, please shorten it.")
    return asked


def _writable(text: str) -> str:
    """Make question marks of lone surrogates, which no page and no index can hold."""
    return text.encode("utf-8", "replace").decode()


def _read_day(typed: str, field: str) -> date | None:
    wanted = f"“{field}” needs a date written as YYYY-MM-DD, such as 2020-02-03."
    stripped = typed.strip()
    if not stripped:
        return None
    # fromisoformat alone would also take 20200203 and 2020-W06-1
    if not _DAY.fullmatch(stripped):
        raise BadForm(wanted)
    try:
        return date.fromisoformat(stripped)
    except ValueError:
        raise BadForm(f"There is no such day in “{field}”: please check the month and the day.") from None
