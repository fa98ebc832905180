"""Dates, counts and citations in plain English, as text."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from assistant.answer import Cited, Correction, Coverage
from corpus.article import DateOrigin

UNSTATED = "source not stated"
UNDATED = "undated"
CORRECTED = "corrected"
YES = "yes"  # what is stated where a correction is stated, and no more

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


def searched(coverage: Coverage) -> str:
    """Say what was searched."""
    return f"Searched: {coverage_line(coverage)}"


def kind(stated: str | None) -> str:
    """What sort of piece it is, as stated; empty for news and where nothing is stated."""
    plain = stated is None or stated.strip().casefold() in {"", "news"}
    return "" if plain or stated is None else stated


def correction_notes(corrected: str | None, correction: Correction | None) -> Iterator[str]:
    """What is stated of an article's correction, a line each: in its own metadata, under its address."""
    if corrected:
        yield "Corrected, as its metadata says" + ("." if corrected == YES else f": {corrected}")
    if correction:
        of_day = f", {day(correction.published)}" if correction.published else ""
        title = f"“{correction.title}”, " if correction.title else ""
        yield f"The archive has a correction under the same address: {title}{correction.article_id}{of_day}"


def citation(quote: Cited) -> str:
    """Write a quote with its place as plain text, and what is stated of a correction; the quoted words are verbatim."""
    date_ = quote.published.isoformat() if quote.published else UNDATED
    title = [quote.title] if quote.title else []
    place = f"{quote.article_id}, characters {quote.start}–{quote.end}"
    stated = ", ".join([quote.source or UNSTATED, *title, date_, place])
    return ". ".join([f"“{quote.text}” — {stated}", *correction_notes(quote.corrected, quote.correction)])
