"""Dates, counts and citations in plain English, as text."""

from __future__ import annotations

from datetime import date

from assistant.answer import Cited, Coverage
from corpus.article import DateOrigin

UNSTATED = "source not stated"
UNDATED = "undated"

# What a date rests on, beside the date itself; nothing where there is no date.
DATED_BY = {
    DateOrigin.HEADER: "date from the article's header",
    DateOrigin.FRONT_MATTER: "date from the file's front matter",
    DateOrigin.METADATA: "date from the record's metadata",
    DateOrigin.LABEL_FILE: "date from the label file",
    DateOrigin.NONE: "",
}

_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)


def day(value: date) -> str:
    """Write a date out in English, whatever the machine's locale: `3 February 2020`."""
    return f"{value.day} {_MONTHS[value.month - 1]} {value.year}"


def count(number: int, noun: str) -> str:
    """Write a number with its noun: `1 article`, `1,204 articles`."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def period(first: date | None, last: date | None) -> str:
    """Write the dates from the first to the last, both inclusive; empty where there is none."""
    if first is None or last is None:
        return ""
    return day(first) if first == last else f"{day(first)} – {day(last)}"


def coverage_line(coverage: Coverage) -> str:
    """Say in one line what an archive, or the searched part of it, holds."""
    sources = count(coverage.sources, "named source") if coverage.sources else "no source named"
    undated = f"{coverage.undated:,} undated" if coverage.undated else ""
    parts = [count(coverage.articles, "article"), sources, period(coverage.first, coverage.last), undated]
    return " · ".join(part for part in parts if part)


def citation(quote: Cited) -> str:
    """Write a quote with its place as plain text; the quoted words are verbatim."""
    date_ = quote.published.isoformat() if quote.published else UNDATED
    title = [quote.title] if quote.title else []
    place = f"{quote.article_id}, characters {quote.start}–{quote.end}"
    return f"“{quote.text}” — " + ", ".join([quote.source or UNSTATED, *title, date_, place])
