"""The two questions a program can ask: `ask` for quotes, `search` for passages."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, Protocol

from assistant.asking import MOST_QUOTES, USUAL_QUOTES, Asking, Finding
from assistant.offline import api, gr
from assistant.page.form import BadForm, following, read_form
from index.hits import IndexFault

MOST_PASSAGES = 100

Endpoint = Callable[..., dict[str, Any]]


class Archive(Asking, Finding, Protocol):
    """What the endpoints ask."""


def add_endpoints(archive: Archive) -> None:
    """Add `ask` and `search` to the page that is being built; call inside a Blocks context."""
    for name, endpoint in (("ask", asking(archive)), ("search", searching(archive))):
        api(_told(endpoint), api_name=name, concurrency_limit=8)


def asking(archive: Archive) -> Endpoint:
    """Give the function `ask`; it raises BadForm and IndexFault."""

    def ask(
        question: str,
        since: str = "",
        until: str = "",
        sources: list[str] | None = None,
        k: int = USUAL_QUOTES,
        undated: str = "",
        event_since: str = "",
        event_until: str = "",
        after: str = "",
        literal: bool = False,
    ) -> dict[str, Any]:
        """Answer a question from the archive with verbatim, dated, source-labelled quotes.

        Args:
            question: the question, in plain words, 2,000 characters at most
            since: earliest date of publication, YYYY-MM-DD; empty for any
            until: latest date of publication, YYYY-MM-DD; empty for any
            sources: names of sources as the archive states them; empty for all
            k: how many quotes at most, 1 to 9
            undated: in to search undated articles whatever the dates, out to leave them out; empty to search
                them where no date of publication is given
            event_since: earliest day that a passage must speak of, YYYY-MM-DD; empty for any. This is when
                things happened, apart from when they were printed
            event_until: latest day that a passage must speak of, YYYY-MM-DD; empty for any
            after: the question before this one (its `understood.completed`, where it has one), from which a
                question that says too little alone takes over what it lacks; empty for none
            literal: read no filter from the question's words and take nothing over
        """
        if not isinstance(literal, bool):
            raise BadForm("“literal” needs true or false.")
        form = read_form(question, since, until, sources or [], undated, event_since, event_until)
        form = following(form, after, literal=literal)
        wanted = _count(k, MOST_QUOTES)
        found = archive.answer(form.inquiry(wanted))
        return found.model_dump(mode="json")

    return ask


def searching(archive: Archive) -> Endpoint:
    """Give the function `search`; it raises BadForm and IndexFault."""

    def search(
        query: str,
        since: str = "",
        until: str = "",
        sources: list[str] | None = None,
        k: int = 10,
        undated: str = "",
        event_since: str = "",
        event_until: str = "",
    ) -> dict[str, Any]:
        """Find passages of the archive, whole windows of sentences, best first, without choosing among them.

        Args:
            query: what to look for, 2,000 characters at most
            since: earliest date of publication, YYYY-MM-DD; empty for any
            until: latest date of publication, YYYY-MM-DD; empty for any
            sources: names of sources as the archive states them; empty for all
            k: how many passages at most, 1 to 100
            undated: in to search undated articles whatever the dates, out to leave them out; empty to search
                them where no date of publication is given
            event_since: earliest day that a passage must speak of, YYYY-MM-DD; empty for any. This is when
                things happened, apart from when they were printed
            event_until: latest day that a passage must speak of, YYYY-MM-DD; empty for any
        """
        form = read_form(query, since, until, sources or [], undated, event_since, event_until)
        wanted = _count(k, MOST_PASSAGES)
        found = archive.find(form.inquiry(wanted))
        return found.model_dump(mode="json")

    return search


def _count(k: int, most: int) -> int:
    if isinstance(k, bool) or not isinstance(k, int) or not 1 <= k <= most:
        raise BadForm(f"“k” needs a whole number from 1 to {most}.")
    return k


def _told(endpoint: Endpoint) -> Endpoint:
    """Give an endpoint that tells what is wrong as Gradio does, in one line."""

    @wraps(endpoint)
    def telling(*arguments: object) -> dict[str, Any]:
        try:
            return endpoint(*arguments)
        except (BadForm, IndexFault) as error:
            raise gr.Error(str(error), print_exception=False) from None

    return telling
