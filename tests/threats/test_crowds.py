"""Crowds and slow clients: who is answered, who is told to wait, whom the server stops waiting for."""

from __future__ import annotations

import asyncio
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack
from statistics import median
from typing import Any

import httpx
import pytest
from fastapi.testclient import TestClient
from starlette.routing import Mount

from assistant.types.answer import Answer
from assistant.types.request import Inquiry
from assistant.web.server import timeouts
from assistant.web.server.application import create_app
from assistant.web.server.calls import BUSY
from assistant.web.server.process import allow_files
from benchmarks.load import ask
from tests.assistant.desk import SmallDesk
from tests.assistant.running import running
from tests.threats.process import ROOT
from tests.threats.rows import row, rows

BASE = "http://127.0.0.1:7860"


class _Slow(SmallDesk):
    """Takes its time over each question."""

    def answer(self, inquiry: Inquiry) -> Answer:
        time.sleep(0.05)
        return super().answer(inquiry)


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    with running(create_app(_Slow())) as found:
        yield found


async def _at_once(address: str, count: int) -> list[tuple[str, float]]:
    limits = httpx.Limits(max_connections=count)
    async with httpx.AsyncClient(base_url=address, timeout=60, limits=limits, trust_env=False) as client:
        found = await asyncio.gather(*(ask(client, "How many dockers are on strike?") for _ in range(count)))
    return [(one.outcome, one.seconds) for one in found]


@rows("S01", "200 at once")
def test_a_crowd_is_answered_or_told_that_it_is_busy(case: str, address: str) -> None:
    found = asyncio.run(_at_once(address, 200))
    outcomes = {outcome for outcome, _ in found}
    assert outcomes == {"answered", "busy"}
    assert sum(outcome == "answered" for outcome, _ in found) >= 64
    assert asyncio.run(_at_once(address, 1))[0][0] == "answered"


@rows("S01", "words for a full queue")
def test_a_full_queue_is_told_in_words(case: str) -> None:
    app = create_app(_Slow())
    gradio: Any = next(r.app for r in app.routes if isinstance(r, Mount) and r.path == "")
    with TestClient(app, base_url=BASE) as client:
        gradio.get_blocks()._queue.max_size = 0
        for path in ("/gradio_api/call/v2/ask", "/gradio_api/call/v2/search"):
            name = "question" if path.endswith("ask") else "query"
            reply = client.post(path, json={name: "Why?"})
            assert (reply.status_code, reply.json()) == (503, {"detail": BUSY})
            assert reply.headers["retry-after"] == "5"


def _latency(address: str) -> float:
    with httpx.Client(base_url=address, timeout=30, trust_env=False) as client:
        times = []
        for _ in range(15):
            started = time.perf_counter()
            assert client.get("/healthz").status_code == 200
            times.append(time.perf_counter() - started)
    return median(times)


@rows("S02", "500 that say nothing and 500 that say little")
def test_slow_clients_hold_nobody_up_and_are_closed(case: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(timeouts, "HEADERS_WITHIN", 4.0)
    allow_files()
    with running(create_app(SmallDesk())) as address, ExitStack() as open_:
        alone = _latency(address)
        host, port = address.removeprefix("http://").split(":")
        opened = time.monotonic()
        slow = [open_.enter_context(socket.create_connection((host, int(port)))) for _ in range(1_000)]
        for connection in slow[::2]:
            connection.sendall(b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Slow: ")
        crowded = _latency(address)
        assert crowded < 5 * alone + 0.25
        slow[0].settimeout(20)
        for connection in (slow[0], slow[1]):
            assert _is_closed(connection)
        assert time.monotonic() - opened > 2


def _is_closed(connection: socket.socket) -> bool:
    try:
        return connection.recv(1) == b""
    except ConnectionResetError:
        return True


@rows("S02", "headers a byte at a time")
def test_headers_that_drip_are_given_up(case: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(timeouts, "HEADERS_WITHIN", 1.0)
    with running(create_app(SmallDesk())) as address:
        host, port = address.removeprefix("http://").split(":")
        with socket.create_connection((host, int(port))) as connection:
            connection.sendall(b"GET /healthz HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n")  # answered, and kept open
            assert connection.recv(4096).startswith(b"HTTP/1.1 200")
            with pytest.raises(OSError):  # noqa: PT012 - which of the bytes is refused doesn't matter
                for byte in b"GET / HTTP/1.1\r\nX-Slow: " + b"x" * 200:
                    connection.sendall(bytes([byte]))
                    time.sleep(0.05)


_ALONE = """
import sys, threading, os, signal, urllib.request
hosts = []
def watch(event, arguments):
    if event in ("socket.connect", "socket.getaddrinfo"):
        hosts.append(str(arguments[1][0] if event == "socket.connect" else arguments[0]))
sys.addaudithook(watch)
from assistant.web.server.process import serve
from assistant.web.server.serving import Serving
from tests.assistant.desk import SmallDesk
serve(SmallDesk(), Serving(port=0))
outward = [host for host in hosts if host not in ("127.0.0.1", "localhost", "::1", "None")]
print("stopped", outward, flush=True)
"""


@pytest.mark.parametrize("signal", [row("S09", "stopped by Ctrl-C", 2, slow=True)])
def test_serving_reaches_out_to_nobody_and_stops_while_a_tab_is_open(signal: int) -> None:
    process = subprocess.Popen([sys.executable, "-c", _ALONE], cwd=ROOT, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    try:
        port = int(process.stdout.readline().split(" at ")[1].split()[0].rsplit(":", 1)[1])
        with socket.create_connection(("127.0.0.1", port), timeout=10) as tab:
            tab.sendall(b"GET /gradio_api/heartbeat/tab HTTP/1.1\r\nHost: localhost\r\n\r\n")
            assert tab.recv(64).startswith(b"HTTP/1.1 200")
            asked = time.monotonic()
            process.send_signal(signal)
            assert process.stdout.readline().strip() == "stopped []"
            assert time.monotonic() - asked < 2
        assert process.wait(10) == 0
    finally:
        process.kill()
        process.stdout.close()
        process.wait()
