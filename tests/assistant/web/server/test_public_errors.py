"""What is wrong with the index is told over HTTP without a place on the machine, and logged with it."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from fastapi.testclient import TestClient

from assistant.assistant import Assistant
from assistant.render.markup import ARTICLE_PATH
from assistant.types.request import Inquiry
from assistant.web.app import Desk
from assistant.web.page.chat_events import Conversation
from assistant.web.server.application import create_app
from assistant.web.server.health import looking
from assistant.web.server.public_errors import Outward
from index.errors import IndexBusy, IndexDamaged, IndexFault, IndexForeign, IndexMissing, IndexUnwritten
from index.filters import Filter
from tests.assistant.desk import ARTICLES, SmallDesk, quote_of
from tests.newsroom import Newsroom

QUESTION = "How many dockers are on strike?"
GONE = "There is no index: run onrecord index on the articles."
CALLS: dict[str, Callable[[Desk], object]] = {
    "answer": lambda desk: desk.answer(
        Inquiry(QUESTION, Filter(date(2024, 3, 13), sources=("The Inland Post",)), 2)
    ),
    "find": lambda desk: desk.find(
        Inquiry(QUESTION, Filter(None, date(2024, 3, 13), ("Harbour Courier",)), 1)
    ),
    "article": lambda desk: desk.article(ARTICLES[0].id),
    "neighbours": lambda desk: desk.neighbours(quote_of(ARTICLES[1], 0, 8)),
    "afterwards": lambda desk: desk.afterwards(ARTICLES[0].id, ARTICLES[0].sha256),
    "coverage": lambda desk: desk.coverage(),
    "sources": lambda desk: desk.sources(),
    "differing": lambda desk: desk.differing([]),
    "source_counts": lambda desk: desk.source_counts(),
    "months": lambda desk: desk.months(),
    "examples": lambda desk: desk.examples(),
}


class Faulty(SmallDesk):
    """Meets a fault whatever it is asked."""

    def __init__(self, fault: type[IndexFault]) -> None:
        super().__init__()
        self._fault = fault

    def __getattribute__(self, name: str) -> Any:
        if name not in CALLS:
            return super().__getattribute__(name)
        raise self._fault("/srv/secret/index is damaged")


@pytest.mark.parametrize("name", CALLS)
def test_it_answers_as_the_desk_it_stands_before(name: str) -> None:
    desk = SmallDesk()
    assert CALLS[name](Outward(desk)) == CALLS[name](desk)


@pytest.mark.parametrize("fault", [IndexMissing, IndexDamaged, IndexForeign, IndexBusy, IndexUnwritten])
@pytest.mark.parametrize("name", CALLS)
def test_a_fault_keeps_its_kind_and_loses_its_place(
    name: str, fault: type[IndexFault], caplog: pytest.LogCaptureFixture
) -> None:
    with pytest.raises(fault) as told:
        CALLS[name](Outward(Faulty(fault)))
    assert "secret" not in str(told.value)
    assert "onrecord" in str(told.value)
    assert told.value.__suppress_context__
    assert [(r.levelno, r.getMessage()) for r in caplog.records] == [
        (logging.ERROR, "/srv/secret/index is damaged")
    ]


def test_what_is_no_fault_of_the_index_passes() -> None:
    with pytest.raises(LookupError):
        Outward(SmallDesk()).article("no such thing")


def _replies(client: TestClient) -> list[str]:
    """Everything that names a fault of the index over HTTP."""
    article = {"id": "port.txt", "start": "0", "end": "4", "sha256": "0" * 64}
    told = [client.get(path).text for path in ("/", "/config", "/healthz")]
    told.append(client.get(f"/{ARTICLE_PATH}", params=article).text)
    for name, first in (("ask", "question"), ("search", "query")):
        sent = client.post(f"/gradio_api/call/v2/{name}", json={first: QUESTION}).json()
        told.append(client.get(f"/gradio_api/call/v2/{name}/{sent['event_id']}").text)
    return told


@pytest.mark.parametrize(("file", "words"), [("CURRENT", GONE), ("archive.sqlite", "The index is damaged")])
def test_a_real_index_that_breaks_is_told_everywhere_without_its_path(
    printed: Newsroom, file: str, words: str, caplog: pytest.LogCaptureFixture
) -> None:
    retriever = printed.retriever()
    if file != "CURRENT":  # a newer generation, of which a file is gone when it is opened
        printed.print("new.txt", "A ferry sank.", "2031-03-05")
        printed.build()
    (found,) = sorted(printed.index.rglob(file), key=str)[-1:]
    found.unlink()
    app = create_app(Assistant(retriever), look=looking(retriever))
    with TestClient(app, base_url="http://127.0.0.1:7860") as client:
        for reply in _replies(client):
            assert words in reply
            assert str(printed.index) not in reply
            assert str(printed.index.parent.name) not in reply
    assert str(printed.index) in caplog.text


def test_the_chat_tells_it_without_its_path() -> None:
    shown = list(Conversation(Outward(Faulty(IndexMissing))).ask(QUESTION, [], [], "", "", ""))
    assert GONE in json.dumps(shown, default=str)
    assert "secret" not in json.dumps(shown, default=str)
