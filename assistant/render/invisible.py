"""Characters a reader cannot see: where they stand in a text, and what to call them.

Bidirectional overrides can make printed words read differently from what is stored, zero-width
and tag characters can hide text. They are part of what was printed, so they are never removed:
they are shown with a marker.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

# Unicode categories Cc (less tab and line feed) and Cf (less the number signs of Arabic, Syriac
# and Kaithi, and hieroglyph joiners, which are drawn), Zl, Zp, and other code points that
# DerivedCoreProperties.txt calls Default_Ignorable, less the plain variation selectors of emoji.
_UNSEEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f"
    "\u200b-\u200f\u2028-\u202e\u2060-\u206f\u3164\ufeff\uffa0\ufff0-\ufffb"
    "\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff]+"
)

# What may stand on both sides of a joiner that does its ordinary work in Arabic, Indic or emoji.
_JOINED = frozenset({"Lo", "Lm", "Mn", "Mc", "So", "Sk"})
_JOINERS = "\u200c\u200d"

_SHORT = {
    "\x00": "NUL", "\r": "CR", "\x1b": "ESC", "\u00ad": "SHY", "\u061c": "ALM",
    "\u200b": "ZWSP", "\u200c": "ZWNJ", "\u200d": "ZWJ", "\u200e": "LRM", "\u200f": "RLM",
    "\u2028": "LS", "\u2029": "PS", "\u2060": "WJ", "\ufeff": "BOM",
    "\u202a": "LRE", "\u202b": "RLE", "\u202c": "PDF", "\u202d": "LRO", "\u202e": "RLO",
    "\u2066": "LRI", "\u2067": "RLI", "\u2068": "FSI", "\u2069": "PDI",
}  # fmt: skip


def runs(text: str) -> Iterator[tuple[int, int]]:
    """Give the start and end of every run of unseen characters, in order, in linear time."""
    for match in _UNSEEN.finditer(text):
        if not _joins(text, match.start(), match.end()):
            yield match.span()


def label(run: str) -> str:
    """Name a run in a few letters: `RLO`, `ZWSP ×3`, `U+E0041 ×2`; mixed runs by their first."""
    first = _SHORT.get(run[0], f"U+{ord(run[0]):04X}")
    return first if len(run) == 1 else f"{first} ×{len(run)}"


def describe(run: str) -> str:
    """Name a run in words, at most three different characters of it."""
    different = list(dict.fromkeys(run))
    names = [
        f"U+{ord(char):04X} {unicodedata.name(char, 'control character').lower()}" for char in different[:3]
    ]
    return "Invisible: " + ", ".join(names) + (" and others" if len(different) > len(names) else "")


def _joins(text: str, start: int, end: int) -> bool:
    if end - start != 1 or text[start] not in _JOINERS or start == 0 or end == len(text):
        return False
    return all(unicodedata.category(char) in _JOINED for char in (text[start - 1], text[end]))
