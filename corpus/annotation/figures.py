"""Figures: numbers with their hedge and unit, what they count and what befell those counted.

Everything is the printed words' place and a closed interval; nothing is computed from several
figures. What is no figure (a day, a year, an age, a model's name, an article's number) is left
out, and so is a number of which it isn't sure what it counts. docs/figures.md says how often that
is right.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from corpus.annotation.counted import Counted, counted_at, is_person
from corpus.annotation.events import Counting, events_of
from corpus.annotation.hedges import Hedge, HedgeKind, hedge_after, hedge_before, interval, unconfirmed
from corpus.annotation.numerals import SCALES, Numeral, numeral_at
from corpus.annotation.others import is_no_figure
from corpus.annotation.tokens import Token, tokens_of, word_at
from corpus.annotation.units import CURRENCIES, FigureKind, Unit, unit_of
from corpus.annotation.vocabulary import PERCENT

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure as printed: `text[start:end]` is the number with its hedge and unit.

    It stands for [low, high], both included; `high` is infinite where the words leave it open. A
    count counts what `noun` says, the head noun in lower case, and `counted` is the place of the
    whole phrase; other kinds measure in `unit`, as printed in lower case. `noun` is empty where none
    is printed beside the figure. `event` is what befell those counted ("killed", see
    `vocabulary.EVENTS`), None where no word says so surely. `unconfirmed` is the place of a "reportedly"
    in the same sentence.
    """

    start: int
    end: int
    low: float
    high: float
    kind: FigureKind = "count"
    unit: str = ""
    noun: str = ""
    noun_span: Span | None = None
    counted: Span | None = None
    hedge: HedgeKind | None = None
    hedge_span: Span | None = None
    event: str | None = None
    unconfirmed: Span | None = None

    @property
    def whole(self) -> Span:
        """The place of the figure together with what it counts."""
        return self.start, max(self.end, self.counted[1] if self.counted else 0)


@dataclass(frozen=True, slots=True)
class _Read:
    """A figure in tokens: [first, stop) is the number with hedge and unit."""

    numeral: Numeral
    first: int
    stop: int
    unit: Unit | None
    hedge: Hedge | None
    counted: Counted | None


def figures(text: str, start: int, end: int) -> list[Figure]:
    """The figures of `text[start:end]`, in order and apart; places count code points of `text`.

    Time is linear in the length of the span.
    """
    tokens = tokens_of(text, start, end)
    read = list(_all(tokens))
    events = events_of(tokens, [_counting(tokens, one) for one in read])
    return [_figure(tokens, one, event) for one, event in zip(read, events, strict=True) if _sure(one, event)]


def _all(tokens: Sequence[Token]) -> Iterator[_Read]:
    at = free = 0
    while at < len(tokens):
        numeral = numeral_at(tokens, at)
        one = _read(tokens, numeral, free) if numeral else None
        if one:
            yield one
            free = one.stop
        at = max(one.stop if one else 0, numeral.stop if numeral else 0, at + 1)


def _read(tokens: Sequence[Token], numeral: Numeral, free: int) -> _Read | None:
    """Read what stands around a numeral, as far back as `free`; None where it is no figure."""
    numeral, first = _up_to_second(tokens, numeral)
    unit = unit_of(tokens, numeral)
    numeral = _millions(tokens, numeral) if unit is None and numeral.glued == "m" else numeral
    if (unit is None and numeral.glued) or is_no_figure(tokens, numeral, unit):
        return None
    first = min(first, unit.first if unit else first)
    stop = max(numeral.stop, unit.stop if unit else 0)
    hedge = hedge_before(tokens, first, free)
    if hedge and unit and unit.kind == "duration" and tokens[hedge.first].lower == "over":
        hedge = None  # "over two days" may as well be "during"
    first = hedge.first if hedge else first
    late = None if hedge else hedge_after(tokens, stop)
    stop = late.stop if late else stop
    return _Read(numeral, max(first, free), stop, unit, hedge or late, _counted(tokens, numeral, unit, stop))


