"""Readers of the formats citations are written in, as other programs would read them."""

from __future__ import annotations

import re
from html.parser import HTMLParser

from markdown_it import MarkdownIt
from markdown_it.token import Token

_TEX = {
    "textbackslash": "\\", "textbraceleft": "{", "textbraceright": "}", "textasciitilde": "~",
    "textasciicircum": "^", "textless": "<", "textgreater": ">", "textbar": "|", "textasciigrave": "`",
}  # fmt: skip
_COMMAND = re.compile(r"\\([a-z]+)\{\}|\\([#$%&_])|\{\}")


def read_ris(text: str) -> list[list[tuple[str, str]]]:
    """Read records of tagged lines, whatever `splitlines` takes for a line."""
    records: list[list[tuple[str, str]]] = []
    for line in text.splitlines():
        if not line:
            continue
        tag, dash, value = line[:2], line[2:6], line[6:]
        assert dash == "  - "
        assert re.fullmatch("[A-Z][A-Z0-9]", tag)
        if tag == "TY":
            records.append([])
        records[-1].append((tag, value))
    return records


def read_bibtex(text: str) -> list[tuple[str, str, dict[str, str]]]:
    """Read entries by counting braces, as BibTeX does: type, key and raw values."""
    found, at = [], 0
    while (opening := re.compile(r"\s*@([a-z]+)\{([A-Za-z0-9-]+),").match(text, at)) is not None:
        fields, at = {}, opening.end()
        while (name := re.compile(r"\s*([a-z]+) = ").match(text, at)) is not None:
            value, at = _value(text, name.end())
            assert name[1] not in fields
            fields[name[1]] = value
            at += text[at] == ","
        closing = re.compile(r"\s*\}\n").match(text, at)
        assert closing is not None
        at = closing.end()
        found.append((opening[1], opening[2], fields))
    assert at == len(text)
    return found


def unescape(value: str) -> str:
    """Give the characters that TeX prints for an escaped text."""
    assert not re.search(r"--|''|,,|[`~^<>|]", value)
    return _COMMAND.sub(lambda m: _TEX[m[1]] if m[1] else m[2] or "", value)


def rendered(markdown: str) -> list[Token]:
    """Parse CommonMark into the blocks it is made of."""
    return MarkdownIt("commonmark").parse(markdown)


def shown(inline: Token) -> str:
    """Give the text a reader sees of one block; anything but text and addresses in it fails."""
    text = ""
    for child in inline.children or ():
        assert child.type in {"text", "hardbreak", "link_open", "link_close"}, child
        assert child.type != "link_open" or child.info == "auto"
        text += "\n" if child.type == "hardbreak" else child.content
    return text


class HtmlText(HTMLParser):
    """The text of rendered HTML and the elements in it."""

    def __init__(self) -> None:
        super().__init__()
        self.text, self.tags = "", set[str]()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)

    def handle_data(self, data: str) -> None:
        self.text += data


def _value(text: str, at: int) -> tuple[str, int]:
    if text[at] != "{":
        word = re.compile("[a-z]+").match(text, at)
        assert word is not None
        return word[0], word.end()
    depth = 0
    for place in range(at, len(text)):
        depth += (text[place] == "{") - (text[place] == "}")
        if not depth:
            return text[at + 1 : place], place + 1
    raise AssertionError("a brace is not closed")
