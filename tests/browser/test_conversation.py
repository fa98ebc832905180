"""A conversation is there after a reload, in other words on demand, and opened by a link."""

from __future__ import annotations

import json
from collections.abc import Callable
from urllib.parse import quote

import pytest
from playwright.sync_api import expect

from assistant.web.server.calls import BUSY
from tests.assistant.desk import HOSTILE_SOURCE
from tests.browser.conftest import Tab

QUESTION = "How many dockers are on strike?"
FERRY = "How often will the ferry run?"
KEY = "on-record.conversation"

pytestmark = pytest.mark.browser


def keep(tab: Tab, text: str) -> None:
    tab.page.evaluate("([key, text]) => localStorage.setItem(key, text)", [KEY, text])


def test_a_reload_keeps_questions_and_filters(tab: Tab) -> None:
    tab.ask(FERRY)
    tab.ask(QUESTION)
    tab.page.get_by_label("Published to", exact=True).fill("2024-03-12")
    tab.box.focus()
    expect(tab.page.locator(".or-answer").last.locator(".or-card")).to_have_count(1)
    tab.page.wait_for_function("key => localStorage.getItem(key).includes('2024-03-12')", arg=KEY)
    tab.page.reload()
    expect(tab.turns).to_have_text([FERRY, QUESTION])
    expect(tab.cards).to_have_count(1)
    expect(tab.page.get_by_label("Published to", exact=True)).to_have_value("2024-03-12")
    expect(tab.page.get_by_role("group", name="Filters in force")).to_contain_text(
        "published to 12 March 2024"
    )
    tab.page.get_by_role("button", name="Show the answer").click()
    expect(tab.page.locator(".or-answer").first).to_contain_text("hourly")
    tab.page.get_by_role("button", name="New conversation").click()
    expect(tab.turns).to_have_count(0)
    tab.page.reload()
    expect(tab.page.locator("#or-welcome")).to_be_visible()
    assert tab.page.evaluate("key => localStorage.getItem(key)", KEY) is None


def test_what_is_kept_holds_no_answer(tab: Tab) -> None:
    tab.ask(QUESTION)
    tab.page.wait_for_function("key => localStorage.getItem(key)", arg=KEY)
    kept = json.loads(tab.page.evaluate("key => localStorage.getItem(key)", KEY))
    empty = ("since", "until", "undated", "event_since", "event_until", "after", "literal")
    assert kept == [{"q": QUESTION, "sources": [], **dict.fromkeys(empty, "")}]


def test_a_full_queue_is_told_once_and_the_question_is_there_to_be_sent_again(
    tab: Tab, full_queue: Callable[[bool], None]
) -> None:
    told = tab.page.get_by_role("alert")
    full_queue(True)
    tab.box.fill(QUESTION)
    tab.box.press("Enter")
    expect(told).to_have_text(BUSY)
    expect(tab.box).to_have_value(QUESTION)
    tab.page.wait_for_timeout(300)
    expect(tab.page.get_by_text("Error", exact=True)).to_have_count(0)
    expect(told).to_have_count(1)
    full_queue(False)
    tab.box.press("Enter")
    expect(tab.cards).to_have_count(4)
    expect(told).to_have_count(0)
    full_queue(True)
    tab.open(f"?q={quote(FERRY)}")
    expect(told).to_have_text(BUSY)
    full_queue(False)
    tab.page.reload()
    expect(tab.turns.last).to_have_text(FERRY)
    expect(tab.page.locator(".or-answer").last).to_contain_text("hourly")
    assert tab.page.evaluate("location.search") == ""


def test_a_hostile_store_brings_no_markup_and_no_script(tab: Tab) -> None:
    attack = "<img src=https://evil.example/x onerror=window.PWNED=1>${window.PWNED=2}{{x}}"
    entries = [
        {"q": attack, "sources": [attack], "answer": attack},
        {"q": 7},
        attack,
        {"q": FERRY, "since": attack},
    ]
    keep(tab, json.dumps(entries))
    tab.page.reload()
    expect(tab.turns).to_have_text([attack])
    expect(tab.page.locator(".or-none")).to_contain_text(attack)
    assert tab.page.locator("#or-chat img, #or-desk img").count() == 0
    assert tab.page.evaluate("window.PWNED ?? null") is None


@pytest.mark.parametrize("kept", ["{", "[" * 9000, '"x"', "[]", " " * 30_000 + '[{"q":"x"}]'])
def test_a_broken_store_is_as_good_as_none(tab: Tab, kept: str) -> None:
    keep(tab, kept)
    tab.page.reload()
    expect(tab.page.locator("#or-welcome")).to_be_visible()
    tab.ask(QUESTION)
    expect(tab.turns).to_have_text([QUESTION])


