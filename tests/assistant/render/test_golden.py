"""What each renderer makes of the same answers is what its golden file holds; see `golden_files` for how to update."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime

import pytest

from assistant.render.citations.cite import FORMATS as CITATIONS
from assistant.render.citations.cite import SUFFIXES, cite
from assistant.render.citations.reference import Reference
from assistant.render.exports.export import Conversation, export
from assistant.web.page import cards
from tests.assistant.render.golden_answers import FLOOD, answered, compared, quotes, silent
from tests.assistant.render.golden_files import FOLDER, assert_golden
from tests.assistant.terminal_page import page

TALK = Conversation(
    title="Floods <of> the Sella",
    exported=datetime(2031, 4, 1, 9, 30, tzinfo=UTC),
    turns=(answered(), compared(), silent()),
)
REFERENCES = [
    Reference(quote, author=FLOOD.author if quote.article_id == FLOOD.id else None, accessed=date(2031, 4, 1))
    for quote in quotes()
]


def lined(markup: str) -> str:
    """Markup with an element a line, and without the style sheet, which is a file of its own."""
    bare = re.sub(r"<style>.*?</style>", "<style></style>", markup, flags=re.DOTALL)
    return bare.replace("><", ">\n<") + "\n"


@pytest.mark.parametrize(("name", "terminal"), [("terminal.txt", True), ("pipe.txt", False)])
def test_terminal(name: str, terminal: bool) -> None:
    assert_golden(name, "\n".join(page(turn, terminal=terminal, width=100) for turn in TALK.turns))


def test_cards() -> None:
    assert_golden("cards.html", "\n".join(lined(cards.answer(turn)) for turn in TALK.turns))


def test_markdown_export() -> None:
    assert_golden("export.md", export(TALK, "markdown", differing=()))


def test_html_export() -> None:
    assert_golden("export.html", lined(export(TALK, "html", differing=())))


@pytest.mark.parametrize("wanted", CITATIONS)
def test_citation(wanted: str) -> None:
    assert_golden(f"citation-{wanted}{SUFFIXES[wanted]}", cite(REFERENCES, wanted))


def test_every_golden_file_has_a_test() -> None:
    named = {f"citation-{wanted}{SUFFIXES[wanted]}" for wanted in CITATIONS}
    named |= {"terminal.txt", "pipe.txt", "cards.html", "export.md", "export.html"}
    assert {path.name for path in FOLDER.iterdir()} == named
