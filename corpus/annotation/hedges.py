"""How sure a figure says it is: "at least", "some", "nearly", and "reportedly"."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from corpus.annotation.numerals import Numeral
from corpus.annotation.tokens import Token, word_at
from corpus.annotation.vocabulary import words

HedgeKind = Literal["at least", "more than", "up to", "fewer than", "about", "nearly"]

# fmt: off
_BEFORE: dict[HedgeKind, str] = {
    "at least": "at least|at least at|no fewer than|no less than|not less than|not fewer than|a minimum of",
    "more than": "more than|over|well over|upwards of|in excess of|just over|well more than|a little over|above",
    "up to": "up to|as many as|as much as|as high as|at most|no more than|not more than|a maximum of",
    "fewer than": "fewer than|less than|under|just under|below",
    "about": "about|around|some|roughly|approximately|an estimated|estimated|circa|approx|in the region of",
    "nearly": "nearly|almost|close to|nearing",
}
_AFTER: dict[HedgeKind, str] = {"at least": "or more|and more|and counting|+", "about": "or so"}
# Without a noun these may be about a place, a time or an age.
_LOOSE = words("over above under below about around some")
_UNCONFIRMED = words("reportedly allegedly supposedly apparently purportedly alleged unconfirmed unverified")
# fmt: on
_LONGEST = 4  # words of a hedge
_FORMS = {tuple(form.split()): kind for kind, forms in _BEFORE.items() for form in forms.split("|")}
_LATE = {tuple(form.split()): kind for kind, forms in _AFTER.items() for form in forms.split("|")}


@dataclass(frozen=True, slots=True)
class Hedge:
    """A hedge in the tokens [first, stop); `sure` unless its words may also be about something else."""

    kind: HedgeKind
    first: int
    stop: int
    sure: bool = True


def hedge_before(tokens: Sequence[Token], at: int, free: int) -> Hedge | None:
    """The longest hedge that ends just before a token and begins at `free` or later."""
    sentence = tokens[at].sentence
    for length in range(_LONGEST, 0, -1):
        words = tuple(word_at(tokens, n, sentence) for n in range(at - length, at))
        if at - length >= free and (kind := _FORMS.get(words)):
            return Hedge(kind, at - length, at, sure=not (length == 1 and words[0] in _LOOSE))
    return None


def hedge_after(tokens: Sequence[Token], stop: int) -> Hedge | None:
    """The hedge that begins at a token: "or more", "or so", "+"."""
    sentence = tokens[stop - 1].sentence
    for length in (2, 1):
        kind = _LATE.get(tuple(word_at(tokens, n, sentence) for n in range(stop, stop + length)))
        if kind and not (length == 1 and tokens[stop].start > tokens[stop - 1].end):
            return Hedge(kind, stop, stop + length)
    return None


def interval(numeral: Numeral, hedge: Hedge | None) -> tuple[float, float]:
    """What a numeral stands for with its hedge, both ends included.

    "more than 50" has 50 as its end, since figures are rounded before they are hedged. "about" takes
    in what is rounded to the number (see `half_step`), and of a whole number its neighbours; "nearly"
    only what lies below.
    """
    low, high = float(numeral.low), float(numeral.high)
    if hedge is None:
        return low, high
    exact = low == high
    return {
        "at least": (low, math.inf),
        "more than": (low, math.inf),
        "up to": (0.0, high),
        "fewer than": (0.0, high),
        "about": (low - _width(low), high + _width(high)) if exact else (low, high),
        "nearly": (low - _width(low), high) if exact else (low, high),
    }[hedge.kind]


def _width(value: float) -> float:
    return max(half_step(value), 1.0) if value.is_integer() and value > 1 else half_step(value)


def half_step(value: float) -> float:
    """Half a unit of a number's last digit that is no 0; behind other digits a 5 is a unit.

    151,000 gives 500 and 20 gives 5; 25 gives 2.5 and 150 gives 25.
    """
    digits = f"{value:.2f}".rstrip("0").rstrip(".")
    whole, _, part = digits.partition(".")
    if part:
        return 0.5 * 10.0 ** -len(part)
    kept = whole.rstrip("0")
    unit = 10.0 ** (len(whole) - len(kept))
    return unit * (2.5 if len(kept) > 1 and kept[-1] == "5" else 0.5) if kept else 0.0


def unconfirmed(tokens: Sequence[Token], at: int) -> Token | None:
    """The nearest "reportedly" before a token in its sentence, or else the first behind it."""
    sentence, reach = tokens[at].sentence, 40
    before = range(at - 1, max(-1, at - reach), -1)
    behind = range(at, min(len(tokens), at + reach))
    places = (n for n in (*before, *behind) if word_at(tokens, n, sentence) in _UNCONFIRMED)
    return next((tokens[n] for n in places), None)
