"""Answers and reports on a terminal: plain characters only, whatever an article holds."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Iterable

from pydantic import BaseModel
from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from assistant import wording
from assistant.render import copy_phrases, phrases
from assistant.types.answer import Answer, Cited, Found, Quote, Understood
from assistant.types.figure_table import FigureTable
from index.filters import Filter

Span = tuple[int, int]

_SPACE = 0x20  # what lies below is for the terminal to obey, not to show
_STRESS = "bold underline"
_KEPT_FORMATS = "\u200c\u200d"  # joiners are letters' business: Persian and Indic words need them


def safe(text: str) -> str:
    """A text with control and direction characters made visible, so that none reaches the terminal.

    An escape character shows as `␛`, U+202E as `<U+202E>`; newlines and tabs stay.
    """
    return "".join(_visible(character) for character in text)


def _visible(character: str) -> str:
    category = unicodedata.category(character)
    if character in "\n\t" or character in _KEPT_FORMATS or category not in {"Cc", "Cf", "Cs", "Zl", "Zp"}:
        return character
    if ord(character) < _SPACE:
        return chr(0x2400 + ord(character))
    return f"<U+{ord(character):04X}>"


def as_json(value: object) -> str:
    """JSON with every character a terminal could obey written as an escape; the value is the same."""
    data = value.model_dump(mode="json") if isinstance(value, BaseModel) else value
    text = json.dumps(data, ensure_ascii=False, indent=2)
    return "".join(c if _visible(c) == c else _escaped(c) for c in text)


def _escaped(character: str) -> str:
    return json.dumps(character)[1:-1]


def show(console: Console, text: str, style: str = "", indent: int = 0, marks: Iterable[Span] = ()) -> None:
    """Print a text as it is: no markup, no highlighting; wrapped at words on a terminal only.

    `marks` are spans of the text, ascending and apart, that a terminal stresses; a pipe gets the
    text alone.
    """
    if not console.is_terminal:
        console.file.write(" " * indent + safe(text) + "\n")
        return
    styled, at = Text(style=style), 0
    for start, end in marks:
        styled.append(safe(text[at:start])).append(safe(text[start:end]), _STRESS)
        at = end
    console.print(Padding(styled.append(safe(text[at:])), (0, 0, 0, indent), expand=False))


def show_answer(console: Console, answer: Answer) -> None:
    """Print an answer: the quotes with their provenance, or the reason and the near misses."""
    if narrowed(answer.understood):
        show(console, filters(answer.understood), "dim")
    for line in phrases.notes(answer):
        show(console, line, "dim")
    if answer.reason:
        show(console, f"{phrases.no_answer(answer)}. {answer.reason}", "bold")
        show(console, wording.searched(answer.coverage), "dim")
        if answer.near_misses:
            show(console, f"\n{phrases.NEAREST}:", "dim")
    for number, quote in enumerate(answer.quotes or answer.near_misses, 1):
        _show_cited(console, number, quote)
    if answer.figures:
        _show_figures(console, answer.figures)
    if answer.quotes:
        spread = phrases.spread_words(answer.spread)
        show(console, f"\nQuoted: {spread}" if spread else "", "dim")
        show(console, wording.searched(answer.coverage), "dim")


def _show_figures(console: Console, table: FigureTable) -> None:
    from assistant.facts import figure_rows

    show(console, "\nFigures in these quotes:", "bold")
    for line in figure_rows.lines(table):
        show(console, line, indent=3)


def show_found(console: Console, found: Found) -> None:
    """Print the passages found, under which filters, and what was searched."""
    if narrowed(found.understood):
        show(console, filters(found.understood), "dim")
    for number, hit in enumerate(found.hits, 1):
        _show_cited(console, number, hit)
    show(console, f"\n{wording.searched(found.coverage)}", "dim")


def _show_cited(console: Console, number: int, cited: Cited) -> None:
    opening = f"\n{number}. “"
    moved = len(opening) - cited.start
    marks = cited.marks if isinstance(cited, Quote) else ()
    shown = [(start + moved, end + moved) for start, end in marks]
    show(console, f"{opening}{cited.text}”", marks=shown)
    if said := _said(cited):
        show(console, said, indent=3)
    show(console, citation(cited), "dim", indent=3)
    for line in (*wording.notes(cited), *copy_phrases.lines(cited)):
        show(console, line, indent=3)


def _said(cited: Cited) -> str:
    """Who says the words and which days they speak of, in one line; empty where neither is clear."""
    spoken = phrases.spoken_by(cited.speaker) if cited.speaker else ""
    event = phrases.speaks_of(cited.event_date) if cited.event_date else ""
    return " · ".join(filter(None, (spoken, event)))


def citation(cited: Cited) -> str:
    """Where words come from, in one line: source, date and where it is stated, title, place."""
    parts = [wording.source_named(cited.source, cited.looks_like), dated(cited)]
    parts += filter(None, (wording.kind(cited.kind), wording.CORRECTED if cited.corrected else ""))
    if cited.title:
        parts.append(cited.title)
    parts.append(f"{cited.article_id}, characters {cited.start}–{cited.end}")
    parts.append(copy_phrases.copies_line(cited))
    return " · ".join(filter(None, parts))


def dated(cited: Cited) -> str:
    """When words were printed and where that is stated, or that it isn't."""
    return f"{cited.published} ({cited.date_origin.value})" if cited.published else wording.UNDATED


def narrowed(understood: Understood) -> bool:
    """Whether any filter is in force."""
    return bool(understood.filter or phrases.asked_days(understood))


def filters(understood: Understood) -> str:
    """The filters in force, in words."""
    parts = []
    if understood.since:
        parts.append(f"since {understood.since}")
    if understood.until:
        parts.append(f"until {understood.until}")
    if understood.sources:
        parts.append("from " + ", ".join(understood.sources))
    if spoken := phrases.asked_days(understood):
        parts.append(spoken)
    if not parts:
        return "Only dated articles."
    return "Only articles " + " and ".join(parts) + _undated(understood.filter) + "."


def _undated(wanted: Filter) -> str:
    if not wanted.with_undated:
        return "; undated articles are left out"
    return "; undated articles too" if wanted.has_dates else ""
