"""Gradio's page, whose calls wait for their turn, and whose faults Gradio does not print."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from contextlib import AsyncExitStack, suppress
from typing import Any

from assistant.web.gradio.faults import FAILED, log_fault
from assistant.web.gradio.offline import BlockFunction, gr
from assistant.web.gradio.plain_values import is_plain
from assistant.web.limits.turns import MOST, Gone, Ticket, Turns, ticket_of

_NOBODY = "Nobody waits for this answer any more."
MOST_UNFETCHED = 16  # answers of one tab, or of one session of a program


class FairBlocks(gr.Blocks):
    """Blocks whose calls are worked on in turns; what waits takes no thread.

    Gradio prints whatever it meets in a call, with the values that were sent. Here a fault is logged without words.
    """

    def take_turns(self, turns: Turns) -> None:
        """Let calls be worked on in these turns; how many may come is decided before, where tickets are given."""
        self._turns = turns
        self.max_threads = MOST + 1  # how many events Gradio lets be under way, of which all but a few wait
        self.queue(max_size=MOST, default_concurrency_limit=None)
        _tolerate_lost_sessions(self._queue)

    @property
    def is_serving(self) -> bool:
        """Whether Gradio still works on what is asked; once its queue has stopped it answers nobody."""
        return not self._queue.stopped

    def has_room(self, session: str) -> bool:
        """Whether a session has fewer answers that wait to be fetched than it may."""
        return len(self._queue.pending_event_ids_session.get(session, ())) < MOST_UNFETCHED

    async def process_api(self, *arguments: Any, **named: Any) -> dict[str, Any]:  # noqa: ANN401 - Gradio's own
        """Work on one step of a call as Gradio does, when its turn has come."""
        ticket, event, call = _ticket(named.get("request")), named.get("event_id"), named.get("block_fn")
        # Of a call in several steps the first shows that an answer is on its way, the second makes it, the rest end it.
        is_opening = (
            isinstance(call, BlockFunction) and call.types_generator and named.get("iterator") is None
        )
        is_last = True
        try:
            async with AsyncExitStack() as held:
                if not (is_opening or ticket.served):
                    await held.enter_async_context(self._turns.turn(ticket, lambda: self._is_gone(event)))
                found = await _to_its_end(super().process_api(*arguments, **named))
            is_last = not found.get("is_generating")
        except Gone:
            raise gr.Error(_NOBODY, visible=False, print_exception=False) from None
        except gr.Error as error:
            error.print_exception = False
            raise
        except Exception as error:  # noqa: BLE001 - whatever is raised Gradio prints
            log_fault("a call failed", error)
            raise gr.Error(FAILED, visible=False, print_exception=False) from None
        finally:
            if is_last:
                ticket.close()
        return found

    async def preprocess_data(
        self,
        block_fn: BlockFunction,
        inputs: list[Any],
        state: Any,  # noqa: ANN401 - Gradio's own
        explicit_call: bool = False,
    ) -> list[Any]:
        """Refuse values in which Gradio would look for files; the server refuses them before, in words."""
        if not is_plain(inputs):
            raise ValueError("a value is an object")
        found: list[Any] = await super().preprocess_data(block_fn, inputs, state, explicit_call)
        return found

    def _is_gone(self, event_id: str | None) -> bool:
        """Whether the reader has closed the page, or a program the connection, on which the answer is awaited."""
        event = self._queue.event_ids_to_events.get(event_id or "")
        return event is not None and not event.alive


async def _to_its_end(working: Coroutine[Any, Any, dict[str, Any]]) -> dict[str, Any]:
    """Wait for work also where the wait is cancelled: its thread works on, and its turn is not free before the end."""
    task = asyncio.ensure_future(working)
    try:
        return await asyncio.shield(task)
    except asyncio.CancelledError:
        await asyncio.wait({task})
        if not task.cancelled():
            task.exception()  # which nobody else looks at
        raise


def _tolerate_lost_sessions(queue: Any) -> None:  # noqa: ANN401 - Gradio's own
    """Let a message for a session that is gone be lost: where Gradio finds none, its queue would stop for everyone."""
    send = queue.send_message

    def sending(*arguments: Any, **named: Any) -> None:  # noqa: ANN401 - Gradio's own
        with suppress(KeyError):
            send(*arguments, **named)

    queue.send_message = sending


def _ticket(request: gr.Request | list[gr.Request] | None) -> Ticket:
    whole = None if request is None or isinstance(request, list) else request.request
    return ticket_of(whole.scope if whole is not None else {})
