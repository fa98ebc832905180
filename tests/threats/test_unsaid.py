"""Nothing of a question reaches stderr or a log, whatever is wrong with the call that it came in."""

from __future__ import annotations

import json
import logging
import re
from collections.abc import Iterator
from itertools import product
from typing import Any

import pytest
from fastapi.testclient import TestClient

from assistant.types.answer import Answer
from assistant.types.request import Inquiry
from assistant.web.server.application import Access, create_app
from tests.assistant.desk import SmallDesk
from tests.threats.rows import row, rows

SECRET = "Who told the xylophone?"  # noqa: S105 - a question
WORD = "xylophone"
NAMED, ORDERED = "/gradio_api/call/v2/ask", "/gradio_api/call/ask"
JOIN, MCP = "/gradio_api/queue/join", "/mcp"
HEADERS = {"accept": "application/json", "mcp-protocol-version": "2025-06-18"}


class _Telling(SmallDesk):
    """Fails with the question in its words, as a library would that can't read it."""

    def answer(self, inquiry: Inquiry) -> Answer:
        try:
            raise ValueError(f"can't read {inquiry.question!r}")
        except ValueError as error:
            raise RuntimeError(inquiry.question) from error


@pytest.fixture(scope="module")
def lines() -> list[str]:
    """What the access log was given."""
    return []


@pytest.fixture(scope="module")
def client(lines: list[str]) -> Iterator[TestClient]:
    app = create_app(_Telling(), access=Access(mcp=True, log=lines.append))
    with TestClient(app, base_url="http://localhost", raise_server_exceptions=False) as found:
        yield found


def _told(client: TestClient, path: str, body: object) -> str:
    """All that a client is told, as it reads it."""
    sent = client.post(path, json=body, headers=HEADERS if path == MCP else {})
    told = sent.text
    if sent.status_code == 200 and path != MCP:
        told += client.get(f"{path}/{sent.json()['event_id']}").text
    return re.sub(r"\\u([0-9a-f]{4})", lambda found: chr(int(found[1], 16)), told)


def _tool(**parameters: object) -> dict[str, object]:
    return {"jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": parameters}


CALLS = [
    row("S19", "too few", ORDERED, {"data": [SECRET]}, "a list of 10 values"),
    row("S19", "too many", ORDERED, {"data": [SECRET] * 11}, "a list of 10 values"),
    row("S19", "an object", ORDERED, {"data": {"question": SECRET}}, "a list of 10 values"),
    row("S19", "unknown name", NAMED, {"question": SECRET, SECRET: 1}, "it takes: question"),
    row("S19", "other name", NAMED, {"query": SECRET}, "“query” is no value of ask"),
    row("S19", "question in a list", NAMED, {"question": [SECRET]}, "“question” needs a text"),
    row("S19", "question as object", NAMED, {"question": {SECRET: 1}}, "no objects"),
    row("S19", "date in a list", NAMED, {"question": SECRET, "since": [SECRET]}, "“since” needs a date"),
    row("S19", "sources of numbers", NAMED, {"question": SECRET, "sources": [5]}, "“sources” needs names"),
    row("S19", "sources as object", NAMED, {"question": SECRET, "sources": {SECRET: 1}}, "no objects"),
    row("S19", "k as text", NAMED, {"question": SECRET, "k": SECRET}, "whole number from 1 to 9"),
    row("S19", "k too high", NAMED, {"question": SECRET, "k": 10}, "whole number from 1 to 9"),
    row("S19", "undated as list", NAMED, {"question": SECRET, "undated": [SECRET]}, "“undated” takes"),
    row("S19", "after as number", NAMED, {"question": SECRET, "after": 5}, "“after” needs a text"),
    row("S19", "literal as text", NAMED, {"question": SECRET, "literal": SECRET}, "true or false"),
    row("S19", "a fault", NAMED, {"question": SECRET}, "could not be answered"),
    row("S19", "event without values", JOIN, {"data": [], "fn_index": 0, "session_hash": "x"}, "a list of"),
    row("S19", "no event", JOIN, {"data": [SECRET], "fn_index": 999, "session_hash": "x"}, "number of an event"),
    row("S19", "event as text", JOIN, {"data": [SECRET], "fn_index": SECRET, "session_hash": "x"}, "number of"),
    row("S19", "tool without name", MCP, _tool(name=[SECRET]), "“name” needs"),
    row("S19", "tool unknown", MCP, _tool(name=SECRET, arguments={}), "no such tool"),
    row("S19", "tool with a text", MCP, _tool(name="ask", arguments=SECRET), "“arguments” needs"),
    row("S19", "tool with odd names", MCP, _tool(name="ask", arguments={SECRET: 1}), "it takes: question"),
    row("S19", "tool, date in a list", MCP, _tool(name="ask", arguments={"question": SECRET, "since": [SECRET]}),
        "“since” needs a date"),
    row("S19", "tool, k too high", MCP, _tool(name="ask", arguments={"question": SECRET, "k": 99}), "from 1 to 9"),
    row("S19", "tool, a fault", MCP, _tool(name="ask", arguments={"question": SECRET}), "could not be answered"),
    row("S19", "tool with odd extras", MCP, _tool(name="ask", _meta=SECRET, arguments={"question": SECRET}), ""),
    row("S19", "odd method", MCP, {"jsonrpc": "2.0", "id": 1, "method": SECRET, "params": {"x": SECRET}}, ""),
    row("S19", "odd version", MCP, {"jsonrpc": SECRET, "id": [SECRET], "method": "tools/call"}, ""),
]  # fmt: skip


