"""Filters narrow the last answer at once, are named, and come off one by one."""

from __future__ import annotations

from urllib.parse import quote

import pytest
from playwright.sync_api import Locator, expect

from tests.browser.conftest import Tab

QUESTION = "How many dockers are on strike?"

pytestmark = pytest.mark.browser


def choose(tab: Tab, source: str) -> None:
    tab.page.get_by_label("Sources").click()
    tab.page.get_by_role("option", name=source).click()
    tab.page.keyboard.press("Escape")


def further(tab: Tab) -> Locator:
    """The button of the filters that are seldom wanted."""
    return tab.page.get_by_role("button", name="More filters")


def chips(tab: Tab) -> Locator:
    return tab.page.get_by_role("group", name="Filters in force").get_by_role("button")


def speak_of_days(tab: Tab, first: str, last: str = "") -> None:
    further(tab).click()
    tab.page.get_by_label("Events from", exact=True).fill(first)
    if last:
        tab.page.get_by_label("Events to", exact=True).fill(last)
        tab.page.get_by_label("Events to", exact=True).press("Enter")
    else:
        tab.page.get_by_label("Events from", exact=True).press("Enter")


def test_sources_say_how_many_articles_they_have(tab: Tab) -> None:
    tab.page.get_by_label("Sources").click()
    expect(tab.page.get_by_role("option")).to_have_count(4)
    expect(tab.page.get_by_role("option", name="Harbour Courier")).to_contain_text("2 articles")
    expect(tab.page.get_by_role("option", name="The Inland Post")).to_contain_text("1 article")


def test_a_filter_replaces_the_last_answer_and_comes_off_again(tab: Tab) -> None:
    tab.ask(QUESTION)
    choose(tab, "Harbour Courier")
    expect(tab.cards).to_have_count(2)
    expect(tab.turns).to_have_text([QUESTION])
    tab.page.get_by_label("Published from", exact=True).fill("2024-03-12")
    tab.page.get_by_label("Published from", exact=True).press("Enter")
    expect(tab.cards).to_have_count(1)
    expect(chips(tab)).to_have_text(["published from 12 March 2024", "Harbour Courier"])
    tab.page.get_by_role("button", name="Remove filter: source Harbour Courier").click()
    expect(tab.cards).to_have_count(3)
    tab.page.get_by_role("button", name="Remove filter: published from 12 March 2024").click()
    expect(tab.cards).to_have_count(4)
    expect(chips(tab)).to_have_count(0)
    expect(tab.page.get_by_label("Published from", exact=True)).to_have_value("")
    expect(tab.turns).to_have_count(1)


def test_undated_articles_are_let_in_or_left_out_and_the_link_says_so(tab: Tab) -> None:
    tab.page.get_by_label("Published from", exact=True).fill("2024-03-14")
    tab.ask(QUESTION)
    expect(tab.cards).to_have_count(1)
    expect(tab.page.locator(".or-active-note")).to_have_text("undated articles left out")
    undated = tab.page.get_by_role("combobox", name="Undated articles")
    further(tab).click()
    undated.click()
    tab.page.get_by_role("option", name="Always in").click()
    expect(tab.cards).to_have_count(2)
    line = "Only: published from 14 March 2024 · undated articles too"
    expect(tab.page.locator("#or-chat .or-filters")).to_have_text(line)
    link = tab.page.get_by_role("link", name="Copy link").get_attribute("href") or ""
    assert link.endswith("&since=2024-03-14&undated=in")
    tab.page.get_by_role("button", name="New conversation").click()
    expect(tab.turns).to_have_count(0)
    tab.page.goto(tab.url + link)
    expect(tab.cards).to_have_count(2)
    expect(further(tab)).to_have_text("More filters (1)")
    further(tab).click()
    expect(undated).to_have_value("Always in")
    tab.page.get_by_role("button", name="Remove filter: undated articles too").click()
    expect(tab.cards).to_have_count(1)
    expect(undated).to_have_value("In without dates")


def test_leaving_a_date_asks_again_and_leaving_it_unchanged_does_not(tab: Tab) -> None:
    tab.ask("How often will the ferry run?")
    tab.ask(QUESTION)
    tab.page.get_by_label("Published to", exact=True).fill("2024-03-12")
    tab.box.focus()
    expect(tab.page.locator(".or-answer").last.locator(".or-card")).to_have_count(1)
    expect(tab.turns).to_have_count(2)
    tab.page.get_by_role("button", name="Clear filters").click()
    expect(tab.page.locator(".or-answer").last.locator(".or-card")).to_have_count(4)


def test_a_day_that_is_none_leaves_the_answer_and_says_so(tab: Tab) -> None:
    tab.ask(QUESTION)
    tab.page.get_by_label("Published from", exact=True).fill("2024-02-31")
    tab.page.get_by_label("Published from", exact=True).press("Enter")
    expect(tab.page.get_by_role("alert")).to_contain_text("“Published from” is not a day of the calendar")
    expect(tab.cards).to_have_count(4)


def test_no_answer_names_the_filters_and_asks_again_without_them(tab: Tab) -> None:
    choose(tab, "The Inland Post")
    tab.ask("What does the opinion say of a question put to a whole town?")
    said = tab.page.locator(".or-none")
    expect(said).to_contain_text("Searched: 1 article")
    expect(said).to_contain_text("Only: source The Inland Post")
    said.get_by_role("button", name="Ask again without filters").click()
    expect(tab.page.locator(".or-answer .or-card:not(.or-near)").first).to_contain_text(
        "question put to a whole town"
    )
    expect(tab.turns).to_have_count(1)
    expect(tab.page.get_by_role("group", name="Filters in force")).to_have_count(0)


