"""What Gradio would remember of every single call and of every tab is let go when it is of no more use.

Gradio keeps a state for each session, with the settings of every component of the page: some 80 KB.
A call over the API is a session of its own, named by its event, and would keep its state until
10,000 later ones have come; and it would push out the sessions of readers, with their conversations.
Beside it the queue keeps the messages of its last 2,000 sessions, and the events of every session
for ever.

Gradio has no public way to end a session (`StateHolder.delete_state` empties its State components
and keeps it), so `Remembered` knows where they are kept, as contract.py states it.
"""

from __future__ import annotations

from collections.abc import MutableMapping
from dataclasses import dataclass
from typing import Any

from starlette.types import ASGIApp, Receive, Scope, Send

from assistant.web.gradio.contract import CALL, HEARTBEAT
from assistant.web.gradio.offline import gr

MOST_SESSIONS = 1_000  # whose conversation is kept; the ones longest without a question go first
_SLACK = 100  # sessions without messages that may stay until it is worth looking for them

Sessions = MutableMapping[str, Any]


@dataclass(frozen=True, slots=True)
class Remembered:
    """Where Gradio keeps what it knows of sessions, each by its name."""

    states: Sessions
    used: Sessions  # when a state was last used
    messages: Sessions  # that wait to be fetched
    events: Sessions  # whose end has not been fetched

    @classmethod
    def by(cls, blocks: gr.Blocks) -> Remembered:
        """What is remembered of a page; AttributeError when this Gradio keeps it elsewhere."""
        holder, queue = blocks.state_holder, blocks._queue  # noqa: SLF001 - there is no public name
        messages, events = queue.pending_messages_per_session, queue.pending_event_ids_session
        return cls(holder.session_data, holder.time_last_used, messages, events)

    def fetched(self, session: str) -> None:
        """Let a call go whose result was fetched, or that nobody waits for any more."""
        self.states.pop(session, None)
        self.used.pop(session, None)
        self.closed(session)

    def closed(self, session: str) -> None:
        """Let the queue's part of a closed tab go; its state stays, for its reader may come back.

        What is still to be answered keeps its place for messages: the queue fails without it.
        """
        if not self.events.get(session):
            self.messages.pop(session, None)
            self.events.pop(session, None)
        self._sweep()

    def dropped(self, session: str) -> None:
        """Let all of a session go, to make room for others, also what nobody has fetched of it."""
        for kept in (self.states, self.used, self.messages, self.events):
            kept.pop(session, None)

    def _sweep(self) -> None:
        """Let go of results that can't be fetched any more, since the queue has dropped their messages."""
        if len(self.events) > len(self.messages) + _SLACK:
            for lost in [name for name in self.events if name not in self.messages]:
                del self.events[lost]


@dataclass(frozen=True, slots=True)
class Forgetful:
    """ASGI middleware: when a result has been fetched, or a tab is closed, its session may go."""

    app: ASGIApp
    remembered: Remembered

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve a request, then forget what it was the last to need."""
        try:
            await self.app(scope, receive, send)
        finally:
            if scope["type"] == "http" and scope["method"] == "GET":
                self._forget(scope["path"])

    def _forget(self, path: str) -> None:
        session = path.rpartition("/")[2]
        if path.startswith(CALL):
            self.remembered.fetched(session)
        elif path == HEARTBEAT + session:
            self.remembered.closed(session)
