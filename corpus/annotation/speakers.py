"""Who, inside an article, says what a sentence says: only spans of the article, and none where it isn't sure.

Read by forms, not by a model: “Lund told reporters …”, “…, Lund said”, “according to two officials”,
“said the minister”. What is recognised, what isn't and how often it is right: docs/speakers.md.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from corpus.annotation import speech_words as lists
from corpus.annotation.quotations import quotations
from corpus.annotation.reports import Report, reports
from corpus.annotation.words import words_of
from corpus.segmentation.boundaries import LONGEST_SENTENCE

Span = tuple[int, int]

_DEEPEST = 3  # sentences back that a speech may go on without a word about who speaks
_FEW = 3  # words in quotation marks that are surely spoken


class Stance(StrEnum):
    """What a speaker does with the words attributed."""

    SAYS = "says"
    DENIES = "denies"
    SILENT = "says nothing"  # “declined to comment”


@dataclass(frozen=True, slots=True)
class Attribution:
    """Words of an article that it attributes to someone; every span is one of the article's text.

    `speaker` is who says them, `cue` the words that tell so (“said”, “according to”), `said` the words
    attributed, inside the sentence asked about (empty where someone declines to speak). `hedge` is what
    makes the report less than certain (“reportedly”, “claimed”), `named_by` the name in the sentence
    before that a pronoun stands for, `via` who passes the words on (“as quoted by SANA”).
    """

    speaker: Span
    cue: Span
    said: Span
    hedge: Span | None = None
    named_by: Span | None = None
    via: Span | None = None
    stance: Stance = Stance.SAYS


def speakers(text: str, start: int, end: int, sentences: Sequence[Span]) -> list[Attribution]:
    """The attributions of the sentence `text[start:end]`, by the place of what is said.

    `sentences` are those of the text, as the index has them, in ascending order. Neighbouring ones are read
    only for quotations that span sentences, in which case `speaker` and `cue` may stand outside the sentence,
    and for the name a pronoun stands for. Of a longer span only its first `LONGEST_SENTENCE` characters are read.
    """
    end = min(end, start + LONGEST_SENTENCE)
    own = _own(text, start, end)
    found = own + _continued(text, (start, end), own, sentences)
    return sorted((_named(text, start, a, sentences) for a in found), key=lambda a: (a.said, a.cue))


def hedges(text: str, start: int, end: int) -> list[Span]:
    """Words in `text[start:end]` that report without vouching: “reportedly”, “is believed to”, “claims”."""
    return [match.span() for match in lists.HEDGES.finditer(text, start, end)]


def _own(text: str, start: int, end: int) -> list[Attribution]:
    """What a sentence attributes by itself."""
    words = words_of(text, start, end, _speech(text, start, end))
    doubts = hedges(text, start, end)
    return [_attribution(report, doubts) for report in reports(text, words)]


def _attribution(report: Report, doubts: list[Span]) -> Attribution:
    stance = Stance.DENIES if report.denies else Stance.SILENT if report.silent else Stance.SAYS
    near = [
        d
        for d in doubts
        if d[0] >= min(report.cue[0] - 12, report.said[0]) and d[1] <= max(report.cue[1], report.said[1])
    ]
    return Attribution(
        report.speaker, report.cue, report.said, near[0] if near else None, None, report.via, stance
    )


def _speech(text: str, start: int, end: int) -> list[Span]:
    """Quotations in a sentence that are spoken, not wry words or names: several words, or a mark at their end."""
    return [
        (a, b)
        for a, b in quotations(text, start, end)
        if a < start or b > end or text.count(" ", a, b) >= _FEW - 1 or text[b - 2] in ",.!?…"
    ]


def _continued(
    text: str, sentence: Span, own: Sequence[Attribution], sentences: Sequence[Span], depth: int = 0
) -> list[Attribution]:
    """Attributions of quoted words whose speaker is named in a neighbouring sentence."""
    start, end = sentence
    found: list[Attribution] = []
    for a, b in _speech(text, start, end):
        said = max(a, start), min(b, end)
        if text[start : said[0]].strip() or any(_overlap(x.said, said) for x in own) or (own and b <= end):
            continue
        speaker = _within(text, (a, b), sentence, sentences) or _preceding(text, a, sentences, depth)
        if speaker:
            found.append(replace(speaker, said=said, hedge=None))
    return found


def _within(text: str, quotation: Span, sentence: Span, sentences: Sequence[Span]) -> Attribution | None:
    """Who speaks a quotation of several sentences, by the one in which it closes or else opens."""
    outside = [at for at in (quotation[1] - 1, quotation[0]) if not sentence[0] <= at < sentence[1]]
    for other in (_at(at, sentences) for at in outside):
        said = [x for x in _own(text, *other) if _overlap(x.said, quotation)] if other else []
        if len({x.speaker for x in said}) == 1:
            return said[0]
    return None


def _preceding(text: str, at: int, sentences: Sequence[Span], depth: int) -> Attribution | None:
    """Who is quoted in the sentence before a quotation that nobody is named for, in the same paragraph."""
    before = _before(at, sentences)
    if before is None or text[before[1] : at].strip(" \t"):
        return None
    marks = _speech(text, *before)
    own = _own(text, *before)
    said = [x for x in own if any(_overlap(x.said, mark) for mark in marks)]
    if not own and depth < _DEEPEST:
        said = _continued(text, before, own, sentences, depth + 1)
    return said[-1] if len({x.speaker for x in said}) == 1 else None


def _at(at: int, sentences: Sequence[Span]) -> Span | None:
    """The sentence that a place lies in."""
    number = bisect_right(sentences, at, key=lambda span: span[0]) - 1
    return sentences[number] if number >= 0 and at < sentences[number][1] else None


def _before(at: int, sentences: Sequence[Span]) -> Span | None:
    """The last sentence that ends at a place or before it."""
    number = bisect_right(sentences, at, key=lambda span: span[1]) - 1
    return sentences[number] if number >= 0 else None


def _overlap(one: Span, other: Span) -> bool:
    return one[0] < other[1] and other[0] < one[1]


def _named(text: str, start: int, attribution: Attribution, sentences: Sequence[Span]) -> Attribution:
    """Add whom a pronoun stands for: the one name that speaks in the sentence before, if it is one."""
    pronoun = text[slice(*attribution.speaker)].lower()
    if pronoun not in {"he", "she", "it", "they"}:
        return attribution
    before = _before(min(start, attribution.speaker[0]), sentences)
    if before is None:
        return attribution
    names = {x.speaker for x in _own(text, *before) if _fits(pronoun, text[slice(*x.speaker)])}
    return replace(attribution, named_by=names.pop()) if len(names) == 1 else attribution


_CAPITALISED = re.compile(r"(?<![\w.])[^\W\d_a-z][\w’'.-]+")


def _fits(pronoun: str, name: str) -> bool:
    """Whether a pronoun can stand for a name: “he” for no organisation, “it” for no person."""
    if name.lower() in lists.PRONOUNS or not _CAPITALISED.search(name):
        return False
    words = set(re.findall(r"\w+", name.lower()))
    group = bool(words & lists.ORGANISATIONS) or name.lower().startswith("the ")
    return pronoun == "they" or group == (pronoun == "it")
