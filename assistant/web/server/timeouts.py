"""Connections that say nothing, or say it slowly, are closed, and those of an address that holds too many."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Container

import uvicorn
from uvicorn.protocols.http.h11_impl import H11Protocol

from assistant.web.gradio.contract import HEARTBEAT, STREAM
from assistant.web.limits.shares import RETRY, TOO_MANY, Held

HEADERS_WITHIN = (
    10.0  # seconds a request's line and headers may take to arrive, from the first byte or the connection
)

READ_WITHIN = 10.0  # seconds in which a client must read on, when what was sent fills its connection

_ENDLESS = (HEARTBEAT, STREAM)  # an open tab holds both


_FULL = (
    f"HTTP/1.1 503 Service Unavailable\r\ncontent-type: text/plain; charset=utf-8\r\nretry-after: {RETRY}\r\n"
    f"content-length: {len(TOO_MANY)}\r\nconnection: close\r\n\r\n{TOO_MANY}"
).encode()


class PatientProtocol(H11Protocol):
    """uvicorn's HTTP with an end to waiting for headers; without it, an idle socket is kept for ever.

    `held`, of the server that it is made for, counts the connections of each address.
    """

    held: Held | None = None
    proxies: Container[str] = ()
    _deadline: asyncio.TimerHandle | None = None
    _unread: asyncio.TimerHandle | None = None
    _counted = ""

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Begin to wait for the first request, or turn away what is more than an address may hold."""
        super().connection_made(transport)
        address = self.client[0] if self.client else ""
        if self.held and address and address not in self.proxies:
            if not self.held.take(address):
                transport.write(_FULL)
                transport.close()
                return
            self._counted = address
        self._expect()

    def data_received(self, data: bytes) -> None:
        """Take in a part; wait for the rest of the headers no longer than for the first ones."""
        if self.transport.is_closing():
            return
        super().data_received(data)
        if self._is_answering():
            self._stop_waiting()
        else:
            self._expect()

    def connection_lost(self, exc: Exception | None) -> None:
        """Nothing more is awaited."""
        self._stop_waiting()
        self._read_on()
        if self.held and self._counted:
            self.held.give_back(self._counted)
            self._counted = ""
        super().connection_lost(exc)

    def pause_writing(self) -> None:
        """Wait for a client that does not read, which would hold what serves it, no longer than READ_WITHIN."""
        super().pause_writing()
        if self._unread is None:
            self._unread = self.loop.call_later(READ_WITHIN, self.transport.abort)

    def resume_writing(self) -> None:
        """The client reads on."""
        self._read_on()
        super().resume_writing()

    def _read_on(self) -> None:
        if self._unread is not None:
            self._unread.cancel()
            self._unread = None

    def end_stream(self) -> None:
        """Close the connection if it carries a stream that would not end by itself."""
        if self._is_answering() and self.scope["path"].startswith(_ENDLESS):
            self.transport.close()

    def _is_answering(self) -> bool:
        return self.cycle is not None and not self.cycle.response_complete

    def _expect(self) -> None:
        if self._deadline is None:
            self._deadline = self.loop.call_later(HEADERS_WITHIN, self._give_up)

    def _stop_waiting(self) -> None:
        if self._deadline is not None:
            self._deadline.cancel()
            self._deadline = None

    def _give_up(self) -> None:
        self._deadline = None
        if not self._is_answering() and not self.transport.is_closing():
            self.transport.abort()


def patient(held: Held, proxies: Container[str] = ()) -> type[PatientProtocol]:
    """Give the protocol of a server that counts connections, but for those of its own proxies."""
    return type("CountingProtocol", (PatientProtocol,), {"held": held, "proxies": proxies})


class PromptServer(uvicorn.Server):
    """uvicorn's server, which stops without waiting for open tabs."""

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """End the endless streams, then stop in good order."""
        for connection in list(self.server_state.connections):
            if isinstance(connection, PatientProtocol):
                connection.end_stream()
        await super().shutdown(sockets)
