"""Where sentences end inside a run of prose: sentencex's boundaries, with what news text needs besides."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from unicodedata import category, combining

import sentencex

from corpus.segmentation.lines import Span, trimmed

LONGEST_SENTENCE = 2_000  # characters; longer runs are cut, see `_cut_long`
_SUSPICIOUS = 400  # characters from which a sentence is split without regard to its quotation marks

# fmt: off
_BEFORE_NAME = frozenset({
    "mr", "mrs", "ms", "dr", "prof", "gen", "lt", "col", "maj", "capt", "cpl", "sgt", "pvt", "brig",
    "adm", "cmdr", "sen", "rep", "gov", "pres", "rev", "hon", "fr", "st", "mt", "ft",
})
_BEFORE_NUMBER = frozenset({
    "no", "nos", "jan", "feb", "mar", "apr", "jun", "jul", "aug", "sep", "sept", "oct", "nov", "dec",
    "fig", "art", "sec", "vol",
})
_BEFORE_LOWER = frozenset({
    "approx", "dept", "est", "cf", "vs", "etc", "inc", "ltd", "co", "corp", "fig", "al", "ca", "incl",
    "max", "min", "e.g", "i.e",
})
# fmt: on
_LAST_WORD = re.compile(r"(?:\A|[^A-Za-z.])([A-Za-z]+(?:\.[A-Za-z]+)*)\.\Z")
_LONGEST_WORD = 24
_AFTER_CLOCK = re.compile(
    r"(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|GMT|UTC|EST|EDT|ET|PST|PDT|Eastern|Pacific|Moscow|Damascus|local)\b"
)
# `operate.Assad`, `sniff."Then`, `(SDF).The`, `2017.The`: the word before, the mark, the next sentence.
_RUN_TOGETHER = re.compile(r"([a-z]{2}|[A-Z]{3}|[0-9)%\]]|[a-z][\"'])([.!?][\"')\]]{0,2})(?=[\"'(\[]?[A-Z])")
_AFTER_MARK = re.compile(
    r"[\"'(\[]?(?:[A-Z][a-z]+|[A-Z]{2,}(?![a-z])|[AI](?= ))(?=[\s,;:'\"-]|\Z|[.!?][\s\"'])"
)
_ITEM_NUMBER = re.compile(r"\(?(?:[0-9]{1,3}[.)]|[a-z]\)) +")
_LONGEST_ADDRESS = 300  # characters looked at on each side
_ADDRESS = re.compile(r"://|www\.|@|\\")
_IDEOGRAPHIC = re.compile(r"[。！？｡][」』”’）)\"']*")
_ELLIPSIS = re.compile(r"…[\"'”’)\]]*\s+(?=[\"'“‘(\[]?[^\W\d_a-z])")
_OPENERS = "\"'“‘«([{„"
_ONLY_OPENERS = "“‘«([{„"
_CLOSERS = "\"'”’»)]}"
_NO_MARKS = str.maketrans(dict.fromkeys("\"'()[]", " "))
_CLAUSE = re.compile(r"[;,，；、](?=\s)|\s[—–-](?=\s)|—")
_BLANK = re.compile(r"\s")
_JOINERS = "\u200d\ufe0f"


class _Shadow(dict[int, str]):
    """A character's stand-in in plain ASCII, one for one, so that places in the shadow are places in the text.

    sentencex panics on some characters outside ASCII (1.0.32: U+2028 near an initial), and its
    English rules know ASCII marks best.
    """

    def __missing__(self, code: int) -> str:
        stand_in = self[code] = _stand_in(chr(code))
        return stand_in


def _stand_in(char: str) -> str:
    if char.isascii():
        return " " if char.isspace() else char if char.isprintable() else "-"
    if char in _MARKS:
        return _MARKS[char]
    kind = category(char)
    if char.isspace() or kind[0] == "Z":
        return " "
    if kind in {"Ll", "Mn", "Mc", "Me"}:
        return "x"
    return {"L": "X", "N": "1"}.get(kind[0], "-")


_MARKS = (
    dict.fromkeys("“”„‟«»", '"')
    | dict.fromkeys("‘’‚‹›", "'")
    | {"؟": "?", "।": ".", "۔": ".", "–": "-", "—": "-"}
)
_TABLE = _Shadow()


def shadow(text: str) -> str:
    """Return the text in ASCII, character for character, keeping the roles that matter to sentences."""
    return text.translate(_TABLE)


def split_sentences_of(text: str, start: int, end: int) -> list[Span]:
    """Split the prose `text[start:end]` into sentences: spans, trimmed, ascending, together all of it.

    A sentence of more than `LONGEST_SENTENCE` characters is cut at the last line end, clause mark or
    blank before that length.
    """
    plain = shadow(text[start:end])
    cuts = {cut for cut in _all_cuts(plain, text[start:end]) if not _no_boundary(plain, cut)}
    moved = sorted({_with_closers(text, start, start + cut, end) for cut in cuts} - {start, end})
    spans = [trimmed(text, a, b) for a, b in pairwise([start, *moved, end])]
    return [part for span in spans if span[0] < span[1] for part in _cut_long(text, *span)]


def _all_cuts(plain: str, text: str) -> set[int]:
    cuts = set(_library_cuts(plain)) | _run_together_cuts(plain)
    cuts |= {match.end() for pattern in (_IDEOGRAPHIC, _ELLIPSIS) for match in pattern.finditer(text)}
    edges = sorted({0, len(plain)} | cuts)
    for a, b in pairwise(edges):
        if b - a > _SUSPICIOUS:
            cuts.update(a + cut for cut in _library_cuts(plain[a:b].translate(_NO_MARKS)))
    return cuts


def _library_cuts(plain: str) -> Iterator[int]:
    """Yield where sentencex ends its sentences; it returns pieces that make up the whole text."""
    at = 0
    for piece in sentencex.segment("en", plain):
        at += len(piece)
        yield at


def _run_together_cuts(plain: str) -> set[int]:
    return {match.end() for match in _RUN_TOGETHER.finditer(plain) if _run_together(plain, match)}


def _run_together(plain: str, match: re.Match[str]) -> bool:
    following = _AFTER_MARK.match(plain, match.end())
    return following is not None and not (match[1].isdigit() and following[0].isupper())  # `IMG_2020.JPG`


def _no_boundary(plain: str, cut: int) -> bool:
    """Whether a cut falls into an address or a list's number, or after an abbreviation."""
    item = _ITEM_NUMBER.match(plain)
    return (item is not None and cut <= item.end()) or _in_address(plain, cut) or _abbreviated(plain, cut)


