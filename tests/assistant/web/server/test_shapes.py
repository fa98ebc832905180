"""What is no call is told so in one line, before anything else reads it."""

from __future__ import annotations

import json
from typing import Any

import pytest

from assistant.query.parameters import BadRequest
from assistant.web.gradio.contract import JOIN
from assistant.web.server.shapes import MCP, Shapes

SHAPES = Shapes({"ask": ("question", "since", "k"), "search": ("query",)}, {0: 3, 7: 2})
NAMED, ORDERED = "/gradio_api/call/v2/ask", "/gradio_api/call/ask"
Q = "a secret question"
ODD = ("", "a b", "x<gradio-sep>y", "é", "x" * 65, "x\n")
FILE = {"path": "/etc/hostname", "meta": {"_type": "gradio.FileData"}}

GOOD: list[tuple[str, Any]] = [
    (NAMED, {"question": Q}),
    (NAMED, {"question": Q, "k": "all"}),  # which the endpoint tells
    (ORDERED, {"data": [Q, "", 5]}),
    (ORDERED, {"data": [Q, "", 5], "session_hash": "x"}),
    (JOIN, {"data": [Q, None], "fn_index": 7, "session_hash": "x", "event_data": None, "trigger_id": 9}),
    (JOIN, {"data": [Q, None, 5, 6], "fn_index": 0, "session_hash": "x", "event_data": {"turn": 1}}),
    (MCP, {"jsonrpc": "2.0", "id": 1, "method": "tools/list"}),
    (MCP, {"method": "tools/call", "params": {"name": "ask", "arguments": {"question": Q}}}),
    (MCP, {"method": "tools/call", "params": {"name": "ask"}}),
]


@pytest.mark.parametrize(("path", "body"), GOOD)
def test_a_call_passes(path: str, body: object) -> None:
    SHAPES.check(path, json.dumps(body).encode())


BAD: list[tuple[str, Any, str]] = [
    *((path, [Q], "JSON object") for path in (NAMED, ORDERED, JOIN, MCP)),
    *((path, None, "JSON object") for path in (NAMED, ORDERED, JOIN, MCP)),
    (NAMED, {}, "“question” is missing"),
    (NAMED, {"query": Q}, "“query” is no value of ask; it takes: question, since, k."),
    (NAMED, {"question": Q, "K": 5}, "“K” is no value"),
    (NAMED, {"question": Q, "x" * 500: 5}, "is no value"),
    (ORDERED, {"data": [Q]}, "a list of 3 values: question, since, k. /gradio_api/call/v2/ask takes"),
    (ORDERED, {"data": [Q, "", 5, 6]}, "a list of 3 values"),
    (ORDERED, {"data": Q}, "a list of 3 values"),
    (ORDERED, {"question": Q}, "a list of 3 values"),
    (ORDERED, {"data": [Q, "", 5], "session_hash": [Q]}, "“session_hash”"),
    (JOIN, {"data": [Q], "fn_index": 7, "session_hash": "x"}, "a list of 2 values"),
    (JOIN, {"data": [Q], "fn_index": 99, "session_hash": "x"}, "number of an event"),
    (JOIN, {"data": [Q], "fn_index": Q, "session_hash": "x"}, "number of an event"),
    (JOIN, {"data": [Q], "fn_index": False, "session_hash": "x"}, "number of an event"),
    (JOIN, {"data": [Q, 1], "fn_index": 7}, "“session_hash”"),
    *((JOIN, {"data": [Q, 1], "fn_index": 7, "session_hash": name}, "“session_hash”") for name in ODD),
    *((ORDERED, {"data": [Q, "", 5], "session_hash": name}, "“session_hash”") for name in ODD),
    (JOIN, {"data": [Q, 1], "fn_index": 7, "session_hash": "x", "batched": True}, "“batched”"),
    (JOIN, {"data": [Q, 1], "fn_index": 7, "session_hash": "x", "event_data": Q}, "“event_data”"),
    (JOIN, {"data": [Q, 1], "fn_index": 7, "session_hash": "x", "trigger_id": Q}, "“trigger_id”"),
    (NAMED, {"question": FILE}, "no objects"),
    (NAMED, {"question": Q, "since": [[Q, FILE]]}, "no objects"),
    (NAMED, {"question": {}}, "no objects"),
    (ORDERED, {"data": [Q, FILE, 5]}, "no objects"),
    (JOIN, {"data": [Q, [FILE]], "fn_index": 7, "session_hash": "x"}, "no objects"),
    (MCP, {"method": 5}, "“method”"),
    (MCP, {"method": "tools/call", "params": Q}, "“params”"),
    (MCP, {"method": "tools/call", "params": {"name": [Q]}}, "“name”"),
    (MCP, {"method": "tools/call", "params": {"name": "ask", "arguments": Q}}, "“arguments”"),
]


@pytest.mark.parametrize(("path", "body", "told"), BAD)
def test_what_is_no_call_is_told(path: str, body: object, told: str) -> None:
    with pytest.raises(BadRequest) as error:
        SHAPES.check(path, json.dumps(body).encode())
    assert told in str(error.value)
    assert Q not in str(error.value)
    assert len(str(error.value)) < 200


@pytest.mark.parametrize("body", [b"", b"{", b"[" * 60_000, b'{"question": "\xff"}', b"NaN"])
def test_what_is_no_json_is_told(body: bytes) -> None:
    with pytest.raises(BadRequest, match="JSON object"):
        SHAPES.check(NAMED, body)
