"""A running chat and a browser that looks at it."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
import uvicorn
from fastapi import FastAPI
from playwright.sync_api import (
    BrowserContext,
    ConsoleMessage,
    Locator,
    Page,
    Request,
    expect,
    sync_playwright,
)
from starlette.routing import Mount

from assistant.web.server.application import create_app
from tests.assistant.desk import EXAMPLES
from tests.assistant.telling_desk import TellingDesk

# A busy machine of two cores may take seconds over what takes an idle one a few milliseconds.
expect.set_options(timeout=20_000)

CHROMIUM = Path("/usr/bin/chromium")
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync"]
FLAGS += ["--disable-background-networking", "--disable-component-update"]


@dataclass
class Tab:
    """A page with what it asked the network for and what went wrong in it."""

    page: Page
    url: str
    outward: list[str] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)

    def watch(self, request: Request) -> None:
        if not request.url.startswith((self.url, "data:", "blob:")):
            self.outward.append(request.url)

    def hear(self, message: ConsoleMessage) -> None:
        if "Content Security Policy" in message.text:
            self.faults.append(message.text)

    def open(self, search: str = "") -> None:
        self.page.goto(self.url + search)
        expect(self.box).to_be_visible()
        if "q=" not in search:  # a link that asks takes the start page away
            expect(self.page.get_by_role("button", name=EXAMPLES[0])).to_be_visible()

    @property
    def box(self) -> Locator:
        return self.page.get_by_label("Your question")

    @property
    def cards(self) -> Locator:
        return self.page.locator("#or-chat .or-card")

    @property
    def turns(self) -> Locator:
        return self.page.locator("#or-chat .or-turn")

    @property
    def quotes(self) -> Locator:
        """The cards that are shown."""
        return self.page.locator("#or-chat .or-card:visible")

    @property
    def reader(self) -> Locator:
        return self.page.locator("#or-reader")

    def ask(self, question: str) -> None:
        before = self.page.locator("#or-chat .or-answer, #or-chat .or-alert").count()
        self.box.fill(question)
        self.box.press("Enter")
        expect(self.page.locator("#or-chat .or-answer, #or-chat .or-alert")).to_have_count(before + 1)

    def ask_for_all(self, question: str) -> None:
        """Ask, and show the quotes that are left out at first."""
        self.ask(question)
        self.page.locator(".or-more").last.click()


@pytest.fixture(scope="session")
def desk() -> TellingDesk:
    return TellingDesk()


@contextmanager
def serving(app: FastAPI) -> Iterator[str]:
    """Serve a chat of its own; gives its address."""
    with socket.create_server(("127.0.0.1", 0)) as bound:
        config = uvicorn.Config(app, log_level="warning", timeout_graceful_shutdown=1)
        server = uvicorn.Server(config)
        thread = threading.Thread(target=server.run, kwargs={"sockets": [bound]}, daemon=True)
        thread.start()
        while not server.started:
            time.sleep(0.02)
        yield f"http://127.0.0.1:{bound.getsockname()[1]}/"
        server.should_exit = True
        thread.join(10)


@pytest.fixture(scope="session")
def app(desk: TellingDesk) -> FastAPI:
    return create_app(desk)


@pytest.fixture(scope="session")
def url(app: FastAPI) -> Iterator[str]:
    with serving(app) as address:
        yield address


@pytest.fixture
def full_queue(app: FastAPI) -> Iterator[Callable[[bool], None]]:
    """Make the queue of the chat full, or let it take events again."""
    gradio: Any = next(r.app for r in app.routes if isinstance(r, Mount) and r.path == "")
    queue = gradio.get_blocks()._queue
    size = queue.max_size

    def fill(full: bool) -> None:
        queue.max_size = 0 if full else size

    yield fill
    fill(False)


@pytest.fixture(scope="session")
def chromium(url: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[BrowserContext]:
    if not CHROMIUM.exists():
        pytest.skip(f"BROWSER TESTS DID NOT RUN: {CHROMIUM} is missing (apt install chromium)")
    profile = str(tmp_path_factory.mktemp("profile"))
    with sync_playwright() as player:
        context = player.chromium.launch_persistent_context(
            profile,
            executable_path=str(CHROMIUM),
            headless=True,
            args=FLAGS,
            viewport={"width": 1280, "height": 800},
        )
        context.grant_permissions(["clipboard-read", "clipboard-write"], origin=url)
        yield context
        context.close()


@pytest.fixture
def tab(chromium: BrowserContext, url: str) -> Iterator[Tab]:
    found = Tab(chromium.new_page(), url)
    found.page.on("request", found.watch)
    found.page.on("console", found.hear)
    found.page.on("pageerror", lambda error: found.faults.append(error.stack or str(error)))
    found.open()
    yield found
    found.page.evaluate("localStorage.clear()")
    found.page.close()
    assert found.outward == []
    assert found.faults == []
