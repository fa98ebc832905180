"""Dates, counts and citations in plain English, as text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from assistant.types.answer import Cited, Coverage
from assistant.types.correction import Claim, Correction
from corpus.article import DateOrigin

UNSTATED = "source not stated"
UNDATED = "undated"
CORRECTED = "corrected"
MOST_ALIKE = 3  # sources that are named of those that a name looks like
MOST_CLAIMS = 3  # sources that are named of those that say that an article was corrected
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
        yield f"The archive has a correction under the same address: {_named(correction)}"


def claim_notes(claims: Sequence[Claim]) -> Iterator[str]:
    """Who else says that an article was corrected or retracted, a line each, and how many more say so."""
    for claim in claims[:MOST_CLAIMS]:
        who = source_named(claim.source, claim.looks_like) if claim.source else f"An article, {UNSTATED},"
        yield f"{who} says that this was {claim.says}, under the same address: {_named(claim)}"
    if len(claims) > MOST_CLAIMS:
        yield f"{len(claims) - MOST_CLAIMS:,} more say so."


def notes(quote: Cited) -> Iterator[str]:
    """What is stated of the correction of a quote's article, a line each: by its source, and by others."""
    yield from correction_notes(quote.corrected, quote.correction)
    yield from claim_notes(quote.claims)


def _named(one: Correction) -> str:
    of_day = f", {day(one.published)}" if one.published else ""
    title = f"“{one.title}”, " if one.title else ""
    return f"{title}{one.article_id}{of_day}"


def looks_like(names: Sequence[str]) -> str:
    """Say which other sources a name is easily taken for; empty where there is none."""
    more = f" and {len(names) - MOST_ALIKE:,} more" if len(names) > MOST_ALIKE else ""
    return f"looks like {', '.join(f'“{name}”' for name in names[:MOST_ALIKE])}{more}" if names else ""


def source_named(source: str | None, alike: Sequence[str]) -> str:
    """Name a source, and those that its name is easily taken for."""
    named = source or UNSTATED
    return f"{named} ({looks_like(alike)})" if alike else named


def citation(quote: Cited) -> str:
    """Write a quote with its place as plain text, and what is stated of a correction; the quoted words are verbatim."""
    date_ = quote.published.isoformat() if quote.published else UNDATED
    title = [quote.title] if quote.title else []
    place = f"{quote.article_id}, characters {quote.start}–{quote.end}"
    stated = ", ".join([source_named(quote.source, quote.looks_like), *title, date_, place])
    return ". ".join([f"“{quote.text}” — {stated}", *notes(quote)])
