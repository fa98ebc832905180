"""Verbs of speech in a sentence, told apart from passives, infinitives and nouns that look like them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from corpus.annotation import speech_words as lists
from corpus.annotation.words import MARK, SPEECH, Word

_QUOTED_BEFORE = 8  # words between a quotation and a verb that needs one
_NAMING = lists.DETERMINERS - {"this", "that", "one", "another", "some"}  # before a noun, not a verb


class Verb(NamedTuple):
    """A verb of speech among the words: from its first auxiliary on to its last word; what it is."""

    first: int
    last: int
    silent: bool = False


def speech_verb(words: Sequence[Word], at: int) -> Verb | None:
    """The verb of speech that ends at a word; None for a passive, an infinitive, a participle."""
    silence = _silence(words, at)
    if silence is not None:
        return Verb(silence, at, silent=True)
    low = words[at].low
    if words[at].capital or low not in lists.SAYING | lists.NEEDS_WORDS:
        return None
    first = auxiliaries(words, at)
    before = words[first - 1].low if first else ""
    passive = any(word.low in lists.BE for word in words[first:at])
    if passive or before in _NAMING or before in lists.PREPOSITIONS or before in lists.MODALS:
        return None
    if any(word.low in lists.NOT for word in words[max(0, first - 1) : at]) or _noun(words, at):
        return None
    return Verb(first, at)


def _noun(words: Sequence[Word], at: int) -> bool:
    """Whether what reads like a verb of speech is none: “reported missing”, “added to”, “reports of”."""
    low, after = words[at].low, words[at + 1].low if at + 1 < len(words) else ""
    if after in lists.NO_SPEECH.get(low, ""):
        return True
    if low not in lists.NEEDS_WORDS or low in lists.TAKES_OBJECT:
        return False
    if low == "added" and at and (words[at - 1].low == MARK or len(words) - at <= _QUOTED_BEFORE < at):
        return False
    if low in lists.CLOSES_SENTENCES and at + 1 >= len(words) - words[-1].mark:
        return False
    quoted = after in {"that", SPEECH, ":"} or (
        after == MARK and at + 2 < len(words) and words[at + 2].low == SPEECH
    )
    return not quoted and SPEECH not in [word.low for word in words[max(0, at - _QUOTED_BEFORE) : at]]


def _silence(words: Sequence[Word], at: int) -> int | None:
    """Where “declined to comment” or “did not say” begins, if it ends at a word."""
    low = words[at].low
    if at < 1 or low not in lists.UNSAID | lists.SILENT_PAST:
        return None
    if words[at - 1].low == "to" and at > 1 and words[at - 2].low in lists.REFUSING:
        return auxiliaries(words, at - 2)
    first = at - 1
    while first > 0 and words[first].low in lists.ADVERBS:
        first -= 1
    negated = words[first].low.replace("’", "").replace("'", "")
    if (
        first
        and negated in lists.NOT
        and words[first - 1].low in lists.AUXILIARIES | {"would", "could", "will"}
    ):
        return auxiliaries(words, first)
    return first if negated in {"didnt", "doesnt", "hasnt", "havent", "wouldnt", "wont", "couldnt"} else None


def auxiliaries(words: Sequence[Word], at: int) -> int:
    """Where a verb begins with its auxiliaries and adverbs: “has also since been told”."""
    skipped = lists.AUXILIARIES | lists.ADVERBS | lists.BE | {"will", "would"}
    while at > 0 and words[at - 1].low in skipped and not words[at - 1].mark:
        at -= 1
    return at
