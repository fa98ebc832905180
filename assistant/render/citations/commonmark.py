r"""Text as CommonMark that shows exactly this text, and nothing of it as markup (CommonMark 0.31).

Escaped with a backslash wherever they stand: \ ` * _ [ ] { } < > & ~ | $ # @ ^ = and a colon with something
on its heels, but for that of a time of day; where a line begins, - + and the dot or bracket after a number;
and the dot of `www.`. Some of these are markup only in dialects: tables, strike-through, formulas, mentions,
addresses made links. Written as numeric references: blanks at the ends of a line, line breaks, and characters
that are not seen, but for the joiners of letters and emoji. Control characters cannot be written in Markdown:
they become U+FFFD, or a space where some programs end a line at them; `loss` says so.
"""

from __future__ import annotations

import re
from unicodedata import category

from assistant.render.citations.reference import Reference, one_line
from assistant.wording import UNDATED, UNSTATED

_SPECIAL = frozenset("\\`*_[]{}<>&~|$#@^=")
_JOINERS = "\u200c\u200d"
_LINE_START = re.compile(r"^([0-9]{1,9}(?=[.)])|(?=[-+]))")
_WORLD_WIDE = re.compile(r"(www)\.", re.IGNORECASE)
_COLON = re.compile(r"(?<!\d):(?=\S)|:(?=[^\s\d])")
_IN_ADDRESS = str.maketrans({"<": "%3C", ">": "%3E"})


def escape(text: str) -> str:
    """A text on one line; line breaks in it are references."""
    return "&#10;".join(_escaped(line) for line in _lines(text))


def blockquote(text: str) -> str:
    """A text as a block quote whose lines are the text's, broken where it breaks."""
    lines = _lines(text)
    words = [number for number, line in enumerate(lines) if line]
    if not words:
        return "> " + escape(text)
    first, last = words[0], words[-1]
    shown = "\\\n> ".join(_escaped(line) for line in lines[first : last + 1])
    return f"> {'&#10;' * first}{shown}{'&#10;' * (len(lines) - 1 - last)}"


def loss(text: str) -> str:
    """Say what could not be written of a text; empty where all of it could."""
    if all(_plain(character) == character for character in text):
        return ""
    return "Control characters in the quoted words are written as spaces or U+FFFD here."


def citation_line(reference: Reference) -> str:
    """Who printed the words, when, and where they stand; what is stated of a correction."""
    quote = reference.quote
    day = quote.published.isoformat() if quote.published else UNDATED
    stated = [quote.source or UNSTATED, reference.author, quote.title, quote.kind, day, reference.place]
    parts = [escape(part) for part in stated if part]
    if reference.address:
        parts.append(address(reference.address))
    if reference.accessed:
        parts.append(f"accessed {reference.accessed.isoformat()}")
    line = "— " + ", ".join(parts)
    further = " ".join(part for part in (*map(escape, reference.corrections), loss(quote.text)) if part)
    return f"{line}. {further}" if further else line


def address(url: str) -> str:
    """An address that `is_web_address` as a link of its own words."""
    return f"<{url.translate(_IN_ADDRESS)}>"


def _lines(text: str) -> list[str]:
    r"""The lines of a text, ended by \n or \r, without its control characters."""
    breaks = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return ["".join(map(_plain, line)) for line in breaks]


def _plain(character: str) -> str:
    kept = character == "\n" or category(character)[0] == "Z"
    return character if kept else one_line(character)


def _escaped(line: str) -> str:
    body = line.strip()
    at = len(line) - len(line.lstrip())
    escaped = "".join(_character(c) for c in body)
    escaped = _COLON.sub(r"\:", _WORLD_WIDE.sub(r"\1\\.", escaped))
    escaped = _LINE_START.sub(r"\1\\", escaped)
    return _references(line[:at]) + escaped + _references(line[at + len(body) :])


def _character(character: str) -> str:
    if character in _SPECIAL:
        return "\\" + character
    unseen = category(character) in {"Cf", "Zl", "Zp"} and character not in _JOINERS
    return _references(character) if unseen else character


def _references(text: str) -> str:
    return "".join(f"&#{ord(c)};" for c in text)
