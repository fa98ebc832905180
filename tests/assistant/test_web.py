"""The server gives the chat and its articles to its own pages, and nothing else to anyone."""

from __future__ import annotations

import json
import socket
import subprocess
import sys
from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import urlencode

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from assistant import form, reader, web
from assistant.html import ARTICLE_PATH, HIT_ID
from assistant.web import create_app
from corpus.article import Article
from index.hits import IndexDamaged
from tests.assistant.desk import ARTICLES, BROKEN, HOSTILE, SmallDesk, edited

QUESTION = "How many dockers are on strike?"


@pytest.fixture(scope="module")
def desk() -> SmallDesk:
    return SmallDesk()


@pytest.fixture(scope="module")
def app(desk: SmallDesk) -> FastAPI:
    return create_app(desk)


@pytest.fixture(scope="module")
def client(app: FastAPI) -> Iterator[TestClient]:
    with TestClient(app, base_url="http://127.0.0.1:7860") as found:
        yield found


def ask(client: TestClient, arguments: Mapping[str, object]) -> tuple[str, Any]:
    """Call the endpoint as a program would; give the last event's name and its data."""
    sent = client.post("/gradio_api/call/v2/ask", json=dict(arguments))
    assert sent.status_code == 200, sent.text
    told = client.get(f"/gradio_api/call/v2/ask/{sent.json()['event_id']}").text
    event, data = told.strip().rsplit("\n\n", 1)[-1].split("\n", 1)
    return event.removeprefix("event: "), json.loads(data.removeprefix("data: "))


def place_of(article: Article, **changes: object) -> str:
    asked = {
        "id": article.id,
        "start": article.body_start,
        "end": article.body_start + 9,
        "sha256": article.sha256,
    }
    return f"/{ARTICLE_PATH}?{urlencode({**asked, **changes})}"


def test_endpoint_gives_the_answer_as_json(client: TestClient, desk: SmallDesk) -> None:
    event, data = ask(client, {"question": QUESTION, "since": "2024-03-13", "sources": ["The Inland Post"]})
    assert event == "complete"
    found = data[0]
    assert found["understood"] == {
        "since": "2024-03-13",
        "until": None,
        "sources": ["The Inland Post"],
        "follow_up_of": None,
    }
    assert [quote["article_id"] for quote in found["quotes"]] == ["wire.jsonl#7"]
    whole = ask(client, {"question": QUESTION})[1][0]
    assert whole == desk.ask(QUESTION).model_dump(mode="json")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"question": "  "}, "Type a question first."),
        ({"question": "x" * 2001}, "2,000 characters at most"),
        ({"question": QUESTION, "since": "yesterday"}, "YYYY-MM-DD"),
        ({"question": QUESTION, "until": "2024-02-31"}, "no such day"),
        ({"question": QUESTION, "since": "2024-03-02", "until": "2024-03-01"}, "swap"),
        ({"question": BROKEN}, "onrecord index"),
    ],
)
def test_endpoint_says_in_one_line_what_is_wrong(
    client: TestClient, arguments: dict[str, object], message: str
) -> None:
    event, data = ask(client, arguments)
    assert event == "error"
    assert message in json.dumps(data)
    assert "Traceback" not in json.dumps(data)


@pytest.mark.parametrize(
    "typed", ["20240301", "2024-3-1", "2024-W09-1", "٢٠٢٤-٠٣-٠١", "2024-03-01T00:00", "0000-01-01"]
)
def test_date_is_read_strictly(typed: str) -> None:
    with pytest.raises(form.BadForm):
        form.read_form(QUESTION, typed, "", [])


def test_form_bounds() -> None:
    assert form.read_form(" " + "x" * 2000, " 2024-02-29 ", "", []).question == "x" * 2000
    with pytest.raises(form.BadForm):
        form.read_form(QUESTION, "", "", ["a"] * 201)


def test_only_the_endpoint_is_public(client: TestClient) -> None:
    info = client.get("/gradio_api/info").json()
    assert set(info["named_endpoints"]) == {"/ask"}
    assert info["unnamed_endpoints"] == {}
    names = [parameter["parameter_name"] for parameter in info["named_endpoints"]["/ask"]["parameters"]]
    assert names == ["question", "since", "until", "sources"]


