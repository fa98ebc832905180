"""Noun phrases that can speak: the one that ends at a word, and the one that begins at a word."""

from __future__ import annotations

from collections.abc import Sequence

from corpus.annotation import speech_words as lists
from corpus.annotation.words import MARK, Word, is_verb, nominal

Span = tuple[int, int]

LONGEST = 22  # words of a speaker's name and part
_ALWAYS_LINKS = {"al", "bin", "ibn", "van", "von", "de"}
_PLACING = {"in", "at"}
_AUTHORS = {"in", "at", "from", "by", "on"}  # after a role: “a report by”, “a source in”
_ROUND = {"dozens", "scores", "hundreds", "thousands"}
_OBJECTS = {"him", "her", "them"}


def shortest(words: Sequence[Word], first: int, last: int, *, joined: bool = True) -> Span | None:
    """The phrase that ends at `last`, as far back as its words surely belong to it.

    `joined`: it may go on before an apposition, “the Harbour Union a trade body”.
    """
    start = _surely(words, first, last)
    start = _parted(words, first, start, last, joined=joined)
    start = max((at + 1 for at in range(start, last) if words[at].low == "more"), default=start)
    while start < last and words[start].low in lists.NO_START:
        start += 1
    if words[last].low in lists.ROLES and start > first and words[start - 1].low in lists.PLACING:
        start = _without_place(words, start, last)
    return (start, last) if _can_speak(words, first, start, last) else None


def _surely(words: Sequence[Word], first: int, last: int) -> int:
    """Where a phrase begins at the latest: a determiner, or the first of the names and roles in a row."""
    at = firm = last
    while at > max(first, last - LONGEST) and (step := _step_back(words, first, at)):
        at -= step
        opened = words[at].low in lists.DETERMINERS
        firm = at if opened or (at == firm - step and nominal(words[at])) else firm
        if (opened and not _linked(words, first, at)) or _opens_alone(words, at):
            break
    return firm


def _parted(words: Sequence[Word], first: int, start: int, last: int, *, joined: bool) -> int:
    """Where a phrase begins if lost commas let it run on: “across the country Lund”, “wounding dozens activists”."""
    if start <= first:
        return start
    before, verb = words[start - 1], is_verb(words, start - 1)
    if words[start].low in _ROUND and verb:
        return min(last, start + 1)
    if words[start].low in lists.DETERMINERS and (verb or before.low in lists.PLACING):
        breaks = (at for at in range(start + 1, last) if not nominal(words[at]) and words[at + 1].capital)
        return next(breaks, start - 1) + 1
    if joined and words[start].low in {"a", "an"} and before.capital:
        name = shortest(words, first, start - 1, joined=False)
        return name[0] if name and words[name[0]].low == "the" else start
    return start


def _opens_alone(words: Sequence[Word], at: int) -> bool:
    """Whether a phrase begins with a word as it is: “local activists”, “two sources”."""
    return at > 0 and words[at].low in lists.OPENING and words[at - 1].low not in lists.DETERMINERS


def _without_place(words: Sequence[Word], start: int, last: int) -> int:
    """Where a plural begins behind a place that lost its comma: “near Khan Touman rebels say”."""
    while start < last and words[start].capital and words[start].low not in lists.ROLES:
        start += 1
    return start


def _step_back(words: Sequence[Word], first: int, at: int) -> int:
    """How many words before `at` still belong to its phrase: 0, 1, or 2 where one links two."""
    before = words[at - 1]
    if words[at].low in lists.DETERMINERS:
        return 2 * _linked(words, first, at)
    if before.low in lists.LINKS or before.low in _PLACING or before.low == "and":
        return 2 * _linked(words, first, at)
    if before.low in _ALWAYS_LINKS:
        return 2 * (at - 2 >= first and words[at - 2].capital)
    numbered = before.low[0].isdigit() and words[at].capital
    return not (numbered or before.mark or before.low in lists.STOPS or is_verb(words, at - 1))


