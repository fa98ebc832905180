"""Numbers that are no figures: days, years, hours, ages, the numbers of articles, roads and models."""

from __future__ import annotations

from collections.abc import Sequence

from corpus.mentions.counted import counted_at
from corpus.mentions.numerals import Numeral
from corpus.mentions.tokens import Token, word_at
from corpus.mentions.units import Unit

# fmt: off
_MONTHS = frozenset(
    "January February March April May June July August September October November December Jan Feb Mar Apr Jun Jul Aug"
    " Sep Sept Oct Nov Dec".split()
)
_CLOCK = frozenset("am pm a.m. p.m. a.m p.m gmt utc o'clock oclock noon".split())
_AGES = frozenset({"aged", "age", "ages"})
_OLD = frozenset({"old", "olds", "of age"})
_RELATIVE = frozenset({"ago", "later", "earlier"})
_BEFORE_YEAR = frozenset(
    "the in since of until till by from during late early mid year before after between end for ( on summer spring autumn"
    " winter fall september's to".split()
)
_NUMBERED = frozenset(
    "article articles resolution resolutions route highway road chapter section act channel room gate flight line unit"
    " division brigade battalion regiment phase page pages no nos number numbers day level grade class stage round"
    " paragraph protocol decree law order item point figure table part group boeing airbus version formula type model"
    " pier berth terminal platform district zone area sector category checkpoint url geneva astana vienna ch vol chap"
    " episode season window apollo".split()
)
_FRACTIONS = frozenset(
    "third thirds quarter quarters fourth fourths fifth fifths sixth sixths eighth eighths tenth tenths half halves"
    " hundredth percentile".split()
)
_NO_ONE = frozenset({"no", "any", "every", "each", "this", "that", "which", "the", "number", "day", "another", "some", "as"})
_AFTER_ONE = frozenset({"of", "another", "day", "side", "hand", "thing", "year's", "can", "could", "would", "might", "such"})
_SIGNS = frozenset("#№+/=<>@&*^~|_")
# fmt: on
_FIRST_YEAR, _LAST_YEAR, _LAST_DAY, _FOUR = 1900, 2099, 31, 4


def is_no_figure(tokens: Sequence[Token], numeral: Numeral, unit: Unit | None) -> bool:
    """Whether a numeral is the name or the place of something rather than a number of things."""
    sentence = tokens[numeral.first].sentence
    before, after = word_at(tokens, numeral.first - 1, sentence), word_at(tokens, numeral.stop, sentence)
    if unit is not None and unit.kind == "duration":
        behind = word_at(tokens, unit.stop, sentence)
        return behind in _RELATIVE | _OLD or before in _AGES
    if before in _AGES | _SIGNS or after in _CLOCK | _FRACTIONS:
        return True
    if unit is not None:
        return False
    return (
        _is_date(tokens, numeral)
        or _is_year(tokens, numeral)
        or (before in _NUMBERED and _is_digits(tokens, numeral))
        or _is_name(tokens, numeral)
        or _is_pronoun(tokens, numeral, before, after)
        or (numeral.low == numeral.high and not numeral.low.is_integer() and numeral.low < _FIRST_YEAR)
    )


def _is_digits(tokens: Sequence[Token], numeral: Numeral) -> bool:
    return tokens[numeral.first].lower[0].isdigit() or numeral.low == numeral.high < 11  # noqa: PLR2004


def _is_month(tokens: Sequence[Token], at: int) -> bool:
    return 0 <= at < len(tokens) and tokens[at].printed in _MONTHS


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
    if before in _BEFORE_YEAR or (before.isdigit() and len(before) < _FOUR):
        return True
    counted = counted_at(tokens, numeral.stop, one=False)
    return counted is None or counted.head is None or counted.head > numeral.stop + 2


def _is_name(tokens: Sequence[Token], numeral: Numeral) -> bool:
    """Read "T 72" or "M 5": a single capital before digits."""
    if numeral.first == 0 or not tokens[numeral.first].lower[0].isdigit():
        return False
    before = tokens[numeral.first - 1]
    return len(before.printed) == 1 and before.printed.isupper() and before.printed not in {"A", "I"}


def _is_pronoun(tokens: Sequence[Token], numeral: Numeral, before: str, after: str) -> bool:
    """Whether "one" is no number: "no one", "one of them", "one another"."""
    if tokens[numeral.first].lower != "one" or numeral.stop > numeral.first + 1:
        return False
    return before in _NO_ONE or after in _AFTER_ONE or after in {"", ".", ","}
