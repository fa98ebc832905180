"""On a page in use there is each element of Gradio's that our styles and scripts name."""

from __future__ import annotations

import pytest

from assistant.web.gradio import contract
from tests.browser.conftest import Tab

pytestmark = pytest.mark.browser


def test_the_page_has_all_that_the_styles_name(tab: Tab) -> None:
    tab.ask("How many dockers are on strike?")
    tab.page.get_by_label("Sources").click()
    tab.page.get_by_role("option", name="Harbour Courier").click()
    tab.page.locator("#or-active-bar .or-drop").first.wait_for()
    missing = [name for name in contract.SELECTORS if not tab.page.locator(name).count()]
    assert missing == []


def test_the_scripts_find_the_page_and_the_question(tab: Tab) -> None:
    assert tab.page.evaluate("window.onRecordPage().matches('gradio-app')")
    tab.box.fill("Why?")
    assert tab.page.evaluate("window.onRecordBox().value") == "Why?"
