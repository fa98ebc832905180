"""Strangers' guesses shut nobody else out, and nobody gets around the delays."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest

from assistant.web.auth import authenticator
from assistant.web.auth.authenticator import (
    FREE_FOR_ADDRESS,
    LONGEST,
    MOST_IN_LINE,
    MOST_STRANGERS,
    Doorkeeper,
)
from assistant.web.auth.browsers import browser_of, cookie_of, marked
from assistant.web.auth.login import COOKIE
from assistant.web.auth.passwords import Cost, hashed, set_password
from assistant.web.auth.sessions import Accounts
from assistant.web.server.application import LOOPBACK, Access, create_app
from assistant.web.server.serving import Serving
from tests.assistant.desk import SmallDesk
from tests.assistant.running import PASSWORD, running
from tests.assistant.web.limits.test_throttle import Clock
from tests.threats.process import ROOT
from tests.threats.rows import row, rows

OFFICE, HOME = "192.0.2.1", "198.51.100.7"
LINE = hashed(PASSWORD, Cost(ln=14, p=1))
BEHIND = ("127.0.0.1/32",)


@pytest.fixture
def users(tmp_path: Path) -> Path:
    file = tmp_path / "users"
    file.touch(0o600)
    file.write_text(f"anna:{LINE}\nben:{LINE}\n", "utf-8")
    return file


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def door(users: Path, clock: Clock, monkeypatch: pytest.MonkeyPatch) -> Doorkeeper:
    async def no_time(seconds: float) -> None:
        clock.now += seconds

    def compare(password: str, line: str | None) -> bool:  # without the cost of a hash
        return line == LINE and password == PASSWORD

    monkeypatch.setattr("assistant.web.auth.authenticator.asyncio.sleep", no_time)
    monkeypatch.setattr(authenticator, "matches", compare)
    return Doorkeeper(Accounts(users), clock)


def attempt(
    door: Doorkeeper,
    password: str,
    address: str,
    name: str = "anna",
    cookies: Mapping[str, str] | None = None,
) -> authenticator.Verdict:
    return asyncio.run(door.log_in(name, password, address, cookies))


def guess(door: Doorkeeper, clock: Clock, count: int, name: str = "anna") -> None:
    """Guess from the office, each time as soon as it is allowed."""
    for number in range(count):
        found = attempt(door, f"guess {number}", OFFICE, name)
        clock.now += found.wait
        assert found.token is None


@rows("S12", "another address", "another name at the address", "a browser that is known")
def test_a_stranger_s_guesses_shut_nobody_else_out(case: str, door: Doorkeeper, clock: Clock) -> None:
    mark = attempt(door, PASSWORD, OFFICE).mark
    guess(door, clock, 41)
    assert attempt(door, PASSWORD, OFFICE).wait > LONGEST / 2  # who is not told from the stranger
    if case == "another address":
        assert attempt(door, PASSWORD, HOME).token
    elif case == "another name at the address":
        assert attempt(door, PASSWORD, OFFICE, "ben").token
    else:
        assert attempt(door, PASSWORD, OFFICE, cookies={cookie_of("anna"): mark}).token


@rows("S12", "a hundred names from one address")
def test_many_names_make_an_address_slow_and_never_shut(case: str, door: Doorkeeper, clock: Clock) -> None:
    for number in range(FREE_FOR_ADDRESS + 1):
        attempt(door, "guess", OFFICE, f"name{number}")
    before = clock.now
    assert attempt(door, PASSWORD, OFFICE).token
    assert clock.now - before == 1
    assert attempt(door, PASSWORD, HOME).token
    assert clock.now - before == 1


@rows("S12", "a line that is full")
def test_a_full_line_is_one_address_s(case: str, door: Doorkeeper) -> None:
    async def crowd() -> tuple[list[authenticator.Verdict], authenticator.Verdict, authenticator.Verdict]:
        known = {cookie_of("anna"): marked("anna", LINE)}
        told = [asyncio.create_task(door.log_in(f"name{n}", "guess", OFFICE)) for n in range(60)]
        await asyncio.gather(*told[MOST_IN_LINE:])
        others = await door.log_in("ben", PASSWORD, HOME), await door.log_in("anna", PASSWORD, OFFICE, known)
        return await asyncio.gather(*told), *others

    told, ben, anna = asyncio.run(crowd())
    assert sum(verdict.wait == 1 for verdict in told) == 60 - MOST_IN_LINE
    assert ben.token
    assert anna.token


@rows("S12", "many networks at once")
def test_guesses_from_many_networks_hold_up_no_known_browser(case: str, users: Path) -> None:
    """Each hash takes its time here, so those who wait for theirs would be in front."""
    door = Doorkeeper(Accounts(users))

    async def crowd() -> tuple[int, authenticator.Verdict]:
        known = {cookie_of("anna"): marked("anna", LINE)}
        told = [asyncio.create_task(door.log_in(f"name{n}", "guess", f"192.0.2.{n}")) for n in range(100)]
        await asyncio.sleep(0)
        anna = await door.log_in("anna", PASSWORD, OFFICE, known)
        waiting = sum(not one.done() for one in told)
        for one in told:
            one.cancel()
        return waiting, anna

    waiting, anna = asyncio.run(crowd())
    assert anna.token
    assert waiting >= MOST_STRANGERS - 3  # they were not served first
    assert waiting <= MOST_STRANGERS  # nor does every one of them wait


@rows("S12", "the right password between guesses")
def test_a_success_elsewhere_gives_no_new_guesses(case: str, door: Doorkeeper, clock: Clock) -> None:
    for number in range(150):
        attempt(door, "guess", f"192.0.2.{number}")
    waited = attempt(door, "guess", "203.0.113.9").wait
    clock.now += waited
    assert attempt(door, PASSWORD, HOME).token
    assert attempt(door, "guess", "203.0.113.9").token is None
    assert attempt(door, "guess", "203.0.113.10").wait


@rows("S12", "many addresses at one name")
def test_a_hundred_addresses_together_are_slowed_down(case: str, door: Doorkeeper, clock: Clock) -> None:
    mark = attempt(door, PASSWORD, HOME).mark
    for number in range(150):
        attempt(door, "guess", f"192.0.2.{number}")
    assert attempt(door, "guess", HOME).wait
    assert attempt(door, PASSWORD, HOME, cookies={cookie_of("anna"): mark}).token


MARK = marked("anna", LINE)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        row("S12", "another user's mark", "anna", marked("ben", LINE)),
        row("S12", "a mark for another user", "ben", MARK),
        row("S12", "a mark whose browser was changed", "anna", "0" * 32 + MARK[32:]),
        row("S12", "a mark without signature", "anna", MARK[:32]),
        row("S12", "a mark made up", "anna", "x"),
    ],
)
def test_only_a_signed_cookie_of_the_user_is_believed(name: str, value: str) -> None:
    assert browser_of({cookie_of("anna"): MARK}, "anna", LINE) == MARK[:32]
    assert browser_of({cookie_of(name): value}, name, LINE) is None


@rows("S12", "guesses in a known browser", "a new password")
def test_a_known_browser_has_delays_of_its_own(
    case: str, door: Doorkeeper, clock: Clock, users: Path
) -> None:
    known = {cookie_of("anna"): attempt(door, PASSWORD, OFFICE).mark}
    if case == "a new password":
        set_password(users, "anna", "quite another one")
        guess(door, clock, 41)
        assert attempt(door, "quite another one", OFFICE, cookies=known).wait
        return
    assert attempt(door, "guess", OFFICE, cookies=known).wait == 0
    assert attempt(door, PASSWORD, OFFICE, cookies=known).wait == 1
    assert attempt(door, PASSWORD, OFFICE).token


@rows("S12", "what a script's password costs")
def test_what_a_script_sends_cannot_be_guessed_for_nothing(case: str, door: Doorkeeper) -> None:
    """Its password is known for some minutes, and comparing it with that costs nothing."""

    async def told(password: str, address: str) -> authenticator.Verdict:
        return await door.vouch("anna", password, address)

    assert asyncio.run(told(PASSWORD, HOME)).token
    asyncio.run(told("guess", OFFICE))
    assert asyncio.run(told(PASSWORD, OFFICE)).wait
    assert asyncio.run(told(PASSWORD, HOME)).token


@contextmanager
def served(users: Path, proxies: tuple[str, ...]) -> Iterator[httpx.Client]:
    access = Access(hosts=(*LOOPBACK, "news.example"), door=Doorkeeper(Accounts(users), Clock()))
    with (
        running(create_app(SmallDesk(), access=access), proxies) as address,
        httpx.Client(base_url=address, trust_env=False, timeout=60) as client,
    ):
        yield client


def log_in(client: httpx.Client, password: str, **headers: str) -> httpx.Response:
    sent = {key.replace("_", "-"): value for key, value in headers.items()}
    client.cookies.clear()
    return client.post("/login", data={"name": "anna", "password": password}, headers=sent)


@rows("S12", "X-Forwarded-For changed each time")
def test_a_forged_address_evades_no_delay(case: str, users: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FORWARDED_ALLOW_IPS", "*")  # which uvicorn reads where nothing is said
    with served(users, ()) as client:
        told = [log_in(client, f"guess {n}", x_forwarded_for=f"192.0.2.{n}").status_code for n in range(6)]
        assert told == [401] + [429] * 5
        reply = log_in(client, PASSWORD, x_forwarded_proto="https", x_forwarded_for=HOME)
        assert reply.status_code == 429


def settings(block: str, name: str) -> dict[str, str]:
    """The headers that a configuration sets, each with the word it is set to."""
    return {key.lower(): value for key, value in re.findall(rf'{name} ([\w-]+) "?([^";\s]*)', block)}


def documented(language: str) -> str:
    text = (ROOT / "docs" / "proxies.md").read_text("utf-8")
    (block,) = re.findall(rf"```{language}\n(.*?)```", text, re.DOTALL)
    return str(block)


def through(language: str, sent: Mapping[str, str], client: str) -> dict[str, str]:
    """What arrives behind a proxy with the documented configuration: it writes headers over those that were sent."""
    setting = "proxy_set_header" if language == "nginx" else "header_up"
    words = {"$remote_addr": client, "{remote_host}": client, "$scheme": "https", "{scheme}": "https",
             "$http_host": sent["host"], "": ""}  # fmt: skip
    written = {key: words[value] for key, value in settings(documented(language), setting).items()}
    return {key: value for key, value in {**sent, **written}.items() if value}


@rows("S12", "nginx", "caddy")
def test_behind_the_documented_proxies_each_reader_counts_alone(case: str, users: Path) -> None:
    assert "127.0.0.1:7860" in documented(case)
    forged = {"host": "news.example", "origin": "https://news.example", "x-forwarded-for": HOME,
              "x-forwarded-proto": "http"}  # fmt: skip
    with served(users, BEHIND) as client:
        assert [log_in(client, "guess", **through(case, forged, OFFICE)).status_code for _ in range(2)] == [
            401,
            429,
        ]
        reply = log_in(client, PASSWORD, **through(case, forged, HOME))
        assert reply.status_code == 303
        (cookie,) = (c for c in reply.headers.get_list("set-cookie") if c.startswith(f"{COOKIE}="))
        assert "Secure" in cookie


@rows("S12", "a proxy's address as a socket for both kinds has it")
def test_a_proxy_is_believed_at_its_address_and_no_other(case: str) -> None:
    from uvicorn.middleware.proxy_headers import ProxyHeadersMiddleware

    proxies = Serving(behind=("127.0.0.1", "10.1.0.0/16"), no_auth=True).proxies
    trusted = ProxyHeadersMiddleware(lambda *_: None, list(proxies)).trusted_hosts  # type: ignore[arg-type]
    assert all(one in trusted for one in ("127.0.0.1", "::ffff:127.0.0.1", "10.1.2.3", "::ffff:10.1.2.3"))
    assert not any(one in trusted for one in ("127.0.0.2", "10.2.0.1", "::1", "::ffff:10.2.0.1"))