def test_a_question_is_put_in_other_words_in_its_place(tab: Tab) -> None:
    tab.ask(QUESTION)
    tab.ask("What does the payload article say?")
    tab.page.get_by_role("button", name="Edit").first.click()
    field = tab.page.get_by_label("Question in other words")
    expect(field).to_have_value(QUESTION)
    field.fill(FERRY)
    field.press("Enter")
    expect(tab.turns).to_have_text([FERRY, "What does the payload article say?"])
    expect(tab.page.locator(".or-answer").first).to_contain_text("hourly")
    tab.page.get_by_role("button", name="Edit").first.click()
    tab.page.keyboard.press("Escape")
    expect(field).to_have_count(0)
    expect(tab.page.get_by_role("button", name="Edit").first).to_be_focused()


@pytest.mark.parametrize(("words", "said"), [("x" * 2001, "too long"), ("  ", "Type a question first")])
def test_other_words_that_are_refused_stay_in_their_box(tab: Tab, words: str, said: str) -> None:
    tab.ask(QUESTION)
    tab.page.get_by_role("button", name="Edit").click()
    field = tab.page.get_by_label("Question in other words")
    field.fill(words)
    field.press("Enter")
    expect(tab.page.get_by_role("alert")).to_contain_text(said)
    expect(field).to_have_value(words)
    expect(field).to_be_focused()
    field.fill(FERRY)
    field.press("Enter")
    expect(tab.turns).to_have_text([FERRY])
    expect(tab.page.locator(".or-answer")).to_contain_text("hourly")


def test_other_words_wait_in_their_box_while_the_queue_is_full(
    tab: Tab, full_queue: Callable[[bool], None]
) -> None:
    tab.ask(QUESTION)
    tab.page.get_by_role("button", name="Edit").click()
    field = tab.page.get_by_label("Question in other words")
    field.fill(FERRY)
    full_queue(True)
    field.press("Enter")
    expect(tab.page.get_by_role("alert")).to_have_text(BUSY)
    expect(field).to_have_value(FERRY)
    full_queue(False)
    field.press("Enter")
    expect(tab.turns).to_have_text([FERRY])
    expect(field).to_have_count(0)
    expect(tab.page.get_by_role("button", name="Edit")).to_be_focused()


def test_the_same_words_asked_again_leave_no_box(tab: Tab) -> None:
    tab.ask(QUESTION)
    tab.page.get_by_role("button", name="Edit").click()
    tab.page.get_by_label("Question in other words").press("Enter")
    expect(tab.page.get_by_label("Question in other words")).to_have_count(0)
    expect(tab.turns).to_be_visible()
    expect(tab.cards).to_have_count(4)


def test_a_link_asks_with_its_filters_once(tab: Tab) -> None:
    tab.open(f"?q={quote(QUESTION)}&source=Harbour%20Courier&since=2024-03-01&until=2024-03-31&__theme=dark")
    expect(tab.turns).to_have_text([QUESTION])
    expect(tab.cards).to_have_count(1)
    chips = tab.page.get_by_role("group", name="Filters in force").get_by_role("button")
    expect(chips).to_have_text(
        ["published from 1 March 2024", "published to 31 March 2024", "Harbour Courier"]
    )
    assert tab.page.evaluate("location.search") == "?__theme=dark"
    tab.page.get_by_role("link", name="Copy link").click()
    expect(tab.page.get_by_role("link", name="Link copied")).to_be_visible()
    copied = tab.page.evaluate("navigator.clipboard.readText()")
    tab.page.get_by_role("button", name="New conversation").click()
    tab.page.goto(copied)
    expect(tab.cards).to_have_count(1)
    expect(tab.turns).to_have_count(1)


HOSTILE_LINKS = (
    ("?q=<img src=x onerror=window.PWNED=1>&source=" + quote(HOSTILE_SOURCE), "Nothing clearly answers this"),
    (
        "?q=${window.PWNED=1}{{window.PWNED=1}}&source=<script>window.PWNED=1</script>",
        "Nothing clearly answers this",
    ),
)


@pytest.mark.parametrize(("search", "said"), HOSTILE_LINKS)
def test_a_hostile_link_is_inert(tab: Tab, search: str, said: str) -> None:
    tab.open(search)
    expect(tab.page.locator(".or-none")).to_contain_text(said)
    assert tab.page.locator("#or-chat :is(img, script), #or-desk :is(img, script)").count() == 0
    assert tab.page.evaluate("window.PWNED ?? null") is None


def test_a_link_with_a_bad_date_is_told_as_if_typed(tab: Tab) -> None:
    tab.open("?q=x&since=2024-02-31")
    expect(tab.page.get_by_role("alert")).to_contain_text("“Published from” is not a day of the calendar")
    expect(tab.turns).to_have_count(0)
