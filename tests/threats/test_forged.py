"""What a request says of itself: names, pages, ways and lines of a log that are made up."""

from __future__ import annotations

import json
import re
import socket
from collections.abc import Iterator

import pytest
from fastapi.testclient import TestClient

from assistant.web.server.application import Access, create_app
from tests.assistant.desk import ARTICLES, SmallDesk
from tests.assistant.running import running
from tests.threats.rows import row, rows

BASE = "http://127.0.0.1:7860"
ASK = "/gradio_api/call/v2/ask"
EVIL = "evil.example"
LEADS = {"sec-fetch-site": "cross-site", "sec-fetch-mode": "navigate", "sec-fetch-dest": "document"}
FOLLOWED = {**LEADS, "sec-fetch-user": "?1"}


@pytest.fixture(scope="module")
def lines() -> list[str]:
    return []


@pytest.fixture(scope="module")
def client(lines: list[str]) -> Iterator[TestClient]:
    access = Access(hosts=("127.0.0.1", "news.example", "[::1]"), log=lines.append, log_questions=True)
    app = create_app(SmallDesk(), access=access)
    with TestClient(app, base_url=BASE, follow_redirects=False, raise_server_exceptions=False) as found:
        yield found


@pytest.mark.parametrize(
    "headers",
    [
        row("S13", name, {name: value})
        for name, value in {
            "x-forwarded-host": EVIL,
            "x-forwarded-proto": "https",
            "x-forwarded-for": "192.0.2.1",
            "x-forwarded-port": "1",
            "x-forwarded-prefix": "/evil.example",
            "x-gradio-server": f"http://{EVIL}/",
            "forwarded": f"host={EVIL}",
            "x-original-url": "/gradio_api/upload",
            "x-rewrite-url": "/gradio_api/upload",
            "x-original-host": EVIL,
            "x-real-ip": "192.0.2.1",
        }.items()
    ],
)
def test_what_is_said_of_the_way_changes_nothing(client: TestClient, headers: dict[str, str]) -> None:
    for path in ("/", "/config"):
        told = client.get(path, headers=headers)
        assert told.status_code == 200
        assert EVIL not in told.text
        assert "https://127.0.0.1" not in told.text
        assert '"root":"http://127.0.0.1:7860"' in told.text.replace('": "', '":"')


@pytest.mark.parametrize(
    "host",
    [
        row("S13", f"Host {number}", host)
        for number, host in enumerate((
            "127.0.0.1:", "127.0.0.1:x", "127.0.0.1:7860:1", "127.0.0.1:99999", "127.0.0.1:7860@evil.example",
            "evil.example@127.0.0.1", "127.0.0.1/evil", "127.0.0.1#", "127.0.0.1.", ".127.0.0.1",
            "127.0.0.1,evil.example",
            "127.1", "2130706433", "0x7f.1", "[::1", "[::1]x", "[::1%25lo]", "::1", "www.news.example", "news.example.",
            "127.0.0.1:\u0667", "http://127.0.0.1",
        ))
    ],
)  # fmt: skip
def test_a_name_in_a_loose_form_is_foreign(client: TestClient, host: str) -> None:
    assert client.get("/healthz", headers=[(b"host", host.encode())]).status_code == 400


@rows("S13", "the address in another form")
def test_an_ipv6_address_is_known_in_each_of_its_forms(case: str) -> None:
    app = create_app(SmallDesk(), access=Access(by_address=True))
    with TestClient(app, base_url="http://[2001:db8::9]:7860") as found:
        assert found.get("/healthz", headers={"host": "[2001:db8:0:0::9]"}).status_code == 200
        assert found.get("/healthz", headers={"host": "[2001:db8::8]"}).status_code == 400


@rows("S13", "two Hosts", "none", "a whole address")
def test_one_name_is_sent(case: str) -> None:
    sent = {
        "two Hosts": "GET /healthz HTTP/1.1\r\nHost: 127.0.0.1\r\nHost: evil.example\r\n",
        "none": "GET /healthz HTTP/1.0\r\n",
        "a whole address": "GET http://evil.example/healthz HTTP/1.1\r\nHost: 127.0.0.1\r\n",
    }[case]
    with running(create_app(SmallDesk())) as address:
        host, port = address.removeprefix("http://").split(":")
        with socket.create_connection((host, int(port)), timeout=10) as connection:
            connection.sendall(f"{sent}Connection: close\r\n\r\n".encode())
            assert re.match(rb"HTTP/1\.1 40[04]", connection.recv(4096))


