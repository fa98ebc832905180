"""One asker's crowd delays another one little, and nobody is worked for who has gone."""

from __future__ import annotations

import asyncio
import json
import threading
import time
from collections.abc import Callable, Iterator
from typing import Any

import httpx
import pytest
from fastapi.testclient import TestClient

from assistant.types.answer import Answer
from assistant.types.request import Inquiry
from assistant.web.limits.turns import Turns
from assistant.web.server import application
from assistant.web.server.application import Access, create_app
from assistant.web.server.calls import BUSY
from benchmarks.load import ask, beside
from tests.assistant.desk import SmallDesk
from tests.assistant.running import running
from tests.threats.rows import rows

QUESTION = "How many dockers are on strike?"
CALL = "/gradio_api/call/v2/ask"
MCP = {"accept": "application/json", "mcp-protocol-version": "2025-06-18"}


class _Working(SmallDesk):
    """Works on one question at a time, for a while, as one core does, and remembers which."""

    def __init__(self) -> None:
        super().__init__()
        self._core = threading.Lock()
        self.begun: list[str] = []

    def answer(self, inquiry: Inquiry) -> Answer:
        with self._core:
            self.begun.append(inquiry.question)
            time.sleep(0.05)
        return super().answer(inquiry)


class _Waiting(SmallDesk):
    """Begins to answer, remembers what, and ends when it is told to."""

    def __init__(self) -> None:
        super().__init__()
        self.begun: list[str] = []
        self.go = threading.Event()

    def answer(self, inquiry: Inquiry) -> Answer:
        self.begun.append(inquiry.question)
        self.go.wait(60)
        return super().answer(inquiry)


@pytest.fixture
def turns(monkeypatch: pytest.MonkeyPatch) -> Turns:
    """The turns of a server on one core, where eight calls of an asker may be under way or wait, thirteen in all."""
    made = Turns(cores=1, most_of_one=8, most=13)
    monkeypatch.setattr(application, "Turns", lambda: made)
    return made


async def _soon(holds: Callable[[], bool]) -> bool:
    deadline = time.monotonic() + 30
    while not holds() and time.monotonic() < deadline:
        await asyncio.sleep(0.02)
    return holds()


@rows("S17", "beside a crowd")
def test_a_reader_beside_a_crowd_waits_little(case: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Turns are counted, not seconds: how long a reader waits is `benchmarks.load`'s to say."""
    monkeypatch.setattr(application, "Turns", lambda: Turns(cores=1))
    desk, mine = _Working(), "Who else asks?"
    with running(create_app(desk)) as address:
        found = asyncio.run(beside(address, [QUESTION], [mine] * 10, crowd_of=50))
    assert [one.outcome for one in found] == ["answered"] * 10
    turns = [n for n, question in enumerate(desk.begun) if question == mine]
    others = turns[-1] - turns[0] - 9
    assert others <= 9 * 20  # in the order of their coming it would be fifty for each


@rows("S17", "more than one asker may send")
def test_an_asker_has_so_many_places_and_others_theirs(case: str, turns: Turns) -> None:
    desk = _Waiting()

    async def scene(address: str) -> None:
        async with _client(address, "127.0.0.2") as first, _client(address, "127.0.0.3") as second:
            sent = [await first.post(CALL, json={"question": QUESTION}) for _ in range(10)]
            assert [reply.status_code for reply in sent] == [200] * 8 + [503] * 2
            assert (sent[-1].json(), sent[-1].headers["retry-after"]) == ({"detail": BUSY}, "5")
            tool = await first.post("/mcp", json=_tool(QUESTION), headers=MCP)
            joined = {"data": [None] * 20, "fn_index": 0, "session_hash": "x"}
            page = await first.post("/gradio_api/queue/join", json=joined)
            assert [(r.status_code, r.json()) for r in (tool, page)] == [(503, {"detail": BUSY})] * 2
            other = await second.post(CALL, json={"question": "Who else asks?"})
            assert await _soon(lambda: "Who else asks?" in desk.begun)  # though eight were there before
            desk.go.set()
            told = await second.get(f"{CALL}/{other.json()['event_id']}")
            assert "event: complete" in told.text

    with running(create_app(desk, access=Access(mcp=True))) as address:
        asyncio.run(scene(address))


@rows("S18", "a program that closes its connection")
def test_a_program_that_goes_is_not_worked_for(case: str, turns: Turns) -> None:
    desk = _Waiting()

    async def scene(address: str) -> None:
        async with _client(address, "127.0.0.2") as staying, _client(address, "127.0.0.3") as going:
            kept = [asyncio.create_task(ask(staying, QUESTION)) for _ in range(4)]
            left = [asyncio.create_task(ask(going, "Who has gone?")) for _ in range(8)]
            assert await _soon(lambda: turns.inside == 12 and len(desk.begun) == 2)
            await asyncio.sleep(0.5)  # until each waits for its answer
            for task in left:
                task.cancel()
            await asyncio.gather(*left, return_exceptions=True)
            assert await _soon(lambda: turns.inside == 5)
            desk.go.set()
            assert [one.outcome for one in await asyncio.gather(*kept)] == ["answered"] * 4

    with running(create_app(desk)) as address:
        asyncio.run(scene(address))
    assert sorted(desk.begun) == [QUESTION] * 4 + ["Who has gone?"]  # the one that had begun already


@rows("S18", "a client of the tools that closes its connection")
def test_a_tool_s_client_that_goes_is_not_worked_for(case: str, turns: Turns) -> None:
    desk = _Waiting()

    async def scene(address: str) -> None:
        async with _client(address, "127.0.0.2") as client:
            calls = [asyncio.create_task(_call(client, f"Who asks? {n}")) for n in range(8)]
            assert await _soon(lambda: turns.inside == 8 and len(desk.begun) == 1)
            for call in calls[2:]:
                call.cancel()
            await asyncio.gather(*calls[2:], return_exceptions=True)
            assert await _soon(lambda: turns.inside <= 3)  # two, and one that had begun already
            desk.go.set()
            assert all("quotes" in json.loads(text) for text in await asyncio.gather(*calls[:2]))

    with running(create_app(desk, access=Access(mcp=True))) as address:
        asyncio.run(scene(address))
    assert len(desk.begun) <= 3


@pytest.fixture(scope="module")
def client() -> Iterator[TestClient]:
    with TestClient(create_app(SmallDesk(), access=Access(mcp=True)), base_url="http://localhost") as found:
        yield found


@rows("S17", "places are given back")
def test_every_way_to_end_gives_the_place_back(case: str, client: TestClient) -> None:
    for body in ({"question": QUESTION}, {"question": " "}, {"question": "What fails?"}):
        for _ in range(70):  # more than may wait
            sent = client.post(CALL, json=body)
            assert sent.status_code == 200, sent.text
            client.get(f"{CALL}/{sent.json()['event_id']}")
        for _ in range(70):
            reply = client.post("/mcp", json=_tool(body["question"]), headers=MCP)
            assert reply.status_code == 200


def _client(address: str, coming_from: str) -> httpx.AsyncClient:
    transport = httpx.AsyncHTTPTransport(local_address=coming_from)
    return httpx.AsyncClient(base_url=address, transport=transport, timeout=60, trust_env=False)


def _tool(question: str) -> dict[str, Any]:
    parameters = {"name": "ask", "arguments": {"question": question}}
    return {"jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": parameters}


async def _call(client: httpx.AsyncClient, question: str) -> str:
    reply = await client.post("/mcp", json=_tool(question), headers=MCP)
    return str(reply.json()["result"]["content"][0]["text"])
