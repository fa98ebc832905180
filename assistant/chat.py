"""The chat in the browser: a page of Gradio components over a Desk."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any, Protocol

from assistant import html
from assistant.answer import Answer, Coverage
from assistant.form import BadForm, Form, read_form
from assistant.html import Safe
from assistant.layout import Content, Parts, lay_out, markup
from assistant.offline import api, gr
from corpus.article import Article
from index.hits import IndexFault

CHIPS = 4  # example questions on the empty page
MOST_TURNS = 40  # kept of one conversation; the oldest leave the page first

Turn = tuple[str, str]  # a question, and its answer as markup
Message = dict[str, Any]  # as gr.Chatbot takes it
Shown = tuple[Any, Any, Any, Any]  # question box, conversation, turns, notice


class Desk(Protocol):
    """What the chat asks: an archive that answers with quotes."""

    def ask(
        self,
        question: str,
        *,
        since: date | None = None,
        until: date | None = None,
        sources: Sequence[str] = (),
        k: int = 5,
    ) -> Answer:
        """Answer a question with at most k quotes from articles that pass the filters."""

    def article(self, article_id: str) -> Article:
        """Give an article; LookupError when it is not in the archive."""

    def coverage(self) -> Coverage:
        """Say what the whole archive holds."""

    def sources(self) -> list[str]:
        """Give the names of sources stated in the archive, sorted."""

    def examples(self) -> list[str]:
        """Give up to four questions that the archive can answer."""


def build(desk: Desk, title: str) -> gr.Blocks:
    """Build the page and its one public endpoint, `ask`."""
    blocks = gr.Blocks(title=title, analytics_enabled=False, fill_width=True)
    with blocks:
        parts = lay_out(_content(desk, title))
        _connect_form(parts, desk)
        _connect_start(blocks, parts, desk, title)
        api(_endpoint(desk), api_name="ask", concurrency_limit=8)
    blocks.queue(max_size=64, default_concurrency_limit=8)  # a full queue refuses, it does not grow
    return blocks


def _connect_form(parts: Parts, desk: Desk) -> None:
    outputs = [parts.question, parts.chat, parts.turns, parts.notice]
    respond = _responder(desk)
    inputs = [parts.turns, *parts.filters]
    asked = [
        parts.question.submit(
            respond, [parts.question, *inputs], outputs, api_visibility="private", show_progress="hidden"
        ),
        *[
            chip.click(respond, [chip, *inputs], outputs, api_visibility="private", show_progress="hidden")
            for chip in parts.chips
        ],
    ]
    for event in asked:
        event.failure(
            _failed, parts.turns, [parts.chat, parts.notice], api_visibility="private", show_progress="hidden"
        )
    cleared = [*parts.filters, parts.notice]
    parts.clear.click(
        lambda: ([], "", "", Safe()), None, cleared, api_visibility="private", show_progress="hidden"
    )
    parts.fresh.click(
        lambda: ("", [], [], Safe()), None, outputs, api_visibility="private", show_progress="hidden"
    )


def _connect_start(blocks: gr.Blocks, parts: Parts, desk: Desk, title: str) -> None:
    """Show the archive as it is when a page is opened, not as it was when the server started."""

    def refresh() -> list[Any]:
        now = _content(desk, title)
        chips = [gr.Button(value=text, visible=bool(text)) for text in now.chips]
        return [now.hero, gr.Dropdown(choices=list(now.sources)), *chips]

    shown = [parts.hero, parts.sources, *parts.chips]
    blocks.load(refresh, None, shown, api_visibility="private", show_progress="hidden")


def _responder(desk: Desk) -> Any:  # noqa: ANN401 - Gradio takes any callable and reads its signature
    def respond(
        typed: str, turns: list[Turn], sources: list[str] | None, since: str, until: str
    ) -> Iterator[Shown]:
        try:
            form = read_form(typed or "", since or "", until or "", sources or [])
        except BadForm as error:
            yield gr.skip(), gr.skip(), gr.skip(), html.notice(str(error))
            return
        yield "", _messages(turns, (form.question, html.searching())), gr.skip(), Safe()
        kept = [*turns, (form.question, _answer(desk, form))][-MOST_TURNS:]
        yield gr.skip(), _messages(kept), kept, gr.skip()

    return respond


def _failed(turns: list[Turn]) -> tuple[list[Message], Safe]:
    """Take the unanswered question back off the page after a fault of the program."""
    return _messages(turns), html.notice("The question could not be answered. The server's log says why.")


def _answer(desk: Desk, form: Form) -> Safe:
    try:
        return html.answer(_ask(desk, form))
    except IndexFault as error:
        return html.notice(str(error))


def _ask(desk: Desk, form: Form) -> Answer:
    return desk.ask(form.question, since=form.since, until=form.until, sources=form.sources)


def _messages(turns: Sequence[Turn], pending: Turn | None = None) -> list[Message]:
    shown = [*turns, pending] if pending else turns
    return [
        {"role": role, "content": markup(content)}
        for question, answer in shown
        for role, content in (("user", html.question(question)), ("assistant", Safe(answer)))
    ]


def _endpoint(desk: Desk) -> Any:  # noqa: ANN401 - as above
    def ask(
        question: str, since: str = "", until: str = "", sources: list[str] | None = None
    ) -> dict[str, Any]:
        """Answer a question from the archive with verbatim, dated, source-labelled quotes.

        Args:
            question: the question, in plain words, 2,000 characters at most
            since: earliest date of publication, YYYY-MM-DD; empty for any
            until: latest date of publication, YYYY-MM-DD; empty for any
            sources: names of sources as the archive states them; empty for all
        """
        try:
            return _ask(desk, read_form(question, since, until, sources or [])).model_dump(mode="json")
        except (BadForm, IndexFault) as error:
            raise gr.Error(str(error), print_exception=False) from None

    return ask


def _content(desk: Desk, title: str) -> Content:
    try:
        chips = desk.examples()[:CHIPS]
        hero = html.welcome(title, desk.coverage())
        return Content(title, hero, desk.sources(), chips + [""] * (CHIPS - len(chips)))
    except IndexFault as error:
        return Content(title, html.notice(str(error)), [], [""] * CHIPS)
