"""The chat in the browser: a page of Gradio components over a Desk."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from itertools import chain
from typing import Any, Protocol

from assistant.provenance.corrections import Afterwards
from assistant.render import markup
from assistant.render.markup import Safe
from assistant.selection.neighbours import Neighbours
from assistant.types.answer import Answer, Cited, Coverage
from assistant.web.endpoints import Archive, add_endpoints
from assistant.web.gradio.fair_blocks import FairBlocks
from assistant.web.gradio.faults import FAILED
from assistant.web.gradio.offline import gr
from assistant.web.limits.turns import Turns
from assistant.web.page import surroundings
from assistant.web.page.chat_events import Conversation
from assistant.web.page.coverage_chart import coverage_chart
from assistant.web.page.downloads import Taking
from assistant.web.page.layout import Content, Parts, lay_out
from corpus.article import Article
from index.errors import IndexFault
from index.sqlite.records import Month

CHIPS = 4  # example questions on the empty page

# What the page's script kept of the last visit, and the address with its question; see conversation.js.
_KEPT = "() => window.onRecordKept()"
# What the page's script does by itself, so that a full queue can't refuse it: it tells that Gradio could not
# read what was asked, and takes in what was made for the reader, or that nothing was; see taking.js.
_TELL_FAILED = f"() => window.onRecordRefused({json.dumps(FAILED)})"
_TAKEN, _NOT_TAKEN = "(made) => window.onRecordTaken(made)", "() => window.onRecordTaken('')"


class Desk(Archive, Protocol):
    """What the chat asks: an archive that answers with quotes."""

    def article(self, article_id: str) -> Article:
        """Give an article; LookupError when it is not in the archive."""

    def differing(self, answers: Sequence[Answer]) -> Sequence[str]:
        """Say what in these answers is not as the archive has it, in lines."""

    def afterwards(self, article_id: str, sha256: str) -> Afterwards:
        """Say what became of this text of an article, which may be gone, since it was quoted."""

    def neighbours(self, quote: Cited) -> Neighbours:
        """Give the sentences around a quote; none when its article has changed or is gone."""

    def coverage(self) -> Coverage:
        """Say what the whole archive holds."""

    def sources(self) -> list[str]:
        """Give the names of sources stated in the archive, sorted."""

    def source_counts(self) -> list[tuple[str, int]]:
        """Give the sources stated, each with how many articles it has, sorted by name."""

    def months(self) -> list[Month]:
        """Give how many articles each source printed in each month."""

    def examples(self) -> list[str]:
        """Give up to four questions that the archive can answer."""


def build(desk: Desk, title: str, *, users: bool = False, turns: Turns | None = None) -> FairBlocks:
    """Build the page and its public endpoints; `users` log in before they see it, and can log out."""
    blocks = FairBlocks(title=title, analytics_enabled=False, fill_width=True)
    with blocks:
        add_endpoints(desk)  # first: a method of that name, made an event, would take the name `ask`
        parts = lay_out(replace(_content(desk, title), users=users))
        talk = Conversation(desk)
        _connect(parts, talk)
        _connect_taking(parts, Taking(desk, title))
        _connect_start(blocks, parts, desk, title, talk)
    blocks.take_turns(turns or Turns())
    return blocks


def _connect(parts: Parts, talk: Conversation) -> None:
    """Connect what a reader does with what the conversation makes of it."""
    listen = _listener(parts)
    inputs = [parts.turns, *parts.filters]
    for asking, box in [(parts.question.submit, parts.question), *((c.click, c) for c in parts.chips)]:
        listen(asking, talk.ask, [box, *inputs])
    bar = parts.bar
    chosen, typed = [one.input for one in bar.choices], [(one.submit, one.blur) for one in bar.days]
    for changing in (*chosen, *chain.from_iterable(typed)):
        listen(changing, talk.refilter, inputs)
    listen(parts.bridge.or_drop, talk.drop, inputs)
    listen(parts.bridge.or_edit, talk.edit, [parts.turns])
    listen(parts.bridge.or_again, talk.again, [parts.turns])
    listen(parts.bridge.or_unfilter, talk.unfilter, [parts.turns])
    listen(parts.bridge.or_literal, talk.literal, [parts.turns])
    listen(bar.clear.click, talk.clear, [parts.turns])
    listen(parts.fresh.click, talk.fresh, [])


def _listener(parts: Parts) -> Callable[[Any, Any, Sequence[Any]], None]:
    def listen(event: Any, does: Any, inputs: Sequence[Any]) -> None:  # noqa: ANN401 - Gradio's own
        # "once", Gradio's default, drops a question typed while the end of the answer before is under way
        heard = event(
            does, list(inputs), parts.shown,
            trigger_mode="always_last", api_visibility="private", show_progress="hidden",
        )  # fmt: skip
        heard.failure(None, None, None, js=_TELL_FAILED, api_visibility="private")

    return listen


def _connect_taking(parts: Parts, taking: Taking) -> None:
    """Connect what a reader takes away: a quote with its citation, the conversation as a file.

    It comes as text in the result of an event, and the page's script makes the file. So what is taken
    is what this reader's session holds, no address gives out files, and there is none to guard.
    """
    for asked, make in ((parts.bridge.or_cite, taking.cite), (parts.bridge.or_save, taking.save)):
        heard = asked(
            make, [parts.turns], [parts.taken],
            api_visibility="private", show_progress="hidden", trigger_mode="multiple",
        )  # fmt: skip
        heard.success(None, [parts.taken], None, js=_TAKEN, api_visibility="private")
        heard.failure(None, None, None, js=_NOT_TAKEN, api_visibility="private")


def _connect_start(blocks: gr.Blocks, parts: Parts, desk: Desk, title: str, talk: Conversation) -> None:
    """Show the archive as it is when a page is opened, and take up the conversation of the last visit."""

    def start(kept: str, search: str) -> Iterator[list[Any]]:
        now = _content(desk, title)
        chips = [gr.Button(value=text, visible=bool(text)) for text in now.chips]
        archive: list[Any] = [now.hero, *chips, now.chart]
        for shown in talk.start(kept, search, now.sources):
            yield [*archive, *shown]
            archive = [gr.skip() for _ in archive]

    heard = blocks.load(
        start, list(parts.kept), [parts.hero, *parts.chips, parts.chart, *parts.shown], js=_KEPT,
        api_visibility="private", show_progress="hidden",
    )  # fmt: skip
    heard.failure(None, None, None, js=_TELL_FAILED, api_visibility="private")


def _content(desk: Desk, title: str) -> Content:
    try:
        chips = desk.examples()[:CHIPS]
        hero = surroundings.welcome(title, desk.coverage())
        chart = coverage_chart(desk.months())
        choices = surroundings.source_choices(desk.source_counts())
        return Content(title, hero, choices, chips + [""] * (CHIPS - len(chips)), chart)
    except IndexFault as error:
        return Content(title, markup.notice(str(error)), [], [""] * CHIPS, Safe())
