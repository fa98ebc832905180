"""Whose an answer is: an id that others know opens nothing."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from httpx2 import Response

from assistant.web.auth.authenticator import Doorkeeper
from assistant.web.auth.belonging import COOKIE, NOT_YOURS
from assistant.web.auth.owners import MOST_IDS, MOST_OF_ADDRESS, MOST_OF_USER, Owner, Owners
from assistant.web.auth.passwords import Cost, hashed
from assistant.web.auth.sessions import MOST_OF_USER as MOST_SESSIONS
from assistant.web.auth.sessions import Accounts, Sessions
from assistant.web.server.application import Access, create_app
from tests.assistant.desk import SmallDesk
from tests.assistant.running import PASSWORD
from tests.threats.rows import rows

BASE = "http://127.0.0.1:7860"
ASK = "/gradio_api/call/v2/ask"
# As many as the page's first event and `ask` take: a call with fewer is refused, whoever's tab it names.
VALUES = [None] * 10
JOIN, CANCEL, STREAM = "/gradio_api/queue/join", "/gradio_api/cancel", "/gradio_api/queue/data"


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> FastAPI:
    users = tmp_path_factory.mktemp("door") / "users"
    users.touch(0o600)
    line = hashed(PASSWORD, Cost(ln=14, p=1))
    users.write_text(f"anna:{line}\nben:{line}\n", "utf-8")
    return create_app(SmallDesk(), access=Access(door=Doorkeeper(Accounts(users))))


@pytest.fixture(scope="module")
def client(app: FastAPI) -> Iterator[TestClient]:
    with TestClient(app, base_url=BASE, follow_redirects=False) as found:
        yield found


@pytest.fixture(scope="module")
def anyone() -> Iterator[TestClient]:
    with TestClient(create_app(SmallDesk()), base_url=BASE) as found:
        yield found


def cookie(client: TestClient, name: str) -> dict[str, str]:
    """A new session of a user, as the header that says so."""
    client.cookies.clear()
    client.post("/login", data={"name": name, "password": PASSWORD})
    found = {"cookie": f"onrecord={client.cookies['onrecord']}"}
    client.cookies.clear()
    return found


def asked(client: TestClient, **more: Any) -> str:
    return str(client.post(ASK, json={"question": "Why?"}, **more).json()["event_id"])


def refused(reply: Response) -> bool:
    return (reply.status_code, reply.text) == (404, NOT_YOURS)


@rows("S15", "another user", "another session of the user", "the user's script")
def test_an_answer_is_its_session_s(case: str, client: TestClient) -> None:
    anna = cookie(client, "anna")
    of_others: dict[str, dict[str, Any]] = {
        "another user": {"headers": cookie(client, "ben")},
        "another session of the user": {"headers": cookie(client, "anna")},
        "the user's script": {"auth": ("anna", PASSWORD)},
    }
    others = of_others[case]
    event = asked(client, headers=anna)
    for api in ("v2/ask", "ask", "v2/search", "search"):
        assert refused(client.get(f"/gradio_api/call/{api}/{event}", **others))
    assert "event: complete" in client.get(f"{ASK}/{event}", headers=anna).text
    assert refused(client.get(f"{ASK}/{event}", headers=anna))  # it is fetched once
    assert refused(client.get(f"{ASK}/{'0' * 32}", headers=anna))
    assert "event: complete" in client.get(f"{ASK}/{asked(client, **others)}", **others).text


def join(client: TestClient, tab: str, headers: dict[str, str]) -> Response:
    return client.post(JOIN, json={"data": VALUES, "fn_index": 0, "session_hash": tab}, headers=headers)


@rows("S15", "a tab")
def test_a_tab_is_its_session_s(case: str, client: TestClient) -> None:
    """With a tab's id Gradio would give its conversation away, and end it."""
    anna, ben = cookie(client, "anna"), cookie(client, "ben")
    assert join(client, "annas", anna).status_code != 404
    assert refused(join(client, "annas", ben))
    assert refused(client.get("/gradio_api/heartbeat/annas", headers=ben))
    assert refused(client.get(STREAM, params={"session_hash": "annas"}, headers=ben))
    assert refused(client.get(f"{STREAM}?session_hash=bens&session_hash=annas", headers=ben))
    assert refused(client.get(f"{ASK}/annas", headers=ben))
    v1 = {"data": ["Why?", *VALUES[1:]], "session_hash": "annas"}
    assert refused(client.post("/gradio_api/call/ask", json=v1, headers=ben))
    values = json.dumps(VALUES)
    twice = f'{{"data": {values}, "fn_index": 0, "session_hash": "bens", "session_hash": "annas"}}'
    typed = {**ben, "content-type": "application/json"}
    assert refused(client.post(JOIN, content=twice, headers=typed))
    assert not refused(join(client, "bens", ben))


