"""In a real browser every hostile text is the text it is, and nothing of it happens."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Dialog, Locator, Page, Request, expect

from assistant.render.copy_phrases import LONGEST
from assistant.render.exports.export import Conversation, export
from assistant.types.answer import Answer
from assistant.types.request import Inquiry
from assistant.web.server.application import create_app
from corpus.article import Article, DateOrigin
from tests.assistant.desk import SmallDesk, quote_of, reprinted
from tests.assistant.payloads import PAYLOADS
from tests.browser.conftest import serving

EACH = 5  # quotes of an answer
ASKED = range(-(-len(PAYLOADS) // EACH))
BROUGHT = "img, script, iframe, object, embed, form, base, style, math, details, marquee"
FOREIGN = f"{BROUGHT}, svg, input"  # Gradio's own filter has fields and pictures

pytestmark = pytest.mark.browser


def article_of(number: int, payload: str) -> Article:
    return Article(
        id=f"{number}.txt",
        text=f"Printed {payload} here.",
        title=payload,
        source=payload,
        author=payload,
        kind=payload,
        url=payload,
        published=date(2024, 3, 1),
        date_origin=DateOrigin.METADATA,
    )


ARTICLES = [article_of(*numbered) for numbered in enumerate(PAYLOADS)]
QUOTED = [article.text for article in ARTICLES]


class HostileDesk(SmallDesk):
    """Answers with the articles in their order, five to a question that ends with a number."""

    def answer(self, inquiry: Inquiry) -> Answer:
        question = inquiry.question
        first = EACH * int(question.rsplit(maxsplit=1)[-1])
        cited = ARTICLES[first : first + EACH]
        quotes = tuple(reprinted(quote_of(a, 0, len(a.text)), a, a.title or "") for a in cited)
        found = super().answer(replace(inquiry, question="printed here"))
        return found.model_copy(update={"question": question, "quotes": quotes})


@pytest.fixture(scope="module")
def hostile() -> HostileDesk:
    return HostileDesk(ARTICLES)


class Watched:
    """A page, with what it asked of others and the dialogs it opened."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.happened: list[str] = []
        page.on("dialog", self._dialog)
        page.on("request", self._request)
        page.on("pageerror", lambda error: self.happened.append(str(error)))

    def _dialog(self, dialog: Dialog) -> None:
        self.happened.append(dialog.message)
        dialog.dismiss()

    def _request(self, request: Request) -> None:
        if "evil.example" in request.url:
            self.happened.append(request.url)

    def assert_quiet(self) -> None:
        self.page.wait_for_timeout(100)
        assert self.happened == []
        assert self.page.evaluate("window.PWNED ?? null") is None


@pytest.fixture(scope="module")
def opened(chromium: BrowserContext, hostile: HostileDesk) -> Iterator[Watched]:
    """A page on which every hostile article was quoted."""
    with serving(create_app(hostile)) as address:
        found = Watched(chromium.new_page())
        found.page.goto(address)
        for number in ASKED:
            box = found.page.get_by_label("Your question")
            box.fill(f"Part {number}")
            box.press("Enter")
            expect(found.page.locator("#or-chat .or-answer")).to_have_count(number + 1)
        yield found
        found.page.evaluate("localStorage.clear()")
        found.page.close()


def texts(found: Locator) -> list[str]:
    shown: list[str] = found.evaluate_all("all => all.map((one) => one.textContent)")
    return shown


def test_cards_show_every_text(opened: Watched) -> None:
    cards = opened.page.locator("#or-chat .or-card")
    assert texts(cards.locator("blockquote")) == QUOTED
    assert texts(cards.locator(".or-source")) == texts(cards.locator(".or-title")) == PAYLOADS
    assert texts(cards.locator(".or-kind")) == PAYLOADS
    assert texts(cards.locator(".or-variants bdi"))[1::3] == [
        payload if len(payload) <= LONGEST else f"{payload[:LONGEST]} […]" for payload in PAYLOADS
    ]
    assert opened.page.locator(f"#or-chat .or-answer :is({FOREIGN})").count() == 0
    opened.assert_quiet()


READ_ALL = """async () => {
  const read = [];
  for (const link of document.querySelectorAll("#or-chat .or-open")) {
    document.querySelector("#or-reader .or-reader-body").replaceChildren();
    link.click();
    const mark = () => document.querySelector("#or-reader mark.or-hit");
    while (!mark()) await new Promise((later) => setTimeout(later, 5));
    read.push([mark().textContent, document.querySelector("#or-reader .or-headline").textContent]);
  }
  return read;
}"""


def test_the_reader_shows_every_text(opened: Watched) -> None:
    expected = [[text, title] for text, title in zip(QUOTED, PAYLOADS, strict=True)]
    assert opened.page.evaluate(READ_ALL) == expected
    assert opened.page.locator(f"#or-reader :is({FOREIGN})").count() == 0
    opened.page.keyboard.press("Escape")
    opened.assert_quiet()


def test_the_filter_offers_every_source_by_its_name(opened: Watched, hostile: HostileDesk) -> None:
    opened.page.get_by_label("Sources").click()
    options = opened.page.get_by_role("listbox").get_by_role("option")
    expect(options).to_have_count(len(PAYLOADS))
    shown = texts(options)
    assert all(
        line.strip().endswith(f"\u2068{name}\u2069 · 1 article")
        for line, name in zip(shown, hostile.sources(), strict=True)
    )
    options.nth(3).click()
    opened.page.keyboard.press("Escape")
    chips = opened.page.get_by_role("group", name="Filters in force").get_by_role("button")
    expect(chips).to_have_count(1)
    assert texts(chips) == [hostile.sources()[3]]
    assert opened.page.locator(f"#or-desk :is({BROUGHT})").count() == 0
    opened.assert_quiet()


def test_the_saved_page_shows_every_text(
    chromium: BrowserContext, hostile: HostileDesk, tmp_path: Path
) -> None:
    turns = tuple(hostile.ask(f"Part {number}") for number in ASKED)
    path = tmp_path / "saved.html"
    path.write_text(
        export(Conversation(title=PAYLOADS[0], exported=datetime.now(UTC), turns=turns), "html"),
        "utf-8",
        newline="",
    )
    saved = Watched(chromium.new_page())
    saved.page.goto(path.as_uri())
    assert texts(saved.page.locator(".or-quote")) == QUOTED
    assert saved.page.locator(f"main :is({FOREIGN})").count() == 0
    saved.assert_quiet()
    saved.page.close()
