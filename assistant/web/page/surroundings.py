"""What stands around the answers, as HTML: questions, filters in force, the empty page."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from assistant.answering.assembly import understood
from assistant.render import phrases
from assistant.render.markup import NO_ATTRIBUTES, Node, Safe, classed, element, isolated, join, unseen_note
from assistant.render.source_colours import hue
from assistant.types.answer import Coverage, Understood
from assistant.web.page.form import FIELDS, Form
from assistant.web.page.remembered import link, remember
from assistant.wording import count, coverage_line, day, looks_like
from corpus.duplicates.lookalikes import lookalikes

_UNDATED_IN, _UNDATED_OUT = "undated articles too", "undated articles left out"


def question(form: Form) -> Safe:
    """Show a question as the opening of a turn, with what the page needs to keep it or ask it anew."""
    asked = element("h2", {"class": "or-turn", "dir": "auto", "data-form": remember(form)}, form.question)
    edit = element("button", {"class": "or-edit", "type": "button"}, "Edit")
    address = element("a", {"class": "or-link", "href": link(form)}, "Copy link")
    return classed("div", "or-asked", asked, classed("div", "or-asked-actions", edit, address))


def waiting(form: Form) -> Safe:
    """Show that a question of an earlier visit can be answered again."""
    button = element("button", {"class": "or-again", "type": "button"}, "Show the answer")
    told = classed("p", "or-summary", "Asked before. ", button)
    return classed("section", "or-answer or-waiting", told, filters_line(understood(form.filter)))


def searching() -> Safe:
    """Show that a question is being answered."""
    return classed("p", "or-busy", "Searching the archive…")


def welcome(title: str, coverage: Coverage) -> Safe:
    """Show what this is and what it holds."""
    promise = (
        "Ask the archive. Every answer is a verbatim quote with its source, date and place in the article."
    )
    return classed(
        "div",
        "or-hero",
        classed("h1", "or-name", title),
        classed("p", "or-promise", promise),
        classed("p", "or-coverage", coverage_line(coverage)),
    )


def logout_link() -> Safe:
    """Lead to the page that ends a user's session."""
    return element("a", {"class": "or-logout", "href": "logout"}, "Log out")


def source_choices(counts: Sequence[tuple[str, int]]) -> list[tuple[str, str]]:
    """Give the choices of the source filter: what is shown, and the name it stands for.

    What is shown is text to Gradio: the name's direction of writing is kept to the name by the
    characters that isolate (U+2068, U+2069). A name that is easily taken for another's says so.
    """
    alike = lookalikes(name for name, _ in counts)
    return [(_choice(name, articles, alike.get(name.casefold(), ())), name) for name, articles in counts]


def _choice(name: str, articles: int, alike: Sequence[str]) -> str:
    shown = f"\u2068{name}\u2069 · {count(articles, 'article')}"
    return f"{shown} · \u2068{looks_like(alike)}\u2069" if alike else shown


def filters_line(understood: Understood) -> Safe:
    """Say which filters an answer was given under; nothing where there were none."""
    parts: list[Node] = [f"{word} {shown}" for word, shown in _days(understood)]
    parts += [join(["source ", isolated(source)]) for source in understood.sources]
    parts += [_undated(understood)] if parts else ["dated articles"] if understood.undated is False else []
    parts = [part for part in (*parts, phrases.asked_days(understood)) if part]
    if not parts:
        return Safe()
    listed = [join([" · " if at else "", part]) for at, part in enumerate(parts)]
    return classed("p", "or-filters", "Only: ", *listed)


def reading(understood: Understood) -> Safe:
    """Say what was taken over from the question before and read from the question's words, and offer to leave it."""
    told = [element("p", NO_ATTRIBUTES, line) for line in _read_as(understood) if line]
    if not told:
        return Safe()
    button = element("button", {"class": "or-literal", "type": "button"}, "Search exactly what I typed")
    words = (*understood.carried, *understood.unmet, *understood.read, *understood.sources)
    note = unseen_note(understood.completed, *words)
    return classed("div", "or-reading-as", *told, button, note)


def _read_as(understood: Understood) -> Iterator[Safe]:
    """The lines of `telling`, each word that isn't ours kept from turning its line around."""
    if understood.carried:
        yield join([f"{phrases.TAKEN_OVER} ", _isolated(understood.carried, " · ")])
    if understood.completed:
        yield join([f"{phrases.SEARCHED_FOR} “", isolated(understood.completed), "”"])
    if understood.unmet:
        said = ["“", _isolated(understood.unmet, "” and “"), "”"]
        yield join([f"{phrases.UNMET} ", *said, phrases.UNMET_SO])
    if understood.read:
        parts = phrases.read_parts(understood)
        only = [" only ", _isolated(parts, " · "), ","] if parts else []
        said = ["“", _isolated(understood.read, "” and “"), "”"]
        yield join([phrases.UNDERSTOOD, *only, f" {phrases.BECAUSE} ", *said])


def _isolated(texts: Sequence[str], between: str) -> Safe:
    return join([join([between if at else "", isolated(text)]) for at, text in enumerate(texts)])


def active(form: Form) -> Safe:
    """Show the filters in force, each with a button that takes it off."""
    chips = [_chip(field, said) for field, said in _chosen_days(form)]
    chips += [_source_chip(name, at) for at, name in enumerate(form.sources)]
    said = _undated(understood(form.filter))
    note = Safe()
    if form.undated is None:
        note = classed("span", "or-active-note", said) if said else note
    elif said:
        chips.append(_chip("undated", said))
    if not chips:
        return Safe()
    return element(
        "div", {"class": "or-active", "role": "group", "aria-label": "Filters in force"}, *chips, note
    )


def _chip(field: str, said: str) -> Safe:
    marks = {
        "class": "or-drop",
        "type": "button",
        "data-drop": field,
        "aria-label": f"Remove filter: {said}",
    }
    return element("button", marks, said)


def _source_chip(name: str, at: int) -> Safe:
    marks = {
        "class": f"or-drop or-source {hue(name)}",
        "type": "button",
        "data-drop": "source",
        "data-at": str(at),
        "aria-label": f"Remove filter: source {name}",
    }
    return element("button", marks, isolated(name))


def _undated(understood: Understood) -> str:
    """Say what becomes of undated articles, where that isn't plain: they are in unless something is said."""
    wanted = understood.filter
    if not wanted.with_undated:
        return _UNDATED_OUT
    return _UNDATED_IN if wanted.has_dates else ""


def _days(understood: Understood) -> list[tuple[str, str]]:
    bounds = (("published from", understood.since), ("published to", understood.until))
    return [(word, day(value)) for word, value in bounds if value]


def _chosen_days(form: Form) -> Iterator[tuple[str, str]]:
    """The days that were chosen: the field each stands in, and what it says."""
    for field, value in form.filter.values().items():
        if isinstance(value, date):
            yield field, f"{getattr(FIELDS, field).lower()} {day(value)}"
