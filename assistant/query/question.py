"""A question's text, read: its terms, the kind of answer it wants, the sources it names."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TypeVar

from index.words.bm25 import analyze

MAX_CHARACTERS = 2_000

T = TypeVar("T")


class Kind(StrEnum):
    """What kind of answer a question wants."""

    WHO = "who"
    WHERE = "where"
    WHEN = "when"
    HOW_MANY = "how many"
    HOW_MUCH = "how much"
    WHY = "why"
    SAID = "said"
    YES_NO = "yes/no"
    WHAT = "what"


_SAY = (
    "say|said|tell|told|claim|claimed|announce|announced|warn|warned|report|reported|respond|responded|react|"
    "reply|promise|demand|call for|think|argue|describe"
)
# The first pattern that fits decides; each is linear: alternatives of plain words.
_KINDS = (
    (Kind.SAID, rf"\b(?:what|how) (?:did|does|do|has|have|had|was)\b.{{0,120}}\b(?:{_SAY})\b"),
    (
        Kind.HOW_MANY,
        r"\b(?:how many|what number|number of|how often|how large|death toll|what share|percentage)\b",
    ),
    (Kind.HOW_MUCH, r"\bhow (?:much|high|tall|long|far|big|deep|wide|fast|old)\b"),
    (Kind.WHEN, r"\b(?:when|(?:what|which|on what|on which) (?:day|date|year|month|time))\b"),
    (
        Kind.WHERE,
        r"\b(?:where|(?:what|which) (?:town|city|village|country|road|place|port|region|province))\b",
    ),
    (Kind.WHY, r"\b(?:why|for what reason|what (?:caused|led|was the reason|is the reason))\b"),
    (Kind.WHO, r"\b(?:who|whom|whose|(?:what|which) (?:person|group|company|minister|party|union))\b"),
    (Kind.YES_NO, r"^(?:is|are|was|were|did|does|do|has|have|had|can|could|will|would|should)\b"),
)
_PATTERNS = tuple((kind, re.compile(pattern, re.IGNORECASE)) for kind, pattern in _KINDS)

# Words that ask rather than name; they are no evidence when a sentence repeats them.
_ASKING = frozenset(
    analyze(
        "who whom whose what which when where why how many much often did does do done doing has have had having"
        " were was is are been being would could should can may might must about any some there his her its"
        " he she they them him your you we us our me my i tell say happen please give know from with than"
        " say said says told s t whether while during between since until after before also just so"
    )
)


@dataclass(frozen=True, slots=True)
class Question:
    """A question as it was understood.

    `terms` are the stems its words are searched by, asking words left out (all words where
    nothing else is left); `names` and `numbers` are what a fitting sentence must not contradict.
    """

    text: str
    kind: Kind
    terms: tuple[str, ...]
    names: frozenset[str]
    numbers: frozenset[str]
    _read: dict[object, object] = field(default_factory=dict, init=False, repr=False, compare=False)

    def once(self, read: Callable[[Question], T]) -> T:
        """What a function reads from the question, such as `asked_speaker`: called the first time only."""
        if read not in self._read:
            self._read[read] = read(self)
        return self._read[read]  # type: ignore[return-value]


def read_question(text: str) -> Question:
    """Understand a question, of which only MAX_CHARACTERS are read; raises ValueError when it is empty."""
    cut = text.strip()[:MAX_CHARACTERS].encode("utf-8", "replace").decode().strip()
    if not cut:
        raise ValueError("the question is empty; ask something")
    terms = tuple(dict.fromkeys(analyze(cut)))
    content = tuple(t for t in terms if t not in _ASKING)
    return Question(cut, _kind(cut), content or terms, _names(cut), frozenset(numbers(cut)))


_OPENING = re.compile(
    r"\W*(?:(?:about|at|by|for|from|in|of|on|to|with) )?(?:who|whom|whose|what|which|when|where|why|how|is|are|was|were"
    r"|did|does|do|has|have|had|can|could|should|would|will|may|might)\b",
    re.IGNORECASE,
)


def is_asking(words: str) -> bool:
    """Whether words only ask ("how many did"), or are so common that no text is told by them."""
    return all(term in _ASKING for term in analyze(words))


def is_topic(text: str) -> bool:
    """Whether words name a topic and ask nothing of it: "The strike at Port Caldry"."""
    return "?" not in text and not _OPENING.match(text)


def _kind(text: str) -> Kind:
    return next((kind for kind, pattern in _PATTERNS if pattern.search(text)), Kind.WHAT)


_NAME = re.compile(r"\b[^\W\d_][\w’'-]*")
_NUMBER = re.compile(r"\d[\d,.]*")
_YEAR = re.compile(r"1\d{3}|20\d\d")


def _names(text: str) -> frozenset[str]:
    """Stems of capitalised words that do not open the question."""
    words = list(_NAME.finditer(text))[1:]
    capitalised = (m.group() for m in words if m.group()[0].isupper())
    return frozenset(t for word in capitalised for t in analyze(word) if t not in _ASKING and len(t) > 1)


def numbers(text: str) -> Iterable[str]:
    """The numbers written in digits, thousands separators and final dots removed."""
    return (m.group().rstrip(".,").replace(",", "") for m in _NUMBER.finditer(text))


def years(found: Iterable[str]) -> frozenset[str]:
    """Those numbers that are written as a year is: 1000 to 2099."""
    return frozenset(number for number in found if _YEAR.fullmatch(number))
