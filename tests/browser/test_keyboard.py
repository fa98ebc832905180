"""Everything can be done by keyboard, and is said to those who hear the page."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Tab

QUESTION = "How many dockers are on strike?"

pytestmark = pytest.mark.browser


def test_from_the_open_page_to_an_article_and_back_without_a_mouse(tab: Tab) -> None:
    expect(tab.box).to_be_focused()
    keys = tab.page.keyboard
    keys.type(QUESTION)
    keys.press("Enter")
    expect(tab.quotes).to_have_count(3)
    expect(tab.box).to_have_value("")
    links = tab.page.locator(".or-card .or-open")
    keys.press("ArrowDown")
    expect(links.nth(0)).to_be_focused()
    keys.press("j")
    expect(links.nth(1)).to_be_focused()
    keys.press("ArrowDown")
    keys.press("k")
    expect(links.nth(1)).to_be_focused()
    keys.press("Enter")
    expect(tab.reader.locator("mark")).to_be_in_viewport()
    keys.press("Escape")
    expect(tab.reader).to_be_hidden()
    expect(links.nth(1)).to_be_focused()
    keys.press("/")
    expect(tab.box).to_be_focused()
    keys.type("a/j")
    expect(tab.box).to_have_value("a/j")


# What has the focus: its name, whether the focus changes how it or the box around it is drawn, and whether
# a point in its middle is its own, or else the bar above or the desk below lies on it.
FOCUS = """() => {
  const at = document.activeElement;
  const boxes = [at, at.closest("#or-question, #or-filters .wrap, .or-card"), at.closest("#or-reader")];
  const look = () => boxes.filter(Boolean).map((box) => {
    const { outline, boxShadow, borderColor } = getComputedStyle(box);
    return outline + boxShadow + borderColor;
  }).join();
  const name = at.placeholder || at.getAttribute("aria-label") || at.textContent;
  const { left, top, width, height } = at.getBoundingClientRect();
  const middle = document.elementFromPoint(left + width / 2, top + height / 2);
  const focused = look();
  at.blur();
  const isSeen = look() !== focused;
  at.focus({ preventScroll: true });
  return [name, isSeen, at.contains(middle)];
}"""


def test_the_focus_is_seen_on_every_way_into_the_answer_and_the_article(tab: Tab) -> None:
    keys = tab.page.keyboard
    assert tab.page.evaluate(FOCUS) == ["Ask what was reported…", True, True]
    keys.type(QUESTION)
    keys.press("Enter")
    expect(tab.quotes).to_have_count(3)
    met: list[list[str | bool]] = []
    while not met or met[-1][0] != "Edit":
        keys.press("Shift+Tab")
        met.append(tab.page.evaluate(FOCUS))
        assert len(met) < 20
    cards = [
        f"{does}: Quote {n}" for n in (3, 2, 1) for does in ("Copy with citation", "Read in the article")
    ]
    names = ["Show 1 more quote", *cards, "Date", "Source", "Relevance", "Copy link", "Edit"]
    assert met == [[name, True, True] for name in names]
    for _ in range(5):
        keys.press("Tab")
    link = tab.page.locator(".or-open").first
    expect(link).to_be_focused()
    keys.press("Enter")
    expect(tab.reader.locator("mark.or-hit")).to_be_in_viewport()
    expect(tab.reader.get_by_role("article")).to_be_focused()
    assert tab.page.evaluate(FOCUS)[1]
    keys.press("Shift+Tab")
    assert tab.page.evaluate(FOCUS) == ["Text of the article", True, True]
    keys.press("Shift+Tab")
    assert tab.page.evaluate(FOCUS) == ["Close Esc", True, True]
    keys.press("Enter")
    expect(tab.reader).to_be_hidden()
    expect(link).to_be_focused()
    assert tab.page.evaluate(FOCUS) == ["Read in the article: Quote 1", True, True]


def test_what_came_is_announced(tab: Tab) -> None:
    announcer = tab.page.locator(".or-announcer")
    tab.ask(QUESTION)
    expect(announcer).to_have_text("4 quotes from 6 articles searched")
    tab.ask("Who won the ferry trophy?")
    expect(announcer).to_have_text("Nothing clearly answers this")
    expect(announcer).to_have_attribute("role", "status")


def test_every_control_has_a_name(tab: Tab) -> None:
    tab.page.get_by_label("Published to", exact=True).fill("2024-03-14")
    tab.ask(QUESTION)
    nameless = tab.page.evaluate(
        "() => [...document.querySelectorAll('#or-chat button, #or-chat a, #or-desk button, #or-reader button')]"
        ".filter(e => e.checkVisibility() && !(e.getAttribute('aria-label') || e.textContent.trim())).length"
    )
    assert nameless == 0


@pytest.mark.parametrize("ask", ["scheme", "address"])
def test_dark_paper_is_dark_and_its_ink_can_be_read(tab: Tab, ask: str) -> None:
    if ask == "scheme":
        tab.page.emulate_media(color_scheme="dark")
        tab.page.reload()
    else:
        tab.open("?__theme=dark")
    tab.ask(QUESTION)
    colours = tab.cards.first.evaluate(
        "card => [getComputedStyle(card).backgroundColor,"
        " getComputedStyle(card.querySelector('.or-quote')).color]"
    )
    assert colours == ["rgb(32, 31, 28)", "rgb(236, 232, 223)"]


def test_the_page_does_not_jump_when_a_narrower_answer_comes(tab: Tab) -> None:
    tab.ask(QUESTION)
    before = tab.page.locator("#or-desk").bounding_box()
    tab.page.get_by_label("Published to", exact=True).fill("2024-03-13")
    tab.page.get_by_label("Published to", exact=True).press("Enter")
    expect(tab.cards).to_have_count(2)
    after = tab.page.locator("#or-question").bounding_box()
    assert before is not None
    assert after is not None
    assert after["x"] >= before["x"]
    assert tab.page.evaluate("document.documentElement.scrollWidth") <= 1280


def test_settings_of_the_system_are_kept_to(tab: Tab) -> None:
    tab.ask(QUESTION)
    card = tab.cards.first
    tab.page.emulate_media(reduced_motion="reduce")
    expect(card).to_have_css("transition-property", "none")
    tab.page.emulate_media(reduced_motion="no-preference", forced_colors="active")
    chosen = tab.page.get_by_role("button", name="Relevance")
    expect(chosen).to_have_css("outline-style", "solid")
    expect(tab.page.get_by_role("button", name="Date", exact=True)).to_have_css("outline-style", "none")
    tab.page.emulate_media(forced_colors="none", media="print", color_scheme="dark")
    for left_out in ("#or-bar", "#or-desk", ".or-actions >> nth=0", ".or-orders"):
        expect(tab.page.locator(left_out)).to_be_hidden()
    expect(card.locator("blockquote")).to_have_css("color", "rgb(0, 0, 0)")
