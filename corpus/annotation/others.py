"""Numbers that are no figures: days, years, hours, ages, the numbers of articles, roads and models."""

from __future__ import annotations

from collections.abc import Sequence

from corpus.annotation.counted import counted_at
from corpus.annotation.numerals import Numeral
from corpus.annotation.tokens import Token, word_at
from corpus.annotation.units import Unit
from corpus.annotation.vocabulary import (
    AGES,
    BEFORE_PRONOUN_ONE,
    BEFORE_YEAR,
    BEHIND_PRONOUN_ONE,
    CLOCK,
    FRACTIONS,
    MONTHS,
    NOT_A_TIME_SPAN,
    NUMBERED,
    SIGNS,
)

_MINUS = frozenset("-−–")
_OPENING = frozenset({"A", "An", "The", "At"})  # words that open a sentence
_FIRST_YEAR, _LAST_YEAR, _LAST_DAY, _FOUR = 1900, 2099, 31, 4


def is_no_figure(tokens: Sequence[Token], numeral: Numeral, unit: Unit | None) -> bool:
    """Whether a numeral is the name or the place of something rather than a number of things."""
    sentence = tokens[numeral.first].sentence
    before, after = word_at(tokens, numeral.first - 1, sentence), word_at(tokens, numeral.stop, sentence)
    if unit is not None and unit.kind == "duration":
        behind = word_at(tokens, unit.stop, sentence)
        return behind in NOT_A_TIME_SPAN or before in AGES
    if before in AGES | SIGNS or after in CLOCK | FRACTIONS:
        return True
    if unit is not None:
        return False
    return (
        _is_date(tokens, numeral)
        or _is_year(tokens, numeral)
        or _is_age(tokens, numeral.first, before, after)
        or _is_negative(tokens, numeral.first)
        or (before in NUMBERED and _is_digits(tokens, numeral))
        or _is_name(tokens, numeral)
        or _is_counter(tokens, numeral.stop)
        or _is_pronoun(tokens, numeral, before, after)
        or (numeral.low == numeral.high and not numeral.low.is_integer() and numeral.low < _FIRST_YEAR)
    )


def _is_digits(tokens: Sequence[Token], numeral: Numeral) -> bool:
    return tokens[numeral.first].lower[0].isdigit() or numeral.low == numeral.high < 11  # noqa: PLR2004


def _is_month(tokens: Sequence[Token], at: int) -> bool:
    return 0 <= at < len(tokens) and tokens[at].printed in MONTHS


def _is_date(tokens: Sequence[Token], numeral: Numeral) -> bool:
    """Read "3 February", "Feb. 3", "3 and 4 February", "September 30-31"."""
    first, stop = numeral.first, numeral.stop
    if numeral.low > _LAST_DAY or not tokens[first].lower[0].isdigit():
        return False
    dotted = first > 1 and tokens[first - 1].printed == "."
    joined = stop < len(tokens) and tokens[stop].lower in {"and", "to", "or", "of"}
    after_day = joined and stop + 1 < len(tokens) and tokens[stop + 1].lower[0].isdigit()
    return (
        _is_month(tokens, first - 1 - dotted)
        or _is_month(tokens, stop)
        or (joined and _is_month(tokens, stop + 1 + after_day))
    )


def _is_year(tokens: Sequence[Token], numeral: Numeral) -> bool:
    printed = tokens[numeral.first].printed
    years = numeral.low >= _FIRST_YEAR and numeral.high <= _LAST_YEAR
    if not years or numeral.stop > numeral.first + 1 or "," in printed or not printed[0].isdigit():
        return False
    if "-" in printed or "–" in printed or _is_month(tokens, numeral.first - 1):
        return True
    sentence = tokens[numeral.first].sentence
    before = word_at(tokens, numeral.first - 1, sentence)
    if before in BEFORE_YEAR or (before.isdigit() and len(before) < _FOUR):
        return True
    counted = counted_at(tokens, numeral.stop, one=False)
    return counted is None or counted.head is None or counted.head > numeral.stop + 2


def _is_age(tokens: Sequence[Token], at: int, before: str, after: str) -> bool:
    """Read "Hassan, 34, said"."""
    between_commas = before == after == "," and at > 1
    return between_commas and tokens[at - 2].printed[:1].isupper()


def _is_negative(tokens: Sequence[Token], at: int) -> bool:
    """Read "to -4 degrees": a sign that stands at the number and behind a blank."""
    if at == 0 or tokens[at - 1].printed not in _MINUS or tokens[at - 1].end < tokens[at].start:
        return False
    return at == 1 or tokens[at - 2].end < tokens[at - 1].start


def _is_name(tokens: Sequence[Token], numeral: Numeral) -> bool:
    """Read "T 72" or "M 5": a single capital before digits."""
    if numeral.first == 0 or not tokens[numeral.first].lower[0].isdigit():
        return False
    before = tokens[numeral.first - 1]
    return len(before.printed) == 1 and before.printed.isupper() and before.printed not in {"A", "I"}


def _is_counter(tokens: Sequence[Token], stop: int) -> bool:
    """Read "612 A woman was killed" or "67 At least 45": a page's count of readers before the first sentence."""
    if stop + 1 >= len(tokens) or tokens[stop].sentence != tokens[stop - 1].sentence:
        return False
    opening, next_ = tokens[stop].printed, tokens[stop + 1].printed
    return opening in _OPENING and next_.islower() and (opening != "At" or next_ in {"least", "most"})


def _is_pronoun(tokens: Sequence[Token], numeral: Numeral, before: str, after: str) -> bool:
    """Whether "one" is no number: "no one", "one of them", "one another"."""
    if tokens[numeral.first].lower != "one" or numeral.stop > numeral.first + 1:
        return False
    return before in BEFORE_PRONOUN_ONE or after in BEHIND_PRONOUN_ONE or not after
