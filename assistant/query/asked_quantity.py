"""What a question asks how many or how much of, and whether a printed figure counts that."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass, replace
from typing import Protocol

from assistant.query.expressions import NEEDED, THING, THING_END, stems, things
from assistant.query.question import Kind, Question
from corpus.annotation.counted import is_person
from corpus.annotation.figures import Figure, figures
from corpus.annotation.vocabulary import EVENTS, MIXED, words

# fmt: off
# Nouns of one line count the same; none is in a line for being merely possible ("people" are not "soldiers").
_CLASSES = tuple(
    frozenset(stem for word in line.split() for stem in stems(word))
    for line in (
        "troops soldiers servicemen fighters forces",
        "fighters militants rebels insurgents gunmen",
        "people persons lives victims",
        "deaths fatalities martyrs",
        "refugees displaced",
        "policemen police",
        "strikes raids airstrikes",
        "demonstrators protesters",
    )
)
_SIDES = (
    words("regime government pro-government pro-regime loyalist army"),
    words("rebel opposition insurgent anti-government anti-regime militant jihadist terrorist takfiri"),
)
_GENERAL = frozenset({"members", "member"})
# fmt: on
_WORD = re.compile(r"\w[\w’'-]*")
_TOLL = re.compile(r"\bdeath toll\b|\bcasualt|\bfatalit", re.IGNORECASE)
_HAPPENINGS = frozenset(stem for word in EVENTS for stem in stems(word))
_EVERYBODY = frozenset(
    stem for word in ("people", "persons", "deaths", "fatalities", "casualties") for stem in stems(word)
)


class Counts(Protocol):
    """What says of what it is a figure: its noun and the whole phrase."""

    @property
    def noun(self) -> str: ...  # noqa: D102

    @property
    def counted(self) -> str: ...  # noqa: D102


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked for: the stems of the thing, the words before it, what befell it, the measure it needs."""

    things: frozenset[str]
    modifiers: frozenset[str]
    event: str | None
    measure: re.Pattern[str] | None

    def is_met_by(self, text: str, figure: Figure) -> bool:
        """Whether a figure of a text surely counts what is asked for."""
        start, end = figure.whole
        if self.measure is not None:
            return figure.kind != "count" and self.measure.search(text, start, end) is not None
        if figure.kind not in {"count", "percent"}:
            return bool(self.things & stems(figure.unit))
        if self.event is not None and not _befell(self.event, figure.event):
            return False
        counted = text[slice(*figure.counted)] if figure.counted else ""
        return self._is_thing(figure, counted) and self._is_side(counted, figure.noun)

    def may_be_met_by(self, text: str, figure: Figure) -> bool:
        """Whether a figure may count what is asked for: what befell those counted isn't said, or not what it counts."""
        if self.measure is not None or figure.kind != "count" or figure.event is not None:
            return False
        return not figure.noun or replace(self, event=None).is_met_by(text, figure)

    def _is_thing(self, figure: Figure, counted: str) -> bool:
        """Whether the noun is the one asked for or one of its class; "people" are all who are persons."""
        everybody = self.things <= _EVERYBODY and self.event is not None
        if not figure.noun:
            return everybody and figure.event is not None
        if self.event is None and self.things <= _EVERYBODY and figure.event is not None:
            return False
        if everybody and is_person(figure.noun):
            return True
        return any(_alike(self.things, stems(noun)) for noun in _nouns(figure.noun, counted))

    def _is_side(self, counted: str, noun: str) -> bool:
        """Whether the words before a noun leave it possible that those asked about are meant.

        "seven Turkish soldiers" are no "regime troops", and neither are "39 rebel fighters".
        """
        if not self.modifiers:
            return True
        ours, theirs = _sides(self.modifiers), _sides({word.lower() for word in _before(counted, noun)})
        known = {stem for word in self.modifiers for stem in stems(word)}
        foreign = any(not stems(word) & known for word in _named(counted, noun))
        return bool(ours & theirs) or not (foreign or (ours and theirs))


def asked_figure(question: Question) -> Asked | None:
    """What a question asks how many or how much of; None where it asks for no figure, or not clearly for what."""
    if question.kind not in {Kind.HOW_MANY, Kind.HOW_MUCH}:
        return None
    measure = next((need for asks, need in NEEDED if asks.search(question.text)), None)
    event = _event(question.text)
    thing = things(question.text)
    thing = frozenset() if thing <= _HAPPENINGS else thing  # "how many were killed"
    found = Asked(thing, _modifiers(question.text, thing), event, measure)
    return found if thing or measure or event else None


