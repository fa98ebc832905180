"""Passwords that are guessed."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from assistant.web.auth.authenticator import LONGEST, LONGEST_FOR_NAME, Doorkeeper
from assistant.web.auth.passwords import Cost, hashed
from assistant.web.auth.sessions import Accounts
from assistant.web.limits.throttle import Throttle
from assistant.web.server.application import Access, create_app
from tests.assistant.desk import SmallDesk
from tests.assistant.running import PASSWORD
from tests.assistant.web.limits.test_throttle import Clock
from tests.threats.rows import row, rows

BASE = "http://127.0.0.1:7860"


@pytest.fixture
def door(tmp_path: Path) -> Doorkeeper:
    users = tmp_path / "users"
    users.touch(0o600)
    users.write_text(f"anna:{hashed(PASSWORD, Cost(ln=14, p=1))}\n", "utf-8")
    return Doorkeeper(Accounts(users), Clock())


@pytest.mark.parametrize(
    "name", [row("S04", "a user that is known", "anna"), row("S04", "one that is not", "nobody")]
)
def test_guessing_is_slowed_down(door: Doorkeeper, name: str) -> None:
    app = create_app(SmallDesk(), access=Access(door=door))
    with TestClient(app, base_url=BASE, follow_redirects=False) as client:
        told = [client.post("/login", data={"name": name, "password": f"guess {n}"}) for n in range(20)]
        basic = client.get("/config", auth=(name, PASSWORD))  # the right one has to wait as well
        assert client.get("/healthz").status_code == 200
    assert [reply.status_code for reply in told] == [401] + [429] * 19
    assert (basic.status_code, basic.headers["retry-after"]) == (429, "1")
    assert "try again in 1 second." in told[1].text


@pytest.mark.parametrize(
    ("longest", "most"),
    [
        row("S04", "guesses in a day at a name from an address", LONGEST, 300),
        row("S04", "guesses in a day at a name from everywhere", LONGEST_FOR_NAME, 2_900),
    ],
)
def test_a_day_of_guessing_comes_to_little(longest: float, most: int) -> None:
    clock, tried = Clock(), 0
    throttle, end = Throttle(longest, clock), clock.now + 86_400
    while clock.now < end:
        throttle.failed("guesser")
        tried += 1
        clock.now += throttle.wait("guesser")
    assert 200 < tried < most


@rows("S04", "guesses at once")
def test_guesses_at_once_are_weighed_one_by_one(case: str, door: Doorkeeper) -> None:
    async def all_at_once() -> list[int]:
        found = await asyncio.gather(*(door.log_in("anna", f"guess {n}", "192.0.2.1") for n in range(60)))
        return [verdict.wait for verdict in found]

    assert sum(wait == 0 for wait in asyncio.run(all_at_once())) == 1
