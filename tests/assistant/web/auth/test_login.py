"""Where the chat has users, nothing but the door is served to anyone else."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from assistant.web.auth.authenticator import REMEMBERED, SESSION, WRONG, Doorkeeper
from assistant.web.auth.login import COOKIE, NO_USERS, NOT_IN
from assistant.web.auth.passwords import Cost, hashed, set_password
from assistant.web.auth.sessions import MOST, Accounts, Sessions
from assistant.web.server.application import Access, create_app
from tests.assistant.desk import SmallDesk
from tests.assistant.running import PASSWORD
from tests.assistant.web.limits.test_throttle import Clock

CHEAP = hashed(PASSWORD, Cost(ln=14, p=1))
BASE = "http://127.0.0.1:7860"


def write_users(file: Path) -> Path:
    file.touch(0o600)
    file.write_text(f"anna:{CHEAP}\nben:{CHEAP}\n", "utf-8")
    return file


@pytest.fixture(scope="module")
def door(tmp_path_factory: pytest.TempPathFactory) -> Doorkeeper:
    return Doorkeeper(Accounts(write_users(tmp_path_factory.mktemp("door") / "users")))


@pytest.fixture(scope="module")
def served(door: Doorkeeper) -> Iterator[TestClient]:
    app = create_app(SmallDesk(), access=Access(door=door))
    with TestClient(app, base_url=BASE, follow_redirects=False) as found:
        yield found


@pytest.fixture
def users(tmp_path: Path) -> Path:
    return write_users(tmp_path / "users")


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def client(served: TestClient, door: Doorkeeper, users: Path, clock: Clock) -> TestClient:
    """A client who is not known, at a door that remembers nothing."""
    Doorkeeper.__init__(door, Accounts(users), clock)  # to build an application for each test takes long
    served.cookies.clear()
    return served


def log_in(client: TestClient, name: str = "anna", password: str = PASSWORD, wanted: str = "/") -> Any:
    return client.post("/login", data={"name": name, "password": password, "next": wanted})


def test_a_login_opens_everything_until_the_logout(client: TestClient) -> None:
    reply = log_in(client)
    assert (reply.status_code, reply.headers["location"]) == (303, "/")
    cookie = reply.headers["set-cookie"]
    assert {"HttpOnly", "SameSite=strict", "Path=/", f"Max-Age={SESSION:.0f}"} <= set(cookie.split("; "))
    assert client.get("/").status_code == client.get("/config").status_code == 200
    assert "Log out</a>" in client.get("/config").text
    assert client.get("/logout").status_code == 200
    kept = client.cookies[COOKIE]
    assert client.post("/logout", data={"x": ""}).headers["location"] == "/login"
    client.cookies.clear()
    client.cookies.set(COOKIE, kept)  # as a thief would
    assert client.get("/").status_code == 401


@pytest.mark.parametrize(
    "path", ["/", "/config", "/desk/article?id=x", "/desk/chat.css", "/gradio_api/info", "/assets/x.js"]
)
def test_nothing_is_served_without_a_login(client: TestClient, path: str) -> None:
    reply = client.get(path)
    assert (reply.status_code, reply.text) == (401, NOT_IN)
    assert client.get(path, headers={"cookie": f"{COOKIE}=x"}).status_code == 401
    assert client.post("/gradio_api/call/v2/ask", json={"question": "Why?"}).status_code == 401


def test_a_page_leads_to_the_login_and_from_there_back(client: TestClient) -> None:
    led = client.get("/desk/article?id=a%2Fb&start=1", headers={"accept": "text/html"})
    assert led.status_code == 303
    page = client.get(led.headers["location"])
    assert page.status_code == 200
    (wanted,) = re.findall(r'name="next" value="([^"]*)"', page.text)
    assert log_in(client, wanted=wanted.replace("&amp;", "&").replace("&#38;", "&")).headers["location"] == (
        "/desk/article?id=a%2Fb&start=1"
    )


@pytest.mark.parametrize(
    "wanted",
    [
        "https://evil.example",
        "//evil.example",
        "/\\evil.example",
        "/login",
        "/x\r\nset-cookie: a=b",
        "javascript:1",
        "",
    ],
)
def test_a_login_leads_nowhere_else(client: TestClient, wanted: str) -> None:
    assert log_in(client, wanted=wanted).headers["location"] == "/"


def test_the_page_shows_what_is_typed_as_text_and_needs_no_script(client: TestClient) -> None:
    reply = client.get("/login", params={"next": '/?q="><script>alert(1)</script>'})
    assert re.findall("<script[^>]*>", reply.text) == ['<script src="/login.js">']  # it works without
    assert "script-src 'self';" in reply.headers["content-security-policy"]
    assert reply.headers["content-security-policy"].startswith("default-src 'none'")
    assert reply.headers["referrer-policy"] == "same-origin"  # else the form's Origin would be null
    assert reply.headers["cache-control"] == "no-store"


@pytest.mark.parametrize(
    ("name", "password"),
    [("anna", "wrong password"), ("nobody", PASSWORD), ("", ""), ("anna", "x" * 5000), ("Anna", PASSWORD)],
)
def test_what_is_wrong_is_not_told(client: TestClient, name: str, password: str) -> None:
    reply = log_in(client, name, password)
    assert reply.status_code == 401
    assert WRONG in reply.text
    assert "set-cookie" not in reply.headers


def test_a_script_sends_its_password_with_each_request(client: TestClient, clock: Clock) -> None:
    assert client.get("/config", auth=("anna", PASSWORD)).status_code == 200
    clock.now += REMEMBERED + 1
    assert client.get("/config", auth=("anna", PASSWORD)).status_code == 200
    reply = client.get("/config", auth=("anna", "wrong password"))
    assert (reply.status_code, reply.text) == (401, WRONG)
    assert reply.headers["www-authenticate"] == 'Basic realm="On Record"'
    for header in ("Basic", "Basic !!!", "Basic YW5uYQ==", "Bearer x", "Basic /w=="):
        assert client.get("/config", headers={"authorization": header}).status_code == 401


def test_the_page_never_makes_a_browser_ask_for_a_password_itself(client: TestClient) -> None:
    for headers in ({"origin": BASE}, {"cookie": f"{COOKIE}=ended"}):
        assert "www-authenticate" not in client.get("/config", headers=headers).headers


def test_a_session_ends_after_its_hours(client: TestClient, clock: Clock) -> None:
    log_in(client)
    clock.now += SESSION - 1
    assert client.get("/config").status_code == 200
    clock.now += 1
    assert client.get("/config").status_code == 401


def test_a_new_password_ends_the_sessions_of_its_user_alone(client: TestClient, users: Path) -> None:
    log_in(client, "ben")
    bens = client.cookies[COOKIE]
    client.cookies.clear()
    log_in(client, "anna")
    set_password(users, "anna", "quite another one")
    assert client.get("/config").status_code == 401
    client.cookies.clear()
    client.cookies.set(COOKIE, bens)
    assert client.get("/config").status_code == 200
    assert log_in(client, "anna", "quite another one").status_code == 303


def test_a_file_that_is_damaged_lets_nobody_in_and_tells_no_path(client: TestClient, users: Path) -> None:
    log_in(client)
    users.write_text("anna:letmein\n", "utf-8")
    reply = client.get("/config")
    assert (reply.status_code, reply.text) == (503, NO_USERS)
    assert log_in(client).status_code == 503
    users.unlink()
    assert client.get("/config").status_code == 503
    assert client.get("/healthz").status_code == 200


def test_what_anyone_may_see_is_small(client: TestClient) -> None:
    seen = {"/healthz", "/login.css", "/login.js", "/favicon.ico", "/login", "/logout"}
    assert {path for path in (*seen, "/", "/theme.css") if client.get(path).status_code == 200} == seen


def test_foreign_pages_cannot_log_anyone_in_or_out(client: TestClient) -> None:
    for path in ("/login", "/logout"):
        for origin in ("https://evil.example", "null"):
            assert client.post(path, data={"x": ""}, headers={"origin": origin}).status_code == 403
        assert client.post(path, json={}).status_code == 415


def test_sessions_are_bounded(clock: Clock) -> None:
    sessions = Sessions(clock)
    first = sessions.open("anna", CHEAP, 60)
    last = [sessions.open("anna", CHEAP, 60) for _ in range(MOST)][-1]
    assert sessions.user(first, {"anna": CHEAP}) is None
    assert sessions.user(last, {"anna": CHEAP}) == "anna"
    assert sessions.user(last, {}) is None
