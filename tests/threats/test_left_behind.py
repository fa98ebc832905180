"""What a user leaves behind in a browser, and who finds it."""

from __future__ import annotations

import json
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from httpx2 import Response

from assistant.web.auth.authenticator import SESSION, Doorkeeper
from assistant.web.auth.login import COOKIE, PAGE_COOKIE
from assistant.web.auth.passwords import set_password
from assistant.web.auth.sessions import Accounts
from assistant.web.server.application import Access, create_app
from tests.assistant.desk import SmallDesk
from tests.assistant.running import PASSWORD
from tests.assistant.web.auth.test_login import write_users
from tests.assistant.web.limits.test_throttle import Clock
from tests.threats.process import ROOT
from tests.threats.rows import rows

BASE = "http://127.0.0.1:7860"
HTML = {"accept": "text/html"}
FORGET = '"cache", "storage"'


class Browser:
    """A browser at a chat with users, whose clock can be moved."""

    def __init__(self, client: TestClient, users: Path, clock: Clock) -> None:
        self.client, self.users, self.clock = client, users, clock

    def log_in(self, name: str = "anna") -> Response:
        reply = self.client.post("/login", data={"name": name, "password": PASSWORD})
        assert reply.status_code == 303
        return reply


@pytest.fixture(scope="module")
def door(tmp_path_factory: pytest.TempPathFactory) -> Doorkeeper:
    return Doorkeeper(Accounts(write_users(tmp_path_factory.mktemp("door") / "users")))


@pytest.fixture(scope="module")
def served(door: Doorkeeper) -> Iterator[TestClient]:
    app = create_app(SmallDesk(), access=Access(door=door))
    with TestClient(app, base_url=BASE, follow_redirects=False) as client:
        yield client


@pytest.fixture
def browser(served: TestClient, door: Doorkeeper, tmp_path: Path) -> Browser:
    """A browser that is not known, at a door that remembers nothing."""
    users, clock = write_users(tmp_path / "users"), Clock()
    Doorkeeper.__init__(door, Accounts(users), clock)
    served.cookies.clear()
    return Browser(served, users, clock)


def forgets(reply: Response) -> bool:
    return reply.headers.get("clear-site-data") == FORGET


@rows("S11", "log out")
def test_a_logout_empties_the_browser(case: str, browser: Browser) -> None:
    browser.log_in()
    assert not forgets(browser.client.get("/"))
    reply = browser.client.post("/logout", data={"x": ""})
    assert forgets(reply)
    assert not {COOKIE, PAGE_COOKIE} & set(browser.client.cookies)
    assert forgets(browser.client.post("/logout", data={"x": ""}))  # also where the session had ended before


@rows("S11", "the session's end", "a new password")
def test_the_end_of_a_session_empties_the_browser(case: str, browser: Browser) -> None:
    browser.log_in()
    if case == "a new password":
        set_password(browser.users, "anna", "quite another one")
    else:
        browser.clock.now += SESSION + 1
    kept = dict(browser.client.cookies)
    assert browser.client.get("/config").status_code == 401
    assert dict(browser.client.cookies) == kept  # a late reply takes nothing from who has logged in since
    assert forgets(browser.client.get("/", headers=HTML))
    assert not {COOKIE, PAGE_COOKIE} & set(browser.client.cookies)


@rows("S11", "another user")
def test_another_user_finds_an_empty_browser(case: str, browser: Browser) -> None:
    browser.log_in("anna")
    of_anna, token = browser.client.cookies[PAGE_COOKIE], browser.client.cookies[COOKIE]
    assert not forgets(browser.log_in("anna"))
    assert forgets(browser.log_in("ben"))
    assert browser.client.cookies[PAGE_COOKIE] != of_anna
    browser.client.cookies.clear()
    browser.client.cookies.set(COOKIE, token)  # anna's session ended when ben's began
    assert browser.client.get("/").status_code == 401


@rows("S11", "a link from elsewhere")
def test_a_foreign_link_empties_nothing(case: str, browser: Browser) -> None:
    """The cookies of a session don't come with it, so the server sees nobody."""
    reply = browser.client.get("/", headers={**HTML, "sec-fetch-site": "cross-site", "sec-fetch-mode": "navigate",
                                             "sec-fetch-dest": "document"})  # fmt: skip
    assert reply.status_code == 303
    assert not forgets(reply)
    assert not forgets(browser.client.get("/login"))


@rows("S11", "what a cookie of the page tells")
def test_the_page_s_cookie_opens_nothing(case: str, browser: Browser) -> None:
    reply = browser.log_in()
    (page, session) = (
        next(line for line in reply.headers.get_list("set-cookie") if line.startswith(f"{name}="))
        for name in (PAGE_COOKIE, COOKIE)
    )
    assert "HttpOnly" not in page
    assert "HttpOnly" in session
    assert "SameSite=strict" in page
    mark = browser.client.cookies[PAGE_COOKIE]
    assert re.fullmatch("[0-9a-f]{16}", mark)
    browser.client.cookies.clear()
    for name in (COOKIE, PAGE_COOKIE):
        browser.client.cookies.set(name, mark)
    assert browser.client.get("/config").status_code == 401


_STORE = """
const kept = new Map(JSON.parse(process.argv[1]));
const store = new Proxy({getItem: (k) => kept.get(k) ?? null, setItem: (k, v) => kept.set(k, v),
  removeItem: (k) => kept.delete(k)}, {ownKeys: () => [...kept.keys()],
  getOwnPropertyDescriptor: (t, k) => kept.has(k) ? {configurable: true, enumerable: true, value: 1} : undefined});
globalThis.window = globalThis;
globalThis.localStorage = globalThis.sessionStorage = store;
globalThis.document = {cookie: process.argv[2], addEventListener() {}, querySelector: () => null,
  createElement: () => ({setAttribute() {}}), body: {}};
globalThis.matchMedia = () => ({matches: false});
globalThis.addEventListener = () => {};
globalThis.setInterval = () => {};
globalThis.MutationObserver = class { observe() {} };
require("vm").runInThisContext(require("fs").readFileSync(process.argv[3], "utf-8"));
console.log([...kept.keys()].sort().join(" "));
"""
KEYS = ("on-record.conversation", "on-record.conversation.0a", "on-record.conversation.0b", "other")
KEPT = json.dumps([[key, "kept"] for key in KEYS])


def _node() -> bool:
    try:
        return subprocess.run(["node", "--version"], capture_output=True, check=False).returncode == 0
    except OSError:
        return False


@pytest.mark.skipif(not _node(), reason="needs node")
@rows(
    "S11",
    "a page of another session",
    "a page without users",
    "the login page",
    "the login page in a session",
)
def test_the_scripts_keep_the_own_session_s_questions_alone(case: str) -> None:
    """Clear-Site-Data is not heeded over plain HTTP: there the scripts do it."""
    cookie, script, left = {
        "a page of another session": (
            "x=1; onrecord-page=0b",
            "conversation.js",
            "on-record.conversation.0b other",
        ),
        "a page without users": ("x=1", "conversation.js", "on-record.conversation other"),
        "the login page": ("xonrecord-page=0b", "login.js", "other"),
        "the login page in a session": ("onrecord-page=0b", "login.js", None),
    }[case]
    file = ROOT / "assistant" / "web" / "page" / "static" / script
    done = subprocess.run(
        ["node", "-e", _STORE, KEPT, cookie, file], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == (left or " ".join(KEYS))
