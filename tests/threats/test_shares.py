"""One address holds no more than its share of what can be open at once."""

from __future__ import annotations

import socket
import time
from contextlib import ExitStack

import httpx

from assistant.web.limits.shares import TOO_MANY, Held, Networks
from assistant.web.server.application import create_app
from assistant.web.server.process import MOST_CONNECTIONS, MOST_OF_ADDRESS
from tests.assistant.desk import SmallDesk
from tests.assistant.running import running
from tests.threats.rows import rows

MOST = 5
HEAD = b"GET /healthz HTTP/1.1\r\nHost: 127.0.0.1\r\n"


def _port(address: str) -> tuple[str, int]:
    host, port = address.removeprefix("http://").split(":")
    return host, int(port)


def _status(connection: socket.socket, more: bytes = b"") -> bytes:
    connection.settimeout(60)
    connection.sendall(HEAD + more + b"\r\n")
    return connection.recv(4096)


def _soon(address: str) -> bool:
    """Whether somebody is answered again: a connection that was closed is counted for a moment more."""
    for _ in range(100):
        if httpx.get(f"{address}/healthz", trust_env=False, timeout=60).status_code == 200:
            return True
        time.sleep(0.05)
    return False


@rows("S16", "connections of an address")
def test_an_address_holds_its_share_of_connections(case: str) -> None:
    with running(create_app(SmallDesk()), most_of_address=MOST) as address:
        with ExitStack() as open_:
            held = [open_.enter_context(socket.create_connection(_port(address))) for _ in range(MOST)]
            assert _status(held[0]).startswith(b"HTTP/1.1 200")
            with socket.create_connection(_port(address)) as more:  # says nothing itself
                more.settimeout(60)
                told = more.recv(4096)
                assert told.startswith(b"HTTP/1.1 503")
                assert told.endswith(TOO_MANY.encode())
            other = open_.enter_context(
                socket.create_connection(_port(address), source_address=("127.0.0.2", 0))
            )
            assert _status(other).startswith(b"HTTP/1.1 200")
            assert _status(held[-1]).startswith(b"HTTP/1.1 200")
        assert _soon(address)


@rows("S16", "requests through a proxy")
def test_behind_a_proxy_each_reader_has_a_share(case: str) -> None:
    stream = b"GET /gradio_api/heartbeat/%d HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Forwarded-For: 192.0.2.1\r\n\r\n"
    with (
        running(create_app(SmallDesk()), ("127.0.0.1/32",), most_of_address=MOST) as address,
        ExitStack() as open_,
    ):
        for number in range(MOST):
            tab = open_.enter_context(socket.create_connection(_port(address), timeout=60))
            tab.sendall(stream % number)
            assert tab.recv(64).startswith(b"HTTP/1.1 200")
        for client, status in ((b"192.0.2.1", b"503"), (b"192.0.2.2", b"200")):
            connection = open_.enter_context(socket.create_connection(_port(address)))
            assert _status(connection, b"X-Forwarded-For: " + client + b"\r\n").startswith(
                b"HTTP/1.1 " + status
            )


@rows("S16", "a network")
def test_a_household_s_addresses_have_one_share(case: str) -> None:
    held = Held(2)
    assert held.take("2001:db8::1")
    assert held.take("2001:db8::2")
    assert not held.take("2001:db8::3")
    held.give_back("2001:db8::2")
    assert held.take("2001:db8::3")
    assert "::ffff:10.0.0.9" in Networks(["::ffff:10.0.0.0/104"])
    assert "x" not in Networks(["10.0.0.0/8"])


@rows("S16", "a quarter")
def test_four_addresses_are_needed_to_hold_everything(case: str) -> None:
    assert 4 * MOST_OF_ADDRESS <= MOST_CONNECTIONS
