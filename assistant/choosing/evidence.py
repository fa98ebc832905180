"""Does a sentence hold the kind of thing a question asks for: a name, a date, a number, a reason?"""

from __future__ import annotations

import re

from assistant.question import Kind, Question
from corpus.patterns import lazy
from index.words import analyze

_MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
_DAYS = "Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday"
_COUNT_WORDS = (
    "one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|"
    "seventeen|eighteen|nineteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|dozen|dozens|"
    "hundred|hundreds|thousand|thousands|million|millions|billion|half|none|several|both|single"
)
_NUMBER = lazy(rf"\d|\b(?:{_COUNT_WORDS})\b", re.IGNORECASE)
_AMOUNT = lazy(rf"[$€£¥]|\d|\b(?:{_COUNT_WORDS}|per cent|percent)\b", re.IGNORECASE)
_TIME = lazy(
    rf"\b(?:{_MONTHS}|{_DAYS}|Mon|Tue|Wed|Thu|Fri|Sat|Sun)\b"
    r"|\b(?:1[0-9]|20)\d\d\b|\b\d{1,2}(?::|\.)\d\d\b"
    r"|\b(?i:yesterday|today|tomorrow|tonight|noon|midnight|morning|afternoon|evening|century|decade"
    r"|(?:last|next|this) (?:week|month|year|spring|summer|autumn|winter)|(?:days?|weeks?|months?|years?|hours?)"
    r" (?:ago|later|earlier|before|after))\b"
)
_PLACE = lazy(
    r"\b(?:in|at|near|to|from|into|outside|around|across|of|off|on|through|towards?) (?:the )?[A-Z]"
    r"|\b(?i:north|south|east|west|northern|southern|eastern|western|village|town|city|province|border|road|"
    r"port|bridge|river|district|airport)\b"
)
_REASON = lazy(
    r"\b(?:because|due to|owing to|in order to|so that|since|as a result|blam(?:ed|ing)|caused|led to|after|"
    r"over|for fear|to avoid|to protect|to prevent|in protest|in response|citing|therefore|in retaliation)\b",
    re.IGNORECASE,
)
_SPEECH = lazy(
    r"[\"“”«»]|\b(?:said|says|told|tells|announced|claimed|claims|warned|stated|added|reported|accused|denied|"
    r"insisted|argued|called|according to|vowed|promised|rejected|confirmed|demanded|urged|declared|described)\b",
    re.IGNORECASE,
)
_CAPITAL = lazy(r"(?<=\s)[“\"']?[A-ZÀ-ÖØ-ÞĀ-Ž][\w’'-]+")

_PATTERNS = {
    Kind.WHEN: _TIME,
    Kind.WHERE: _PLACE,
    Kind.HOW_MANY: _NUMBER,
    Kind.HOW_MUCH: _AMOUNT,
    Kind.WHY: _REASON,
    Kind.SAID: _SPEECH,
}


def holds(kind: Kind, sentence: str, asked: frozenset[str]) -> bool:
    """Whether a sentence holds what a question of this kind asks for; True where no words show it.

    `asked` are the question's own words in lower case: a name or a number that the question gives
    is not the one it asks for.
    """
    if kind is Kind.WHO:
        return any(m.group().strip("“\"'").lower() not in asked for m in _CAPITAL.finditer(sentence))
    pattern = _PATTERNS.get(kind)
    if pattern is None:
        return True
    return any(m.group().lower() not in asked for m in pattern.finditer(sentence))


_HOW_MANY = lazy(r"\bhow many\b", re.IGNORECASE)
_DAY = r"\d{1,2}(?:st|nd|rd|th)?"
_DATE = lazy(
    rf"\b(?:{_DAY},? (?:of )?)?(?:{_MONTHS})\b(?: {_DAY}\b)?(?:,? (?:1\d|20)\d\d\b)?"
    r"|\b(?:in|since|until|from|by|during|after|before|of) (?:1[5-9]|20)\d\d\b|\b\d{1,2}[./-]\d{1,2}[./-]\d{4}\b",
    re.IGNORECASE,
)
_SOME = lazy(
    rf"\d|\b(?:{_COUNT_WORDS}|once|twice|thrice|couple|pair|no|nobody|only|first|second|third|fourth|fifth|sixth|seventh"
    r"|eighth|ninth|tenth)\b",
    re.IGNORECASE,
)


def uncounted(question: Question, sentence: str) -> bool:
    """Whether a question asks how many and a sentence has no number but those of its dates, as a caption has."""
    return bool(_HOW_MANY.search(question.text)) and not _SOME.search(_DATE.sub(" ", sentence))


_AFTER_HOW_MANY = lazy(r"\bhow (?:many|much|few)\b(.*)", re.IGNORECASE)
_TOKEN = lazy(r"\d[\d,.]*|\w+")
_REACH = 3  # words after a number within which the thing counted stands


def counts(question: Question, sentence: str) -> bool:
    """Whether a sentence has a number just before the thing that a question asks how many of.

    "How many ships …" is met by "23 ships in the roads", not by "nine villages".
    """
    asked = _AFTER_HOW_MANY.search(question.text)
    if asked is None or question.kind not in {Kind.HOW_MANY, Kind.HOW_MUCH}:
        return False
    things = {term for word in _TOKEN.findall(asked[1])[:_REACH] for term in analyze(word)}
    words = _TOKEN.findall(sentence)
    return any(
        _NUMBER.fullmatch(word) is not None or word[0].isdigit()
        for at, word in enumerate(words)
        if things & {term for other in words[at + 1 : at + 1 + _REACH] for term in analyze(other)}
    )