def _in_address(plain: str, cut: int) -> bool:
    """Whether the blanks around a cut enclose a link, a mail address or a path."""
    if plain[cut - 1 : cut].isspace() or plain[cut : cut + 1].isspace():
        return False
    before, after = plain[max(0, cut - _LONGEST_ADDRESS) : cut], plain[cut : cut + _LONGEST_ADDRESS]
    return bool(_ADDRESS.search(before.rpartition(" ")[2] + after.partition(" ")[0]))


def _abbreviated(plain: str, cut: int) -> bool:
    """Whether the full stop before a cut only ends an abbreviation."""
    left, right = plain[max(0, cut - _LONGEST_WORD) : cut].rstrip(), plain[cut : cut + _LONGEST_WORD].lstrip()
    match = _LAST_WORD.search(left)
    if match is None or not right:
        return False
    word = match[1].lower()
    if word in {"a.m", "p.m"}:
        return bool(_AFTER_CLOCK.match(right))
    capital = match[1][0].isupper()
    return (
        (capital and word in _BEFORE_NAME and right[0].isupper())
        or (capital and word in _BEFORE_NUMBER and right[0].isdigit())
        or (word in _BEFORE_LOWER and not right[0].isupper())
    )


def _with_closers(text: str, start: int, cut: int, end: int) -> int:
    """Move a cut so that closing marks stay with the sentence before it, and opening ones go with the next."""
    while cut < end and text[cut] in _CLOSERS and not text[cut - 1].isspace() and _closes(text, cut, end):
        cut += 1
    before = cut
    while before > start and text[before - 1].isspace():
        before -= 1
    if before - 1 > start and text[before - 1] in _OPENERS and text[before - 2].isspace():
        return before - 1
    return before - 1 if before - 1 > start and text[before - 1] in _ONLY_OPENERS else cut


def _closes(text: str, at: int, end: int) -> bool:
    """Whether a quotation mark closes: a blank, the end or another mark follows it."""
    return text[at] not in "\"'" or at + 1 == end or not text[at + 1].isalnum()


def _cut_long(text: str, start: int, end: int) -> Iterator[Span]:
    while end - start > LONGEST_SENTENCE:
        cut = _best_cut(text, start, start + LONGEST_SENTENCE)
        piece = trimmed(text, start, cut)
        if piece[0] < piece[1]:
            yield piece
        start = trimmed(text, cut, end)[0]
    if start < end:
        yield start, end


def _best_cut(text: str, start: int, limit: int) -> int:
    """Return the last good place to cut before `limit`: a line end, a clause mark, a blank, or any letter."""
    half = start + (limit - start) // 2
    if (line := text.rfind("\n", half, limit)) > 0:
        return line
    window = text[half:limit]
    for pattern in (_CLAUSE, _BLANK):
        if found := [match.end() for match in pattern.finditer(window)]:
            return half + found[-1]
    while limit > half and (combining(text[limit]) or text[limit] in _JOINERS or text[limit - 1] in _JOINERS):
        limit -= 1
    return limit