def _counted(tokens: Sequence[Token], numeral: Numeral, unit: Unit | None, stop: int) -> Counted | None:
    """What is counted; a measure counts only what "of" says, a share of something."""
    if unit is not None and (numeral.glued or word_at(tokens, stop, tokens[numeral.first].sentence) != "of"):
        return None
    return counted_at(tokens, stop, one=numeral.low == numeral.high == 1)


def _up_to_second(tokens: Sequence[Token], numeral: Numeral) -> tuple[Numeral, int]:
    """Join "30 to 40", "between 30 and 40", "three or four": the numeral, and the token that it begins with.

    "from 30 to 76" is a change rather than a range and is left apart.
    """
    sentence, first = tokens[numeral.first].sentence, numeral.first
    signed = word_at(tokens, first - 1, sentence) in CURRENCIES
    before = word_at(tokens, first - 1 - signed, sentence)
    at = numeral.stop + (word_at(tokens, numeral.stop, sentence) in PERCENT)
    joint = word_at(tokens, at, sentence)
    between = before == "between" and joint == "and"
    at += 1 + (signed and word_at(tokens, at + 1, sentence) in CURRENCIES)
    joined = between or (joint in {"to", "or"} and before != "from")
    other = numeral_at(tokens, at) if joined and not numeral.glued and at < len(tokens) else None
    if other is None or tokens[other.first].sentence != sentence:
        return numeral, first
    scale = SCALES.get(tokens[other.stop - 1].lower, 1) if numeral.stop == first + 1 else 1
    low = numeral.low * scale if numeral.low < scale else numeral.low
    return (replace(other, first=first, low=low), first - between) if low < other.high else (numeral, first)


def _millions(tokens: Sequence[Token], numeral: Numeral) -> Numeral:
    """Read the "m" of "6.5m people" as million: metres are of no people."""
    counted = counted_at(tokens, numeral.stop, one=False)
    if counted is None or counted.head is None or not is_person(tokens[counted.head].lower):
        return numeral
    return replace(
        numeral, low=numeral.low * SCALES["million"], high=numeral.high * SCALES["million"], glued=""
    )


def _counting(tokens: Sequence[Token], one: _Read) -> Counting:
    stop = max(one.stop, one.counted.stop if one.counted else 0)
    head = one.counted.head if one.counted else None
    person = None if head is None else is_person(tokens[head].lower)
    counts = one.unit is None or one.unit.kind == "percent"
    return Counting(one.first, stop, person if counts else False, named=head is not None, counts=counts)


def _sure(one: _Read, event: str | None) -> bool:
    """Whether it is clear what a figure counts, or that it is one at all."""
    if one.unit is not None or event is not None:
        return True
    named = one.counted is not None and one.counted.head is not None
    if one.numeral.low == one.numeral.high == 1:
        return named and one.hedge is not None
    return named or (one.hedge is not None and one.hedge.sure)


def _figure(tokens: Sequence[Token], one: _Read, event: str | None) -> Figure:
    low, high = interval(one.numeral, one.hedge)
    factor = one.unit.factor if one.unit else 1.0
    head = one.counted.head if one.counted else None
    doubt = unconfirmed(tokens, one.first)
    return Figure(
        start=tokens[one.first].start,
        end=tokens[one.stop - 1].end,
        low=low * factor,
        high=high * factor,
        kind=one.unit.kind if one.unit else "count",
        unit=one.unit.name if one.unit else "",
        noun="" if head is None else tokens[head].lower,
        noun_span=None if head is None else (tokens[head].start, tokens[head].end),
        counted=_span(tokens, one.counted.first, one.counted.stop) if one.counted else None,
        hedge=one.hedge.kind if one.hedge else None,
        hedge_span=_span(tokens, one.hedge.first, one.hedge.stop) if one.hedge else None,
        event=event,
        unconfirmed=(doubt.start, doubt.end) if doubt else None,
    )


def _span(tokens: Sequence[Token], first: int, stop: int) -> Span:
    return tokens[first].start, tokens[stop - 1].end
