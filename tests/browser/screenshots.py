"""Takes the pictures of docs/screenshots: `make screenshots`, which asks the sample archive with the real model."""

from __future__ import annotations

import io
import sys
from collections.abc import Callable
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Page, expect, sync_playwright

from assistant.assistant import Assistant
from assistant.retrieval.retriever import Retriever
from assistant.web.server.application import create_app
from tests.assistant.running import running
from tests.browser.conftest import CHROMIUM, FLAGS

QUESTION = "How many dockers joined the strike at Port Caldry?"
UNANSWERED = "Who won the chess championship in 1987?"
WIDE, TALL, PHONE = (1280, 800), (1280, 1180), (390, 844)


def _ask(page: Page, question: str) -> None:
    box = page.get_by_label("Your question")
    box.fill(question)
    box.press("Enter")
    expect(page.locator("#or-chat .or-answer")).to_have_count(1)
    box.blur()


def _empty(_page: Page) -> None:
    return


def _answer(page: Page) -> None:
    _ask(page, QUESTION)


def _silence(page: Page) -> None:
    _ask(page, UNANSWERED)


def _reader(page: Page) -> None:
    _ask(page, QUESTION)
    page.locator(".or-open").first.click()
    expect(page.locator("#or-reader mark")).to_be_visible()


def _by_source(page: Page) -> None:
    _ask(page, QUESTION)
    page.locator(".or-more").click()
    page.get_by_role("button", name="Source", exact=True).click()
    page.evaluate("document.activeElement.blur(), window.scrollTo(0, 0)")


# A picture's name, the size of its window, whether the paper is dark, and how the page gets there.
PICTURES: tuple[tuple[str, tuple[int, int], bool, Callable[[Page], None]], ...] = (
    ("empty", WIDE, False, _empty),
    ("answer", WIDE, False, _answer),
    ("reader", WIDE, False, _reader),
    ("by-source", TALL, False, _by_source),
    ("no-answer", WIDE, False, _silence),
    ("dark", WIDE, True, _reader),
    ("phone", PHONE, False, _answer),
    ("phone-reader", PHONE, False, _reader),
)


def _save(picture: bytes, path: Path) -> None:
    """Keep a picture in 256 colours, the small marks of the sources among them: half the bytes."""
    whole = Image.open(io.BytesIO(picture)).convert("RGB")
    whole.quantize(256, Image.Quantize.MAXCOVERAGE, kmeans=2, dither=Image.Dither.NONE).save(
        path, optimize=True
    )


def take(browser: Browser, url: str, folder: Path) -> None:
    """Take every picture, each of a page that is opened anew; gives PNG files."""
    for name, (width, height), dark, go in PICTURES:
        page = browser.new_page(
            viewport={"width": width, "height": height}, color_scheme="dark" if dark else "light"
        )
        page.goto(url)
        expect(page.locator("#or-chips button").first).to_be_visible()
        go(page)
        page.mouse.move(0, 0)
        page.wait_for_timeout(500)
        _save(page.screenshot(animations="disabled", caret="hide"), folder / f"{name}.png")
        page.close()


def main(index: Path, folder: Path) -> None:
    """Serve an index and take the pictures of it."""
    folder.mkdir(parents=True, exist_ok=True)
    with running(create_app(Assistant(Retriever.open(index)))) as url, sync_playwright() as player:
        browser = player.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        take(browser, url, folder)
        browser.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
