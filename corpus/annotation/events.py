"""What befell those whom a figure counts: killed, wounded, displaced …, by the nearest governing word."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from corpus.annotation.tokens import Token, word_at
from corpus.annotation.vocabulary import (
    AFTER_PARTICIPLE,
    AUXILIARIES,
    BEFORE_TOLL,
    BEING,
    EVENTS,
    FILLING,
    GOVERNING,
    INCLUDING,
    INFINITIVES,
    LEFT,
    LISTING,
    LOSING,
    MIXED,
    MODALS,
    NAMING,
    OF_AFTER,
    OF_THINGS,
    STATES,
)

_FAR, _NEAR, _LINK = 25, 4, 9  # words looked at


@dataclass(frozen=True, slots=True)
class Counting:
    """A figure among the tokens, from its hedge, `first`, up to the end of what it counts, `stop`.

    `person` says whether people are counted, None where that isn't known; `named` whether a noun is
    printed, `counts` whether it counts at all rather than measures.
    """

    first: int
    stop: int
    person: bool | None
    named: bool
    counts: bool = True


def events_of(tokens: Sequence[Token], counting: Sequence[Counting]) -> list[str | None]:
    """For each figure of a text, in order, what befell those counted; None where no rule is sure.

    A figure of a list takes over what befell its neighbour, first from the left.
    """
    firsts = {figure.first for figure in counting}
    bare = {figure.stop for figure in counting if not figure.named}
    whole = {right.first for left, right in pairwise(counting) if right.first < left.stop}
    found = [
        None if figure.first in whole or _of(tokens, figure) else _own(tokens, figure, firsts, bare)
        for figure in counting
    ]
    neighbours = list(pairwise(range(len(counting))))
    for left, right in neighbours:
        found[right] = found[right] or _taken(tokens, counting, (left, right), found[left], right)
    for left, right in reversed(neighbours):
        found[left] = found[left] or _taken(tokens, counting, (left, right), found[right], left)
    return found


def _taken(
    tokens: Sequence[Token],
    counting: Sequence[Counting],
    pair: tuple[int, int],
    event: str | None,
    taker: int,
) -> str | None:
    left, right = counting[pair[0]], counting[pair[1]]
    figure = counting[taker]
    if event is None or not _takes(figure, event) or _of(tokens, figure):
        return None
    return event if _linked(tokens, left, right, event if taker == pair[1] else None) else None


def _of(tokens: Sequence[Token], figure: Counting) -> bool:
    """Whether a figure is only the whole that another is part of: "Of the 120 passengers, 30 were injured"."""
    sentence, at = tokens[figure.first].sentence, figure.first - 1
    at -= word_at(tokens, at, sentence) == "the"
    return word_at(tokens, at, sentence) == "of" and not word_at(tokens, at - 1, sentence)[:1].isalnum()


def _takes(figure: Counting, event: str) -> bool:
    return figure.counts and (figure.person is not False or event in OF_THINGS)


def _own(tokens: Sequence[Token], figure: Counting, firsts: set[int], stops: set[int]) -> str | None:
    if not figure.counts:
        return None
    return (
        _named(tokens, figure)
        or _before_participle(tokens, figure, firsts, passive=True)
        or _behind_verb(tokens, figure, stops)
        or _before_participle(tokens, figure, firsts, passive=False)
        or (_toll(tokens, figure) if figure.person is not False else None)
        or (_passive(tokens, figure, firsts) if figure.person is not False else None)
    )


def _named(tokens: Sequence[Token], figure: Counting) -> str | None:
    """Read "six martyrs", "20 deaths": the noun itself, or what stands where a noun would."""
    sentence = tokens[figure.first].sentence
    before, last, after = (
        word_at(tokens, n, sentence) for n in (figure.first - 1, figure.stop - 1, figure.stop)
    )
    if last == "lives" and before in LOSING:
        return "killed"
    return next((EVENTS[word] for word in (last, after) if word in NAMING), None)


def _behind_verb(tokens: Sequence[Token], figure: Counting, stops: set[int]) -> str | None:
    """Read "killing at least", "killing of seven", "wounded another"; not the participle of another figure."""
    sentence, at = tokens[figure.first].sentence, figure.first - 1
    for _ in range(_NEAR):
        if event := _governing(tokens, at, sentence):
            return None if at in stops and tokens[at].lower.endswith("ed") else event
        word = word_at(tokens, at, sentence)
        if word not in FILLING and not (word == "of" and word_at(tokens, at - 1, sentence) in OF_AFTER):
            return None
        at -= 1
    return None


def _governing(tokens: Sequence[Token], at: int, sentence: int) -> str | None:
    """The event of a word that has what follows as its object: "killed", "deaths of", "lives of", "shot dead"."""
    before, word, after = (word_at(tokens, n, sentence) for n in (at - 1, at, at + 1))
    if (word, after) == ("lives", "of") or (before, word) == ("shot", "dead"):
        return "killed"
    if word in INCLUDING:  # "those killed included"
        return EVENTS.get(before)
    governs = word in GOVERNING or (word in NAMING and after == "of")
    return _with_other(tokens, at, sentence, -1) if governs else None


def _before_participle(
    tokens: Sequence[Token], figure: Counting, firsts: set[int], *, passive: bool
) -> str | None:
    """Read "12 civilians were killed" or "50 others injured", "76 dead": behind auxiliaries alone."""
    sentence, at = tokens[figure.first].sentence, figure.stop
    been = False
    for _ in range(_NEAR + 2):
        word = word_at(tokens, at, sentence)
        if word in EVENTS:
            free = (
                not figure.named
                or _left(tokens, figure)
                or (at + 1 not in firsts and _ends(tokens, at, sentence))
            )
            return _with_other(tokens, at, sentence, 1) if been or (free and not passive) else None
        if word not in AUXILIARIES:
            return None
        been = been or word in BEING
        at += 1
    return None


def _left(tokens: Sequence[Token], figure: Counting) -> bool:
    """Whether "left" or "leaving" stands before a figure, so that its participle says how they were left."""
    return word_at(tokens, figure.first - 1, tokens[figure.first].sentence) in LEFT


def _ends(tokens: Sequence[Token], at: int, sentence: int) -> bool:
    """Whether what follows a participle shows that it has no object: "killed in", not "killed the"."""
    word, following = word_at(tokens, at, sentence), word_at(tokens, at + 1, sentence)
    return word in STATES or not following or following in AFTER_PARTICIPLE or not following[0].isalnum()


def _passive(tokens: Sequence[Token], figure: Counting, firsts: set[int]) -> str | None:
    """Find "were killed" further on in the sentence, before any other figure that isn't part of this one."""
    sentence = tokens[figure.first].sentence
    for at in range(figure.stop, figure.stop + (_FAR if figure.person else _LINK)):
        word = word_at(tokens, at, sentence)
        if not word or word == ";" or (at in firsts and not _listed(tokens, figure.stop, at)):
            return None
        if word in EVENTS:
            suffered = _suffered(tokens, at, sentence) or (figure.person and word in {"died", "fled"})
            return _with_other(tokens, at, sentence, 1) if suffered else None
    return None


