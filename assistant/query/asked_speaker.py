"""Does the one whom a question asks about say what a sentence says?"""

from __future__ import annotations

import re
from collections.abc import Iterable

from assistant.query.question import Kind, Question
from corpus.annotation import speech_words as lists
from corpus.annotation.naming import country_of, spoken_by
from corpus.annotation.speakers import Attribution, Stance
from corpus.patterns import lazy

Span = tuple[int, int]

_VERB = (
    r"(?:say|said|saying|tell|told|claim|claimed|announce|announced|warn|warned|report|reported|respond|responded|react"
    r"|reply|promise|demand|call|think|argue|describe|deny|accuse|call for)"
)
_ASKED = lazy(
    rf"\b(?:what|how) (?:did|does|do|has|have|had|was|were) (?P<name>[^?,;:]{{1,80}}?) (?:(?:also|then|later|first"
    rf"|not|quoted as|reported to have|really|actually) ){{0,2}}{_VERB}\b"
    rf"|\bwhat (?:was|is|has been) (?:said|reported|claimed|announced) by (?P<by>[^?,;:]{{1,80}}?)"
    r"(?= (?:about|on|of|over|after|to|in|at)\b|\W{0,9}\Z)",
    re.IGNORECASE,
)
_CAPITAL = lazy(r"[^\W\d_a-z]\w")
_PERSON = lazy(r"(?!(?:The|An?) )[^\W\d_a-z][^\W\d_A-Z]\S*(?: [^\W\d_a-z]\S*){0,3}")
_NAMED = lazy(r"(?!(?:The|An?|Some|Its|His|Her|Their) )(?<![\w’'-])[^\W\d_a-z]")


def asked_to_speak(question: str) -> tuple[Span, int] | None:
    """Where a question names whom it asks to hear, and where what they speak of begins; None where it doesn't ask so.

    In “What did Lund say about the port?” these are “Lund” and “ about the port?”.
    """
    match = _ASKED.search(question)
    if match is None:
        return None
    return match.span("name" if match["name"] else "by"), match.end()


def asked_speaker(question: Question) -> str | None:
    """The name of whoever a question asks to hear, “Lund” in “What did Lund say …?”; None if it names no one."""
    asked = asked_to_speak(question.text) if question.kind is Kind.SAID else None
    name = question.text[slice(*asked[0])].strip() if asked else ""
    return name if _CAPITAL.search(name) or name.split(" ")[-1] in lists.ROLES else None


def speaks(question: Question, text: str, attributions: Iterable[Attribution]) -> bool | None:
    """Whether the one asked about speaks in a sentence of an article, by the attributions of that sentence.

    True if some of its words are theirs; False if all its words that have a speaker have another,
    who is named; None where neither is clear, and for questions that ask for no one's words.
    """
    name = question.once(asked_speaker)
    if name is None:
        return None
    found = [fits(name, text, attribution) for attribution in attributions]
    if any(found):
        return True
    return False if found and all(fit is False for fit in found) else None


def may_be_heard(name: str, text: str, attributions: Iterable[Attribution]) -> bool:
    """Whether the one of that name speaks, or may be who speaks, by one of these attributions of a text."""
    return any(fits(name, text, attribution) is not False for attribution in attributions)


def fits(name: str, text: str, attribution: Attribution) -> bool | None:
    """Whether an attribution's speaker is the one asked for; None where a pronoun or a role may be.

    Of a country, “the army” or “the FDA” it is never said that someone else speaks: who speaks may be its minister.
    """
    if attribution.stance is Stance.SILENT:
        return None
    span = attribution.named_by or attribution.speaker
    speaker = text[slice(*span)]
    if spoken_by(name, speaker):
        return True
    if (
        not _is_person(name)
        or speaker.lower() in lists.PRONOUNS
        or not _NAMED.search(speaker)
        or _shares(name, speaker)
    ):
        return None
    return False


def _is_person(name: str) -> bool:
    """Whether a name may only be a person's: for a body, an office or a country somebody named may well speak."""
    return country_of(name) is None and _PERSON.fullmatch(name) is not None


def _shares(name: str, speaker: str) -> bool:
    """Whether a name's last word stands in a speaker's words: “Lund’s office”; that is neither clearly."""
    last = name.rsplit(maxsplit=1)[-1].lower()
    return last in speaker.lower()
