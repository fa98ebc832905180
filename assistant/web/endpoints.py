"""The two questions a program can ask: `ask` for quotes, `search` for passages."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from inspect import signature
from typing import Any, Protocol

from assistant.query.parameters import NAMES, BadRequest, read_count, read_switch
from assistant.types.request import MOST_PASSAGES, MOST_QUOTES, USUAL_PASSAGES, USUAL_QUOTES, Asking, Finding
from assistant.web.gradio.offline import api, gr
from assistant.web.page.form import following, read_form
from index.errors import IndexFault

Endpoint = Callable[..., dict[str, Any]]


class Archive(Asking, Finding, Protocol):
    """What the endpoints ask."""


def add_endpoints(archive: Archive) -> None:
    """Add `ask` and `search` to the page that is being built; call inside a Blocks context."""
    for name, endpoint in endpoints(archive).items():
        api(_told(endpoint), api_name=name, concurrency_limit=None)


def endpoints(archive: Archive) -> dict[str, Endpoint]:
    """Give what programs can call, by name."""
    return {"ask": asking(archive), "search": searching(archive)}


def values_of(endpoint: Endpoint) -> tuple[str, ...]:
    """The names of the values that an endpoint takes, in order; the first one is needed."""
    return tuple(signature(endpoint).parameters)


def asking(archive: Archive) -> Endpoint:
    """Give the function `ask`; it raises BadRequest and IndexFault."""

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
            sources: names of sources as the archive states them, or one name; empty for all
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
        form = read_form(question, since, until, sources, undated, event_since, event_until, NAMES)
        form = following(form, after, literal=read_switch(literal, "literal"))
        found = archive.answer(form.inquiry(read_count(k, MOST_QUOTES)))
        return found.model_dump(mode="json")

    return ask


def searching(archive: Archive) -> Endpoint:
    """Give the function `search`; it raises BadRequest and IndexFault."""

    def search(
        query: str,
        since: str = "",
        until: str = "",
        sources: list[str] | None = None,
        k: int = USUAL_PASSAGES,
        undated: str = "",
        event_since: str = "",
        event_until: str = "",
    ) -> dict[str, Any]:
        """Find passages of the archive, whole windows of sentences, best first, without choosing among them.

        Args:
            query: what to look for, 2,000 characters at most
            since: earliest date of publication, YYYY-MM-DD; empty for any
            until: latest date of publication, YYYY-MM-DD; empty for any
            sources: names of sources as the archive states them, or one name; empty for all
            k: how many passages at most, 1 to 100
            undated: in to search undated articles whatever the dates, out to leave them out; empty to search
                them where no date of publication is given
            event_since: earliest day that a passage must speak of, YYYY-MM-DD; empty for any. This is when
                things happened, apart from when they were printed
            event_until: latest day that a passage must speak of, YYYY-MM-DD; empty for any
        """
        form = read_form(query, since, until, sources, undated, event_since, event_until, NAMES, "query")
        found = archive.find(form.inquiry(read_count(k, MOST_PASSAGES)))
        return found.model_dump(mode="json")

    return search


def _told(endpoint: Endpoint) -> Endpoint:
    """Give an endpoint that tells what is wrong as Gradio does, in one line."""

    @wraps(endpoint)
    def telling(*arguments: object) -> dict[str, Any]:
        try:
            return endpoint(*arguments)
        except (BadRequest, IndexFault) as error:
            raise gr.Error(str(error), print_exception=False) from None

    return telling