@pytest.mark.parametrize(
    ("path", "headers", "status"),
    [
        row("S13", "an image", "/favicon.ico", {"sec-fetch-site": "cross-site", "sec-fetch-mode": "no-cors"}, 403),
        row("S13", "a script", "/config", {"sec-fetch-site": "cross-site", "sec-fetch-dest": "script"}, 403),
        row("S13", "a sibling's fetch", "/config", {"sec-fetch-site": "same-site", "sec-fetch-mode": "cors"}, 403),
        row("S13", "a frame", "/", {**FOLLOWED, "sec-fetch-dest": "iframe"}, 403),
        row("S13", "a window of the API", "/gradio_api/info", FOLLOWED, 403),
        row("S13", "a word nobody knows", "/config", {"sec-fetch-site": "elsewhere"}, 403),
        row("S13", "two words", "/config", {"sec-fetch-site": "same-origin, cross-site"}, 403),
        row("S13", "a foreign Origin", "/config", {"origin": "http://127.0.0.1:7861"}, 403),
        row("S13", "an Origin with a path", "/config", {"origin": f"{BASE}/"}, 403),
        row("S13", "an Origin with a name", "/config", {"origin": "http://a@127.0.0.1:7860"}, 403),
        row("S13", "a page that goes there with a question", "/?q=Why%3F", LEADS, 303),
        row("S13", "a link with a question", "/?q=Why%3F", FOLLOWED, 200),
        row("S13", "a page that goes there", "/", LEADS, 200),
        row("S13", "our page", "/config", {"sec-fetch-site": "same-origin", "sec-fetch-mode": "cors"}, 200),
        row("S13", "typed", "/?q=Why%3F", {"sec-fetch-site": "none", "sec-fetch-mode": "navigate"}, 200),
        row("S13", "no browser", "/config", {}, 200),
        row("S13", "the usual port", "/config", {"host": "news.example:80", "origin": "http://news.example"}, 200),
    ],
)  # fmt: skip
def test_other_sites_may_lead_here_and_no_more(
    client: TestClient, path: str, headers: dict[str, str], status: int
) -> None:
    reply = client.get(path, headers=headers)
    assert reply.status_code == status
    if status == 303:
        assert reply.headers["location"] == "/"
    if status == 403:
        assert client.post(ASK, json={"question": "Why?"}, headers=headers).status_code == 403


@rows("S13", "a plain page of the same name")
def test_over_https_a_page_without_it_is_foreign(case: str) -> None:
    with TestClient(create_app(SmallDesk()), base_url="https://127.0.0.1") as found:
        assert found.get("/config", headers={"origin": "https://127.0.0.1"}).status_code == 200
        assert found.get("/config", headers={"origin": "http://127.0.0.1"}).status_code == 403


ARTICLE = f"/desk/article?id={ARTICLES[0].id}&start=0&end=4&sha256={ARTICLES[0].sha256}"


@pytest.mark.parametrize(
    ("path", "kept"),
    [
        *(
            row("S14", path.split("?")[0], path, "no-store")
            for path in ("/", "/?q=Why", "/config", ARTICLE, "/gradio_api/info", "/healthz", "/nothing")
        ),
        *(row("S14", path, path, None) for path in ("/theme.css", "/favicon.ico", "/desk/chat.css")),
    ],
)
def test_what_holds_words_is_kept_by_no_cache(client: TestClient, path: str, kept: str | None) -> None:
    found = client.get(path).headers.get("cache-control")
    assert found == kept if kept else found != "no-store"


@rows("S14", "an answer")
def test_an_answer_is_kept_by_no_cache(case: str, client: TestClient) -> None:
    sent = client.post(ASK, json={"question": "Why?"})
    told = client.get(f"{ASK}/{sent.json()['event_id']}")
    assert sent.headers["cache-control"] == told.headers["cache-control"] == "no-store"
    assert "event: complete" in told.text


LINE = re.compile(r"20\S*Z [A-Z%0-9]+ (/\S*) (\d{3}|-) \d+( (\".*\"|\{.*\}))*")


@pytest.mark.parametrize(
    ("method", "path"),
    [
        row("S15", "a line in the path", "GET", "/x%0a2031-03-04T00:00:00Z GET /admin 200 1"),
        row("S15", "fields in the path", "GET", "/x%20200%205%20%22GET%20/y%22"),
        row("S15", "other ends of a line", "GET", "/x%0d%e2%80%a8%c2%85%1b%5b2K"),
        row("S15", "a path that is long", "GET", "/" + "%00" * 3_000),
        row("S15", "a method", "X'|2", "/"),
        row("S15", "fields in the query", "GET", '/?q=%22%20200%205&x=%7f&"200'),
    ],
)
def test_no_request_forges_a_line_of_the_log(
    client: TestClient, lines: list[str], method: str, path: str
) -> None:
    lines.clear()
    client.request(method, path, headers={"user-agent": "x\t2031", "x-forwarded-for": '" 200'})
    (line,) = lines
    assert LINE.fullmatch(line), line
    assert len(line.splitlines()) == 1
    assert len(line) < 1_000


@rows("S15", "ids in the log")
def test_no_id_is_in_the_log(case: str, client: TestClient, lines: list[str]) -> None:
    lines.clear()
    event = client.post(ASK, json={"question": "Why?"}).json()["event_id"]
    client.get(f"{ASK}/{event}")
    client.get(f"/gradio_api/call/v2/none/{event}?event%5Fid={event}&x=1")
    for tab in ("mytab", "x y"):
        client.get("/gradio_api/queue/data", params={"session_hash": tab, "x": "2"})
    joined = {"data": [], "fn_index": 0, "session_hash": "mytab"}
    client.post("/gradio_api/queue/join", json=joined)
    broken = json.dumps(joined)[:-1].encode()
    client.post("/gradio_api/queue/join", content=broken, headers={"content-type": "application/json"})
    client.get("/gradio_api/heartbeat/mytab/nothing")
    text = "\n".join(lines)
    assert event not in text
    assert "mytab" not in text
    assert f"{ASK}/* 200" in text
    assert '"x=1"' in text