def test_article_page_marks_the_place_and_runs_no_script(client: TestClient) -> None:
    reply = client.get(place_of(ARTICLES[0]))
    assert reply.status_code == 200
    assert f'<mark id="{HIT_ID}" class="or-hit">Talks bet</mark>' in reply.text
    assert "script-src" not in reply.headers["content-security-policy"]
    assert reply.headers["content-security-policy"].startswith("default-src 'none'")
    bare = client.get(place_of(ARTICLES[0], bare="true")).text
    assert bare.startswith("<article")
    assert bare in reply.text


def test_hostile_article_is_escaped_over_http(client: TestClient) -> None:
    text = client.get(place_of(ARTICLES[4], end=len(HOSTILE))).text
    assert "<script" not in text
    assert "<img" not in text
    assert "${" not in text


WRONG_PLACES: list[dict[str, object]] = [
    {"start": -1},
    {"end": 0},
    {"start": 50, "end": 50},
    {"end": 10**9},
    {"end": "x"},
    {"start": "9" * 5000},
    {"sha256": "x"},
    {"sha256": "A" * 64},
    {"id": ""},
    {"id": "x" * 1025},
    {"bare": "maybe"},
]


@pytest.mark.parametrize("changes", WRONG_PLACES)
def test_citation_that_names_no_place_is_refused(client: TestClient, changes: dict[str, object]) -> None:
    reply = client.get(place_of(ARTICLES[0], **changes))
    assert (reply.status_code, reply.text) == (400, web.NO_SUCH_PLACE)


@pytest.mark.parametrize("article_id", ["../../etc/passwd", "gone.txt", "courier/strike.txt/", "\x00"])
def test_article_that_is_not_in_the_archive(client: TestClient, article_id: str) -> None:
    reply = client.get(place_of(ARTICLES[0], id=article_id, bare="true"))
    assert reply.status_code == 404
    assert reader.GONE in reply.text


def test_article_that_has_changed_says_so(client: TestClient, desk: SmallDesk) -> None:
    desk.put(edited(ARTICLES[5]))
    text = client.get(place_of(ARTICLES[5])).text
    desk.put(ARTICLES[5])
    assert reader.CHANGED in text
    assert HIT_ID not in text


class _DamagedDesk(SmallDesk):
    def article(self, article_id: str) -> Article:
        raise IndexDamaged("The index is damaged: run “onrecord index” again.")

    def sources(self) -> list[str]:
        raise IndexDamaged("The index is damaged: run “onrecord index” again.")


def test_damaged_index_is_told_in_one_line() -> None:
    with TestClient(create_app(_DamagedDesk()), base_url="http://localhost") as client:
        reply = client.get(place_of(ARTICLES[0]))
        assert (reply.status_code, reply.text) == (503, "The index is damaged: run “onrecord index” again.")
        assert "The index is damaged" in client.get("/config").text


def test_port_in_use_says_what_to_do() -> None:
    with socket.create_server(("127.0.0.1", 0)) as held:
        port = held.getsockname()[1]
        with pytest.raises(web.CannotServe, match=f"Port {port} is in use: .* choose another port"):
            web.serve(SmallDesk(), port=port)


@pytest.mark.parametrize(("host", "port"), [("192.0.2.1", 0), ("127.0.0.1", 70_000)])
def test_address_that_cannot_be_had_says_what_to_do(host: str, port: int) -> None:
    with pytest.raises(web.CannotServe, match="choose an address of this machine"):
        web.serve(SmallDesk(), host=host, port=port)


@pytest.mark.slow
def test_serving_starts_answers_stops_and_reaches_out_to_nobody() -> None:
    script = """
import sys
hosts = []
def watch(event, arguments):
    if event in ("socket.connect", "socket.getaddrinfo"):
        hosts.append(str(arguments[1][0] if event == "socket.connect" else arguments[0]))
sys.addaudithook(watch)
from assistant.web import serve
from tests.assistant.desk import SmallDesk
serve(SmallDesk(), port=0)
outward = [host for host in hosts if host not in ("127.0.0.1", "localhost", "::1", "None")]
print("stopped", outward, flush=True)
"""
    process = subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    try:
        line = process.stdout.readline()
        address = line.split(" at ")[1].split()[0]
        with socket.create_connection(
            ("127.0.0.1", int(address.rsplit(":", 1)[1])), timeout=10
        ) as connection:
            connection.sendall(b"GET /healthz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
            assert connection.recv(64).startswith(b"HTTP/1.1 200")
        process.send_signal(2)
        assert process.stdout.readline().strip() == "stopped []"
        assert process.wait(10) == 0
    finally:
        process.kill()
        process.stdout.close()
        process.wait()