def _suffered(tokens: Sequence[Token], at: int, sentence: int) -> bool:
    """Whether a form of "be" stands just before: "were also killed", "are among the dead"."""
    for n in range(at - 1, at - 4, -1):
        word = word_at(tokens, n, sentence)
        if word in BEING or word not in AUXILIARIES | {"among", "the", "those"}:
            return word in BEING
    return False


def _toll(tokens: Sequence[Token], figure: Counting) -> str | None:
    """Read "the death toll rose to 76", "the number killed in the city to 45"."""
    sentence = tokens[figure.first].sentence
    if word_at(tokens, figure.first - 1, sentence) not in BEFORE_TOLL:
        return None
    for at in range(figure.first - 1, max(-1, figure.first - _FAR), -1):
        word = word_at(tokens, at, sentence)
        if word in {"toll", "tolls"}:
            return "killed"
        if word in {"number", "numbers"}:
            near = (word_at(tokens, n, sentence) for n in range(at + 1, at + 1 + _NEAR))
            return next((EVENTS[w] for w in near if w in EVENTS), None)
    return None


def _with_other(tokens: Sequence[Token], at: int, sentence: int, way: int) -> str | None:
    """The event of a word, or MIXED where "or wounded" is joined to it; None where it may not be so."""
    event = EVENTS[tokens[at].lower]
    if _unreal(tokens, at, sentence):
        return None
    joint, other = word_at(tokens, at + way, sentence), EVENTS.get(word_at(tokens, at + 2 * way, sentence))
    if joint not in {"or", "and", "/"} or other in {event, None}:
        return event
    return MIXED


def _unreal(tokens: Sequence[Token], at: int, sentence: int) -> bool:
    """Whether a verb says what may be, or isn't: "could be killed", "did not kill", "to kill"; "to flee" is real."""
    word, before = word_at(tokens, at, sentence), word_at(tokens, at - 1, sentence)
    if word in INFINITIVES and before == "to":
        return True
    for n in range(at - 1, at - 5, -1):
        word, after = word_at(tokens, n, sentence), word_at(tokens, n + 1, sentence)
        if word in MODALS or (word == "to" and after == "be"):
            return True
        if word not in AUXILIARIES:
            return False
    return False


def _linked(tokens: Sequence[Token], left: Counting, right: Counting, event: str | None) -> bool:
    """Whether two figures stand in one list, the left one's participle between them allowed: `event`."""
    sentence, at = tokens[left.first].sentence, left.stop
    while word_at(tokens, at, sentence) in BEING | {"have", "had", "has", "also"} and at < left.stop + _NEAR:
        at += 1  # "were killed along with"
    at += event is not None and EVENTS.get(word_at(tokens, at, sentence)) == event and at < right.first
    return tokens[right.first].sentence == sentence and _listed(tokens, at, right.first)


def _listed(tokens: Sequence[Token], start: int, stop: int) -> bool:
    """Whether only words of a list stand between: "12 civilians, among them five children"."""
    return start <= stop <= start + _LINK and all(tokens[n].lower in LISTING for n in range(start, stop))
