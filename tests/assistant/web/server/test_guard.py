"""Who may ask, for what, and how much they may send."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from starlette.types import Message

from assistant.web.server.application import create_app
from assistant.web.server.guard import MOST_BYTES, Guard
from tests.assistant.desk import SmallDesk

JSON_TYPE = {"content-type": "application/json"}


@pytest.fixture(scope="module")
def client() -> Iterator[TestClient]:
    with TestClient(create_app(SmallDesk()), base_url="http://127.0.0.1:7860") as found:
        yield found


@pytest.mark.parametrize("host", ["127.0.0.1", "127.0.0.1:7860", "localhost:1", "LOCALHOST", "[::1]:7860"])
def test_own_names_are_served(client: TestClient, host: str) -> None:
    assert client.get("/healthz", headers={"host": host}).status_code == 200


@pytest.mark.parametrize(
    "host", ["evil.example", "127.0.0.1.evil.example", "localhost.evil.example:7860", "", "[::2]", "["]
)
def test_foreign_names_are_refused(client: TestClient, host: str) -> None:
    assert client.get("/", headers={"host": host}).status_code == 400


@pytest.mark.parametrize(
    "path", ["/gradio_api/queue/join", "/gradio_api/call/ask", "/gradio_api/call/v2/ask"]
)
@pytest.mark.parametrize(
    "origin",
    ["https://evil.example", "null", "http://localhost:9999", "http://127.0.0.1", "file://", "http://["],
)
def test_foreign_pages_may_not_ask(client: TestClient, path: str, origin: str) -> None:
    assert client.post(path, json={"question": "Why?"}, headers={"origin": origin}).status_code == 403


def test_foreign_pages_may_not_read(client: TestClient) -> None:
    assert client.get("/config", headers={"origin": "https://evil.example"}).status_code == 403


def test_own_page_may_ask(client: TestClient) -> None:
    reply = client.post(
        "/gradio_api/call/v2/ask", json={"question": "Why?"}, headers={"origin": "http://127.0.0.1:7860"}
    )
    assert reply.status_code == 200


def test_body_is_bounded_with_and_without_a_stated_length(client: TestClient) -> None:
    path = "/gradio_api/call/v2/ask"
    assert client.post(path, content=b" " * (MOST_BYTES + 1), headers=JSON_TYPE).status_code == 413
    chunks = (b" " * 1024 for _ in range(MOST_BYTES // 1024 + 1))
    assert client.post(path, content=chunks, headers=JSON_TYPE).status_code == 413


def test_body_must_be_json(client: TestClient) -> None:
    reply = client.post("/gradio_api/call/v2/ask", content="{}", headers={"content-type": "text/plain"})
    assert reply.status_code == 415


def test_slow_body_is_given_up() -> None:
    sent: list[Message] = []

    async def receive() -> Message:
        await asyncio.sleep(30)
        raise AssertionError("waited for a body that does not come")

    async def send(message: Message) -> None:
        sent.append(message)

    headers = [(b"host", b"localhost"), (b"content-type", b"application/json")]
    scope = {"type": "http", "method": "POST", "path": "/gradio_api/queue/join", "headers": headers}
    guard = Guard(FastAPI(), frozenset({"localhost"}), patience=0.05)
    asyncio.run(guard(scope, receive, send))
    assert sent[0]["status"] == 408


@pytest.mark.parametrize(
    "path",
    [
        *(
            "/gradio_api/upload",
            "/gradio_api/upload_progress",
            "/gradio_api/file=/etc/passwd",
            "/gradio_api/file/x",
        ),
        *(
            "/gradio_api/file=.env",
            "/gradio_api/file=../../pyproject.toml",
            "/gradio_api/file=http://127.0.0.1:1/",
        ),
        *("/gradio_api/proxy=http://127.0.0.1:1/", "/gradio_api/process_recording", "/gradio_api/deep_link"),
        *("/gradio_api/openapi.json", "/openapi.json", "/docs", "/docs/oauth2-redirect", "/redoc"),
        *(
            "/monitoring",
            "/monitoring/summary",
            "/monitoring/x",
            "/gradio_api/runs",
            "/gradio_api/run-history/records",
        ),
        *(
            "/gradio_api/vibe-edit",
            "/gradio_api/vibe-code",
            "/gradio_api/undo-vibe-edit",
            "/gradio_api/profiling/traces",
        ),
        *(
            "/gradio_api/mcp",
            "/gradio_api/mcp/sse",
            "/gradio_api/run/ask",
            "/gradio_api/api/ask",
            "/gradio_api/dev/reload",
        ),
        *(
            "/gradio_api/component_server",
            "/gradio_api/stream/x",
            "/gradio_api/call/respond",
            "/gradio_api/token",
        ),
        *(
            "/login",
            "/login/",
            "/logout",
            "/login_check",
            "/svelte/x.js",
            "/pwa_icon",
            "/custom_component/a/b/c/d",
        ),
        *(
            "/assets/../../../etc/passwd",
            "/assets/%2e%2e/%2e%2e/x",
            "//gradio_api/upload",
            "/static/js/..%5c..%5cx",
        ),
        *("/gradio_api/call/ask/../../upload", "/static/x/y", "/.env", "/desk/", "/GRADIO_API/upload"),
    ],
)
@pytest.mark.parametrize("method", ["GET", "POST", "HEAD"])
def test_what_the_chat_does_not_use_is_not_there(client: TestClient, method: str, path: str) -> None:
    assert client.request(method, path, headers=JSON_TYPE).status_code == 404


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "OPTIONS", "TRACE"])
@pytest.mark.parametrize("path", ["/", "/gradio_api/queue/join", "/desk/article"])
def test_other_methods_are_refused(client: TestClient, method: str, path: str) -> None:
    assert client.request(method, path).status_code == 405


@pytest.mark.parametrize("path", ["/", "/config", "/theme.css", "/favicon.ico", "/healthz", "/desk/chat.css"])
def test_page_is_served_with_its_headers(client: TestClient, path: str) -> None:
    reply = client.get(path)
    assert reply.status_code == 200
    assert reply.headers["x-content-type-options"] == "nosniff"
    assert reply.headers["referrer-policy"] == "no-referrer"
    assert reply.headers["content-security-policy"].startswith("default-src '")


def test_refusal_has_the_headers_too(client: TestClient) -> None:
    assert client.get("/gradio_api/upload").headers["x-content-type-options"] == "nosniff"
