"""What comes over the network: uploads, foreign pages, odd paths."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from starlette.routing import Mount

from assistant.web.server.application import Access, create_app
from assistant.web.server.guard import MOST_BYTES
from tests.assistant.desk import SmallDesk
from tests.assistant.running import JSON_TYPE
from tests.threats.rows import row, rows

BASE = "http://127.0.0.1:7860"


@pytest.fixture(scope="module")
def app() -> FastAPI:
    return create_app(SmallDesk())


@pytest.fixture(scope="module")
def client(app: FastAPI) -> Iterator[TestClient]:
    with TestClient(app, base_url=BASE) as found:
        yield found


@pytest.mark.parametrize(
    ("path", "status"),
    [
        row("S03", "upload", "/gradio_api/upload", 404),
        row("S03", "upload with an id", "/gradio_api/upload?upload_id=x", 404),
        row("S03", "a body too large", "/gradio_api/call/v2/ask", 413),
        row("S03", "a body too large for the queue", "/gradio_api/queue/join", 413),
    ],
)
def test_what_is_sent_is_small(client: TestClient, path: str, status: int) -> None:
    large = b" " * (MOST_BYTES + 1)
    assert client.post(path, content=large, headers=JSON_TYPE).status_code == status
    chunks = (large[:1024] for _ in range(MOST_BYTES // 1024 + 1))
    assert client.post(path, content=chunks, headers=JSON_TYPE).status_code == status
    files = {"files": ("a.txt", b"x")}
    assert client.post(path, files=files).status_code in {404, 415}


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        row("S05", "foreign name", {"host": "evil.example"}, 400),
        row("S05", "foreign name with our port", {"host": "evil.example:7860"}, 400),
        row("S05", "foreign page", {"origin": "https://evil.example"}, 403),
        row("S05", "no page", {"origin": "null"}, 403),
        row("S05", "another port", {"origin": "http://localhost:9999"}, 403),
        row("S05", "own page", {"origin": BASE}, 200),
        row("S05", "no origin", {}, 200),
    ],
)
def test_foreign_names_and_pages_are_refused(
    client: TestClient, headers: dict[str, str], status: int
) -> None:
    reply = client.post("/gradio_api/call/v2/ask", json={"question": "Why?"}, headers=headers)
    assert reply.status_code == status
    if "host" in headers or status == 403:
        assert client.get("/", headers=headers).status_code == status


@rows("S05", "its own address")
def test_beyond_this_machine_its_address_is_a_name_and_no_other(case: str) -> None:
    names = ("127.0.0.1", "0.0.0.0", "desk.example")  # noqa: S104
    app = create_app(SmallDesk(), access=Access(hosts=names, by_address=True))
    with TestClient(app, base_url="http://192.0.2.9:7860") as client:  # its server's address is this
        assert client.get("/healthz").status_code == 200
        assert client.get("/healthz", headers={"host": "desk.example:7860"}).status_code == 200
        assert client.get("/healthz", headers={"host": "192.0.2.10:7860"}).status_code == 400


FILES = (
    "/etc/passwd",
    "../../etc/passwd",
    ".env",
    "pyproject.toml",
    ".onrecord/index/CURRENT",
    "http://127.0.0.1:1/x",
)
FOLDERS = (
    "/gradio_api/file=",
    "/gradio_api/file/",
    "/file=",
    "/static/",
    "/assets/",
    "/static/js/",
    "/gradio_api/proxy=",
)


@pytest.mark.parametrize(
    "path", [row("S06", f"{folder}{file}", folder + file) for folder in FOLDERS for file in FILES]
)
def test_no_file_is_served(client: TestClient, path: str) -> None:
    for shown in (path, path.replace("..", "%2e%2e"), path.replace("/", "%2f")[3:]):
        reply = client.get("/" + shown.lstrip("/"))
        assert reply.status_code in {400, 403, 404}
        assert "root:" not in reply.text


@rows("S07", "indexing")
def test_nothing_can_be_indexed_over_http(case: str, client: TestClient) -> None:
    info = client.get("/gradio_api/info").json()
    assert set(info["named_endpoints"]) == {"/ask", "/search"}
    config = client.get("/config").json()
    assert {d["api_name"] for d in config["dependencies"] if d["api_visibility"] == "public"} == {
        "ask",
        "search",
    }


def _every_route(routes: list[Any], before: str = "") -> Iterator[tuple[str, str]]:
    for route in routes:
        if included := getattr(route, "original_router", None):  # as newer versions of FastAPI keep it
            yield from _every_route(included.routes, before)
            continue
        path = before + route.path
        if isinstance(route, Mount):
            yield from _every_route(list(route.routes), path)
        for method in getattr(route, "methods", None) or {"GET"}:
            yield re.sub(r"\{[^}]*\}", "x", path) or "/", method


SERVED = frozenset({
    "/", "/config", "/theme.css", "/favicon.ico", "/robots.txt", "/healthz", "/desk/article", "/desk/chat.css",
    "/gradio_api/info", "/gradio_api/app_id", "/gradio_api/startup-events", "/gradio_api/queue/data",
    "/gradio_api/queue/join", "/gradio_api/cancel", "/gradio_api/reset", "/assets/x", "/gradio_api/heartbeat/x",
})  # fmt: skip


@rows("S08", "every route")
def test_every_route_that_is_not_meant_is_not_there(case: str, app: FastAPI, client: TestClient) -> None:
    found = set(_every_route(list(app.routes)))
    assert len(found) > 60  # of which Gradio brings most
    others = {(path, method) for path, method in found if path not in SERVED}
    assert {"/gradio_api/upload", "/monitoring", "/gradio_api/file=x", "/login"} <= {
        path for path, _ in others
    }
    for path, method in sorted(others):
        assert client.request(method, path, headers=JSON_TYPE).status_code == 404, (method, path)
    assert SERVED - {path for path, _ in found} == set()


@rows("S08", "tools are off")
def test_tools_are_not_served_unless_wanted(case: str, client: TestClient) -> None:
    for path in ("/mcp", "/mcp/", "/gradio_api/mcp", "/gradio_api/mcp/sse"):
        assert client.post(path, json={}).status_code == client.get(path).status_code == 404
