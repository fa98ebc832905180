"""What a numeral counts: the noun phrase behind it, found by the words that end one and by plurals."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from corpus.annotation.numerals import SMALL
from corpus.annotation.tokens import Token, word_at
from corpus.annotation.vocabulary import (
    DETERMINERS,
    LOYAL,
    NO_PEOPLE,
    NO_PEOPLE_ENDINGS,
    NO_PLURALS,
    ONES,
    PEOPLE,
    PEOPLE_ENDINGS,
    PLURALS,
    PRONOUNS,
    STOPS,
)

_WORD = re.compile(r"[^\W\d_][\w'’‑-]*")
_NUMBERED = re.compile(r"[0-9][\w,.]*(?:-[^\W\d_]+)?")
_LONGEST = 8  # words of a noun phrase


@dataclass(frozen=True, slots=True)
class Counted:
    """What is counted, from token `first` up to token `stop`; `head` is its noun, None where only a pronoun is."""

    first: int
    stop: int
    head: int | None


def counted_at(tokens: Sequence[Token], at: int, *, one: bool) -> Counted | None:
    """The noun phrase that begins at a token, "of the" before it allowed; None where none is sure.

    A head is the last of the first plurals ("human rights activists"); behind "one" it is a known
    singular, or the last word of a phrase of up to three.
    """
    if not 0 < at < len(tokens):
        return None
    sentence, first = tokens[at - 1].sentence, at
    if word_at(tokens, at, sentence) == "of":
        at = _behind_of(tokens, at + 1, sentence)
    places = _phrase(tokens, at, sentence)
    words = [tokens[n].printed for n in places]
    head = _one(words) if one else _many(words)
    if head is None:
        return _pronoun(tokens, first, sentence, words)
    return Counted(first, _extended(tokens, places[head] + 1, sentence), places[head])


def _behind_of(tokens: Sequence[Token], at: int, sentence: int) -> int:
    """Pass a determiner and a numeral: "of the 76 fighters"."""
    at += word_at(tokens, at, sentence) in DETERMINERS
    at += word_at(tokens, at, sentence) in {"more", "than", "nearly", "about", "some"}
    return at + (_NUMBERED.fullmatch(word_at(tokens, at, sentence)) is not None)


def _phrase(tokens: Sequence[Token], at: int, sentence: int) -> list[int]:
    """The places of the words up to one that no noun phrase holds; what is in brackets is passed.

    "and" may join what stands before the noun: "180 army and paramilitary troops".
    """
    found: list[int] = []
    while len(found) < _LONGEST and (word := word_at(tokens, at, sentence)):
        if word == "(" and found and (closed := _closing(tokens, at, sentence)):
            at = closed + 1
            continue
        joins = word == "and" and found and not any(is_plural(tokens[n].printed) for n in found)
        if not joins and (
            (word in STOPS and tokens[at].printed != "US") or word in SMALL or not _WORD.fullmatch(word)
        ):
            break
        found.append(at)
        at += 1
    return found


def _closing(tokens: Sequence[Token], at: int, sentence: int) -> int:
    """Where a bracket closes again after a few words; 0 if it doesn't."""
    places = range(at + 1, at + 7)
    return next((n for n in places if word_at(tokens, n, sentence) == ")"), 0)


def _many(words: Sequence[str]) -> int | None:
    head = next((n for n, word in enumerate(words) if is_plural(word)), None)
    while head is not None and head + 1 < len(words) and is_plural(words[head + 1]):
        head += 1
    return head


def _one(words: Sequence[str]) -> int | None:
    known = next((n for n, word in enumerate(words) if word.lower() in ONES), None)
    if known is not None:
        return known
    return len(words) - 1 if 0 < len(words) <= 3 and words[-1].islower() else None  # noqa: PLR2004


def is_plural(word: str) -> bool:
    """Whether a word looks like a noun in the plural; a name in capitals or a possessive doesn't."""
    lower = word.lower()
    if lower in PRONOUNS or lower in NO_PLURALS or (word.isupper() and not lower.endswith("s")):
        return False
    if lower in PLURALS or re.fullmatch(r"[\w-]{2,20}(?:m|wom)en", lower):
        return lower not in {"specimen", "regimen", "women-only", "yemen"}
    regular = len(word) > 3 and word[-1] == "s" and lower[-2] not in "su'’"  # noqa: PLR2004
    return regular and not word.isupper() and not lower.endswith(("is", "ous"))


def is_person(noun: str) -> bool:
    """Whether a noun, in lower case, looks like one of people: "fighters", "Syrians", "children"."""
    known = noun in PEOPLE or noun.removesuffix("s") in ONES or noun.endswith(("men", "women"))
    return known or (
        noun.endswith(PEOPLE_ENDINGS) and not noun.endswith(NO_PEOPLE_ENDINGS) and noun not in NO_PEOPLE
    )


def _pronoun(tokens: Sequence[Token], first: int, sentence: int, words: Sequence[str]) -> Counted | None:
    """Read "others", "more", "of them": something is counted that another phrase names."""
    if word_at(tokens, first, sentence) == "of" and word_at(tokens, first + 1, sentence) in PRONOUNS:
        return Counted(first, first + 2, None)
    count = 0
    while count < len(words) and words[count].lower() in PRONOUNS:
        count += 1
    return Counted(first, first + count, None) if count else None


def _extended(tokens: Sequence[Token], stop: int, sentence: int) -> int:
    """Take in what says whose they are: "loyal to Assad", "of Syrian government forces"."""
    word, following = word_at(tokens, stop, sentence), word_at(tokens, stop + 1, sentence)
    if word in LOYAL and following in {"to", "with"}:
        return _names(tokens, stop + 2, sentence) or stop
    if word == "of":
        places = _phrase(tokens, stop + 1 + (following in DETERMINERS), sentence)
        head = _many([tokens[n].printed for n in places])
        if head is not None:
            return places[head] + 1
    return stop


def _names(tokens: Sequence[Token], at: int, sentence: int) -> int:
    """Where a run of capitalised words ends, a determiner before it allowed; 0 if there is none."""
    at += word_at(tokens, at, sentence) in DETERMINERS
    begin = at
    while at < begin + 5 and word_at(tokens, at, sentence) and tokens[at].printed[:1].isupper():
        at += 1
    return at if at > begin else 0
