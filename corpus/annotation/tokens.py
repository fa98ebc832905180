"""Words, numbers and marks of a text, each with its place, and where its sentences part."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

# Initials ("U.S."), a word or number with what is glued to it ("pro-government", "1.5", "30–40", "10:30",
# "2016/17"), or a single mark. What joins is never a word character, so that it reads in one way only.
_TOKEN = re.compile(
    r"(?:[A-Za-z]\.){2,6}|[^\W_]+(?:(?:[-‐‑’'_/]|(?<=[0-9])(?:[.,:–—]|[.,][0-9]+[–—-])(?=[0-9]))[^\W_]+)*|[^\w\s]|_"
)
_ENDS = frozenset(".!?…;")
# fmt: off
_ABBREVIATED = frozenset({
    "mr", "mrs", "ms", "dr", "prof", "gen", "lt", "col", "maj", "capt", "sgt", "brig", "adm", "sen", "rep", "gov",
    "st", "mt", "no", "jan", "feb", "mar", "apr", "jun", "jul", "aug", "sep", "sept", "oct", "nov", "dec", "approx",
    "est", "sq",
})
# fmt: on


@dataclass(frozen=True, slots=True)
class Token:
    """A word, number or mark: `text[start:end] == printed`; `lower` in lower case, `sentence` counted from 0."""

    start: int
    end: int
    printed: str
    lower: str
    sentence: int


def tokens_of(text: str, start: int, end: int) -> list[Token]:
    """The tokens of `text[start:end]`, in order; a full stop parts sentences unless it ends an abbreviation."""
    found: list[Token] = []
    sentence = 0
    for match in _TOKEN.finditer(text, start, end):
        printed = match.group()
        after_abbreviation = bool(found) and found[-1].lower in _ABBREVIATED
        found.append(Token(match.start(), match.end(), printed, printed.lower().replace("’", "'"), sentence))
        sentence += printed in _ENDS and not (printed == "." and after_abbreviation)
    return found


def word_at(tokens: Sequence[Token], at: int, sentence: int) -> str:
    """The token at a place in lower case; empty outside the sentence."""
    return tokens[at].lower if 0 <= at < len(tokens) and tokens[at].sentence == sentence else ""
