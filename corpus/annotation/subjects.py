"""Who does what a verb of speech says: the subject before it."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from corpus.annotation import speech_words as lists
from corpus.annotation.noun_phrases import LONGEST, shortest
from corpus.annotation.words import BRACKET, MARK, Word, clause, nominal, verbal

Span = tuple[int, int]

_FEW = 3
_ASIDE = 25  # words between commas that a speaker is told more of
_ASIDES = lists.OPENERS | lists.RELATIVES | {"speaking", "citing", "quoting", "in", "on", "at", "also"}
_ITSELF = {"both", "all", "himself", "herself", "itself", "themselves"}


def subject(words: Sequence[Word], verb: int, *, anyone: bool = False) -> Span | None:
    """The first and last word of who does what `words[verb]` says; None where that isn't clear.

    Tried in turn: a pronoun; the phrase before an aside or a relative clause; all words from where
    the clause begins, if none of them is a verb; the shortest phrase that can speak. `anyone`: the
    verb is one that only people have, so that “the harbour master” need be no known role.
    """
    last = _before_frame(words, verb - 1)
    if last < 0:
        return None
    if words[last].low in lists.PRONOUNS and words[last].low != "who":
        return None if words[last].low in {"i", "we", "you"} else (last, last)
    if words[last].low in lists.RELATIVES:
        return _antecedent(words, last)
    if words[last].mark:
        return _before_aside(words, last)
    who = _in_clause(words, last)
    return who or (_determined(words, last) if anyone else None)


def _determined(words: Sequence[Word], last: int) -> Span | None:
    """All of a clause that is a determiner and three words at most: “the harbour master”."""
    first = clause(words, last)
    plain = not verbal(words, first, last) and not any(
        word.low in lists.JOINTS for word in words[first : last + 1]
    )
    short = 0 < last - first <= _FEW and words[first].low in lists.DETERMINERS
    return (first, last) if short and plain else None


def _in_clause(words: Sequence[Word], last: int) -> Span | None:
    """The subject that ends at `last`, by what opens its clause."""
    first = clause(words, last)
    opener = words[first - 1].low if first else ""
    if opener in lists.RELATIVES and (verbal(words, first, last) or not _opens(words[first])):
        return _antecedent(words, first - 1) or shortest(words, first, last)
    return None if opener in lists.NO_STATEMENT else _named(words, first, last)


def _named(words: Sequence[Word], first: int, last: int) -> Span | None:
    return _whole(words, first, last) or shortest(words, first, last)


def _opens(word: Word) -> bool:
    """Whether a word can open a subject."""
    return word.capital or word.low in lists.OPENERS


def _before_frame(words: Sequence[Word], last: int) -> int:
    """Step back over when and how it was said: “the army on Monday said”, “in a statement said”."""
    days = {"on", "in", "late", "early", "last"}
    while last > 0 and words[last].low in lists.DAYS and words[last - 1].low in days:
        last -= 2
    last -= last > 0 and words[last].low in _ITSELF
    stated = [word.low for word in words[max(0, last - _FEW + 1) : last + 1]] == ["in", "a", "statement"]
    return last - _FEW if stated else last


def _whole(words: Sequence[Word], first: int, last: int) -> Span | None:
    """All of a clause before its verb of speech, if it reads as one noun phrase."""
    while first < last and words[first].low in {"and", "but", "or", "so", "then", "yet"}:
        first += 1
    if verbal(words, first, last):
        joint = max((at for at in range(first, last) if words[at].low in lists.CONJUNCTIONS), default=-1)
        listed = joint > 0 and words[joint - 1].low in lists.ROLES
        return _whole(words, joint + 1, last) if joint >= 0 and not listed else None
    if first > last or last - first >= LONGEST or words[first].low in lists.NO_OPENING:
        return None
    opens = _opens(words[first]) or words[first].low == BRACKET or _short(words, first, last)
    if not opens or _broken(words, first, last):
        return None
    pairs = list(pairwise(words[first : last + 1]))
    numbered = any(one.low[0].isdigit() and other.capital for one, other in pairs)
    speaking = bool(pairs) and words[first].low.endswith("ing") and pairs[0][1].low in lists.PREPOSITIONS
    later = any(word.low in lists.ORDER for word in words[first : last + 1])
    return None if numbered or speaking or later or not _is_speaker(words, first, last) else (first, last)


def _short(words: Sequence[Word], first: int, last: int) -> bool:
    """Whether a clause is an adjective or two and who speaks: “mainstream media”."""
    return last - first < _FEW and words[last].low in lists.ROLES


def _broken(words: Sequence[Word], first: int, last: int) -> bool:
    """Whether a noun runs into a name, as where a comma was lost: “and other properties SANA”."""
    if words[first].low in lists.DETERMINERS | lists.ROLES or words[first].capital:
        return False
    return any(not nominal(words[at]) and words[at + 1].capital for at in range(first, last))


def _is_speaker(words: Sequence[Word], first: int, last: int) -> bool:
    """Whether a phrase has a word that can speak: a name, a part someone has, or “many”, “others”."""
    names = any(word.capital and word.low not in lists.DAYS for word in words[first + 1 : last + 1])
    if names or any(word.low in lists.ROLES or word.low in lists.COUNTS for word in words[first : last + 1]):
        return not _new_phrase(words, first, last)
    alone = first == last and words[first].capital
    return alone and words[first].low not in lists.DAYS and words[first].low not in lists.LEADING


def _new_phrase(words: Sequence[Word], first: int, last: int) -> bool:
    """Whether a determiner opens a second phrase inside, as where a comma was lost: “in Aleppo the army”."""
    for at in range(first + 1, last + 1):
        before = words[at - 1]
        joined = before.low in lists.JOINTS or before.low in {"all", "both"}
        if words[at].low in lists.OPENING and not joined and before.low not in lists.OPENERS:
            return True
        if words[at].low in {"the", "a", "an"} and not joined:
            return words[first].low.endswith("ly") or not all(
                word.capital or word.low == BRACKET for word in words[first:at]
            )
    return False


def _before_aside(words: Sequence[Word], comma: int) -> Span | None:
    """Who is named before an aside between commas: “Lund, the mayor of Korrun, said”."""
    if words[comma].low != MARK:
        return None
    opening = _clause_mark(words, comma - 1)
    if opening is None or opening < 1 or opening + 1 >= comma:
        return None
    aside = words[opening + 1]
    numbered = aside.low.isdigit() and opening + 2 == comma
    if not (aside.capital or aside.low in _ASIDES or numbered):
        return None
    return _named(words, clause(words, opening - 1), opening - 1)


def _clause_mark(words: Sequence[Word], at: int) -> int | None:
    """The comma before `at`if nothing else ends a clause between."""
    for place in range(at, max(-1, at - _ASIDE), -1):
        if words[place].mark:
            return place if words[place].low == MARK else None
    return None


def _antecedent(words: Sequence[Word], relative: int) -> Span | None:
    """Whom “who” or “which” stands for: the phrase before it."""
    last = relative - 1
    last -= last >= 0 and words[last].low == MARK
    if last < 0 or words[last].mark:
        return None
    return _named(words, clause(words, last), last)
