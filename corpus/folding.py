"""Texts and names folded for comparison alone: what looks the same compares the same. Nothing folded is ever shown."""

from __future__ import annotations

import re
from unicodedata import is_normalized, normalize

# What is not drawn: the category Cf, and what DerivedCoreProperties.txt calls Default_Ignorable, the variation
# selectors among it. Less number signs of Arabic, Syriac and Kaithi and hieroglyph joiners, which are drawn.
UNSEEN = (
    "\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164"
    "\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff"
)
# Marks that may stand on Latin letters; no part of a word to `re`.
MARKS = "\u0300-\u036f"

# Letters, and the Latin ones that they look like: out of confusables.txt of Unicode Technical Standard 39
# (https://www.unicode.org/Public/security/latest/confusables.txt), those that are typed for a Latin letter; the small
# ka and kappa, which it has with the small capital K, among them.
_CYRILLIC = str.maketrans("аԁеһіјкӏорԛгѕсѵԝхуүАВСЕНІЈКМОРЅТХУҮѴԜԚ", "adehijklopqrscvwxyyABCEHIJKMOPSTXYYVWQ")
_GREEK = str.maketrans("αγικνορσυΑΒΕΖΗΙΚΜΝΟΡΤΥΧ", "ayikvopouABEZHIKMNOPTYX")
_ARMENIAN = str.maketrans("օոսհյցզՕՍՏ", "onuhjgqOUS")
# Latin letters and apostrophes that look like plain ones, which change nothing in other words.
_LATIN = str.maketrans({"ɑ": "a", "ɡ": "g", "ı": "i", "ʼ": "'", "ʻ": "'", "ʹ": "'", "ꞌ": "'"})
_TO_LATIN = {**_CYRILLIC, **_GREEK, **_ARMENIAN}
# And back, of letters that one script has: what a Latin letter in a Cyrillic or Greek word stands for.
_FROM_LATIN = tuple(
    (re.compile(f"[{script}]"), {latin: own for own, latin in reversed(alike.items())})
    for script, alike in (("\u0400-\u052f", _CYRILLIC), ("\u0370-\u03ff", _GREEK))
)

_UNSEEN = re.compile(f"[{UNSEEN}]+")
_ALIKE = re.compile(f"[{''.join(map(chr, _TO_LATIN))}]")
_FOLDED = re.compile(f"[{UNSEEN}{''.join(map(chr, _TO_LATIN | _LATIN))}]")
_WORD = re.compile(rf"[\w{MARKS}]+")
_LATIN_LETTER, _OTHER_LETTER = re.compile("[A-Za-z]"), re.compile("[\u0370-\u058f]")


def fold(text: str, *, latin: bool | None = None) -> str:
    """Give a text as it is compared with others; upper case stays.

    In Unicode's form NFKC, without characters that aren't drawn, and with the Latin letter in place of a letter of
    another script that looks like one: in words that are Latin but for such letters and, in a text of mostly Latin
    letters, in words that are nothing else. `latin` says whether this is part of such a text, where that is known.
    """
    if text.isascii() or (is_normalized("NFKC", text) and not _FOLDED.search(text)):
        return text
    plain = normalize("NFKD", _UNSEEN.sub("", text)).translate(_LATIN)
    if _ALIKE.search(plain):
        mostly = _is_latin(plain) if latin is None else latin
        plain = _WORD.sub(lambda word: _one_script(word[0], latin=mostly), plain)
    return normalize("NFKC", plain)


def is_latin(text: str) -> bool:
    """Whether a text has more Latin letters than Cyrillic, Greek and Armenian ones."""
    return text.isascii() or _is_latin(normalize("NFKD", text))


def _is_latin(plain: str) -> bool:
    return len(_LATIN_LETTER.findall(plain)) > len(_OTHER_LETTER.findall(plain))


def skeletons(name: str) -> frozenset[str]:
    """What a name looks like: two names that share one of these are easily taken for each other.

    Neither case nor blanks count; in the second form, after the skeleton of Unicode Technical Standard 39, nor does
    it whether a stroke is an l, an I or a 1, and a ring an O or a 0.
    """
    plain = "".join(fold(name, latin=True).split())
    strokes = plain.translate(str.maketrans("I1|0", "lllO"))
    return frozenset({plain.casefold(), strokes.casefold()})


def _one_script(word: str, *, latin: bool) -> str:
    """Write a word of several scripts in one, where letters look the same in both."""
    mixed = _LATIN_LETTER.search(word)
    read = word.translate(_TO_LATIN)
    if not _OTHER_LETTER.search(read):
        return read if mixed or latin else word
    for script, own in _FROM_LATIN if mixed else ():
        if script.search(read):
            return word.translate(own)
    return word
