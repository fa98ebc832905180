"""Dates as they are written, read strictly: a date is stated in a known form or it is not a date."""

from __future__ import annotations

import re
from datetime import date
from functools import lru_cache

ISO = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")
# RFC 3339 and ISO 8601's extended format; the date part is taken as printed, without conversion.
ISO_DATE_TIME = re.compile(
    r"([0-9]{4})-([0-9]{2})-([0-9]{2})[T ][0-9]{2}:[0-9]{2}(?::[0-9]{2}(?:[.,][0-9]{1,9})?)?"
    r"(?: ?(?:Z|[+-][0-9]{2}:?[0-9]{2}|UTC|GMT))?"
)
_TOKEN = re.compile(r"YYYY|MM|DD|M|D")
_DIGITS = {"YYYY": "[0-9]{4}", "MM": "[0-9]{2}", "DD": "[0-9]{2}", "M": "[0-9]{1,2}", "D": "[0-9]{1,2}"}
_LITERALS = re.compile(r"[ ./,-]*")
_LONGEST_SHOWN = 40


def parse_date(text: str, date_format: str | None = None) -> date:
    """Read a calendar date, never guessing one.

    Without `date_format`: exactly `YYYY-MM-DD`, or a full ISO date-time, of which the date is taken
    as printed. With it: exactly that form, made of YYYY, MM, M, DD, D and separators.
    Raises ValueError with a one-line reason.
    """
    text = text.strip(" \t\n")
    if date_format is not None:
        return _by_format(text, date_format)
    match = ISO.fullmatch(text) or ISO_DATE_TIME.fullmatch(text)
    if match is None:
        raise ValueError(f"{_shown(text)} is not a date of the form YYYY-MM-DD")
    return _real(text, *(int(part) for part in match.groups()))


@lru_cache(maxsize=64)
def compile_format(date_format: str) -> re.Pattern[str]:
    """Turn a form such as `M/D/YYYY` into a pattern with the groups Y, M and D.

    Raises ValueError when year, month or day is missing or twice, or anything else stands in it.
    """
    parts = _TOKEN.findall(date_format)
    if sorted(part[0] for part in parts) != ["D", "M", "Y"]:
        raise ValueError(f"date_format {_shown(date_format)} needs YYYY, MM or M, and DD or D, once each")
    literals = _TOKEN.split(date_format)
    if not all(_LITERALS.fullmatch(literal) for literal in literals):
        raise ValueError(
            f"date_format {_shown(date_format)} may hold only YYYY, MM, M, DD, D and the separators . / - , and space"
        )
    if {"M", "D"} & set(parts) and not all(literals[1:-1]):
        raise ValueError(
            f"date_format {_shown(date_format)} is ambiguous: M and D need a separator, or use MM and DD"
        )
    groups = [f"(?P<{part[0]}>{_DIGITS[part]})" for part in parts]
    pattern = re.escape(literals[0])
    for group, literal in zip(groups, literals[1:], strict=True):
        pattern += group + re.escape(literal)
    return re.compile(pattern)


def _by_format(text: str, date_format: str) -> date:
    match = compile_format(date_format).fullmatch(text)
    if match is None:
        raise ValueError(f"{_shown(text)} is not a date of the form {date_format}")
    return _real(text, int(match["Y"]), int(match["M"]), int(match["D"]))


def _real(text: str, year: int, month: int, day: int) -> date:
    try:
        return date(year, month, day)
    except ValueError:
        raise ValueError(f"{_shown(text)} is not a day of the calendar") from None


def _shown(text: str) -> str:
    """Quote a value for a message: short, and with everything unprintable escaped."""
    return repr(text if len(text) <= _LONGEST_SHOWN else text[: _LONGEST_SHOWN - 1] + "…")
