"""Quotes are copied in the format chosen, and the conversation is saved as a file."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from pathlib import Path

import pytest
from playwright.sync_api import expect

from assistant.render.citations.cite import FORMATS, cite
from assistant.render.citations.reference import Reference
from assistant.render.exports.export import Conversation, export, read_conversation
from tests.assistant.desk import HOSTILE, SmallDesk
from tests.browser.conftest import Tab

QUESTION = "How many dockers are on strike?"
PAYLOAD = "What does the payload article say?"
REFUSE = "void (navigator.clipboard.write = () => Promise.reject(new DOMException('no', 'NotAllowedError')))"

pytestmark = pytest.mark.browser


def copied(tab: Tab, at: int = 0) -> str:
    """Press a card's button and read the clipboard when the page says that it is done."""
    button = tab.cards.nth(at).locator(".or-copy")
    expect(button).to_have_text("Copy")
    button.click()
    expect(button).to_have_text("Copied")
    found = tab.page.evaluate("navigator.clipboard.readText()")
    assert isinstance(found, str)
    return found


def saved(tab: Tab, name: str, folder: Path) -> Path:
    with tab.page.expect_download() as got:
        tab.page.get_by_role("button", name=f"Save the conversation as {name}").click()
    path = folder / got.value.suggested_filename
    got.value.save_as(path)
    return path


def test_a_hostile_quote_is_copied_in_every_format_as_it_is_cited(tab: Tab, desk: SmallDesk) -> None:
    tab.ask(PAYLOAD)
    (quote, *_) = desk.ask(PAYLOAD).quotes
    reference = Reference(quote, author=desk.article(quote.article_id).author)
    for wanted in FORMATS:
        tab.page.get_by_label("Copy as").select_option(wanted)
        expected = cite([reference], wanted)
        assert copied(tab) == (expected.removesuffix("\n") if wanted == "text" else expected)
    expect(tab.page.locator(".or-announcer")).to_have_text("Copied with its citation: Web Annotation")
    expect(tab.reader).to_be_hidden()


def test_the_format_is_chosen_once(tab: Tab) -> None:
    tab.ask(QUESTION)
    tab.page.get_by_label("Copy as").select_option("BibTeX")
    assert copied(tab, 1).startswith("@article{onrecord-2024-")
    tab.page.reload()
    expect(tab.page.get_by_label("Copy as")).to_have_value("bibtex")
    assert copied(tab, 2).startswith("@article{onrecord-")


def test_a_refused_clipboard_leaves_the_text_selected(tab: Tab) -> None:
    tab.ask(PAYLOAD)
    tab.page.evaluate(REFUSE)
    tab.page.get_by_label("Copy as").select_option("markdown")
    button = tab.cards.first.locator(".or-copy")
    button.click()
    field = tab.page.get_by_label("Quote with its citation")
    expect(field).to_be_focused()
    expect(tab.cards.first).to_contain_text("The text is selected")
    selected = field.evaluate("field => field.value.slice(field.selectionStart, field.selectionEnd)")
    assert selected == field.input_value()
    assert "Evil & Sons".replace("&", "\\&") in selected
    field.press("Escape")
    expect(field).to_have_count(0)
    expect(button).to_be_focused()


def test_the_conversation_is_saved_as_it_is_shown(tab: Tab, desk: SmallDesk, tmp_path: Path) -> None:
    tab.ask(PAYLOAD)
    tab.ask("Who won the ferry trophy?")
    path = saved(tab, "JSON", tmp_path)
    assert re.fullmatch(r"on-record-\d{4}-\d\d-\d\d-\d{6}\.json", path.name)
    talk = read_conversation(path.read_bytes())
    assert talk.turns == (desk.ask(PAYLOAD), desk.ask("Who won the ferry trophy?"))
    assert talk.exported is not None
    assert abs(datetime.now(UTC) - talk.exported).total_seconds() < 300
    for name, wanted in (("Markdown", "markdown"), ("Page to print", "html")):
        path = saved(tab, name, tmp_path)
        written = path.read_bytes().decode()
        at = Conversation(title="On Record", exported=talk.exported, turns=talk.turns)
        assert without_time(written) == without_time(export(at, wanted, ()))
    expect(tab.page.locator(".or-told")).to_have_text(f"Saved as {path.name}")


def without_time(document: str) -> str:
    return re.sub(r"\d\d:\d\d UTC", "", document)


def test_the_saved_page_is_inert_where_it_lies(tab: Tab, tmp_path: Path) -> None:
    tab.ask(PAYLOAD)
    path = saved(tab, "Page to print", tmp_path)
    page = tab.page.context.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(path.as_uri())
    assert page.locator(".or-quote").first.evaluate("quote => quote.textContent") == HOSTILE
    assert page.locator("img, svg, script, iframe, form, input").count() == 0
    assert page.evaluate("window.PWNED ?? null") is None
    assert asked == [path.as_uri()]
    page.close()


def test_a_question_of_an_earlier_visit_is_listed_as_not_answered(tab: Tab, tmp_path: Path) -> None:
    tab.ask(QUESTION)
    tab.ask(PAYLOAD)
    tab.page.reload()
    expect(tab.cards).to_have_count(1)
    talk = read_conversation(saved(tab, "JSON", tmp_path).read_bytes())
    assert [turn.question for turn in talk.turns] == [PAYLOAD]
    assert [asked.question for asked in talk.unanswered] == [QUESTION]