def subject(question: Question) -> frozenset[str]:
    """The stems that say what a count is of besides the thing: "joined", "strike"; none where an event says it."""
    asked = question.once(asked_figure)
    if asked is None or asked.event or asked.measure:
        return frozenset()
    return frozenset(question.terms) - asked.things - {s for word in asked.modifiers for s in stems(word)}


def asked_figures(question: Question, text: str, *, surely: bool = True) -> list[Figure]:
    """The figures of a text that surely count what a question asks how many or how much of, or those that may."""
    asked = question.once(asked_figure)
    if asked is None:
        return []
    meets = asked.is_met_by if surely else asked.may_be_met_by
    return [figure for figure in figures(text, 0, len(text)) if meets(text, figure)]


def same_thing(one: Counts, other: Counts) -> bool:
    """Whether two figures count the same noun or nouns of one class; without a noun, both."""
    if not one.noun or not other.noun:
        return one.noun == other.noun
    ones, others = _nouns(one.noun, one.counted), _nouns(other.noun, other.counted)
    return any(_alike(stems(a), stems(b)) for a in ones for b in others)


def opposed(one: Counts, other: Counts) -> bool:
    """Whether two phrases name different parties: "Turkish soldiers" and "troops loyal to Assad".

    A party is a capitalised word before the noun, or a side of a war ("rebel", "regime").
    """
    ours, theirs = _named(one.counted, one.noun), _named(other.counted, other.noun)
    if ours or theirs:
        plain = not _before(one.counted, one.noun) or not _before(other.counted, other.noun)
        return ours.isdisjoint(theirs) and not (plain and not _behind(one, other))
    sides = _sides(set(one.counted.lower().split())), _sides(set(other.counted.lower().split()))
    return bool(sides[0] and sides[1]) and sides[0].isdisjoint(sides[1])


def _behind(one: Counts, other: Counts) -> bool:
    """Whether one of the phrases names somebody behind its noun."""
    words = [w for c in (one, other) for w in _WORD.findall(c.counted.lower().rpartition(c.noun)[2])]
    return bool(words)


def _before(counted: str, noun: str) -> list[str]:
    """The words before the noun, as printed."""
    at = counted.lower().find(noun)
    return _WORD.findall(counted[:at]) if noun and at > 0 else []


def _named(counted: str, noun: str) -> frozenset[str]:
    return frozenset(word for word in _before(counted, noun) if word[0].isupper())


def _sides(words: Collection[str]) -> frozenset[int]:
    return frozenset(n for n, side in enumerate(_SIDES) if not side.isdisjoint(words))


def _nouns(noun: str, counted: str) -> list[str]:
    """The noun; for "members" the nouns behind "of" as well."""
    behind = counted.lower().partition(" of ")[2] if noun in _GENERAL else ""
    return [noun, *_WORD.findall(behind)]


def _alike(one: frozenset[str], other: frozenset[str]) -> bool:
    return bool(one & other) or any(one & kind and other & kind for kind in _CLASSES)


def _befell(asked: str, event: str | None) -> bool:
    """Whether an event is the one asked about; those “neutralised” may have been killed."""
    return (
        event == asked
        or (asked == "killed" and event == "neutralised")
        or (asked == MIXED and event in _HARMED)
    )


_HARMED = frozenset({"killed", "wounded", MIXED})


def _event(question: str) -> str | None:
    events = {EVENTS[word] for word in _WORD.findall(question.lower()) if word in EVENTS}
    if {"killed", "wounded"} <= events:
        return MIXED
    toll = "killed" if _TOLL.search(question) else None
    return next(iter(events)) if len(events) == 1 else toll if not events else None


def _modifiers(question: str, thing: frozenset[str]) -> frozenset[str]:
    """The words between "how many" and the thing: "regime" of "how many regime troops"."""
    asked = THING.search(question)
    clause = THING_END.split((asked[1] or asked[2] or "")[:200])[0] if asked else ""
    words = _WORD.findall(clause.lower())
    at = next((n for n in reversed(range(len(words))) if stems(words[n]) & thing), 0)
    return frozenset(words[:at])