def test_days_spoken_of_ask_again_apart_from_those_of_publication(tab: Tab) -> None:
    tab.ask(QUESTION)
    expect(tab.page.get_by_label("Events from", exact=True)).to_be_hidden()
    speak_of_days(tab, "2024-03-01", "2024-03-05")  # all were printed later
    expect(tab.cards).to_have_count(1)
    expect(tab.cards).to_contain_text("since the strike began on 4 March")
    expect(tab.turns).to_have_text([QUESTION])
    days = "speaking of days from 1 March 2024 to 5 March 2024"
    expect(tab.page.locator("#or-chat .or-filters")).to_have_text(f"Only: {days}")
    tab.page.get_by_label("Published to", exact=True).fill("2024-03-11")
    tab.page.get_by_label("Published to", exact=True).press("Enter")
    expect(tab.page.locator(".or-none")).to_contain_text("Searched: 0 articles")


def test_days_spoken_of_are_counted_and_come_off_one_by_one(tab: Tab) -> None:
    speak_of_days(tab, "2024-03-01", "2024-03-05")
    expect(chips(tab)).to_have_text(["events from 1 March 2024", "events to 5 March 2024"])
    tab.ask(QUESTION)
    expect(tab.cards).to_have_count(1)
    further(tab).click()
    expect(tab.page.get_by_label("Events from", exact=True)).to_be_hidden()
    expect(further(tab)).to_have_text("More filters (2)")
    expect(further(tab)).to_have_attribute("aria-expanded", "false")
    tab.page.get_by_role("button", name="Remove filter: events to 5 March 2024").click()
    expect(chips(tab)).to_have_text(["events from 1 March 2024"])
    expect(further(tab)).to_have_text("More filters (1)")
    tab.page.get_by_role("button", name="Remove filter: events from 1 March 2024").click()
    expect(tab.cards).to_have_count(4)
    expect(further(tab)).to_have_text("More filters")
    further(tab).click()
    expect(tab.page.get_by_label("Events from", exact=True)).to_have_value("")
    expect(tab.page.get_by_label("Events to", exact=True)).to_have_value("")


def test_a_day_spoken_of_that_is_none_is_told_and_can_be_cleared(tab: Tab) -> None:
    tab.ask(QUESTION)
    speak_of_days(tab, "2024-02-31")
    told = tab.page.get_by_role("alert")
    expect(told).to_have_text(
        "“Events from” is not a day of the calendar: please check the month and the day."
    )
    expect(tab.cards).to_have_count(4)
    tab.page.get_by_role("button", name="Clear filters").click()
    expect(told).to_have_count(0)
    further(tab).click()
    speak_of_days(tab, "2024-03-05", "2024-03-01")
    expect(told).to_contain_text("The date in “Events from”, 2024-03-05, is after the one")
    tab.box.fill("Who?")
    tab.box.press("Enter")
    expect(tab.turns).to_have_text([QUESTION])
    expect(tab.box).to_have_value("Who?")


def test_days_spoken_of_stand_in_links_and_outlive_a_reload(tab: Tab) -> None:
    tab.open(f"?q={quote(QUESTION)}&event_since=2024-03-01&event_until=2024-03-31")
    expect(tab.cards).to_have_count(1)
    expect(further(tab)).to_have_text("More filters (2)")
    assert tab.page.evaluate("location.search") == ""
    link = tab.page.get_by_role("link", name="Copy link").get_attribute("href") or ""
    assert link.endswith("&event_since=2024-03-01&event_until=2024-03-31")
    tab.page.reload()
    expect(tab.cards).to_have_count(1)
    expect(chips(tab)).to_have_count(2)
    expect(tab.page.get_by_label("Events to", exact=True)).to_have_value("2024-03-31")
    tab.page.get_by_role("button", name="Clear filters").click()
    expect(tab.cards).to_have_count(4)
    tab.open("?q=x&event_until=2024-02-31")
    expect(tab.page.get_by_role("alert")).to_contain_text("“Events to” is not a day of the calendar")


def test_on_a_telephone_the_question_stays_and_every_filter_can_be_read(tab: Tab) -> None:
    tab.page.set_viewport_size({"width": 390, "height": 844})
    tab.ask(QUESTION)
    expect(tab.box).to_be_in_viewport(ratio=1)
    expect(tab.page.get_by_label("Published from", exact=True)).not_to_be_in_viewport()
    further(tab).click()
    tab.page.mouse.wheel(0, 20_000)
    for label in ("Published from", "Published to", "Events from", "Events to"):
        field = tab.page.get_by_label(label, exact=True)
        expect(field).to_be_in_viewport(ratio=1)
        field.fill("2024-03-31")
        assert field.evaluate("field => field.scrollWidth <= field.clientWidth")
        assert tab.page.get_by_text(label, exact=True).evaluate("label => label.getClientRects().length") == 1
    expect(tab.page.get_by_role("combobox", name="Undated articles")).to_be_in_viewport(ratio=1)
    expect(tab.box).to_be_in_viewport(ratio=1)
    assert tab.page.evaluate("document.documentElement.scrollWidth") <= 390
