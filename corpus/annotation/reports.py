"""The verbs of speech in one sentence: who speaks, by which words, and which words are theirs."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from corpus.annotation import speech_words as lists
from corpus.annotation.noun_phrases import follower, opening_subject
from corpus.annotation.subjects import subject
from corpus.annotation.verbs import Verb, auxiliaries, speech_verb
from corpus.annotation.words import MARK, SPEECH, Word, is_verb, verbal

Span = tuple[int, int]

_OPENING_MARKS = '"“«‘'
_CLAUSE = 4  # words that are enough of a clause to be what was said


class Report(NamedTuple):
    """One verb of speech read: spans of the text; `said` is empty where someone says nothing."""

    speaker: Span
    cue: Span
    said: Span
    via: Span | None = None
    denies: bool = False
    silent: bool = False


def reports(text: str, words: Sequence[Word]) -> list[Report]:
    """All reports of speech in the words of a sentence, in the order of their cues."""
    found: list[Report] = []
    for at in range(len(words)):
        report = _according(text, words, at) or _quoted(text, words, at) or _finite(text, words, at, found)
        report = report or _participle(text, words, at, found)
        if report:
            if found and report.speaker == found[-1].speaker:
                found[-1] = _up_to(text, found[-1], report.cue[0])
            found += [report, *_further(words, at, report)]
    return found


_AND = re.compile(r",? (?:and|but)(?: \w{1,20}){0,3} \Z")


def _up_to(text: str, report: Report, cue: int) -> Report:
    """A report that ends where the same speaker's next verb begins: “denied it and said …”."""
    start, end = report.said
    joint = _AND.search(text, max(start, cue - 60), cue) if start < cue < end else None
    return report._replace(said=(start, joint.start())) if joint else report


def _further(words: Sequence[Word], at: int, report: Report) -> Iterator[Report]:
    """Words in quotation marks that go on behind the speaker: “A,” said Lund, the mayor, “but B.”."""
    if report.said[1] > words[at].start:
        return
    for place in range(at + 2, len(words)):
        word = words[place]
        if word.low in lists.SAYING | lists.NEEDS_WORDS | lists.PARTICIPLES:
            return
        if word.low == SPEECH and words[place - 1].mark:
            yield report._replace(said=(word.start, word.end))


def _span(words: Sequence[Word], first: int, last: int) -> Span:
    return words[first].start, words[last].end


def _according(text: str, words: Sequence[Word], at: int) -> Report | None:
    """“According to two officials, …”, “…, according to two officials”."""
    if words[at].low != "according" or at + 2 >= len(words) or words[at + 1].low != "to":
        return None
    who = follower(words, at + 2)
    if who is None:
        return None
    cue, speaker = _span(words, at, at + 1), _span(words, *who)
    after, said = _after(text, words, who[1] + 1), _before(text, words, 0, at - 1)
    if words[at].capital or at < _CLAUSE - 1 or not (verbal(words, 0, at - 1) or after[0] == after[1]):
        said = after
    return Report(speaker, cue, said) if said[0] < said[1] else None


def _quoted(text: str, words: Sequence[Word], at: int) -> Report | None:
    """“X was quoted by SANA as saying …”, “SANA quoted X as saying …”."""
    if words[at].low not in {"quoted", "cited"}:
        return None
    stop = next((i for i in range(at + 1, min(at + 14, len(words) - 1)) if words[i].low == "as"), None)
    if stop is None or words[stop + 1].low not in {"saying", "telling"}:
        return None
    first = auxiliaries(words, at)
    passive = any(word.low in lists.BE for word in words[first:at])
    doer = subject(words, first)
    other = follower(words, at + 2 if passive else at + 1) if stop > at + 1 else None
    who, relay = (doer, other) if passive else (other, doer)
    if who is None:
        return None
    via = _span(words, *relay) if relay else None
    cue = _span(words, at, at) if not passive else _span(words, first, at)
    said = _after(text, words, stop + 2)
    if said[0] >= said[1]:
        said = _before(text, words, 0, min(first, *(who or ()), *(relay or ())) - 1)
    return Report(_span(words, *who), cue, said, via)