@pytest.mark.parametrize(("path", "body", "told"), CALLS)
def test_what_is_wrong_is_told_and_not_written_down(
    client: TestClient,
    lines: list[str],
    path: str,
    body: object,
    told: str,
    capfd: pytest.CaptureFixture[str],
    caplog: pytest.LogCaptureFixture,
) -> None:
    with caplog.at_level(logging.WARNING):
        assert told in _told(client, path, body)
    written = capfd.readouterr()
    assert WORD not in written.err + written.out + "".join(lines)
    if path != MCP:  # whose library's own lines pytest hears before they are hushed
        assert WORD not in caplog.text


@rows("S19", "every event of the page")
def test_events_of_the_page_with_odd_values_say_nothing(
    case: str, client: TestClient, capfd: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    events = client.get("/config").json()["dependencies"]
    odd: list[Any] = [SECRET, [SECRET], {SECRET: SECRET}, [[SECRET]], 5, None]
    for number, (event, value) in enumerate(product(events, odd)):
        body = {"data": [value] * len(event["inputs"]), "fn_index": event["id"], "session_hash": f"x{number}"}
        sent = client.post(JOIN, json={**body, "event_data": {"turn": value, "question": value}})
        if isinstance(value, dict) and event["inputs"]:
            assert (sent.status_code, "no objects" in sent.text) == (422, True)
            continue
        assert sent.status_code == 200
        assert "process_completed" in client.get(f"/gradio_api/queue/data?session_hash=x{number}").text
    written = capfd.readouterr()
    assert WORD not in written.err + written.out + caplog.text


@rows("S19", "one source as a text")
def test_a_text_for_sources_is_one_source(case: str) -> None:
    with TestClient(create_app(SmallDesk(), access=Access(mcp=True)), base_url="http://localhost") as client:
        asked = {"question": "How many dockers are on strike?", "sources": "The Inland Post"}
        sent = client.post(NAMED, json=asked)
        data = client.get(f"{NAMED}/{sent.json()['event_id']}").text.split("data: ", 1)[1]
        assert json.loads(data)[0]["understood"]["sources"] == ["The Inland Post"]
        result = client.post(MCP, json=_tool(name="ask", arguments=asked), headers=HEADERS).json()["result"]
        assert json.loads(result["content"][0]["text"])["understood"]["sources"] == ["The Inland Post"]
