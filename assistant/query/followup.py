"""A question that leans on the one before it, and what it takes over from there.

“And how many civilians?” says nothing alone. Words alone decide whether a question leans: an
opening (“and”, “what about”) before words that name little, a word that points back with nothing
before it to point at (“they”, “that attack”), or too few words to be a question. One that stands
alone takes nothing over, so that a new topic begins clean.

What is taken over is kept short: each word that is beside the point costs answers.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from assistant.query.asked_speaker import asked_to_speak
from assistant.query.expressions import thing
from assistant.query.question import is_asking, read_question
from corpus.annotation.day_scan import scan
from corpus.patterns import lazy
from index.words.bm25 import analyze

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class FollowUp:
    """A question completed: what is searched for, and the words it took over, as they were written."""

    text: str
    carried: tuple[str, ...]


_OPENING = lazy(r"^(?:and|but|so|or|then|also)\b[\s,]*", re.IGNORECASE)
# A piece of a question in place of a whole one: “what about Aleppo?”, “and on 6 February?”, “in 2018?”.
_PIECE = lazy(
    r"^(?:(?:and|but|so|or|then|also)\b[\s,]*)?(?P<about>(?:what|how) about\b)?\s*"
    r"(?P<at>(?:in|at|near|from|by|for|on|after|before|since|during|with)\b\s*)?(?:the\b\s*)?"
    r"(?P<piece>[^?]*?)\s*\??$",
    re.IGNORECASE,
)
_POINTS_BACK = lazy(
    r"\b(?:it|its|they|them|their|theirs|he|him|his|she|her|hers|both|either|neither|former|latter)\b"
    # “there” that names a place, not that of “was there a strike” or “there were”
    r"|(?<!is )(?<!was )(?<!are )(?<!were )(?<!been )\bthere\b(?! (?:is|was|are|were|has|have|had|been)\b)"
    # “that” that stands for something, not that of “said that nobody came”
    r"|\b(?:that|this|these|those)(?=\?|$| (?:happen|happened|was|were|is|are|has|have|had|did|does|do)\b)"
    r"|(?:^|\b(?:after|before|during|in|at|of|on|for|from|since|about|against|by|was|were|did|all) )"
    r"(?:that|this|these|those)\b(?= [a-z]+)",
    re.IGNORECASE,
)
_HOW_MANY = lazy(r"how (?:many|much|few) (?!was\b|were\b|is\b|are\b|have\b|has\b)", re.IGNORECASE)
_HOW_MANY_DONE = lazy(
    r"\bhow (?:many|much|few)\b.{0,80}? (?:was|were|been|be|is|are|got) (?P<done>[a-z]{4,}(?:ed|en|rt|wn))\b",
    re.IGNORECASE,
)
_DONE_BEFORE = lazy(_HOW_MANY_DONE.pattern.replace("{4,}", "{2,}"), re.IGNORECASE)  # “hurt” too
_NAMED = lazy(r"(?<![\w’'-])[A-ZÀ-ÖØ-Þ][\w’'-]*(?: (?:al-)?[A-ZÀ-ÖØ-Þ][\w’'-]*)*")
_BARE = lazy(
    r"January|February|March|April|May|June|July|August|September|October|November|December|(?:1\d|20)\d\d"
)
_WORD = lazy(r"[^\W_][\w’'-]*")
# How a question asks, which is no part of what it is about: “how tall”, “who runs”.
_MANNER = lazy(
    r"\bhow (?P<degree>[a-z]+)(?= (?:is|are|was|were|did|does|do|has|have|had|will|would|can)\b)"
    r"|^who (?P<does>[a-z]+)(?= (?:the|a|an|its|his|her|their)\b)",
    re.IGNORECASE,
)
# A time in place of another: “and when the strike was over?”, “and after the flood?”.
_WHEN = lazy(
    r"^(?:and|but|so|or|then|also)\b[\s,]*(?P<when>(?:when|while|after|before|during|since|until) the [^?]*)",
    re.IGNORECASE,
)
_BEFORE_A_DAY = lazy(r" (?:(?:in|on|by|since|until|before|after) )?$")
# After these a name is who acts: “did Hask send”.
_ACTS = lazy(r"\b(?:is|are|was|were|did|does|do|has|have|had|will|would|can|could|should) $", re.IGNORECASE)
_ANY_DAY = date(2000, 1, 1)  # where words stand that name a day doesn't hang on when they are read
_LONGEST_NOUN = 3  # words
_FEW = 1  # content words of a question that says too little alone
_MOST = 5  # content words beside names and days that are taken over


def complete(question: str, previous: str) -> FollowUp | None:
    """Complete a question from the one before it, itself completed; None where it stands alone.

    A piece of a question takes the place of its like in the earlier one (“And how many civilians?”
    after “How many soldiers were killed?”); any other takes over the earlier one's names, days and
    content words that it does not replace. Raises ValueError where one of the two is empty.
    """
    asked, before = read_question(question).text, read_question(previous).text
    if not leans(asked):
        return None
    moved = _at_another_time(asked, before)
    if moved:
        return moved
    swapped = _swapped(asked, before)
    if swapped:
        at, put = swapped
        return FollowUp(before[: at[0]] + put + before[at[1] :], tuple(_parts(before, leave_out=at)))
    carried = tuple(_last_few(list(_not_replaced(asked, before))))
    text = _OPENING.sub("", asked).rstrip(" ?.!")
    return FollowUp(f"{text} {' '.join(carried)}?", carried) if carried else None


def leans(question: str) -> bool:
    """Whether a question says too little alone."""
    piece = _PIECE.match(question)
    if piece and (piece["about"] or _is_day(piece["piece"])):
        return True
    opening = _OPENING.match(question)
    if opening:
        rest = question[opening.end() :]
        return not _names(rest) or _names_little(rest) or leans(rest)
    if any(not _names(question[: m.start()]) for m in _POINTS_BACK.finditer(question)):
        return True
    spoken = asked_to_speak(question)
    if spoken and not _content(question[spoken[1] :]):
        return True
    words = _content(question)
    return len(words) <= _FEW and not (_names(question) or (_days(question) and len(words) > 1))


def _names_little(question: str) -> bool:
    """Whether a question with a name in it says too little beside that, as after “and”.

    Who spoke of what is enough. What begins with a place (“in Aleppo, how many …”) sets it beside another.
    """
    spoken = asked_to_speak(question)
    if spoken and _content(question[spoken[1] :]):
        return False
    return len(_unnamed(question)) <= _FEW or question.lower().startswith(("in ", "at ", "near "))


def _at_another_time(question: str, before: str) -> FollowUp | None:
    """The earlier question at another time, where the later one is nothing but that time."""
    found = _WHEN.match(question)
    if not found or _names(found["when"]):
        return None
    at = next(_times(before), (len(before.rstrip(" ?.!")),) * 2)
    text = f"{before[: at[0]]} {found['when'].rstrip()}{before[at[1] :]}"
    return FollowUp(text, tuple(_parts(before, leave_out=at)))


def _swapped(question: str, before: str) -> tuple[Span, str] | None:
    """What of the earlier question gives way to a piece of one, and what is put there."""
    found = _PIECE.match(question)
    piece = found["piece"] if found else ""
    if _is_day(piece):
        return _in_place_of(_days(before), piece)
    spoke = asked_to_speak(before)
    if spoke and found and not found["at"] and [piece] == [piece[a:b] for a, b in _names(piece)]:
        return spoke[0], piece
    counted, noun = thing(before), _HOW_MANY.sub("", piece, count=1)
    asks = noun != piece or (found and found["about"])
    if counted and asks and not _names(noun) and len(noun.split()) <= _LONGEST_NOUN:
        return counted, noun
    if [piece] == [piece[a:b] for a, b in _names(piece)]:
        acting = [] if found and found["at"] else [a for a in _names(before) if _ACTS.search(before[: a[0]])]
        return _in_place_of(acting or _names(before), piece)
    return None


def _in_place_of(spans: list[Span], piece: str) -> tuple[Span, str] | None:
    return (spans[-1], piece) if spans else None


def _not_replaced(question: str, before: str) -> Iterator[str]:
    """The parts of the earlier question that the later one neither repeats nor puts others in place of."""
    stems = set(analyze(question)) | _replaced(question, before) | _manner(before, question)
    own_day = bool(_days(question))
    for part in _parts(before):
        if not (own_day and _is_day(part)) and not set(analyze(part)) <= stems:
            yield part


def _replaced(question: str, before: str) -> set[str]:
    """Stems of what was counted, done or who spoke, where the later question names another."""
    done, counted, spoke = _DONE_BEFORE.search(before), thing(before), asked_to_speak(before)
    words = [done["done"]] if done and _HOW_MANY_DONE.search(question) else []
    words += [before[slice(*counted)]] if counted and thing(question) else []
    words += [before[slice(*spoke[0])]] if spoke and asked_to_speak(question) else []
    return {stem for text in words for stem in analyze(text)}


def _manner(before: str, question: str) -> set[str]:
    """Stems of the words by which the earlier question asks; “won” in “who won” is left to “by how much?”."""
    points_back = _POINTS_BACK.search(question)
    said = (m["degree"] or (m["does"] if points_back else "") for m in _MANNER.finditer(before))
    return {stem for word in said for stem in analyze(word)}


def _last_few(parts: list[str]) -> Iterator[str]:
    """Names, days and the last words beside them: in a long conversation those say what it is about."""
    words = [at for at, part in enumerate(parts) if not (_is_day(part) or _NAMED.fullmatch(part))]
    dropped = set(words[:-_MOST])
    return (part for at, part in enumerate(parts) if at not in dropped)


def _parts(text: str, leave_out: Span = (0, 0)) -> Iterator[str]:
    """Days, names and content words of a question, in order."""
    at = 0
    whole = _days(text) + _names(text)
    for start, end in [*sorted(whole), (len(text), len(text))]:
        if start < at:
            continue
        words = ((m.start() + at, m.end() + at) for m in _WORD.finditer(text[at:start]))
        for a, b in [*words, (start, end)]:
            outside = b <= leave_out[0] or a >= leave_out[1]
            if outside and a < b and not is_asking(text[a:b]):
                yield text[a:b]
        at = end


def _names(text: str) -> list[Span]:
    """Runs of capitalised words, but for those that open the question, ask, or are part of a day."""
    days = _days(text)
    found = [m.span() for m in _NAMED.finditer(text) if not is_asking(m.group())]
    return [(a, b) for a, b in found if not any(a < end and start < b for start, end in days)]


def _days(text: str) -> list[Span]:
    """The words of a question that name days, whichever these are."""
    return [(found.start, found.end) for found in scan(text, 0, len(text), _ANY_DAY, asked=True)]


def _is_day(words: str) -> bool:
    """Whether words are nothing but days; a month or a year says so without the words around it too."""
    return _BARE.fullmatch(words) is not None or _days(words) == [(0, len(words))]


def _times(text: str) -> Iterator[Span]:
    """The days of a question with the word before them: “ in early March”."""
    for start, end in _days(text):
        before = _BEFORE_A_DAY.search(text[:start])
        if before:
            yield before.start(), end


def _unnamed(text: str) -> list[str]:
    """Content words outside of names."""
    at, outside = 0, []
    for start, end in [*_names(text), (len(text), len(text))]:
        outside += _content(text[at:start])
        at = end
    return outside


def _content(text: str) -> list[str]:
    return [m.group() for m in _WORD.finditer(text) if not is_asking(m.group())]