def _linked(words: Sequence[Word], first: int, at: int) -> bool:
    """Whether “of”, “for”, “in”, “at” or “and” before `at` joins it to one who can speak."""
    if at - 2 < first:
        return False
    link, joined = words[at - 1].low, words[at - 2]
    if link == "and":
        return joined.low in lists.ROLES and words[at].low not in lists.DETERMINERS
    if link in lists.LINKS:
        return joined.low in lists.ROLES or (joined.capital and words[at].low not in lists.DETERMINERS)
    return link in {"in", "at"} and joined.low in lists.ROLES


def _can_speak(words: Sequence[Word], first: int, start: int, last: int) -> bool:
    """Whether a phrase is surely whole and one who can speak: a name alone after “in” may be a place."""
    if is_verb(words, last):
        return False
    if start == last and words[start].low in lists.SOME:
        return True
    head = words[_head(words, start, last)]
    if words[start].low in lists.DETERMINERS:
        return head.capital or head.low in lists.ROLES
    before = words[start - 1].low if start > first else ""
    if before in lists.PLACING or before in lists.DETERMINERS:
        return head.low in lists.ROLES and head.low.endswith("s")
    return words[start].capital or (head.low in lists.ROLES and head.low.endswith(("s", "e", "n", "a")))


def _head(words: Sequence[Word], start: int, last: int) -> int:
    """The word that says what a phrase names: the last one before “of”, “for”, “in” or “at”."""
    links = (at for at in range(start + 1, last) if words[at].low in lists.LINKS or words[at].low in _PLACING)
    return next(links, last + 1) - 1


def opening_subject(words: Sequence[Word]) -> Span | None:
    """The phrase that opens a sentence before its first verb, if it is one who can speak."""
    first = 1 + max((at for at in range(min(6, len(words))) if words[at].low == MARK), default=-1)
    who = follower(words, first)
    if who is None or who[1] + 1 >= len(words) or not is_verb(words, who[1] + 1):
        return None
    passive = words[who[1] + 1].low in lists.BE
    return None if passive or words[who[0]].low in lists.NO_OPENING else who


def follower(words: Sequence[Word], at: int) -> Span | None:
    """The first and last word of the phrase that begins at `at`: who “said” or “according to” names."""
    if at >= len(words) or words[at].mark:
        return None
    if words[at].low in lists.PRONOUNS or words[at].low in _OBJECTS:
        return at, at
    last = at - 1
    while last + 1 < min(len(words), at + LONGEST) and _continues(words, at, last + 1):
        last += 1
    while last >= at and (words[last].low in lists.JOINTS or words[last].low in lists.DETERMINERS):
        last -= 1
    speaks = (w.capital or w.low in lists.ROLES or w.low in lists.COUNTS for w in words[at : last + 1])
    return (at, last) if any(speaks) else None


def _continues(words: Sequence[Word], first: int, at: int) -> bool:
    """Whether a phrase that begins at `first` goes on with the word `at`."""
    word = words[at]
    if word.mark or word.low in lists.ENDS:
        return False
    if at == first:
        return word.low not in lists.PREPOSITIONS and not is_verb(words, at)
    return _joins(words, at) and not is_verb(words, at)


def _joins(words: Sequence[Word], at: int) -> bool:
    """Whether a word inside a sentence can be part of the phrase before it."""
    word, before = words[at], words[at - 1].low
    if word.low in lists.PREPOSITIONS:
        return word.low in _AUTHORS and before in lists.ROLES and not _frames(words, at)
    if word.low in lists.CONJUNCTIONS:
        return at + 1 < len(words) and nominal(words[at + 1])
    if word.low in lists.DETERMINERS - {"one", "that"}:
        return before in lists.JOINTS
    opens = word.low in lists.OPENING or word.low[0].isdigit()
    return not opens or before in lists.JOINTS or before in lists.OPENERS - lists.ROLES


def _frames(words: Sequence[Word], at: int) -> bool:
    """Whether a preposition opens when or where something was said: “on Monday”, “in a statement”."""
    after = [word.low for word in words[at + 1 : at + 6]]
    return not after or bool(lists.OCCASIONS & set(after)) or after[0] in lists.DAYS or after[0].isdigit()
