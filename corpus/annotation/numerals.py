"""Numerals as they are printed, in digits or in words, and the interval each stands for."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from corpus.annotation.tokens import Token, word_at
from corpus.annotation.vocabulary import words

_UNITS = """zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen
    seventeen eighteen nineteen"""
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety"
SMALL = {word: n for n, word in enumerate(_UNITS.split())} | {
    word: 10 * n for n, word in enumerate(_TENS.split(), 2)
}
SCALES = {"hundred": 100, "thousand": 1_000, "million": 10**6, "billion": 10**9, "trillion": 10**12}
_SHORT_SCALES = {"k": 1_000, "mn": 10**6, "bn": 10**9, "tn": 10**12}
# "dozens" is used loosely, of tens.
_MANY = {"tens": 10, "dozens": 10, "scores": 20} | {f"{word}s": n for word, n in SCALES.items()}
_BEHIND_SCORES = words("of were have had more killed wounded injured dead")
_FROM, _TO = 2, 20  # "hundreds" may be 200, and 1,999 too
_DOZEN, _LOOSE = 12, 2  # "a dozen" is 10 to 14
_LONGEST = 15  # digits; what is longer is no figure, and a float would lose its end
_DIGITS = r"[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]{1,2})?|0\.[0-9]{1,2}|[1-9][0-9]*(?:\.[0-9]{1,2})?"
_PLAIN = re.compile(rf"({_DIGITS})([a-z]{{1,5}})?")
_RANGE = re.compile(rf"({_DIGITS})[-‐‑–—]({_DIGITS})")
_THREE = re.compile(r"[0-9]{3}")
_GROUP = re.compile(r"[1-9][0-9]{0,2}")


@dataclass(frozen=True, slots=True)
class Numeral:
    """A numeral from token `first` up to token `stop`, and the interval [low, high] it stands for.

    `glued` is the unit printed at its end without a blank ("km" of "7km") or behind a hyphen
    ("hour" of "48-hour").
    """

    first: int
    stop: int
    low: float
    high: float
    glued: str = ""


def numeral_at(tokens: Sequence[Token], at: int) -> Numeral | None:
    """The numeral that begins at a token, as long as it can be read; None where none does."""
    return _vague(tokens, at) or _several(tokens, at) or _range(tokens[at], at) or _exact(tokens, at)


def value_of(digits: str) -> float | None:
    """The value of digits with or without thousands separators; None where they are too many."""
    plain = digits.replace(",", "")
    return float(plain) if len(plain) <= _LONGEST and plain.replace(".", "").isdigit() else None


def _range(token: Token, at: int) -> Numeral | None:
    """Read "30-40"; what falls is a score, and what reads like two years is no count."""
    match = _RANGE.fullmatch(token.lower)
    low, high = (value_of(match[1]), value_of(match[2])) if match else (None, None)
    return Numeral(at, at + 1, low, high) if low is not None and high is not None and low < high else None


def _vague(tokens: Sequence[Token], at: int) -> Numeral | None:
    """Read "dozens" or "hundreds of thousands": from two to twenty of the largest they name."""
    unit = _MANY.get(tokens[at].lower)
    sentence = tokens[at].sentence
    following = word_at(tokens, at + 1, sentence)
    if unit is None or (tokens[at].lower == "scores" and following not in _BEHIND_SCORES):
        return None
    stop = at + 1
    while word_at(tokens, stop, sentence) == "of" and (
        more := _MANY.get(word_at(tokens, stop + 1, sentence))
    ):
        unit, stop = unit * more, stop + 2
        if stop > at + 5:
            break
    return (
        None
        if unit in {10, 20} and tokens[at].lower == "tens"
        else Numeral(at, stop, _FROM * unit, _TO * unit - 1)
    )


def _several(tokens: Sequence[Token], at: int) -> Numeral | None:
    """Read "several hundred", "a few thousand": from two to ten of them."""
    sentence, first = tokens[at].sentence, at
    if word_at(tokens, at, sentence) == "a" and word_at(tokens, at + 1, sentence) == "few":
        at += 1
    scale = SCALES.get(word_at(tokens, at + 1, sentence)) or 10 * (
        word_at(tokens, at + 1, sentence) == "dozen"
    )
    if tokens[at].lower not in {"several", "few"} or not scale:
        return None
    return Numeral(first, at + 2, 2 * scale, 10 * scale)


def _exact(tokens: Sequence[Token], at: int) -> Numeral | None:
    sentence = tokens[at].sentence
    opening = _opening(tokens, at)
    if opening is None:
        return None
    total, stop, glued = opening
    if glued:
        return Numeral(at, stop, total, total, glued)
    whole = 0.0  # what is already multiplied by thousand or more
    while stop < at + 12 and (word := word_at(tokens, stop, sentence)):
        scale = SCALES.get(word) or _SHORT_SCALES.get(word if word != "k" else "")
        if word == "dozen":
            return _dozens(at, stop + 1, total)
        if scale == 100:  # noqa: PLR2004 - "two hundred"
            total *= scale
        elif scale:
            whole, total = whole + total * scale, 0.0
        else:
            part, after = _joined(tokens, stop, sentence, whole + total)
            if not after:
                break
            total, stop = total + part, after - 1
        stop += 1
    return _with_half(tokens, Numeral(at, stop, whole + total, whole + total))


def _opening(tokens: Sequence[Token], at: int) -> tuple[float, int, str] | None:
    """The first number of a numeral, the token after it and what is glued to it."""
    lower = tokens[at].lower
    if lower in {"a", "an", "half"}:
        return _article(tokens, at)
    if (small := _spelled(lower)) is not None:
        return small, at + 1, ""
    return _hyphened(lower, at) if "-" in lower else _in_digits(tokens, at)


def _hyphened(word: str, at: int) -> tuple[float, int, str] | None:
    """Read "five-day" and "48-hour"; not "two-thirds", nor what isn't a number and a word."""
    head, _, tail = word.partition("-")
    value: float | None = SMALL.get(head)
    if value is None and _PLAIN.fullmatch(head) and tail[:1].isalpha():
        value = value_of(head)
    return None if value is None or _spelled(tail) or tail in SCALES else (value, at + 1, tail)


