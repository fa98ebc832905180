"""Clients that hold what they were given: a turn after a cancel, a page that they do not read, a tab of answers."""

from __future__ import annotations

import re
import socket
import threading
import time
from concurrent.futures import ThreadPoolExecutor

import httpx
import pytest

from assistant.types.answer import Answer
from assistant.types.request import Inquiry
from assistant.web.gradio.fair_blocks import MOST_UNFETCHED, FairBlocks
from assistant.web.limits.turns import Turns
from assistant.web.server import application, timeouts
from assistant.web.server.application import create_app
from tests.assistant.desk import SmallDesk
from tests.assistant.running import running
from tests.threats.rows import rows

CALL, JOIN, CANCEL = "/gradio_api/call/ask", "/gradio_api/queue/join", "/gradio_api/cancel"
QUESTION = "How many dockers are on strike?"


class _Counting(SmallDesk):
    """Works for a while, and knows at how many questions at once."""

    def __init__(self) -> None:
        super().__init__()
        self._lock = threading.Lock()
        self.now = self.most = 0

    def answer(self, inquiry: Inquiry) -> Answer:
        with self._lock:
            self.now += 1
            self.most = max(self.most, self.now)
        time.sleep(0.3)
        with self._lock:
            self.now -= 1
        return super().answer(inquiry)


def values(address: str) -> list[object]:
    """The values of a call of `ask` in their order: a question, and whatever is usual."""
    names = httpx.post(f"{address}{CALL}", json={"data": []}).json()["detail"]
    usual: dict[str, object] = {"question": QUESTION, "k": 5, "literal": False, "after": ""}
    return [usual.get(name) for name in re.findall(r"\w+", names.split("values: ")[1].split(". ")[0])]


@rows("S22", "sessions without a name", "sessions with an odd name")
def test_no_session_s_name_stops_the_queue(case: str) -> None:
    """Where Gradio finds no such session, its loop would end for everyone: many at once, as it takes several."""
    name = "" if case == "sessions without a name" else "x<gradio-sep>y"
    with running(create_app(_Counting())) as address:
        wanted = values(address)

        def call(_: int) -> int:
            body = {"data": wanted, "session_hash": name}
            return httpx.post(f"{address}{CALL}", json=body, timeout=60).status_code

        with ThreadPoolExecutor(30) as senders:
            assert set(senders.map(call, range(30))) == {422}
        assert httpx.get(f"{address}/healthz").status_code == 200
        sent = httpx.post(f"{address}/gradio_api/call/v2/ask", json={"question": QUESTION})
        assert sent.status_code == 200


@rows("S22", "a message for a session that is gone")
def test_a_message_that_finds_no_session_is_lost_alone(case: str) -> None:
    with FairBlocks() as blocks:
        pass
    blocks.take_turns(Turns(cores=1))

    class Event:
        alive, session_hash, _id = True, "gone", "1"

    class Message:
        event_id = ""

    blocks._queue.send_message(Event(), Message())
    assert blocks.is_serving


@rows("S22", "a queue that has stopped")
def test_a_stopped_queue_is_not_healthy(case: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(FairBlocks, "is_serving", property(lambda _: False))
    with running(create_app(SmallDesk())) as address:
        told = httpx.get(f"{address}/healthz")
    assert (told.status_code, told.json()["ok"]) == (503, False)


@rows("S18", "calls that are cancelled as they are worked on")
def test_a_cancelled_call_keeps_its_turn_until_its_work_ends(
    case: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(application, "Turns", lambda: Turns(cores=1))
    desk = _Counting()
    with running(create_app(desk)) as address, httpx.Client(base_url=address, timeout=60) as client:
        wanted = values(address)
        for number in range(12):
            body = {"data": wanted, "session_hash": f"tab{number}"}
            event = client.post(CALL, json=body).json().get("event_id")
            time.sleep(0.1)
            cancelled = {"session_hash": f"tab{number}", "fn_index": 0, "event_id": event}
            client.post(CANCEL, json=cancelled)
        assert desk.most == 1


@rows("S02", "a client that does not read")
def test_a_client_that_does_not_read_holds_nobody_up(case: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(timeouts, "READ_WITHIN", 0.5)
    with running(create_app(SmallDesk())) as address:
        host = address.removeprefix("http://")
        name, port = host.split(":")
        with socket.socket() as greedy:
            greedy.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 2048)
            greedy.connect((name, int(port)))
            greedy.sendall(f"GET /config HTTP/1.1\r\nHost: {host}\r\n\r\n".encode() * 300)
            time.sleep(1)
            assert httpx.get(f"{address}/", timeout=30).status_code == 200


@rows("S16", "a tab's answers that nobody fetches")
def test_answers_that_nobody_fetches_are_bounded(case: str) -> None:
    with running(create_app(SmallDesk())) as address, httpx.Client(base_url=address, timeout=60) as client:
        wanted = values(address)
        body = {"data": wanted, "session_hash": "one"}
        told = [client.post(CALL, json=body).status_code for _ in range(MOST_UNFETCHED + 3)]
        assert told == [200] * MOST_UNFETCHED + [503] * 3


@rows("S16", "an address's answers that nobody fetches")
def test_what_makes_room_goes_with_its_answers(case: str) -> None:
    from assistant.web.gradio.session_eviction import Remembered

    kept = {"old": object()}
    remembered = Remembered(dict(kept), dict(kept), dict(kept), {"old": {"event"}})
    remembered.dropped("old")
    assert not any((remembered.states, remembered.used, remembered.messages, remembered.events))
