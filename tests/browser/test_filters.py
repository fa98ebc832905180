"""Filters narrow the last answer at once, are named, and come off one by one."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Tab

QUESTION = "How many dockers are on strike?"

pytestmark = pytest.mark.browser


def choose(tab: Tab, source: str) -> None:
    tab.page.get_by_label("Sources").click()
    tab.page.get_by_role("option", name=source).click()
    tab.page.keyboard.press("Escape")


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
    tab.page.get_by_label("From").fill("2024-03-12")
    tab.page.get_by_label("From").press("Enter")
    expect(tab.cards).to_have_count(1)
    chips = tab.page.get_by_role("group", name="Filters in force")
    expect(chips.get_by_role("button")).to_have_text(["from 12 March 2024", "Harbour Courier"])
    chips.get_by_role("button", name="Remove filter: source Harbour Courier").click()
    expect(tab.cards).to_have_count(3)
    chips.get_by_role("button", name="Remove filter: from 12 March 2024").click()
    expect(tab.cards).to_have_count(4)
    expect(chips).to_have_count(0)
    expect(tab.page.get_by_label("From")).to_have_value("")
    expect(tab.turns).to_have_count(1)


def test_undated_articles_are_let_in_or_left_out_and_the_link_says_so(tab: Tab) -> None:
    tab.page.get_by_label("From").fill("2024-03-14")
    tab.ask(QUESTION)
    expect(tab.cards).to_have_count(1)
    expect(tab.page.locator(".or-active-note")).to_have_text("undated articles left out")
    undated = tab.page.get_by_role("combobox", name="Undated articles")
    undated.click()
    tab.page.get_by_role("option", name="Always in").click()
    expect(tab.cards).to_have_count(2)
    line = "Only: from 14 March 2024 · undated articles too"
    expect(tab.page.locator("#or-chat .or-filters")).to_have_text(line)
    link = tab.page.get_by_role("link", name="Copy link").get_attribute("href") or ""
    assert link.endswith("&since=2024-03-14&undated=in")
    tab.page.get_by_role("button", name="New conversation").click()
    expect(tab.turns).to_have_count(0)
    tab.page.goto(tab.url + link)
    expect(tab.cards).to_have_count(2)
    expect(undated).to_have_value("Always in")
    tab.page.get_by_role("button", name="Remove filter: undated articles too").click()
    expect(tab.cards).to_have_count(1)
    expect(undated).to_have_value("In without dates")


def test_leaving_a_date_asks_again_and_leaving_it_unchanged_does_not(tab: Tab) -> None:
    tab.ask("How often will the ferry run?")
    tab.ask(QUESTION)
    tab.page.get_by_label("To", exact=True).fill("2024-03-12")
    tab.box.focus()
    expect(tab.page.locator(".or-answer").last.locator(".or-card")).to_have_count(1)
    expect(tab.turns).to_have_count(2)
    tab.page.get_by_role("button", name="Clear filters").click()
    expect(tab.page.locator(".or-answer").last.locator(".or-card")).to_have_count(4)


def test_a_day_that_is_none_leaves_the_answer_and_says_so(tab: Tab) -> None:
    tab.ask(QUESTION)
    tab.page.get_by_label("From").fill("2024-02-31")
    tab.page.get_by_label("From").press("Enter")
    expect(tab.page.get_by_role("alert")).to_contain_text("There is no such day in “From”")
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
