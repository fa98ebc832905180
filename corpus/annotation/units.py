"""What a numeral measures where it measures: money, shares, distances, weights, times and the like."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from corpus.annotation.numerals import Numeral
from corpus.annotation.tokens import Token, word_at

FigureKind = Literal["count", "percent", "money", "distance", "area", "weight", "volume", "duration"]

# fmt: off
_WORDS: dict[FigureKind, str] = {
    "percent": "% percent percentage pct",
    "money": "dollar dollars euro euros cent cents francs lira liras rouble roubles ruble rubles yen yuan rupees dinars"
             " rials riyals dirhams usd eur gbp",
    "distance": "km kms kilometre kilometres kilometer kilometers kilometre-long mile miles metre metres meter meters"
                " feet yard yards inch inches cm centimetres centimeters",
    "area": "hectare hectares acre acres",
    "weight": "kg kgs kilo kilos kilogram kilograms kilogramme kilogrammes gram grams grammes ton tons tonne tonnes"
              " pound pounds ounce ounces",
    "volume": "litre litres liter liters barrels gallon gallons",
    "duration": "seconds minute minutes hour hours day days week weeks month months year years decade decades"
                " century centuries",
}
_UNITS = {word: kind for kind, words in _WORDS.items() for word in words.split()}
CURRENCIES = frozenset("$€£¥₺₽")
_CODES = frozenset({"USD", "EUR", "GBP", "SYP", "TRY", "US", "C", "A"})
_POINTS = {("per", "cent"): 2, ("percentage", "points"): 2, ("percentage", "point"): 2}
_SQUARED = frozenset({"square", "sq"})
# fmt: on


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit, with the tokens [first, stop) of its numeral and itself.

    `factor` is what is to be multiplied besides: a million for the "m" of "$5m".
    """

    kind: FigureKind
    name: str
    first: int
    stop: int
    factor: float = 1.0


def unit_of(tokens: Sequence[Token], numeral: Numeral) -> Unit | None:
    """The unit that is printed with a numeral, before or behind it; None where it counts."""
    return _sign(tokens, numeral) or _glued(numeral) or _behind(tokens, numeral)


def _sign(tokens: Sequence[Token], numeral: Numeral) -> Unit | None:
    at, sentence = numeral.first - 1, tokens[numeral.first].sentence
    if word_at(tokens, at, sentence) not in CURRENCIES:
        code = at >= 0 and tokens[at].printed in _CODES - {"US", "C", "A"}
        return Unit("money", tokens[at].lower, at, numeral.stop) if code and not numeral.glued else None
    name, first = tokens[at].lower, at
    if word_at(tokens, at - 1, sentence).upper() in _CODES and tokens[at - 1].end == tokens[at].start:
        name, first = tokens[at - 1].lower + name, at - 1
    if numeral.glued not in {"", "m"}:
        return None
    return Unit("money", name, first, numeral.stop, 10**6 if numeral.glued else 1)


def _glued(numeral: Numeral) -> Unit | None:
    kind = _UNITS.get(numeral.glued)
    return Unit(kind, numeral.glued, numeral.first, numeral.stop) if kind else None


def _behind(tokens: Sequence[Token], numeral: Numeral) -> Unit | None:
    if numeral.glued:
        return None
    at, sentence = numeral.stop, tokens[numeral.first].sentence
    word, following = word_at(tokens, at, sentence), word_at(tokens, at + 1, sentence)
    if (word, following) in _POINTS:
        return Unit("percent", f"{word} {following}", numeral.first, at + 2)
    if word in _SQUARED:
        at += following == "."
        word, following = word_at(tokens, at, sentence), word_at(tokens, at + 1, sentence)
        known = _UNITS.get(following) == "distance"
        return (
            Unit("area", f"{tokens[numeral.stop].lower} {following}", numeral.first, at + 2)
            if known
            else None
        )
    if kind := _UNITS.get(word):
        return Unit(kind, word, numeral.first, at + 1)
    national = (
        word and tokens[at].printed.istitle() and (following == "pounds" or _UNITS.get(following) == "money")
    )
    return Unit("money", f"{word} {following}", numeral.first, at + 2) if national else None