def _in_digits(tokens: Sequence[Token], at: int) -> tuple[float, int, str] | None:
    match = _PLAIN.fullmatch(tokens[at].lower)
    value = value_of(match[1]) if match else None
    if match is None or value is None:
        return None
    if match[2] in _SHORT_SCALES:
        return value * _SHORT_SCALES[match[2]], at + 1, ""
    return (value, at + 1, match[2]) if match[2] else _grouped(tokens, at, value)


def _grouped(tokens: Sequence[Token], at: int, value: float) -> tuple[float, int, str]:
    """Join "151 000": one to three digits, then threes after a single blank."""
    stop = at + 1
    if _GROUP.fullmatch(tokens[at].lower):
        while stop < min(len(tokens), at + 4) and _follows(tokens, stop):
            value, stop = value * 1000 + float(tokens[stop].lower), stop + 1
    return value, stop, ""


def _follows(tokens: Sequence[Token], at: int) -> bool:
    return tokens[at].start == tokens[at - 1].end + 1 and _THREE.fullmatch(tokens[at].lower) is not None


def _article(tokens: Sequence[Token], at: int) -> tuple[float, int, str] | None:
    """Read "a hundred", "half a million"; an article alone is no number."""
    sentence, half = tokens[at].sentence, tokens[at].lower == "half"
    stop = at + 1 + (half and word_at(tokens, at + 1, sentence) in {"a", "an"})
    fits = word_at(tokens, stop, sentence) in {*SCALES, "dozen"} and (not half or stop == at + 2)
    return (0.5 if half else 1.0, stop, "") if fits else None


def _spelled(word: str) -> float | None:
    tens, hyphen, unit = word.partition("-")
    if not hyphen:
        return SMALL.get(word)
    return SMALL[tens] + SMALL[unit] if tens in _TENS.split() and 0 < SMALL.get(unit, 0) <= 9 else None  # noqa: PLR2004


def _joined(tokens: Sequence[Token], at: int, sentence: int, before: float) -> tuple[float, int]:
    """What a word or "and" with a word adds to a numeral: its value, and the token after it; 0 if nothing.

    "twenty three", "a hundred and five", "two thousand five hundred"; never "five and three".
    """
    at += word_at(tokens, at, sentence) == "and"
    joined = word_at(tokens, at - 1, sentence) == "and"
    part = _spelled(word_at(tokens, at, sentence))
    if part is None or not before or part == 0:
        return 0.0, 0
    tens = 20 <= before < 100 and before % 10 == 0 and not joined and part < 10  # noqa: PLR2004
    hundreds = before % 100 == 0 and before >= 100 and tokens[at - 1 - joined].lower in SCALES  # noqa: PLR2004
    return (part, at + 1) if tens or hundreds else (0.0, 0)


def _dozens(at: int, stop: int, count: float) -> Numeral:
    loose = min(_LOOSE, 2 * count)
    return Numeral(at, stop, count * _DOZEN - loose, count * _DOZEN + loose)


def _with_half(tokens: Sequence[Token], read: Numeral) -> Numeral:
    """Read "two and a half"."""
    sentence = tokens[read.first].sentence
    words = [word_at(tokens, read.stop + n, sentence) for n in range(3)]
    if words != ["and", "a", "half"]:
        return read
    return Numeral(read.first, read.stop + 3, read.low + 0.5, read.high + 0.5)
