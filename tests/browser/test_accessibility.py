"""In no state of any page does axe-core find a fault: on light paper, on dark, and on a telephone."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import BrowserContext, Page, Route, expect

from assistant.render.exports.export import Conversation
from assistant.render.exports.html_document import page as exported_page
from assistant.web.auth.login_page import login_page, logout_page
from assistant.web.page.layout import STATIC
from tests.assistant.desk import TWICE, SmallDesk
from tests.assistant.telling_desk import COMPARING, COUNTED, LEANING
from tests.browser.conftest import Tab

QUESTION = "How many dockers are on strike?"
UNANSWERED = "Who won the ferry trophy?"
Scheme = Literal["light", "dark"]
both = pytest.mark.parametrize("scheme", ["light", "dark"])

pytestmark = pytest.mark.browser


# What still fades in would be measured half transparent.
_STILL = """() => Promise.all(document.getAnimations()
    .filter((a) => Number.isFinite(a.effect.getComputedTiming().endTime)).map((a) => a.finished.catch(() => 0)))"""


def faults(page: Page) -> list[str]:
    """What axe-core finds, of whatever gravity: how grave, which rule, where."""
    page.evaluate(f"({_STILL})().then(() => 0)")
    found: list[dict[str, Any]] = Axe().run(page).response["violations"]
    return [
        f"{fault['impact']}: {fault['id']} at {' '.join(map(str, node['target']))}"
        for fault in found
        for node in fault["nodes"]
    ]


def open_in(tab: Tab, scheme: Scheme) -> None:
    tab.page.emulate_media(color_scheme=scheme)
    tab.page.reload()
    expect(tab.page.get_by_role("button", name=QUESTION)).to_be_visible()


def read_first(tab: Tab) -> None:
    tab.quotes.first.locator(".or-open").click()
    expect(tab.reader.locator("mark.or-hit")).to_be_visible()


def conversation(tab: Tab) -> Iterator[str]:
    """Bring the page into one state after another, each by its name."""
    yield "empty"
    tab.page.get_by_label("Sources").click()
    expect(tab.page.get_by_role("option")).to_have_count(4)
    yield "sources to choose from"
    tab.page.keyboard.press("Escape")
    tab.page.get_by_role("button", name="More filters").click()
    yield "more filters"
    tab.ask(QUESTION)
    yield "answer"
    tab.page.locator(".or-more").click()
    yield "more quotes"
    for order in ("Source", "Date"):
        tab.page.get_by_role("button", name=order, exact=True).click()
        yield f"grouped by {order}"
    tab.ask(TWICE)
    tab.cards.last.locator(".or-open").click()
    expect(tab.reader.get_by_role("group", name="Quotes in this article")).to_be_visible()
    yield "article beside its quotes"
    tab.page.keyboard.press("Escape")


def troubles(tab: Tab) -> Iterator[str]:
    """States in which something is narrowed, refused or not found."""
    tab.ask(QUESTION)
    tab.page.get_by_label("Published to", exact=True).fill("2024-03-12")
    tab.page.get_by_label("Published to", exact=True).press("Enter")
    expect(tab.cards).to_have_count(1)
    yield "filters in force"
    tab.page.get_by_label("Published from", exact=True).fill("2024-02-31")
    tab.page.get_by_label("Published from", exact=True).press("Enter")
    expect(tab.page.get_by_role("alert")).to_be_visible()
    yield "no such day"
    tab.page.get_by_role("button", name="Edit").click()
    yield "question in other words"
    tab.page.keyboard.press("Escape")
    tab.page.get_by_role("button", name="Clear filters").click()
    expect(tab.cards).to_have_count(4)
    tab.ask(UNANSWERED)
    yield "no answer"
    tab.page.reload()
    expect(tab.page.get_by_role("button", name="Show the answer")).to_be_visible()
    yield "conversation of an earlier visit"


def told(tab: Tab) -> Iterator[str]:
    """Answers that hold more than quotes."""
    tab.ask(COUNTED)
    yield "figures, a speaker and a day"
    tab.ask(LEANING)
    yield "taken over from the question before"
    tab.ask(COMPARING)
    yield "sources side by side"


@both
@pytest.mark.parametrize("states", [conversation, troubles, told])
def test_no_state_of_the_chat_has_a_fault(tab: Tab, scheme: Scheme, states: Any) -> None:
    open_in(tab, scheme)
    assert {state: found for state in states(tab) if (found := faults(tab.page))} == {}


def test_no_state_has_a_fault_on_a_telephone(tab: Tab) -> None:
    tab.page.set_viewport_size({"width": 390, "height": 844})
    found = {"empty": faults(tab.page)}
    tab.page.get_by_role("button", name="More filters").click()
    found["more filters"] = faults(tab.page)
    tab.ask(QUESTION)
    found["answer"] = faults(tab.page)
    read_first(tab)
    found["article as a sheet"] = faults(tab.page)
    tab.page.keyboard.press("Escape")
    tab.ask(UNANSWERED)
    found["no answer"] = faults(tab.page)
    tab.ask(COUNTED)
    found["figures"] = faults(tab.page)
    tab.ask(COMPARING)
    found["sources one below the other"] = faults(tab.page)
    assert {state: here for state, here in found.items() if here} == {}
    assert tab.page.evaluate("document.documentElement.scrollWidth") <= 390


@both
def test_the_page_of_an_article_has_no_fault(tab: Tab, scheme: Scheme) -> None:
    tab.ask(QUESTION)
    address = tab.cards.first.locator(".or-open").evaluate("link => link.href")
    tab.page.emulate_media(color_scheme=scheme)
    tab.page.goto(address)
    expect(tab.page.locator("mark")).to_be_visible()
    assert faults(tab.page) == []


@both
@pytest.mark.parametrize("markup", [login_page("/", "Wrong name or password."), logout_page()])
def test_the_door_has_no_fault(chromium: BrowserContext, url: str, scheme: Scheme, markup: str) -> None:
    def answer(route: Route) -> None:
        is_style = route.request.url.endswith(".css")
        body = (STATIC / "login.css").read_text("utf-8") if is_style else markup
        route.fulfill(body=body, content_type="text/css" if is_style else "text/html")

    page = chromium.new_page()
    page.emulate_media(color_scheme=scheme)
    page.route("**/*", answer)
    page.goto(url)
    expect(page.get_by_role("button")).to_have_css("border-radius", "8px")
    found = faults(page)
    page.close()
    assert found == []


@both
def test_an_exported_conversation_has_no_fault(
    chromium: BrowserContext, tmp_path: Path, scheme: Scheme
) -> None:
    turns = tuple(SmallDesk().ask(question) for question in (QUESTION, UNANSWERED))
    written = tmp_path / "conversation.html"
    talk = Conversation(title="The harbour", exported=datetime(2026, 5, 4, tzinfo=UTC), turns=turns)
    written.write_text(
        exported_page(talk, ("turns[0].quotes[0].source: saved “A”, the index has “B”",)), "utf-8"
    )
    page = chromium.new_page()
    page.emulate_media(color_scheme=scheme)
    page.goto(written.as_uri())
    found = faults(page)
    page.close()
    assert found == []


def test_a_fault_would_be_found(chromium: BrowserContext) -> None:
    page = chromium.new_page()
    pale = "<main><h1>x</h1><p style='color: #bbb'>pale</p></main>"
    page.set_content(f"<html lang='en'><title>x</title>{pale}</html>")
    found = faults(page)
    page.close()
    assert found == ["serious: color-contrast at p"]
