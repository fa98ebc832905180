"""Words in quotation marks: where each quotation opens and closes."""

from __future__ import annotations

import re

Span = tuple[int, int]

LONGEST = 3_000  # characters looked at before and after a sentence for a mark that belongs to it
_PARAGRAPH = re.compile(r"\n[ \t]*\n|\n(?=[“\"«])")
# An opening mark follows no letter and stands before one, a closing mark the other way round.
_MARK = re.compile(
    r"[“”«»„]|\"|(?<!\w)[‘'](?=\w)|(?<=[,.!?…])[’'](?!\w)",
)
_CLOSES = {"“": "”", "„": "”“", "«": "»", "»": "«", '"': '"', "‘": "’", "'": "'"}
_OPENING = re.compile(r"[^\s,.;:!?)\]]")


def quotations(text: str, start: int, end: int) -> list[Span]:
    """The quotations that touch `text[start:end]`, ascending and apart, marks included.

    Marks are looked for within the paragraph, at most LONGEST characters away. A quotation that its
    paragraph leaves open runs to the paragraph's end where the next one opens with a mark again, as
    long speeches are printed; otherwise it is none, but for the sentence it opens in.
    """
    first, last = _paragraph(text, start, end)
    found: list[Span] = []
    opened = -1
    for match in _MARK.finditer(text, first, last):
        at, mark = match.start(), match.group()
        again = opened >= 0 and mark == text[opened] and text[at - 1].isspace() and _opens(text, at, last)
        if again:  # a long speech opens each of its paragraphs and closes the last
            found.append((opened, at - 1))
        if again or opened < 0:
            opened = at if mark in _CLOSES and _opens(text, at, last) else -1
        elif mark in _CLOSES[text[opened]]:
            found.append((opened, at + 1))
            opened = -1
    if opened >= 0 and text[opened] != "'":
        goes_on = text[last : last + 3].lstrip()[:1] == text[opened]
        found += [(opened, last if goes_on else end)] if goes_on or start <= opened < end else []
    return [(a, b) for a, b in found if a < end and start < b]


def _paragraph(text: str, start: int, end: int) -> Span:
    low = max(0, start - LONGEST)
    breaks = [match.end() for match in _PARAGRAPH.finditer(text, low, start)]
    after = _PARAGRAPH.search(text, end, min(len(text), end + LONGEST))
    return breaks[-1] if breaks else low, after.start() if after else min(len(text), end + LONGEST)


def _opens(text: str, at: int, last: int) -> bool:
    """Whether a mark can open: something follows it, and no letter stands before a straight one."""
    if at + 1 >= last or text[at] in "“„«":
        return at + 1 < last
    return (at == 0 or not text[at - 1].isalnum()) and _OPENING.match(text, at + 1) is not None
