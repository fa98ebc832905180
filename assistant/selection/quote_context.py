"""What an article says about the words that are quoted from it: who speaks them, and of which days they are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from assistant.query.question import Kind
from assistant.types.answer import EventDate, Speaker
from corpus.annotation.days import DayMention, days
from corpus.annotation.intervals import Unit
from corpus.annotation.speakers import Attribution, Stance, hedges

Span = tuple[int, int]

# For these the answering words may be someone's while the rest of the sentence is the article's own.
_CLAIMED = frozenset({Kind.HOW_MANY, Kind.HOW_MUCH, Kind.SAID})
_BESIDE = 30  # characters behind "said" within which a day is that of the saying
_MOST = 0.5  # of the words, to be theirs; also of the best one's, to be another's as well
# fmt: off
_FINEST: tuple[Unit, ...] = (
    "day", "weekend", "week", "month", "quarter", "season", "half", "year", "decade", "century"
)
# fmt: on
_STANCES: dict[Stance, Literal["says", "denies", "silent"]] = {
    Stance.SAYS: "says",
    Stance.DENIES: "denies",
    Stance.SILENT: "silent",
}


@dataclass(frozen=True, slots=True)
class Quoted:
    """A quote as spans of its article's text: its sentences, the one that was chosen, its answering words.

    `attributions` are those of its sentences.
    """

    text: str
    sentences: tuple[Span, ...]
    chosen: Span
    attributions: tuple[Attribution, ...]
    marks: tuple[Span, ...] = ()


class Context:
    """What the sentences of one quote attribute, read once."""

    def __init__(self, quoted: Quoted, kind: Kind) -> None:
        self._quoted, self._kind = quoted, kind
        self._attributions = quoted.attributions

    def speaker(self) -> Speaker | None:
        """Who says most of the answering words, else of the chosen sentence; None where that isn't sure.

        Not sure is: less than half of the words are theirs, or someone else says half as many beside them.
        """
        focus = self._quoted.marks if self._kind in _CLAIMED else ()
        found = self._covering(focus or (self._quoted.chosen,)) or self._silent()
        return _speaker(self._quoted.text, found) if found else None

    def event_date(self, published: date | None) -> EventDate | None:
        """The days of the mention that most likely says when the chosen sentence's event was; None where none is.

        First the days that answer, then those of the chosen sentence, of the event rather than of
        somebody's speaking of it, of the finest unit, fully stated, and the first of these. A year that
        tells which thing is meant counts only where it answers.
        """
        span = self._quoted.sentences[0][0], self._quoted.sentences[-1][1]
        found = [m for m in days(self._quoted.text, *span, published) if not m.named or self._answers(m)]
        best = min(found, key=self._remoteness, default=None)
        return event_date(self._quoted.text, best) if best else None

    def _remoteness(self, mention: DayMention) -> tuple[bool, bool, bool, int, bool, int]:
        span = mention.start, mention.end
        own = _shared(span, self._quoted.chosen) > 0
        fineness = _FINEST.index(mention.unit)
        return (
            not self._answers(mention),
            not own,
            self._is_of_speech(span),
            fineness,
            not mention.explicit,
            span[0],
        )

    def _answers(self, mention: DayMention) -> bool:
        return any(_shared((mention.start, mention.end), mark) for mark in self._quoted.marks)

    def _is_of_speech(self, span: Span) -> bool:
        """Whether days stand beside the words that tell who speaks, and not in what is said."""
        inside = any(_shared(span, a.said) for a in self._attributions)
        return not inside and any(0 <= span[0] - a.cue[1] <= _BESIDE for a in self._attributions)

    def _covering(self, focus: Sequence[Span]) -> Attribution | None:
        """The attribution that covers most of some words, if it is most of them and nobody else's beside it."""
        sayings = [a for a in self._attributions if a.stance is not Stance.SILENT]
        covered = [(sum(_shared(a.said, span) for span in focus), a) for a in sayings]
        most, best = max(covered, key=lambda pair: (pair[0], _length(pair[1].said)), default=(0, None))
        if best is None or most < _MOST * max(1, sum(self._weight(span) for span in focus)):
            return None
        beside = any(amount >= _MOST * most and not self._same(other, best) for amount, other in covered)
        return None if beside else best

    def _weight(self, span: Span) -> int:
        """The characters of a span, without those that only tell who speaks."""
        telling = {place for a in self._attributions for place in (a.speaker, a.cue)}
        return _length(span) - sum(_shared(span, place) for place in telling)

    def _same(self, one: Attribution, other: Attribution) -> bool:
        words = [self._quoted.text[slice(*(a.named_by or a.speaker))] for a in (one, other)]
        return words[0] == words[1]

    def _silent(self) -> Attribution | None:
        """Who declines to speak in the chosen sentence, asked what someone said and nobody says anything there."""
        own = [a for a in self._attributions if _shared(a.cue, self._quoted.chosen)]
        only = own[0] if len(own) == 1 and self._kind is Kind.SAID else None
        return only if only and only.stance is Stance.SILENT else None


def _speaker(text: str, found: Attribution) -> Speaker:
    hedge = found.hedge or next(iter(hedges(text, *found.said)), None)
    return Speaker(
        text=text[slice(*found.speaker)],
        start=found.speaker[0],
        end=found.speaker[1],
        cue=text[slice(*found.cue)],
        stance=_STANCES[found.stance],
        hedge=text[slice(*hedge)] if hedge else None,
        named_by=text[slice(*found.named_by)] if found.named_by else None,
    )


def event_date(text: str, mention: DayMention) -> EventDate:
    """The days that a mention names, with its words in the article's text."""
    return EventDate(
        text=text[mention.start : mention.end],
        start=mention.start,
        end=mention.end,
        first=mention.interval.first,
        last=mention.interval.last,
        explicit=mention.explicit,
    )


def _shared(one: Span, other: Span) -> int:
    """How many characters two spans share."""
    return max(0, min(one[1], other[1]) - max(one[0], other[0]))


def _length(span: Span) -> int:
    return span[1] - span[0]
