"""The sources that a question asks to hear: “according to Reuters”, “how do TRT and Sputnik differ on …”."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise


@dataclass(frozen=True, slots=True)
class Outlets:
    """Sources that a question asks to hear, under the archive's names, in the question's order.

    `words` is what the question calls them, each by the first of its names there. `rest` is the
    question without “according to …”, which as a filter says all; where `compared`, as it asks how they
    differ, what they are compared on.
    """

    sources: tuple[str, ...]
    rest: str
    compared: bool = False
    words: tuple[str, ...] = ()


_BEFORE = re.compile(
    r"(?:according to|reported by|published (?:by|in)|printed (?:by|in)|written in|claimed by|\bin|\bby|\bper)"
    r"(?: the)? $"
)
_AFTER = re.compile(
    r"^(?:’s|'s)?,? (?:says|said|claims|claimed|reports?|reported|"
    r"writes?|wrote|prints?|printed|publish|published|coverage|articles?|put|"
    r"give|gave|cover|covered|describe|described)\b"
)
# “What did SANA say about …”, “How many does SANA say died …”: the outlet is who is asked to speak.
_ASKED = re.compile(r"\b(?:did|does|do|has|have)(?: the)? $")
_SAYS = re.compile(
    r"^ (?:say|said|tell|told|claim|claimed|call|called|put|present|presented|explain|explained)\b"
)
_COMPARES = re.compile(
    r"\b(?:compare[ds]?|comparing|differ|differs|differed|differences?|disagree[ds]?|versus|vs|contrast|contrasted)\b"
)
_ACCORDING = re.compile(r",? ?\baccording to (?:the )?$", re.IGNORECASE)
_JOINED = re.compile(r"^(?:,| and| or|, and| versus| vs\.?| with| from| to)(?: the)? $")
_TOPIC = re.compile(
    r"^.{0,60}?\b(?:on|about|over|regarding|concerning|in their (?:reports|coverage) (?:of|on)|of) (.+)$"
)

_BEFORE_BOTH = re.compile(r"\b(?:on|about|over|regarding|of) (.{1,400}?),? (?:in|by|between|from)(?: the)? $")


def outlets(question: str, known: Mapping[str, str]) -> Outlets | None:
    """Read the sources that a question asks to hear; None where it asks for none.

    `known` gives the archive's name of each source by the names it goes by, in lower case. A name
    alone is not enough, since an outlet can be what the news is about: words beside it must say so.
    """
    text = question.casefold()
    found = _found(text, known)
    named = _named(question, found, known)
    if len(named) > 1 and _COMPARES.search(text):
        return Outlets(tuple(named), _topic(question, found), True, tuple(named.values()))
    asked = [at for at in found if _asks_for(text, *at)]
    if not asked:
        return None
    heard = _with_joined(text, found, asked)
    named = _named(question, heard, known)
    return Outlets(tuple(named), _rest(question, heard), words=tuple(named.values()))


def _named(question: str, found: list[tuple[int, int]], known: Mapping[str, str]) -> dict[str, str]:
    """The archive's names of the sources at some places of a question, each with the question's own words for it."""
    text = question.casefold()
    printed = question if len(text) == len(question) else text  # else the places are those of the other
    named: dict[str, str] = {}
    for start, end in found:
        named.setdefault(known[text[start:end]], printed[start:end])
    return named


def by_stated_names(question: str, known: Mapping[str, str]) -> str:
    """Give a question with each source in it under the name that the archive states, as articles carry it.

    Otherwise an alias that is printed nowhere would be taken for somebody whom no article names.
    """
    text = question.casefold()
    if len(text) != len(question):  # the places of the one are not those of the other
        return question
    parts, at = [], 0
    for start, end in _found(text, known):
        stated = known[text[start:end]]
        same = stated.casefold() == text[start:end]
        parts += [question[at:start], question[start:end] if same else stated]
        at = end
    return "".join([*parts, question[at:]])


def _found(text: str, known: Mapping[str, str]) -> list[tuple[int, int]]:
    """Where names of sources stand as whole words, in order; of two that overlap the longer one."""
    places = sorted(
        (-len(name), at)
        for name in known
        if name
        for at in _places(text, name)
        if _whole(text, at, at + len(name))
    )
    taken = bytearray(len(text))
    found = []
    for length, at in places:
        end = at - length
        if not any(taken[at:end]):
            taken[at:end] = b"\1" * -length
            found.append((at, end))
    return sorted(found)


def _places(text: str, name: str) -> Iterator[int]:
    at = text.find(name)
    while at >= 0:
        yield at
        at = text.find(name, at + len(name))


def _whole(text: str, start: int, end: int) -> bool:
    return not (text[start - 1 : start].isalnum() or text[end : end + 1].isalnum())


def _asks_for(text: str, start: int, end: int) -> bool:
    before, after = text[max(0, start - 40) : start], text[end : end + 40]
    spoken = _ASKED.search(before) and _SAYS.search(after)
    return bool(spoken or _BEFORE.search(before) or _AFTER.search(after))


def _with_joined(
    text: str, found: list[tuple[int, int]], asked: list[tuple[int, int]]
) -> list[tuple[int, int]]:
    """The names asked for with those joined to them: “according to A and B”."""
    heard = set(asked)
    for ordered in (found, found[::-1]):
        for one, other in pairwise(ordered):
            first, second = sorted((one, other))
            if one in heard and _JOINED.search(text[first[1] : second[0]]):
                heard.add(other)
    return sorted(heard)


def _rest(question: str, heard: list[tuple[int, int]]) -> str:
    """The question without “according to” and the names that follow it, where something is left."""
    before = _ACCORDING.search(question[: heard[0][0]])
    if before is None:
        return question
    rest = f"{question[: before.start()]} {question[heard[-1][1] :].lstrip(' ,')}".strip()
    return rest if any(c.isalnum() for c in rest) else question


def _topic(question: str, found: list[tuple[int, int]]) -> str:
    """What stands after the last name and a word such as “on”; else the question without the names."""
    after, before = _TOPIC.search(question[found[-1][1] :]), _BEFORE_BOTH.search(question[: found[0][0]])
    topic = after or before
    if topic:
        return topic[1]
    return " ".join(_COMPARES.sub(" ", _without(question, found)).strip(" :,").split())


def _without(question: str, found: list[tuple[int, int]]) -> str:
    kept, at = [], 0
    for start, end in found:
        kept.append(question[at:start])
        at = end
    return " ".join([*kept, question[at:]])
