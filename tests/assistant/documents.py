"""Readers of exported conversations, as other programs would read them."""

from __future__ import annotations

from markdown_it.token import Token

from assistant.render.phrases import NEAREST, NO_ANSWER
from tests.assistant.payloads import Seen, seen
from tests.assistant.render.citations.parsers import rendered, shown

BLOCKS = {
    *("heading_open", "heading_close", "paragraph_open", "paragraph_close", "inline", "blockquote_open"),
    *("blockquote_close", "bullet_list_open", "bullet_list_close", "list_item_open", "list_item_close"),
}


def texts_of(markdown: str) -> list[str]:
    """Give the text of each block of a document; a block or mark that is not ours fails."""
    tokens = rendered(markdown)
    assert {token.type for token in tokens} <= BLOCKS
    return [words_of(token) for token in tokens if token.type == "inline"]


def words_of(inline: Token) -> str:
    """Give the text of a block; our own stressed words are the only emphasis."""
    children = inline.children or []
    if [child.type for child in children][1:2] == ["strong_open"]:
        assert children[2].content in {f"{NO_ANSWER}.", f"{NEAREST}:"}
        inline.children = [child for child in children if not child.type.startswith("strong")]
    return shown(inline)


def read_page(page: str) -> Seen:
    """Parse a page, its style left out: no parser of HTML reads it as text."""
    head, _, rest = page.removeprefix("<!doctype html>").partition("<style>")
    return seen(head + rest.partition("</style>")[2])