class _Group(NamedTuple):
    """A speaker's span in the text and the words from subject to verb, first and last."""

    speaker: Span
    first: int
    last: int


def _finite(text: str, words: Sequence[Word], at: int, earlier: Sequence[Report]) -> Report | None:
    """“Lund said …”, “…, said Lund”, “Lund declined to comment”."""
    verb = speech_verb(words, at)
    if verb is None:
        return None
    group = _inverted(words, verb) or _last(words, verb) or _doer(words, verb, earlier)
    group = group or _inverted(words, verb, late=True)
    if group is None:
        return None
    said = _said(text, words, verb, group)
    if not verb.silent and not any(letter.isalnum() for letter in text[slice(*said)]):
        return None
    cue = _span(words, verb.first if verb.silent else verb.last, verb.last)
    return Report(group.speaker, cue, said, None, words[verb.last].low in lists.DENYING, verb.silent)


def _inverted(words: Sequence[Word], verb: Verb, *, late: bool = False) -> _Group | None:
    """“…,” said Lund: the speaker stands behind the verb, and a clause or words said before it.

    `late` allows it without a comma, for texts that lost theirs; then the sentence must end there.
    """
    at = verb.last
    if words[at].low not in lists.INVERTED or verb.first != at or at == 0 or verb.silent:
        return None
    if not late and words[at - 1].low not in {SPEECH, MARK}:
        return None
    who = follower(words, at + 1)
    if who is None or (late and (at < _CLAUSE or not _closes(words, who[1] + 1))):
        return None
    if not (
        words[at - 1].low == SPEECH or _closes(words, who[1] + 1) or words[who[1] + 1].low in {MARK, "who"}
    ):
        return None
    return _Group(_span(words, *who), at, who[1])


def _last(words: Sequence[Word], verb: Verb) -> _Group | None:
    """A speaker with whom the sentence ends, “… injuries says the monitor.”: nobody says only a name."""
    group = _inverted(words, verb, late=True) if words[verb.last].low in {"said", "says", "added"} else None
    return group if group and group.last + 1 >= len(words) - words[-1].mark else None


def _closes(words: Sequence[Word], at: int) -> bool:
    """Whether nothing is said from a word on: the end, an age, a time, a place, to whom or how."""
    if at >= len(words) or (words[at].mark and words[at].low not in {MARK, SPEECH, ":"}):
        return True
    return words[at].low in lists.CLOSING or words[at].low.isdigit() or words[at].low.endswith("ing")


def _doer(words: Sequence[Word], verb: Verb, earlier: Sequence[Report]) -> _Group | None:
    """The subject before a verb; after “and” or “but” that of the verb before it."""
    if verb.first and words[verb.first - 1].low in {"and", "but", "then"}:
        return _inherited(words, verb, earlier)
    who = subject(words, verb.first, anyone=words[verb.last].low in lists.ANYONES)
    return _Group(_span(words, *who), who[0], verb.last) if who else None


def _inherited(words: Sequence[Word], verb: Verb, earlier: Sequence[Report]) -> _Group | None:
    """Who spoke before in the sentence, or else the subject that opens it."""
    spoke = [report for report in earlier if report.cue[1] <= words[verb.first].start]
    if spoke:
        return _Group(spoke[-1].speaker, verb.first, verb.last) if spoke[-1].via is None else None
    who = opening_subject(words)
    if who is None or any(word.low in lists.CLAUSE_OPENERS for word in words[who[1] : verb.first]):
        return None
    return _Group(_span(words, *who), verb.first, verb.last)


