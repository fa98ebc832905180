"""The filter bar: what stands in its fields, as a form, without one of them, and set to those of a form."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from assistant.web.gradio.offline import gr
from assistant.web.page.form import Form, read_filters, read_form

_TEXTS = ("since", "until", "undated", "event_since", "event_until")
_MOST_NAMED = 3  # sources that a notice names

Field = list[str] | str | None  # as Gradio reads it off the page
Choices = Sequence[tuple[str, str]]  # of the source filter: what is shown, and the name


@dataclass(frozen=True, slots=True)
class Bar:
    """What stands in the fields, as typed; in their order in `Parts.filters`."""

    sources: tuple[str, ...] = ()
    since: str = ""
    until: str = ""
    undated: str = ""
    event_since: str = ""
    event_until: str = ""

    @classmethod
    def of(cls, fields: Sequence[Field]) -> Bar:
        """Take what Gradio read off the page."""
        sources, *texts = fields
        return cls(tuple(sources or ()), *(str(text or "") for text in texts))

    @classmethod
    def holding(cls, form: Form) -> Bar:
        """What the fields hold under the filters of a form."""
        days = (form.since, form.until, form.event_since, form.event_until)
        since, until, event_since, event_until = (day.isoformat() if day else "" for day in days)
        return cls(form.sources, since, until, form.undated_choice, event_since, event_until)

    def read(self, question: str) -> Form:
        """Check a question with these filters; raises BadRequest."""
        return read_form(question, *self._checked())

    def read_filters(self) -> Form:
        """Check the filters alone; raises BadRequest."""
        return read_filters(*self._checked())

    def _checked(self) -> tuple[str, str, tuple[str, ...], str, str, str]:
        return self.since, self.until, self.sources, self.undated, self.event_since, self.event_until

    def without(self, what: object, at: object) -> Bar:
        """Take one filter off: a field by its name, a source by its place; what is not there stays off."""
        sources = self.sources
        if what == "source" and isinstance(at, int) and 0 <= at < len(sources):
            sources = (*sources[:at], *sources[at + 1 :])
        named = zip(_TEXTS, self._texts(), strict=True)
        return Bar(sources, *("" if name == what else text for name, text in named))

    def values(self) -> list[Any]:
        """Give one value for each field."""
        return [list(self.sources), *self._texts()]

    def _texts(self) -> tuple[str, ...]:
        return self.since, self.until, self.undated, self.event_since, self.event_until


FIELDS = len(Bar().values())


def offering(choices: Choices) -> list[Any]:
    """Offer these sources and leave all else as it stands: a value for each field."""
    return [gr.Dropdown(choices=list(choices)), *(gr.skip() for _ in range(FIELDS - 1))]


def choosing(form: Form, choices: Choices) -> list[Any]:
    """Offer these sources and set the fields to the filters of a form: a value for each field."""
    values, offer = Bar.holding(form).values(), list(choices)
    # none is what a new page has chosen; Gradio warns of an empty choice where nothing is offered
    if form.sources:
        values[0] = gr.Dropdown(choices=offer, value=list(form.sources), multiselect=True)
    else:
        values[0] = gr.Dropdown(choices=offer)
    return values


def known(form: Form, choices: Choices) -> Form:
    """Leave out the sources that aren't offered, and give the others the names they are offered under."""
    offered = _offered(choices)
    names = (offered[key] for source in form.sources if (key := source.casefold()) in offered)
    return replace(form, sources=tuple(names))


def unknown(sources: Sequence[str], choices: Choices) -> str:
    """Say which sources of a link the archive doesn't have; nothing where its sources aren't known."""
    offered = _offered(choices)
    names = [f"“{source}”" for source in sources if source.casefold() not in offered]
    if not names or not choices:
        return ""
    more = f" and {len(names) - _MOST_NAMED:,} more" if len(names) > _MOST_NAMED else ""
    return f"The archive has no source {' or '.join(names[:_MOST_NAMED])}{more}."


def _offered(choices: Choices) -> dict[str, str]:
    """Give the names of the choices by what they are compared by, as the archive compares them."""
    return {name.casefold(): name for _, name in choices}
