"""Connections that say nothing, or say it slowly, are closed."""

from __future__ import annotations

import asyncio
import socket

import uvicorn
from uvicorn.protocols.http.h11_impl import H11Protocol

HEADERS_WITHIN = (
    10.0  # seconds a request's line and headers may take to arrive, from the first byte or the connection
)

_ENDLESS = ("/gradio_api/heartbeat/", "/gradio_api/queue/data")  # an open tab holds both


class PatientProtocol(H11Protocol):
    """uvicorn's HTTP with an end to waiting for headers; without it, an idle socket is kept for ever."""

    _deadline: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Begin to wait for the first request."""
        super().connection_made(transport)
        self._expect()

    def data_received(self, data: bytes) -> None:
        """Take in a part; wait for the rest of the headers no longer than for the first ones."""
        super().data_received(data)
        if self._is_answering():
            self._stop_waiting()
        else:
            self._expect()

    def connection_lost(self, exc: Exception | None) -> None:
        """Nothing more is awaited."""
        self._stop_waiting()
        super().connection_lost(exc)

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


class PromptServer(uvicorn.Server):
    """uvicorn's server, which stops without waiting for open tabs."""

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """End the endless streams, then stop in good order."""
        for connection in list(self.server_state.connections):
            if isinstance(connection, PatientProtocol):
                connection.end_stream()
        await super().shutdown(sockets)
