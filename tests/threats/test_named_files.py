"""Values that name a file or an address, which Gradio would copy or fetch: it never sees them."""

from __future__ import annotations

import asyncio
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient
from gradio import processing_utils

from assistant.web.gradio.fair_blocks import FairBlocks
from assistant.web.server.application import create_app
from tests.assistant.desk import SmallDesk
from tests.threats.rows import row

BASE = "http://127.0.0.1:7860"
NAMED, JOIN = "/gradio_api/call/v2/ask", "/gradio_api/queue/join"


def file(path: str) -> dict[str, Any]:
    """What Gradio takes for a file."""
    return {"path": path, "meta": {"_type": "gradio.FileData"}}


@pytest.fixture
def client(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[TestClient]:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    monkeypatch.setenv("GRADIO_TEMP_DIR", str(tmp_path / "gradio"))
    with TestClient(create_app(SmallDesk()), base_url=BASE) as found:
        yield found


NAMES = {
    "a file": file("/etc/hostname"),
    "a device without an end": file("/dev/zero"),
    "an address": file("http://192.0.2.1/"),
    "in a list": [["x", [file("/etc/hostname")]]],
    "of a form Gradio may read one day": {"url": "file:///etc/hostname"},
}


@pytest.mark.parametrize("value", [row("S21", name, value) for name, value in NAMES.items()])
def test_a_value_that_names_a_file_is_refused(client: TestClient, tmp_path: Path, value: object) -> None:
    events = {n: len(event["inputs"]) for n, event in enumerate(client.get("/config").json()["dependencies"])}
    calls: list[tuple[str, dict[str, Any]]] = [
        (NAMED, {"question": value}),
        (NAMED, {"question": "Why?", "sources": value}),
        ("/gradio_api/call/ask", {"data": [value] * 10}),
        *((JOIN, {"data": [value] * n, "fn_index": f, "session_hash": "x"}) for f, n in events.items() if n),
    ]
    for path, body in calls:
        told = client.post(path, json=body)
        assert (told.status_code, told.headers["content-type"]) == (422, "application/json"), (path, body)
        assert "hostname" not in told.text
    assert not list(tmp_path.rglob("*hostname*"))


@pytest.mark.parametrize("value", [row("S21", f"{name}, past the server", v) for name, v in NAMES.items()])
def test_the_page_refuses_it_too(monkeypatch: pytest.MonkeyPatch, value: object) -> None:
    """A second wall, should a call come by a way that the server does not know."""

    def fetch(*_: object, **__: object) -> None:
        raise AssertionError("Gradio looked for a file")

    monkeypatch.setattr(processing_utils, "async_move_files_to_cache", fetch)
    with FairBlocks() as blocks:
        pass
    with pytest.raises(ValueError, match="an object"):
        asyncio.run(blocks.preprocess_data(None, [value], None))
