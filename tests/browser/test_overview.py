"""Figures lead to their quotes, sources stand side by side, and what was read can be left out."""

from __future__ import annotations

from urllib.parse import quote

import pytest
from playwright.sync_api import expect

from tests.assistant.telling_desk import COMPARING, COMPLETED, COUNTED, LEANING
from tests.browser.conftest import Tab

QUESTION = "How many dockers are on strike?"

pytestmark = pytest.mark.browser


def test_a_figure_leads_to_its_quote_also_to_one_left_out_at_first(tab: Tab) -> None:
    tab.ask(COUNTED)
    table = tab.page.get_by_role("table", name="Figures in these quotes")
    expect(table.get_by_role("row")).to_have_count(5)
    expect(tab.quotes).to_have_count(3)
    table.get_by_role("button", name="quote 2").click()
    expect(tab.quotes.nth(1).locator(".or-open")).to_be_focused()
    expect(tab.quotes).to_have_count(3)
    table.get_by_role("button", name="quote 4").click()
    expect(tab.quotes).to_have_count(4)
    expect(tab.quotes.last.locator(".or-open")).to_be_focused()
    tab.page.set_viewport_size({"width": 390, "height": 844})
    expect(table.get_by_role("row")).to_have_count(5)
    assert tab.page.evaluate("document.documentElement.scrollWidth") <= 390


def test_the_day_a_quote_speaks_of_groups_nothing(tab: Tab) -> None:
    tab.ask_for_all(COUNTED)
    tab.page.get_by_role("button", name="Date", exact=True).click()
    days = ["14 March 2024", "13 March 2024", "12 March 2024", "undated"]
    expect(tab.page.locator(".or-group")).to_have_text(days)


def test_sources_stand_side_by_side_and_on_a_telephone_one_below_the_other(tab: Tab) -> None:
    tab.ask(COMPARING)
    columns = tab.page.locator(".or-column")
    expect(columns).to_have_count(3)
    expect(columns.last).to_contain_text("Nothing found in Wire Nine")
    assert len({box["y"] for column in columns.all() if (box := column.bounding_box())}) == 1
    tab.page.set_viewport_size({"width": 690, "height": 844})
    assert len({box["x"] for column in columns.all() if (box := column.bounding_box())}) == 1


def test_a_question_takes_over_from_the_last_one_until_asked_without(tab: Tab) -> None:
    tab.ask(QUESTION)
    tab.ask(LEANING)
    expect(tab.page.locator(".or-reading-as")).to_contain_text(COMPLETED)
    tab.page.reload()
    expect(tab.page.locator(".or-reading-as")).to_contain_text(COMPLETED)
    tab.page.get_by_role("button", name="Search exactly what I typed").click()
    # the answer, not the wait for it
    expect(tab.page.locator(".or-answer").last).to_contain_text("Nothing clearly answers this")
    expect(tab.page.locator(".or-reading-as")).to_have_count(0)
    expect(tab.turns).to_have_text([QUESTION, LEANING])


def test_a_link_carries_the_question_before(tab: Tab) -> None:
    tab.open(f"?q={quote(LEANING)}&after={quote(QUESTION)}&__theme=light")
    expect(tab.page.locator(".or-reading-as")).to_contain_text("Taken over from the question before")
    assert tab.page.evaluate("location.search") == "?__theme=light"
    address = tab.page.locator(".or-link").evaluate("link => link.search")
    assert "after=How+many+dockers" in address
