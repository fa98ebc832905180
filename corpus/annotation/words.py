"""The words of a sentence: where each stands, and whether it reads as a verb or as part of a name."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from corpus.annotation import speech_words as lists

Span = tuple[int, int]

_WORD = re.compile(
    r"\([^()]{0,80}\)|\b(?:Mr|Mrs|Ms|Dr|Prof|Gen|Lt|Col|Maj|Capt|Sgt|Adm|Sen|Rep|Gov|Rev|St)\."
    # Control characters are what is left of letters in badly converted texts.
    r"|(?<![\w.])(?:[A-Za-z]\.){2,}|\b[A-Z]\.(?= [A-Z])"
    r"|[\w\x80-\x9f]+(?:[’'&/.-][\w\x80-\x9f]+)*[’']?|[^\w\s\x80-\x9f]"
)
_CONTROL = re.compile(r"[\x80-\x9f_]")
_SHORTEST_VERB = 5  # letters of a word in -ed or -ing
_REACH = 40
SPEECH, BRACKET, MARK = "“", "(", ","


class Word(NamedTuple):
    """A word of a sentence and its place in the text; words in quotation marks are one, SPEECH."""

    start: int
    end: int
    text: str
    low: str

    @property
    def capital(self) -> bool:
        """Whether it is written as a name is."""
        return self.text[:1].isupper() or self.low.startswith(("al-", "el-", "ad-", "as-", "ar-", "an-"))

    @property
    def mark(self) -> bool:
        """Whether it is no word: punctuation, or something said."""
        first = self.low[0]
        return self.low != BRACKET and not first.isalnum() and _CONTROL.match(first) is None


def words_of(text: str, start: int, end: int, spoken: Sequence[Span]) -> list[Word]:
    """The words of `text[start:end]`; each of the `spoken` spans, ascending, is one word."""
    words: list[Word] = []
    at = start
    for a, b in spoken:
        words += _plain(text, at, max(at, a))
        words.append(Word(max(a, start), min(b, end), SPEECH, SPEECH))
        at = min(b, end)
    return words + _plain(text, at, end)


def _plain(text: str, start: int, end: int) -> list[Word]:
    found = (match.span() for match in _WORD.finditer(text, start, end))
    return [
        Word(a, b, text[a:b], BRACKET if text[a] == "(" and b > a + 1 else text[a:b].lower())
        for a, b in found
    ]


def verbal(words: Sequence[Word], first: int, last: int) -> bool:
    """Whether one of the words from `first` to `last` is likely a verb."""
    return any(is_verb(words, at) for at in range(first, last + 1))


def is_verb(words: Sequence[Word], at: int) -> bool:
    """Whether a word is likely a verb: by a list, or by how it ends and what stands before it."""
    word, after = words[at], words[at - 1].low if at else ""
    if word.low in lists.FINITE or (after in lists.RELATIVES and word.low in lists.ROLES_AND_VERBS):
        return True
    if word.capital or "-" in word.text or len(word.low) < _SHORTEST_VERB or after in lists.DETERMINERS:
        return False
    if word.low.endswith("ed"):
        return word.low not in lists.ADJECTIVES_IN_ED or after in lists.ADVERBS
    return word.low.endswith("ing") and word.low not in lists.NOUNS_IN_ING


def nominal(word: Word) -> bool:
    """Whether a word is surely part of who someone is: a name, a role, or what comes with one."""
    return word.capital or word.low == BRACKET or "-" in word.text or word.low in lists.NOMINAL


def clause(words: Sequence[Word], last: int) -> int:
    """The first word of the clause that `last` is in, at most 40 words before it."""
    first = last + 1
    while first > max(0, last - _REACH) and not _ends_clause(words, first - 1):
        first -= 1
    return first


def _ends_clause(words: Sequence[Word], at: int) -> bool:
    word = words[at]
    if word.low == "as" and "well" in {other.low for other in words[max(0, at - 1) : at + 2]}:
        return False
    opens = word.low in lists.CLAUSE_OPENERS
    return word.mark or (opens and (not word.capital or at == 0 or words[at - 1].mark))