@rows("S15", "to cancel")
def test_what_others_asked_cannot_be_cancelled(case: str, client: TestClient) -> None:
    anna, ben = cookie(client, "anna"), cookie(client, "ben")
    event = asked(client, headers=anna)
    sent = {"session_hash": "bens own", "fn_index": 0, "event_id": event}
    assert refused(client.post(CANCEL, json=sent, headers=ben))
    assert client.post(CANCEL, json={**sent, "session_hash": event}, headers=anna).status_code == 200


@rows("S15", "without users, another browser", "without users, another address")
def test_without_users_an_answer_is_a_browser_s_or_an_address_s(case: str, anyone: TestClient) -> None:
    anyone.cookies.clear()
    reply = anyone.get("/")
    set_ = reply.headers["set-cookie"]
    assert {"HttpOnly", "SameSite=Strict", "Path=/"} <= set(set_.split("; "))
    browser = {"cookie": f"{COOKIE}={anyone.cookies[COOKIE]}"}
    assert "set-cookie" not in anyone.get("/").headers
    anyone.cookies.clear()
    if case == "without users, another browser":
        event = asked(anyone, headers=browser)
        assert refused(anyone.get(f"{ASK}/{event}"))
        assert refused(anyone.get(f"{ASK}/{event}", headers={"cookie": f"{COOKIE}={'x' * 43}"}))
        assert "event: complete" in anyone.get(f"{ASK}/{event}", headers=browser).text
        return
    event = asked(anyone)
    elsewhere = TestClient(anyone.app, base_url=BASE, client=("192.0.2.9", 1))
    assert refused(elsewhere.get(f"{ASK}/{event}"))
    assert (
        "event: complete" in anyone.get(f"{ASK}/{event}", headers=browser).text
    )  # it got a cookie meanwhile


@rows("S16", "one user's tabs")
def test_one_user_s_tabs_push_out_nobody_else_s(case: str) -> None:
    gone: list[str] = []
    owners, anna, ben = Owners(gone.append), Owner("session 1", "anna"), Owner("session 2", "ben")
    assert owners.take(ben, "bens")
    for number in range(MOST_OF_USER + 5):
        assert owners.take(anna, f"annas {number}")
        assert owners.take(anna, "used")
    assert gone == [f"annas {number}" for number in range(6)]
    for number in range(3 * MOST_OF_USER):  # questions in a tab end no tab
        owners.give(anna, f"event {number}", keeps_state=False)
    assert owners.owns(anna, "used")
    assert owners.owns(ben, "bens")
    assert not owners.owns(anna, "annas 0")


@rows("S16", "everybody's ids")
def test_what_is_remembered_of_ids_is_bounded(case: str) -> None:
    gone: list[str] = []
    owners = Owners(gone.append)
    some = [Owner(f"address {number}") for number in range(MOST_IDS // MOST_OF_ADDRESS + 1)]
    for number in range(MOST_OF_ADDRESS):
        for anybody in some:
            owners.give(anybody, f"{anybody.session} {number}")
    assert len(gone) == MOST_OF_ADDRESS
    assert gone[0] == "address 0 0"
    assert not owners.owns(some[0], gone[0])


@rows("S16", "one address's tabs", "one address's events")
def test_without_users_an_address_pushes_out_nobody_else(case: str) -> None:
    gone: list[str] = []
    owners, ben = Owners(gone.append), Owner("browser ben", also="address of ben")
    assert owners.take(ben, "bens")
    for number in range(2 * MOST_IDS):
        other = Owner(f"browser {number}", also="address of others")
        owners.give(other, str(number), keeps_state=case == "one address's tabs")
    assert "bens" not in gone
    assert owners.owns(ben, "bens")
    assert owners.take(Owner("browser x"), "0")  # let go, with all that was kept for it
    assert "0" in gone


@rows("S16", "one user's logins")
def test_one_user_s_logins_end_nobody_else_s(case: str) -> None:
    sessions, lines = Sessions(lambda: 0.0), {"anna": "x", "ben": "y"}
    bens, first = sessions.open("ben", "y", 60), sessions.open("anna", "x", 60)
    ended = sessions.open("anna", "x", 0)
    later = [sessions.open("anna", "x", 60) for _ in range(MOST_SESSIONS - 1)]
    assert sessions.user(ended, lines) is None
    assert sessions.user(first, lines) == "anna"  # what had ended made room
    later += [sessions.open("anna", "x", 60) for _ in range(1_500)]
    assert sessions.user(bens, lines) == "ben"
    assert sum(sessions.user(token, lines) == "anna" for token in later) == MOST_SESSIONS
