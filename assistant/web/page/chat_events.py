"""A conversation: what each thing a reader does on the page makes of it.

Every method takes what Gradio read off the page and gives `Shown`s as lists: what to put there. A
generator shows first that the archive is being searched.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Protocol

from assistant.query.parameters import BadRequest
from assistant.render import markup
from assistant.render.markup import Safe
from assistant.selection.neighbours import Neighbours
from assistant.types.answer import Answer, Cited
from assistant.types.request import Asking
from assistant.web.gradio.faults import FAILED, log_fault
from assistant.web.gradio.offline import gr
from assistant.web.page import cards, filter_bar, surroundings
from assistant.web.page.filter_bar import Bar, Choices, Field
from assistant.web.page.form import LONGEST_QUESTION, Form, read_form
from assistant.web.page.layout import html_block
from assistant.web.page.remembered import read_link, recall
from index.errors import IndexFault

MOST_TURNS = 40  # kept of one conversation; the oldest leave the page first
_GONE = "That question is no longer on this page: please ask it again."

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
    bar: Sequence[Any] = field(default_factory=lambda: [gr.skip() for _ in range(filter_bar.FIELDS)])

    def values(self) -> Values:
        """Give one value for each component."""
        return [self.question, self.chat, self.turns, self.notice, self.active, *self.bar]


class Conversation:
    """Turns what a reader does into what the page shows; holds nothing of any reader."""

    def __init__(self, archive: Archive) -> None:
        """Ask this archive."""
        self._archive = archive

    def ask(self, typed: str, said: list[Turn], *fields: Field) -> Iterator[Values]:
        """Ask what was typed, as a new turn."""
        try:
            form = Bar.of(fields).read(typed or "")
        except BadRequest as error:
            yield Shown(notice=markup.notice(str(error))).values()
            return
        form = replace(form, after=_before(said))
        yield from self._asked(said, len(said), form, Shown(question="", active=surroundings.active(form)))

    def refilter(self, said: list[Turn], *fields: Field) -> Iterator[Values]:
        """Ask the last question again where the filters have changed since; its turn is replaced."""
        yield from self._refiltered(said, Bar.of(fields), Shown())

    def drop(self, said: list[Turn], event: gr.EventData, *fields: Field) -> Iterator[Values]:
        """Take one filter off."""
        left = Bar.of(fields).without(event.what, event.at)
        yield from self._refiltered(said, left, Shown(bar=left.values()))

    def clear(self, said: list[Turn]) -> Iterator[Values]:
        """Take all filters off."""
        yield from self._refiltered(said, Bar(), _NO_FILTERS)

    def edit(self, said: list[Turn], event: gr.EventData) -> Iterator[Values]:
        """Ask a question of the conversation in other words; its turn is replaced.

        It comes after the same question as before. What was to be taken literally were its old words.
        """
        at = event.turn
        if not _is_turn(at, said) or not isinstance(event.question, str):
            yield Shown(notice=markup.notice(_GONE)).values()
            return
        try:
            asked = read_form(event.question, "", "", [])
        except BadRequest as error:
            yield Shown(notice=markup.notice(str(error))).values()
            return
        form = replace(said[at].form, question=asked.question, literal=False)
        yield from self._asked(said, at, form, Shown())

    def again(self, said: list[Turn], event: gr.EventData) -> Iterator[Values]:
        """Ask a question of an earlier visit again."""
        if not _is_turn(event.turn, said):
            yield Shown(notice=markup.notice(_GONE)).values()
            return
        yield from self._asked(said, event.turn, said[event.turn].form, Shown())

    def unfilter(self, said: list[Turn], event: gr.EventData) -> Iterator[Values]:
        """Ask a question of the conversation again without filters."""
        at = event.turn
        if not _is_turn(at, said):
            yield Shown(notice=markup.notice(_GONE)).values()
            return
        form = _like(Form(said[at].form.question), said[at].form)
        yield from self._asked(said, at, form, _NO_FILTERS if at == len(said) - 1 else Shown())

    def literal(self, said: list[Turn], event: gr.EventData) -> Iterator[Values]:
        """Ask a question of the conversation again, with nothing read from its words or taken over."""
        at = event.turn
        if not _is_turn(at, said):
            yield Shown(notice=markup.notice(_GONE)).values()
            return
        yield from self._asked(said, at, replace(said[at].form, literal=True), Shown())

    def fresh(self) -> Values:
        """Begin a new conversation; the filters stay."""
        return Shown(question="", chat=[], turns=[], notice=Safe()).values()

    def start(self, kept: str, search: str, choices: Choices) -> Iterator[Values]:
        """Show the questions of the last visit, and ask that of the address, or else the last one.

        The filter bar takes up no source beside the `choices`.
        """
        said = [Turn(form, None) for form in recall(kept or "")]
        told = Safe()
        try:
            linked = read_link(search or "")
        except BadRequest as error:
            linked, told = None, markup.notice(str(error))
        if linked:
            told = markup.notice(filter_bar.unknown(linked.sources, choices))
        if linked and not (said and said[-1].form == linked):
            said = [*said, Turn(linked, None)]
        if not said:
            yield Shown(notice=told, bar=filter_bar.offering(choices)).values()
            return
        last = said[-1].form
        inside = filter_bar.known(last, choices)
        bar = Shown(active=surroundings.active(inside), bar=filter_bar.choosing(inside, choices))
        yield from self._asked(said, len(said) - 1, last, bar)
        if told:
            yield Shown(notice=told).values()

    def _refiltered(self, said: list[Turn], bar: Bar, shown: Shown) -> Iterator[Values]:
        try:
            filters = bar.read_filters()
        except BadRequest as error:
            yield replace(shown, notice=markup.notice(str(error))).values()
            return
        shown = replace(shown, active=surroundings.active(filters), notice=Safe())
        form = _like(replace(filters, question=said[-1].form.question), said[-1].form) if said else filters
        if not said or form == said[-1].form:
            yield shown.values()
            return
        yield from self._asked(said, len(said) - 1, form, shown)

    def _asked(self, said: Sequence[Turn], at: int, form: Form, shown: Shown) -> Iterator[Values]:
        """Put the answer to a form at one place in the conversation; `shown` goes with it."""
        before, after = said[:at], said[at + 1 :]
        busy = [*before, Turn(form, surroundings.searching()), *after]
        yield replace(shown, chat=_messages(busy), notice=Safe()).values()
        kept = [*before, self._answered(form), *after][-MOST_TURNS:]
        yield Shown(chat=_messages(kept), turns=kept).values()

    def _answered(self, form: Form) -> Turn:
        try:
            found = self._archive.answer(form.inquiry())
            return Turn(form, cards.answer(found, self._archive.neighbours), found)
        except IndexFault as error:
            return Turn(form, markup.notice(str(error)))
        except Exception as error:  # noqa: BLE001 - told here, since a full queue takes no other event
            log_fault("a question on the page failed", error)
            return Turn(form, markup.notice(FAILED))


_NO_FILTERS = Shown(active=Safe(), bar=Bar().values())


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
        {"role": role, "content": html_block(content)}
        for turn in said
        for role, content in (
            ("user", surroundings.question(turn.form)),
            ("assistant", surroundings.waiting(turn.form) if turn.answer is None else turn.answer),
        )
    ]
