"""`ask` and `search` as tools give JSON, and say in one line what is wrong with a question."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
from fastapi.testclient import TestClient

from assistant.web.server.application import Access, create_app
from tests.assistant.desk import FAULTY, SmallDesk

QUESTION = "How many dockers are on strike?"
HEADERS = {"accept": "application/json", "mcp-protocol-version": "2025-06-18"}


@pytest.fixture(scope="module")
def client() -> Iterator[TestClient]:
    app = create_app(SmallDesk(), access=Access(mcp=True))
    with TestClient(app, base_url="http://127.0.0.1:7860") as found:
        yield found


def call(client: TestClient, method: str, parameters: dict[str, object]) -> Any:
    body = {"jsonrpc": "2.0", "id": 1, "method": method, "params": parameters}
    reply = client.post("/mcp", json=body, headers=HEADERS)
    assert reply.status_code == 200, reply.text
    return reply.json()["result"]


def test_the_tools_say_what_they_take(client: TestClient) -> None:
    tools = {tool["name"]: tool for tool in call(client, "tools/list", {})["tools"]}
    assert set(tools) == {"ask", "search"}
    filters = {"since", "until", "sources", "undated", "event_since", "event_until"}
    assert set(tools["ask"]["inputSchema"]["properties"]) == {"question", "k", "after", "literal"} | filters
    assert tools["search"]["inputSchema"]["required"] == ["query"]
    assert "verbatim" in tools["ask"]["description"]


@pytest.mark.parametrize(
    ("name", "first", "found"), [("ask", "question", "quotes"), ("search", "query", "hits")]
)
def test_a_result_is_the_endpoints_json(client: TestClient, name: str, first: str, found: str) -> None:
    result = call(client, "tools/call", {"name": name, "arguments": {first: QUESTION, "k": 2}})
    (content,) = result["content"]
    assert len(json.loads(content["text"])[found]) == 2


@pytest.mark.parametrize(
    ("question", "words"), [(" ", "Type a question first."), (FAULTY, "could not be answered")]
)
def test_what_is_wrong_is_told_in_a_line(client: TestClient, question: str, words: str) -> None:
    result = call(client, "tools/call", {"name": "ask", "arguments": {"question": question}})
    assert result["isError"]
    assert words in result["content"][0]["text"]
    assert "secret" not in result["content"][0]["text"]


def test_other_ways_in_are_closed(client: TestClient) -> None:
    assert client.get("/mcp").status_code == 405
    assert client.delete("/mcp").status_code == 405
    assert client.post("/mcp/x", json={}).status_code == 404
    assert client.post("/mcp", json={}, headers={"origin": "https://evil.example"}).status_code == 403
