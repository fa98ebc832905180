"""A timeline on a terminal: the days in a column, then who printed it and when, then the words."""

from __future__ import annotations

from rich.console import Console

from assistant.facts.chronology import days_named, event_named
from assistant.render.copy_phrases import copies_line
from assistant.render.terminal import dated, filters, show
from assistant.types.answer import Cited, Understood
from assistant.types.timeline import Timeline
from assistant.wording import (
    CORRECTED,
    UNDATED,
    count,
    kind,
    notes,
    searched,
    source_named,
)

_GAP = 2  # columns between the days and the rest


def show_timeline(console: Console, found: Timeline) -> None:
    """Print a timeline, or what was looked for in vain; the words that name the day are stressed."""
    for line in _filters(found.understood):
        show(console, line, "dim")
    named = [event_named(entry.event_date) if entry.event_date else UNDATED for entry in found.entries]
    width = max(map(len, named), default=0) + _GAP
    for days, entry in zip(named, found.entries, strict=True):
        show(console, f"{days:<{width}}{_printed(entry)}")
        marks = [(start - entry.start + 1, end - entry.start + 1) for start, end in entry.marks]
        show(console, f"“{entry.text}”", indent=width, marks=marks)
        show(console, "\n".join([_place(entry), *notes(entry), ""]), "dim", indent=width)
    show(console, _counted(found), "" if found.entries else "bold")
    if found.left_out:
        show(console, _left_out(found))
    show(console, searched(found.coverage), "dim")


def _printed(entry: Cited) -> str:
    when = f"published {dated(entry)}" if entry.published else UNDATED
    return f"{when} · {source_named(entry.source, entry.looks_like)}"


def _place(entry: Cited) -> str:
    place = f"{entry.article_id}, characters {entry.start}–{entry.end}"
    stated = kind(entry.kind), CORRECTED if entry.corrected else "", entry.title, place, copies_line(entry)
    return " · ".join(filter(None, stated))


def _filters(understood: Understood) -> list[str]:
    since, until = understood.event_since, understood.event_until
    printed = understood.model_copy(update={"event_since": None, "event_until": None})
    lines = [filters(printed)] if printed.filter else []
    if since or until:
        lines.append(f"Only what is said of {'' if since and until else 'days '}{days_named(since, until)}.")
    return lines


def _counted(found: Timeline) -> str:
    words = " and ".join(f"“{word}”" for word in found.sought)
    if not found.sentences:
        return f"No sentence of the articles searched speaks of {words}."
    speak = f"{count(found.sentences, 'sentence')} {'speaks' if found.sentences == 1 else 'speak'} of {words}"
    if found.entries:
        return f"{speak}, with {count(len(found.entries) + found.left_out, 'mention')} of days."
    asked = found.understood.event_since or found.understood.event_until
    return f"{speak}, but none names a day{' among those asked for' if asked else ''}."


def _left_out(found: Timeline) -> str:
    said = found.entries[-1].event_date
    onward = said and (said.first or said.last)
    later = f"{found.left_out:,} later {'one is' if found.left_out == 1 else 'ones are'} left out"
    return f"{later}; see more with -k {len(found.entries) + found.left_out}, or go on with --event-since {onward}."
