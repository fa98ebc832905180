"""What a citation states in whatever format: only what is stated about its article, nothing guessed."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from datetime import date
from unicodedata import category

from assistant.render.safe_links import is_web_address
from assistant.types.answer import Cited
from assistant.wording import notes

# Whatever str.splitlines ends a line at: programs that read line by line differ in what they take for one.
_BREAKS = frozenset("\n\x0b\x0c\r\x1c\x1d\x1e\x85\u2028\u2029")
_REPLACEMENT = "\ufffd"


@dataclass(frozen=True, slots=True)
class Reference:
    """A quote to be cited, and what the caller knows besides it.

    `author` is the author that the article states, `accessed` the day its address was looked at;
    None where nobody says so.
    """

    quote: Cited
    author: str | None = None
    accessed: date | None = None

    @property
    def key(self) -> str:
        """A name of ASCII letters, digits and `-`: always the same for these words in this place of this text."""
        q = self.quote
        place = json.dumps([q.article_id, q.start, q.end, q.article_sha256])
        year = f"{q.published.year:04}" if q.published else "undated"
        return f"onrecord-{year}-{hashlib.sha256(place.encode()).hexdigest()[:16]}"

    @property
    def address(self) -> str | None:
        """The article's address where a program may follow it, else None."""
        return self.quote.url if self.quote.url and is_web_address(self.quote.url) else None

    @property
    def place(self) -> str:
        """Where the words stand, for a reader: article and characters."""
        return f"{self.quote.article_id}, characters {self.quote.start}–{self.quote.end}"

    @property
    def seal(self) -> str:
        """What the place holds for: one text of the article and no other."""
        return f"SHA-256 of the article’s text: {self.quote.article_sha256}"

    @property
    def corrections(self) -> tuple[str, ...]:
        """What is stated of a correction of the article, by whom, a sentence each."""
        return tuple(f"{note.removesuffix('.')}." for note in notes(self.quote))


def one_line(text: str) -> str:
    """A text as formats of lines can carry it: each line break a space, each control character U+FFFD.

    Tabs stay, and so does every other code point; the length is the same.
    """
    return "".join(_carried(character) for character in text)


def loss(text: str) -> str:
    """Say what `one_line` had to change in a text; empty where it changed nothing."""
    if one_line(text) == text:
        return ""
    return "Line breaks in the quoted words are written as spaces here, control characters as U+FFFD."


def _carried(character: str) -> str:
    if character in _BREAKS:
        return " "
    return _REPLACEMENT if character != "\t" and category(character) in {"Cc", "Cs"} else character