def _participle(text: str, words: Sequence[Word], at: int, earlier: Sequence[Report]) -> Report | None:
    """“…, saying that …”, “with some saying …”, “a source telling the agency that …”."""
    if words[at].low not in lists.PARTICIPLES or at == 0 or words[at - 1].low in lists.NO_PARTICIPLE:
        return None
    if at + 1 < len(words) and words[at + 1].low in lists.NO_SPEECH.get(words[at].low, ""):
        return None
    first = at - 1 if at > 1 and words[at - 1].low in lists.ADVERBS else at
    verb = Verb(first, at)
    joined = words[first - 1].mark or words[first - 1].low in lists.JOINED or words[first - 1].low.isdigit()
    alone = not joined and not earlier and words[at].low in lists.TELLS_OF_SPEECH
    alone = alone or (not joined and words[at].low in {"saying", "telling"})
    who = subject(words, first) if alone else None
    group = _Group(_span(words, *who), who[0], at) if who else None
    group = group or (_inherited(words, verb, earlier) if joined or earlier else None)
    if group is None:
        return None
    said = _after(text, words, _told(words, verb))
    denies = words[at].low in lists.DENYING
    return Report(group.speaker, _span(words, at, at), said, None, denies) if said[0] < said[1] else None


def _told(words: Sequence[Word], verb: Verb) -> int:
    """The first word behind a verb and those who are told."""
    at = verb.last + 1
    if words[verb.last].low not in lists.TELLING:
        return at
    heard = follower(words, at) or ((at, at) if at < len(words) and words[at].low in lists.HEARERS else None)
    return heard[1] + 1 if heard else at


def _said(text: str, words: Sequence[Word], verb: Verb, group: _Group) -> Span:
    """The words said: those after the verb, or those before its speaker."""
    at = max(_told(words, verb), group.last + 1)
    framed = lists.FRAME.match(text, words[at - 1].end, words[-1].end)
    while framed and at < len(words) and words[at].start < framed.end():
        at += 1
    if verb.silent:
        return _after(text, words, at)
    before = _before(text, words, 0, group.first - 1)
    return before if _is_before(words, group, at) and before[0] < before[1] else _after(text, words, at)


def _is_before(words: Sequence[Word], group: _Group, at: int) -> bool:
    """Whether what is said stands before its speaker."""
    first, rest = group.first, words[at:]
    if first == 0:
        return False
    if words[first - 1].low == SPEECH or all(word.mark and word.low != SPEECH for word in rest):
        return True
    before, after = words[first - 1].low, rest[0].low
    if before in lists.CLAUSE_OPENERS or before in lists.CONJUNCTIONS or after in {"that", ":", SPEECH}:
        return False
    if after == MARK and rest[1].low == SPEECH and first < _CLAUSE:
        return False
    if group.last > group.first and words[group.first].low in lists.INVERTED:
        return True
    ends = rest[0].mark or after in lists.AFTER_WHAT_IS_SAID or is_verb(words, at)
    return first >= _CLAUSE and ends and verbal(words, 0, first - 1)


def _after(text: str, words: Sequence[Word], at: int) -> Span:
    """The text from a word to the end of the sentence, without the word “that” and marks around it."""
    while at < len(words) and ((words[at].mark and words[at].low != SPEECH) or words[at].low == "that"):
        at += 1
    end = words[-1].end
    if at >= len(words):
        return end, end
    start = words[at].start - (at > 0 and text[words[at].start - 1] in _OPENING_MARKS)
    return start, _without_stop(text, start, end)


def _without_stop(text: str, start: int, end: int) -> int:
    while end > start and text[end - 1] in ".,;: \n\t":
        end -= 1
    return end


def _before(text: str, words: Sequence[Word], first: int, last: int) -> Span:
    """The text from one word to another, without a comma at its end."""
    while first <= last and words[first].mark and words[first].low != SPEECH:
        first += 1
    if last < first:
        return 0, 0
    start, end = _span(words, first, last)
    return start, end if words[last].low == SPEECH else _without_stop(text, start, end)
