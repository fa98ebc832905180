"""The chat as a reader uses it, in Debian's Chromium."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise

import pytest
from playwright.sync_api import Locator, Route, expect

from assistant.web.gradio.faults import FAILED
from assistant.web.page import article_page
from tests.assistant.desk import ARTICLES, BROKEN, FAULTY, HOSTILE, HOSTILE_SOURCE, SmallDesk, edited
from tests.browser.conftest import Tab

QUESTION = "How many dockers are on strike?"
SENTENCE = "Fewer than 900 dockers are taking part in the strike, the federation's director told reporters."

pytestmark = pytest.mark.browser


def in_view(locator: Locator) -> None:
    expect(locator).to_be_in_viewport(ratio=0.9)


def test_empty_page_says_what_it_is_and_what_it_holds(tab: Tab) -> None:
    hero = tab.page.locator("#or-welcome")
    expect(hero.get_by_role("heading", name="On Record")).to_be_visible()
    expect(hero).to_contain_text("6 articles · 4 named sources · 12 March 2024 – 15 March 2024 · 2 undated")
    assert tab.page.locator("html").get_attribute("lang") == "en"
    expect(tab.box).to_be_focused()
    expect(tab.page.locator("footer:visible")).to_have_count(0)


@pytest.mark.parametrize("width", [1280, 390])
def test_the_empty_page_asks_before_it_shows_what_it_covers(tab: Tab, width: int) -> None:
    tab.page.set_viewport_size({"width": width, "height": 844})
    tab.open()
    places = ["#or-welcome", "#or-question", "#or-filters", "#or-chips", "#or-coverage .or-chart"]
    tops = [tab.page.locator(place).bounding_box() for place in places]
    assert all(
        upper and lower and upper["y"] + upper["height"] <= lower["y"] for upper, lower in pairwise(tops)
    )
    assert tab.page.evaluate("document.documentElement.scrollWidth") <= width
    tab.ask(QUESTION)
    expect(tab.page.locator("#or-coverage")).to_be_hidden()


def test_example_question_is_asked_by_a_click(tab: Tab) -> None:
    tab.page.get_by_role("button", name=QUESTION).click()
    expect(tab.page.locator(".or-turn")).to_have_text(QUESTION)
    expect(tab.cards).to_have_count(4)
    expect(tab.page.locator("#or-welcome")).to_be_hidden()


def test_click_on_a_quote_opens_its_article_at_the_sentence(tab: Tab) -> None:
    tab.ask_for_all(QUESTION)
    card = tab.cards.filter(has_text="Inland Post")
    expect(card).to_contain_text("13 March 2024")
    card.locator("blockquote").click()
    hit = tab.reader.locator("mark")
    expect(hit).to_have_text(SENTENCE)
    in_view(hit)
    expect(tab.reader).to_contain_text("13 March 2024, date from the record's metadata")
    expect(card).to_have_class(re.compile("or-chosen"))
    tab.reader.get_by_role("button", name="Close").click()
    expect(tab.reader).to_be_hidden()


def test_keyboard_opens_and_closes_an_article(tab: Tab) -> None:
    tab.ask_for_all(QUESTION)
    link = tab.cards.filter(has_text="Inland Post").get_by_role("link")
    link.focus()
    tab.page.keyboard.press("Enter")
    in_view(tab.reader.locator("mark"))
    expect(tab.reader.locator("article")).to_be_focused()
    tab.page.keyboard.press("Escape")
    expect(tab.reader).to_be_hidden()
    expect(link).to_be_focused()


def test_article_has_a_page_of_its_own(tab: Tab) -> None:
    tab.ask_for_all(QUESTION)
    with tab.page.context.expect_page() as opened:
        tab.cards.filter(has_text="Inland Post").get_by_role("link").click(modifiers=["ControlOrMeta"])
    own = opened.value
    in_view(own.locator("mark"))
    expect(own.locator("mark")).to_have_text(SENTENCE)
    own.close()


def test_hostile_article_is_inert_and_verbatim(tab: Tab) -> None:
    tab.ask("What does the payload article say?")
    card = tab.cards.first
    assert card.locator("blockquote").evaluate("element => element.textContent") == HOSTILE
    expect(card.locator(".or-source")).to_have_text(HOSTILE_SOURCE)
    card.get_by_role("link").click()
    expect(tab.reader.locator("mark")).to_be_visible()
    assert tab.reader.locator("mark").evaluate("element => element.textContent") == HOSTILE
    foreign = "img, svg, script, iframe, form, input, style"
    assert tab.page.locator(f"#or-chat .or-answer :is({foreign}), #or-reader :is({foreign})").count() == 0
    tab.page.wait_for_timeout(200)
    assert tab.page.evaluate("window.PWNED ?? null") is None


def test_hostile_source_is_a_filter_like_any_other(tab: Tab) -> None:
    tab.page.get_by_label("Sources").click()
    tab.page.get_by_role("option", name=HOSTILE_SOURCE).click()
    tab.page.keyboard.press("Escape")
    tab.ask("What does the payload article say?")
    expect(tab.page.locator("#or-chat .or-filters")).to_have_text(f"Only: source {HOSTILE_SOURCE}")
    assert tab.page.locator("#or-filters b").count() == 0


def test_copy_is_verbatim(tab: Tab) -> None:
    tab.ask("What does the payload article say?")
    button = tab.cards.first.locator(".or-copy")
    button.click()
    expect(button).to_have_text("Copied")
    copied = tab.page.evaluate("navigator.clipboard.readText()")
    assert copied == json.loads(button.get_attribute("data-copy") or "null")
    assert copied.startswith(f"“{HOSTILE}” — ")
    expect(tab.reader).to_be_hidden()


def test_right_to_left_quote_stands_on_the_right(tab: Tab) -> None:
    tab.ask_for_all(QUESTION)
    quote = tab.cards.filter(has_text="14 March 2024").locator("blockquote")
    assert quote.evaluate("element => getComputedStyle(element).direction") == "rtl"
    assert quote.evaluate("element => getComputedStyle(element).textAlign") in {"start", "right"}


def test_no_answer_says_why_and_labels_the_nearest(tab: Tab) -> None:
    tab.ask("Who won the ferry trophy?")
    said = tab.page.locator(".or-none")
    expect(said).to_contain_text("No passage shares enough with the question")
    expect(said).to_contain_text("Searched: 6 articles")
    expect(tab.page.locator(".or-near-title")).to_have_text("The closest passages")
    expect(tab.page.locator(".or-card:not(.or-near)")).to_have_count(0)
    expect(tab.page.locator(".or-card.or-near").first).to_be_visible()


@pytest.mark.parametrize("typed", ["yesterday", "2024-02-31"])
def test_bad_date_is_told_and_the_question_kept(tab: Tab, typed: str) -> None:
    tab.page.get_by_label("Published from", exact=True).fill(typed)
    tab.box.fill(QUESTION)
    tab.box.press("Enter")
    expect(tab.page.get_by_role("alert")).to_contain_text("“Published from”")
    expect(tab.box).to_have_value(QUESTION)
    expect(tab.page.locator(".or-turn")).to_have_count(0)
    tab.page.get_by_role("button", name="Clear filters").click()
    expect(tab.page.get_by_role("alert")).to_have_count(0)
    expect(tab.page.get_by_label("Published from", exact=True)).to_have_value("")
    tab.page.get_by_role("button", name="Ask", exact=True).click()
    expect(tab.cards).to_have_count(4)


def test_filters_are_named_in_the_answer(tab: Tab) -> None:
    tab.page.get_by_label("Published from", exact=True).fill("2024-03-13")
    tab.page.get_by_label("Published to", exact=True).fill("2024-03-13")
    tab.ask(QUESTION)
    expect(tab.cards).to_have_count(1)
    expected = "Only: published from 13 March 2024 · published to 13 March 2024 · undated articles left out"
    expect(tab.page.locator("#or-chat .or-filters")).to_have_text(expected)


def test_two_turns_then_a_new_conversation(tab: Tab) -> None:
    tab.ask(QUESTION)
    tab.ask("How often will the ferry run?")
    expect(tab.page.locator(".or-turn")).to_have_text([QUESTION, "How often will the ferry run?"])
    expect(tab.page.locator(".or-turn").last).to_be_in_viewport()
    tab.page.get_by_role("button", name="New conversation").click()
    expect(tab.page.locator(".or-turn")).to_have_count(0)
    expect(tab.page.locator("#or-welcome")).to_be_visible()
    tab.ask(QUESTION)
    expect(tab.page.locator(".or-turn")).to_have_count(1)


@pytest.mark.parametrize(("question", "told"), [("   ", "Type a question"), ("x" * 2001, "too long")])
def test_unusable_question_is_told_in_one_line(tab: Tab, question: str, told: str) -> None:
    tab.box.fill(question)
    tab.box.press("Enter")
    expect(tab.page.get_by_role("alert")).to_contain_text(told)
    assert tab.page.locator(".or-turn").count() == 0


def test_fault_of_the_index_is_told_in_the_turn(tab: Tab) -> None:
    tab.ask(BROKEN)
    expect(tab.page.locator("#or-chat").get_by_role("alert")).to_have_text(
        "There is no index: run onrecord index on the articles."
    )


def test_fault_of_the_program_is_told_in_the_turn_and_tells_no_secret(tab: Tab) -> None:
    tab.ask(FAULTY)
    expect(tab.page.locator("#or-chat").get_by_role("alert")).to_have_text(FAILED)
    expect(tab.page.get_by_text("Error", exact=True)).to_have_count(0)
    assert "secret" not in tab.page.content()
    tab.ask(QUESTION)
    expect(tab.cards).to_have_count(4)


def test_a_fault_is_told_while_the_queue_is_full(tab: Tab, full_queue: Callable[[bool], None]) -> None:
    def fill_after(route: Route) -> None:
        taken = route.fetch()
        full_queue(True)
        route.fulfill(response=taken)

    tab.page.route("**/queue/join*", fill_after)
    tab.ask(FAULTY)
    expect(tab.page.get_by_role("alert")).to_have_text([FAILED])
    expect(tab.page.locator("#or-chat .or-busy")).to_have_count(0)


def test_what_gradio_can_not_read_is_told_while_the_queue_is_full(
    tab: Tab, full_queue: Callable[[bool], None]
) -> None:
    def spoil_and_fill(route: Route) -> None:
        asked = json.loads(route.request.post_data or "")
        asked["data"][2] = ["a source that was never offered"]
        taken = route.fetch(post_data=json.dumps(asked))
        full_queue(True)
        route.fulfill(response=taken)

    tab.page.route("**/queue/join*", spoil_and_fill)
    tab.box.fill(QUESTION)
    tab.box.press("Enter")
    expect(tab.page.locator("#or-desk > .or-alert")).to_have_text(FAILED)
    expect(tab.box).to_have_value(QUESTION)


def test_changed_and_vanished_articles_say_so(tab: Tab, desk: SmallDesk) -> None:
    ferry = ARTICLES[5]
    tab.ask("How often will the Meridale ferry run?")
    link = tab.cards.filter(has_text="hourly").get_by_role("link")
    desk.put(edited(ferry))
    link.click()
    expect(tab.reader).to_contain_text(f"{article_page.CHANGED} {article_page.STILL_THERE}")
    in_view(tab.reader.locator("mark"))
    desk.put(replace(ferry, text="The ferry was sold."))
    link.click()
    expect(tab.reader).to_contain_text(f"{article_page.CHANGED} {article_page.NO_LONGER}")
    expect(tab.reader.locator("mark")).to_have_count(0)
    desk.drop(ferry.id)
    link.click()
    expect(tab.reader).to_contain_text(article_page.GONE)
    desk.put(ferry)


def test_narrow_screen_shows_the_article_as_a_sheet(tab: Tab) -> None:
    tab.page.set_viewport_size({"width": 390, "height": 844})
    tab.ask_for_all(QUESTION)
    assert tab.page.evaluate("document.documentElement.scrollWidth") <= 390
    tab.cards.filter(has_text="Inland Post").get_by_role("link").click()
    in_view(tab.reader.locator("mark"))
    shape = tab.reader.bounding_box()
    assert shape is not None
    assert (shape["x"], shape["width"]) == (0, 390)
    assert tab.page.evaluate("document.querySelector('gradio-app').inert") is True
    tab.page.keyboard.press("Escape")
    assert tab.page.evaluate("document.querySelector('gradio-app').inert") is False
