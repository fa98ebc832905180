"""A conversation: what each thing a reader does on the page makes of it.

Every method takes what Gradio read off the page and gives `Shown`s as lists: what to put there. A
generator shows first that the archive is being searched.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Protocol

from assistant import html
from assistant.answer import Answer, Cited
from assistant.asking import Asking
from assistant.choosing.neighbours import Neighbours
from assistant.html import Safe
from assistant.offline import gr
from assistant.page import cards, turns
from assistant.page.form import LONGEST_QUESTION, BadForm, Form, read_filters, read_form
from assistant.page.layout import markup
from assistant.page.remembered import read_link, recall
from index.hits import IndexFault

MOST_TURNS = 40  # kept of one conversation; the oldest leave the page first
_MOST_NAMED = 3  # sources that a notice names
_GONE = "That question is no longer on this page: please ask it again."
_FAILED = "The question could not be answered. The server's log says why."

Message = dict[str, Any]  # as gr.Chatbot takes it
Values = list[Any]  # of the components in `Parts.shown`


class Archive(Asking, Protocol):
    """What a conversation asks."""

    def neighbours(self, quote: Cited) -> Neighbours:
        """Give the sentences around a quote."""


@dataclass(frozen=True, slots=True)
class Turn:
    """A question, and its answer as markup; None where it was asked before the page was opened.

    `found` is the answer itself, to be taken away; None also where a fault stands in its place.
    """

    form: Form
    answer: Safe | None
    found: Answer | None = None


@dataclass(frozen=True, slots=True)
class Shown:
    """What to put on the page; what is not given stays as it is. The order is that of `Parts.shown`."""

    question: Any = field(default_factory=gr.skip)
    chat: Any = field(default_factory=gr.skip)
    turns: Any = field(default_factory=gr.skip)
    notice: Any = field(default_factory=gr.skip)
    active: Any = field(default_factory=gr.skip)
    sources: Any = field(default_factory=gr.skip)
    since: Any = field(default_factory=gr.skip)
    until: Any = field(default_factory=gr.skip)
    undated: Any = field(default_factory=gr.skip)

    def values(self) -> Values:
        """Give one value for each component."""
        head = [self.question, self.chat, self.turns, self.notice, self.active]
        return [*head, self.sources, self.since, self.until, self.undated]


class Conversation:
    """Turns what a reader does into what the page shows; holds nothing of any reader."""

    def __init__(self, archive: Archive) -> None:
        """Ask this archive."""
        self._archive = archive

    def ask(
        self,
        typed: str,
        said: list[Turn],
        sources: list[str] | None,
        since: str,
        until: str,
        undated: str,
    ) -> Iterator[Values]:
        """Ask what was typed, as a new turn."""
        try:
            form = read_form(typed or "", since or "", until or "", sources or [], undated or "")
        except BadForm as error:
            yield Shown(notice=html.notice(str(error))).values()
            return
        form = replace(form, after=_before(said))
        yield from self._asked(said, len(said), form, Shown(question="", active=turns.active(form)))

    def refilter(
        self, said: list[Turn], sources: list[str] | None, since: str, until: str, undated: str
    ) -> Iterator[Values]:
        """Ask the last question again where the filters have changed since; its turn is replaced."""
        try:
            filters = read_filters(since or "", until or "", sources or [], undated or "")
        except BadForm as error:
            yield Shown(notice=html.notice(str(error))).values()
            return
        yield from self._refiltered(said, filters, Shown())

    def drop(
        self,
        said: list[Turn],
        sources: list[str] | None,
        since: str,
        until: str,
        undated: str,
        event: gr.EventData,
    ) -> Iterator[Values]:
        """Take one filter off."""
        names, at = list(sources or []), event.at
        if event.what == "source" and isinstance(at, int) and 0 <= at < len(names):
            del names[at]
        typed = {"since": since or "", "until": until or "", "undated": undated or ""}
        if event.what in list(typed):
            typed[event.what] = ""
        shown = Shown(sources=names, **typed)
        try:
            filters = read_filters(sources=names, **typed)
        except BadForm as error:
            yield replace(shown, notice=html.notice(str(error))).values()
            return
        yield from self._refiltered(said, filters, shown)

    def clear(self, said: list[Turn]) -> Iterator[Values]:
        """Take all filters off."""
        yield from self._refiltered(said, Form(""), _NO_FILTERS)

    def edit(self, said: list[Turn], event: gr.EventData) -> Iterator[Values]:
        """Ask a question of the conversation in other words; its turn is replaced.

        It comes after the same question as before. What was to be taken literally were its old words.
        """
        at = event.turn
        if not _is_turn(at, said) or not isinstance(event.question, str):
            yield Shown(notice=html.notice(_GONE)).values()
            return
        try:
            asked = read_form(event.question, "", "", [])
        except BadForm as error:
            yield Shown(notice=html.notice(str(error))).values()
            return
        form = replace(said[at].form, question=asked.question, literal=False)
        yield from self._asked(said, at, form, Shown())

    def again(self, said: list[Turn], event: gr.EventData) -> Iterator[Values]:
        """Ask a question of an earlier visit again."""
        if not _is_turn(event.turn, said):
            yield Shown(notice=html.notice(_GONE)).values()
            return
        yield from self._asked(said, event.turn, said[event.turn].form, Shown())

    def unfilter(self, said: list[Turn], event: gr.EventData) -> Iterator[Values]:
        """Ask a question of the conversation again without filters."""
        at = event.turn
        if not _is_turn(at, said):
            yield Shown(notice=html.notice(_GONE)).values()
            return
        form = _like(Form(said[at].form.question), said[at].form)
        yield from self._asked(said, at, form, _NO_FILTERS if at == len(said) - 1 else Shown())

    def literal(self, said: list[Turn], event: gr.EventData) -> Iterator[Values]:
        """Ask a question of the conversation again, with nothing read from its words or taken over."""
        at = event.turn
        if not _is_turn(at, said):
            yield Shown(notice=html.notice(_GONE)).values()
            return
        yield from self._asked(said, at, replace(said[at].form, literal=True), Shown())

    def fresh(self) -> Values:
        """Begin a new conversation; the filters stay."""
        return Shown(question="", chat=[], turns=[], notice=Safe()).values()

    def start(self, kept: str, search: str, choices: Sequence[tuple[str, str]]) -> Iterator[Values]:
        """Show the questions of the last visit, and ask that of the address, or else the last one.

        `choices` are those of the source filter; the filter bar takes up no source beside them.
        """
        said = [Turn(form, None) for form in recall(kept or "")]
        bar, told = Shown(sources=gr.Dropdown(choices=list(choices))), Safe()
        try:
            linked = read_link(search or "")
        except BadForm as error:
            linked, told = None, html.notice(str(error))
        if linked:
            told = html.notice(_unknown(linked.sources, choices))
        if linked and not (said and said[-1].form == linked):
            said = [*said, Turn(linked, None)]
        if not said:
            yield replace(bar, notice=told).values()
            return
        last = said[-1].form
        yield from self._asked(said, len(said) - 1, last, _bar(last, choices))
        if told:
            yield Shown(notice=told).values()

    @staticmethod
    def failed(said: list[Turn]) -> Values:
        """Take the unanswered question back off the page after a fault of the program."""
        return Shown(chat=_messages(said), notice=html.notice(_FAILED)).values()

    def _refiltered(self, said: list[Turn], filters: Form, shown: Shown) -> Iterator[Values]:
        shown = replace(shown, active=turns.active(filters), notice=Safe())
        form = _like(replace(filters, question=said[-1].form.question), said[-1].form) if said else filters
        if not said or form == said[-1].form:
            yield shown.values()
            return
        yield from self._asked(said, len(said) - 1, form, shown)

    def _asked(self, said: Sequence[Turn], at: int, form: Form, shown: Shown) -> Iterator[Values]:
        """Put the answer to a form at one place in the conversation; `shown` goes with it."""
        before, after = said[:at], said[at + 1 :]
        busy = [*before, Turn(form, turns.searching()), *after]
        yield replace(shown, chat=_messages(busy), notice=Safe()).values()
        kept = [*before, self._answered(form), *after][-MOST_TURNS:]
        yield Shown(chat=_messages(kept), turns=kept).values()

    def _answered(self, form: Form) -> Turn:
        try:
            found = self._archive.answer(form.inquiry())
            return Turn(form, cards.answer(found, self._archive.neighbours), found)
        except IndexFault as error:
            return Turn(form, html.notice(str(error)))


_NO_FILTERS = Shown(active=Safe(), sources=[], since="", until="", undated="")


def _bar(form: Form, choices: Sequence[tuple[str, str]]) -> Shown:
    """Set the filter bar to the filters of a form."""
    since, until = (day.isoformat() if day else "" for day in (form.since, form.until))
    offered = _offered(choices)
    sources = [offered[key] for source in form.sources if (key := source.casefold()) in offered]
    offer = list(choices)
    # none is what a new page has chosen; Gradio warns of an empty choice where nothing is offered
    bar = (
        gr.Dropdown(choices=offer, value=sources, multiselect=True) if sources else gr.Dropdown(choices=offer)
    )
    chips = turns.active(replace(form, sources=tuple(sources)))
    return Shown(active=chips, sources=bar, since=since, until=until, undated=form.undated_choice)


def _offered(choices: Sequence[tuple[str, str]]) -> dict[str, str]:
    """Give the names of the choices by what they are compared by, as the archive compares them."""
    return {name.casefold(): name for _, name in choices}


def _unknown(sources: Sequence[str], choices: Sequence[tuple[str, str]]) -> str:
    """Say which sources of a link the archive doesn't have; nothing where its sources aren't known."""
    offered = _offered(choices)
    names = [f"“{source}”" for source in sources if source.casefold() not in offered]
    if not names or not choices:
        return ""
    more = f" and {len(names) - _MOST_NAMED:,} more" if len(names) > _MOST_NAMED else ""
    return f"The archive has no source {' or '.join(names[:_MOST_NAMED])}{more}."


def _before(said: Sequence[Turn]) -> str:
    """Give what the last question asks in full: what it was completed to, else its own words."""
    if not said:
        return ""
    last = said[-1]
    completed = last.found.understood.completed if last.found else None
    return (completed or last.form.question)[:LONGEST_QUESTION]


def _like(form: Form, earlier: Form) -> Form:
    """Take over what stands around the question of an earlier form: the one before it, and how it is read."""
    return replace(form, after=earlier.after, literal=earlier.literal)


def _is_turn(at: object, said: Sequence[Turn]) -> bool:
    return isinstance(at, int) and 0 <= at < len(said)


def _messages(said: Sequence[Turn]) -> list[Message]:
    return [
        {"role": role, "content": markup(content)}
        for turn in said
        for role, content in (
            ("user", turns.question(turn.form)),
            ("assistant", turns.waiting(turn.form) if turn.answer is None else turn.answer),
        )
    ]
