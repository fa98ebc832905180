"""A tab's events are sent one after another, whatever becomes of each, and none is lost."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from assistant.web.gradio import contract
from tests.assistant.desk import EXAMPLES
from tests.assistant.telling_desk import COUNTED
from tests.browser.conftest import Tab

GATE = (Path(contract.__file__).parent / "static" / "gate.js").read_text("utf-8")
# A network that answers when it is told to: each request waits in `net.open` under its name.
NETWORK = """() => {
  window.net = { sent: [], open: {}, got: [] };
  window.fetch = (input) => new Promise((resolve, reject) => {
    const name = new URL(input instanceof Request ? input.url : input).searchParams.get("name");
    net.sent.push(name);
    net.open[name] = { resolve, reject };
  });
  net.send = (path, name, init) => {
    const url = `http://desk.test/gradio_api/${path}?name=${name}`;
    window.fetch(init ? new Request(url, init) : url).then((r) => net.got.push(r.status), () => net.got.push("lost"));
  };
  net.listen = (name) => {
    const stop = (net.open[`${name} ends`] = new AbortController());
    net.send("queue/data", name, { signal: stop.signal });
  };
}"""

pytestmark = pytest.mark.browser


class Gate:
    """The gate on an empty page, before a network that a test is in charge of."""

    def __init__(self, page: Page) -> None:
        self.page = page
        page.clock.install()
        page.evaluate(NETWORK)
        page.evaluate(GATE)

    def join(self, *names: str) -> None:
        for name in names:
            self.page.evaluate("name => { net.send('queue/join', name); }", name)

    def answer(self, name: str, status: int = 200) -> None:
        reply = "([name, status]) => { net.open[name].resolve(new Response('', { status })); }"
        self.page.evaluate(reply, [name, status])

    def stream(self, name: str) -> None:
        self.page.evaluate("name => { net.listen(name); }", name)

    def end(self, name: str) -> None:
        self.page.evaluate("name => { net.open[`${name} ends`].abort(); }", name)

    @property
    def sent(self) -> list[str]:
        found: list[str] = self.page.evaluate("net.sent")
        return found


@pytest.fixture
def gate(chromium: BrowserContext) -> Iterator[Gate]:
    page = chromium.new_page()
    yield Gate(page)
    page.close()


def test_two_fast_clicks_are_answered_in_their_order(tab: Tab) -> None:
    chips = [tab.page.get_by_role("button", name=name).element_handle() for name in EXAMPLES[:2]]
    tab.page.evaluate("chips => chips.forEach((chip) => chip.click())", chips)
    expect(tab.turns).to_have_text(list(EXAMPLES[:2]))
    expect(tab.page.locator("#or-chat .or-answer")).to_have_count(2)
    expect(tab.page.locator("#or-chat .or-busy")).to_have_count(0)
    tab.ask(EXAMPLES[0])  # and the next one is heard
    expect(tab.turns).to_have_count(3)


def test_the_next_event_waits_until_the_stream_of_the_last_has_ended(gate: Gate) -> None:
    gate.join("one", "two", "three")
    assert gate.sent == ["one"]
    gate.answer("one")
    assert gate.sent == ["one"]
    gate.stream("answers")
    gate.answer("answers")
    gate.page.clock.run_for(60_000)  # however long the answer takes
    assert gate.sent == ["one", "answers"]
    gate.end("answers")
    assert gate.sent == ["one", "answers", "two"]
    gate.answer("two")
    gate.stream("more")
    gate.end("more")  # before the stream was answered at all
    assert gate.sent == ["one", "answers", "two", "more", "three"]


@pytest.mark.parametrize("status", [503, 422, 500])
def test_an_event_that_is_refused_holds_up_no_other(gate: Gate, status: int) -> None:
    gate.join("one", "two", "three")
    gate.answer("one", status)
    assert gate.sent == ["one", "two"]
    gate.page.evaluate("net.open.two.reject(new TypeError('no network'))")
    assert gate.sent == ["one", "two", "three"]
    assert gate.page.evaluate("net.got") == [status, "lost"]


@pytest.mark.parametrize("status", [404, 503])
def test_a_stream_that_is_refused_holds_up_no_event(gate: Gate, status: int) -> None:
    gate.join("one", "two")
    gate.answer("one")
    gate.stream("answers")
    gate.answer("answers", status)
    assert gate.sent == ["one", "answers", "two"]


def test_an_event_without_a_stream_holds_up_the_next_for_seconds_only(gate: Gate) -> None:
    gate.join("one", "two")
    gate.answer("one")
    gate.page.clock.run_for(1_000)
    assert gate.sent == ["one"]
    gate.page.clock.run_for(60_000)
    assert gate.sent == ["one", "two"]


def test_what_is_no_event_waits_for_nothing(gate: Gate) -> None:
    gate.join("one")
    gate.page.evaluate("net.send('cancel', 'other')")
    gate.page.evaluate("net.send('heartbeat/x', 'alive', { method: 'GET' })")
    assert gate.sent == ["one", "other", "alive"]


# Every other timer that hands something on is late, as in a browser that has much to do.
_LATE = """
    const plain = window.setTimeout;
    let timers = 0;
    window.setTimeout = (does, ms, ...given) =>
        plain(does, given.length && !ms ? (timers++ % 2 ? 0 : 120) : ms, ...given);
"""


def test_answers_come_in_order_where_timers_do_not(tab: Tab) -> None:
    tab.page.add_init_script(_LATE)
    tab.page.reload()
    tab.ask(EXAMPLES[0])
    tab.ask(COUNTED)
    expect(tab.page.locator("#or-chat .or-busy")).to_have_count(0)
