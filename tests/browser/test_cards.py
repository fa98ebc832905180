"""Quote cards: more of them, in groups, with what stands around the quote."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.assistant.desk import TWICE
from tests.assistant.telling_desk import COUNTED, REPRINTED
from tests.browser.conftest import Tab

QUESTION = "How many dockers are on strike?"

pytestmark = pytest.mark.browser


def test_three_quotes_are_shown_and_more_asks_the_server_nothing(tab: Tab) -> None:
    tab.ask(QUESTION)
    expect(tab.quotes).to_have_count(3)
    requests: list[str] = []
    tab.page.on("request", lambda request: requests.append(request.url))
    tab.page.get_by_role("button", name="Show 1 more quote").click()
    expect(tab.quotes).to_have_count(4)
    expect(tab.quotes.last.get_by_role("link")).to_be_focused()
    assert requests == []


def test_quotes_are_grouped_by_source_or_date_without_asking_again(tab: Tab) -> None:
    tab.ask_for_all(QUESTION)
    groups = tab.page.locator(".or-group")
    requests: list[str] = []
    tab.page.on("request", lambda request: requests.append(request.url))
    tab.page.get_by_role("button", name="Source", exact=True).click()
    expect(groups).to_have_text(["صحيفة الميناء", "Harbour Courier", "The Inland Post"])
    tab.page.get_by_role("button", name="Date", exact=True).click()
    expect(groups).to_have_text(["14 March 2024", "13 March 2024", "12 March 2024", "undated"])
    expect(tab.page.get_by_role("button", name="Date", exact=True)).to_have_attribute("aria-pressed", "true")
    tab.page.get_by_role("button", name="Relevance").click()
    expect(groups).to_have_count(0)
    expect(tab.quotes.locator(".or-number")).to_have_text(["1", "2", "3", "4"])
    assert requests == []


def test_groups_hold_only_the_quotes_that_are_shown(tab: Tab) -> None:
    tab.ask(QUESTION)
    tab.page.get_by_role("button", name="Source", exact=True).click()
    expect(tab.page.locator(".or-group")).to_have_text(["صحيفة الميناء", "Harbour Courier"])
    tab.page.locator(".or-more").click()
    expect(tab.page.locator(".or-group").last).to_have_text("The Inland Post")


def test_selecting_a_card_takes_the_quote_and_not_its_neighbours(tab: Tab) -> None:
    tab.ask_for_all(QUESTION)
    card = tab.cards.filter(has_text="Inland Post")
    expect(card.locator(".or-beside")).to_have_count(2)
    card.evaluate("card => getSelection().selectAllChildren(card)")
    selected = tab.page.evaluate("getSelection().toString()")
    assert "Fewer than 900 dockers" in selected
    assert "tide number" not in selected
    assert "two of the five" not in selected


def test_every_quote_of_the_answer_is_marked_in_the_article_and_walked(tab: Tab) -> None:
    tab.ask(TWICE)
    tab.cards.last.locator(".or-open").click()
    hit, also = tab.reader.locator("mark.or-hit"), tab.reader.locator("mark.or-also")
    expect(hit).to_contain_text("two of the five terminals")
    expect(also).to_contain_text("Fewer than 900 dockers")
    walk = tab.reader.get_by_role("group", name="Quotes in this article")
    expect(walk).to_contain_text("Quote 2 of 2")
    walk.get_by_role("button", name="Previous quote").click()
    expect(walk).to_contain_text("Quote 1 of 2")
    expect(also).to_be_in_viewport()
    expect(also).to_have_class("or-also or-here")
    walk.get_by_role("button", name="Next quote").click()
    expect(walk).to_contain_text("Quote 2 of 2")


def test_an_article_with_one_quote_has_nothing_to_walk(tab: Tab) -> None:
    tab.ask("How often will the Meridale ferry run?")
    tab.cards.filter(has_text="hourly").locator(".or-open").click()
    expect(tab.reader.locator("mark.or-hit")).to_be_visible()
    expect(tab.reader.get_by_role("group", name="Quotes in this article")).to_be_hidden()


def test_what_a_copy_prints_is_opened_there_by_keyboard_and_closed_again(tab: Tab) -> None:
    tab.ask(COUNTED)
    card = tab.cards.first
    varied = card.get_by_role("list", name="Other words in copies")
    expect(varied).to_contain_text(f"“{REPRINTED}” instead of “قال”")
    link = varied.get_by_role("link", name="The Inland Post, 13 March 2024")
    link.focus()
    tab.page.keyboard.press("Enter")
    expect(tab.reader.locator("mark.or-hit")).to_have_text(REPRINTED)
    expect(tab.reader.locator(".or-headline")).to_have_text("Employers dispute scale of Meridale dock strike")
    expect(card).to_have_class("or-card or-chosen")
    tab.page.keyboard.press("Escape")
    expect(link).to_be_focused()
