"""Turns are shared between those who ask, whatever one of them sends; what can't come in or has gone takes none."""

from __future__ import annotations

import asyncio
import gc
from collections.abc import Awaitable, Callable

import pytest

from assistant.web.limits.turns import USER, Gone, Ticket, Turns, asker_of, keep_ticket, ticket_of

Scene = Callable[[], Awaitable[None]]


def admitted(turns: Turns, asker: str) -> Ticket:
    ticket = turns.admit(asker)
    assert ticket is not None
    return ticket


async def _work(turns: Turns, asker: str, order: list[str], ticket: Ticket | None = None) -> None:
    held = ticket or admitted(turns, asker)
    async with turns.turn(held):
        order.append(asker)
        await asyncio.sleep(0.01)
    held.close()


def test_an_asker_s_crowd_is_served_in_turn_with_another_asker() -> None:
    async def scene() -> list[str]:
        turns, order = Turns(cores=1), list[str]()
        crowd = [asyncio.create_task(_work(turns, "first", order)) for _ in range(30)]
        await asyncio.sleep(0.025)
        others = [asyncio.create_task(_work(turns, name, order)) for name in ("second", "third", "second")]
        await asyncio.gather(*crowd, *others)
        assert turns.inside == 0
        return order

    order = asyncio.run(scene())
    assert len(order) == 33
    start = order.index("second")
    assert order[start : start + 4].count("first") <= 2
    assert {"second", "third"} <= set(order[start : start + 4])


def test_one_asker_has_no_more_turns_at_once_than_there_are_cores() -> None:
    async def scene() -> tuple[int, int]:
        turns, held, most = Turns(cores=2), 0, {"first": 0, "all": 0}

        async def hold(asker: str) -> None:
            nonlocal held
            async with turns.turn(admitted(turns, asker)):
                held += 1
                name = "first" if held_by["second"] == 0 else "all"
                held_by[asker] += 1
                most[name] = max(most[name], held)
                await asyncio.sleep(0.01)
                held_by[asker] -= 1
                held -= 1

        held_by = {"first": 0, "second": 0}
        await asyncio.gather(*(hold("first") for _ in range(10)))
        alone = held_peak = most["first"]
        await asyncio.gather(*(hold(name) for name in ("first", "second") * 10))
        held_peak = max(most.values())
        return alone, held_peak

    assert asyncio.run(scene()) == (2, 4)


def test_so_many_wait_and_the_next_one_is_turned_away() -> None:
    turns = Turns(most_of_one=3, most=5)
    mine = [admitted(turns, "first") for _ in range(3)]
    assert turns.admit("first") is None
    other = [admitted(turns, "second") for _ in range(2)]
    assert turns.admit("second") is None  # full
    mine.pop().close()
    again = admitted(turns, "second")
    again.close()
    again.close()  # which changes nothing
    assert turns.inside == len(mine) + len(other) == 4


def test_a_call_that_nothing_refers_to_any_more_leaves_its_place() -> None:
    turns = Turns()
    ticket = admitted(turns, "first")
    assert turns.inside == 1
    del ticket
    gc.collect()
    assert turns.inside == 0


@pytest.mark.parametrize("how", ["left", "asked"])
def test_who_has_gone_gets_no_turn(how: str) -> None:
    async def scene() -> list[str]:
        turns, order = Turns(cores=1), list[str]()
        ticket, gone = admitted(turns, "first"), [False]
        busy = asyncio.create_task(_work(turns, "first", order))
        await asyncio.sleep(0)

        async def wait() -> None:
            async with turns.turn(ticket, lambda: gone[0]):
                order.append("served")

        waiting = asyncio.create_task(wait())
        await asyncio.sleep(0)
        ticket.left, gone[0] = how == "left", how == "asked"
        with pytest.raises(Gone):
            await waiting
        await busy
        await _work(turns, "first", order)  # the turn of the one who left is nobody's
        return order

    assert asyncio.run(scene()) == ["first", "first"]


def test_a_wait_that_is_cancelled_takes_no_turn_and_a_failure_gives_it_back() -> None:
    async def scene() -> list[str]:
        turns, order = Turns(cores=1), list[str]()
        held = asyncio.create_task(_work(turns, "first", order))
        await asyncio.sleep(0)
        waiting = asyncio.create_task(_work(turns, "first", order))
        await asyncio.sleep(0)
        waiting.cancel()
        await held
        for _ in range(3):
            with pytest.raises(RuntimeError):
                async with turns.turn(Ticket("first", lambda _asker: None)):
                    raise RuntimeError
        await asyncio.wait_for(_work(turns, "first", order), 1)
        return order

    assert asyncio.run(scene()) == ["first", "first"]


def test_a_user_is_one_asker_and_a_household_too() -> None:
    assert asker_of({USER: "anna", "client": ("192.0.2.1", 5)}) == "user anna"
    assert asker_of({"client": ("192.0.2.1", 5)}) == asker_of({"client": ("192.0.2.1", 6)})
    assert asker_of({"client": ("2001:db8::1", 5)}) == asker_of({"client": ("2001:db8::2", 5)})
    assert asker_of({"client": ("192.0.2.1", 5)}) != asker_of({"client": ("192.0.2.2", 5)})
    assert asker_of({"client": None}) == ""


def test_a_ticket_is_found_in_its_scope() -> None:
    scope: dict[str, object] = {}
    ticket = Ticket("first", lambda _asker: None)
    keep_ticket(scope, ticket)
    assert ticket_of(scope) is ticket
    assert ticket_of({}).asker == ""
