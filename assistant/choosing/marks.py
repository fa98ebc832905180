"""The answering words inside a quote, where the kind of question makes them clear.

What a date, a number, a name, a place, a reason or speech looks like decides what may be marked;
among several, how close the question's own words stand. Where that leaves a doubt nothing is
marked: a wrong mark is worse than none. How often marks are right: `benchmarks/marks.py`.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Sequence
from unicodedata import combining

from assistant.choosing import expressions as forms
from assistant.choosing.speech import words_of
from assistant.counting.asked import asked_figures
from assistant.question import Kind, Question, numbers
from corpus.boundaries import split_sentences_of
from corpus.mentions.speakers import Attribution
from index.words import analyze

Span = tuple[int, int]

_MOST_TERMS = 64  # of a question are looked for
_NEAR = 1 / 150  # below that nothing in the sentence speaks of what is asked
_REACH = 80  # characters beside a name or a speech that show whose part it is
_LONGEST_CLAUSE = 600
_PHRASE = 4  # blanks in words that are surely spoken


class _Quoted:
    """A quote beside its question: where the question's terms stand, and where times do."""

    def __init__(self, question: Question, text: str) -> None:
        self.question, self.text = question, text
        self.given = frozenset(analyze(question.text))
        self.terms = frozenset(question.terms[:_MOST_TERMS])
        sentences = split_sentences_of(text, 0, len(text))
        self.starts = frozenset(start for start, _ in sentences)
        self.times = list(forms.times(text))
        self._ends = [end for _, end in sentences]
        self._commas = [match.end() for match in re.finditer(r"[,;:()—–“”\"]", text)]
        self._places: dict[str, list[int]] = {}
        for match in re.finditer(r"\w+", text):
            for stem in forms.stems(match.group()) & self.terms:
                self._places.setdefault(stem, []).append(self._depth(match.start()))

    def _depth(self, at: int) -> int:
        """A place in characters, where a comma counts as 15 more and the end of a sentence as 300."""
        return at + 15 * bisect_right(self._commas, at) + 300 * bisect_right(self._ends, at)

    def _nearness(self, span: Span) -> float:
        """How close the question's terms stand: the sum over those found of 1 / (10 + distance)."""
        start, end = map(self._depth, span)
        total = 0.0
        for places in self._places.values():
            at = bisect_left(places, start)
            distances = [max(0, place - end) for place in places[at : at + 1]]
            distances += [start - place for place in places[max(0, at - 1) : at]]
            total += 1 / (10 + min(distances))
        return total

    def is_time(self, start: int, end: int) -> bool:
        """Whether a span overlaps a date or a time of day."""
        at = bisect_right(self.times, start, key=lambda span: span[1])
        return at < len(self.times) and self.times[at][0] < end

    def is_given(self, words: str) -> bool:
        """Whether the question itself says all of these words."""
        return self.given.issuperset(analyze(words))

    def gives_number(self, span: Span) -> bool:
        """Whether the question itself has a number that stands in a span."""
        return not self.question.numbers.isdisjoint(numbers(self.text[slice(*span)]))

    def nearest(self, spans: Sequence[Span], lead: float) -> list[Span]:
        """The span nearest to the question's terms, if `lead` times as near as the next; else none."""
        ranked = sorted(((self._nearness(span), span) for span in spans), reverse=True)
        if not ranked or ranked[0][0] < _NEAR or (ranked[1:] and ranked[0][0] < lead * ranked[1][0]):
            return []
        return [ranked[0][1]]


def _when(quoted: _Quoted) -> list[Span]:
    asked = forms.ASKS_WHEN.search(quoted.question.text)
    if asked is None:
        return []
    part = re.compile(
        forms.YEAR if "year" in asked[0].lower() else forms.MONTH if "month" in asked[0].lower() else ""
    )
    new = [
        (start, end)
        for start, end in quoted.times
        if part.search(quoted.text[start:end]) and not quoted.is_given(quoted.text[start:end])
    ]
    return quoted.nearest(new, 1.2)


def _how_many(quoted: _Quoted) -> list[Span]:
    """The figure that counts what is asked for, with what it counts, or the number of the right measure."""
    needed = next((need for asks, need in forms.NEEDED if asks.search(quoted.question.text)), None)
    if needed is not None:
        return quoted.nearest(list(_measures(quoted, needed)), 1.6)
    for surely, lead in ((True, 1.2), (False, 1.6)):
        found = [figure.whole for figure in asked_figures(quoted.question, quoted.text, surely=surely)]
        new = [span for span in found if not quoted.gives_number(span)]
        if new:
            return quoted.nearest(new, lead)
    return []


def _measures(quoted: _Quoted, needed: re.Pattern[str]) -> Iterator[Span]:
    """Numbers with the unit that is asked for, ages and "twice" too, which are no figures."""
    for match in forms.NUMBERS.finditer(quoted.text):
        if needed.search(match[0]) and not _is_other(quoted, match):
            yield match.span()


def _is_other(quoted: _Quoted, match: re.Match[str]) -> bool:
    """Whether a number is a date, an ordinal, the number of a thing, or said by the question."""
    start, end = match.span()
    before, figure = quoted.text[max(0, start - 20) : start], match["figure"]
    if match["unit"] is None and (quoted.is_time(start, end) or forms.NO_COUNT.match(quoted.text, end)):
        return True
    if forms.NUMBERED.search(before) and figure[0].isdigit() and not forms.OPENING_WORD.search(before):
        return True
    return figure.replace(",", "") in quoted.question.numbers or quoted.is_given(figure)


def _where(quoted: _Quoted) -> list[Span]:
    """The place that follows a word of the question at once; not a place that only says where another is."""
    asked = quoted.question.text.lower()
    if not forms.ASKS_WHERE.search(asked):
        return []
    ways = next((ways for asks, ways in forms.WAYS if asks.search(asked)), forms.AT_REST)
    found: list[Span] = []
    chain = last = -1
    for match in forms.PLACES.finditer(quoted.text):
        way, chained, last = match["at"] or "near", match.start() == last + 1, match.end()
        chain = chain if chained else match.start()
        fits = (
            way.lower() in ways
            and not (chained and way in forms.INSIDE)
            and not forms.NO_PLACE.match(match["name"])
        )
        new = not quoted.is_time(*match.span()) and not quoted.given & set(analyze(match["name"]))
        if fits and new and quoted.terms & set(analyze(_words_before(quoted.text, chain))):
            found.append(match.span())
    return found if len(found) == 1 else []


def _words_before(text: str, at: int) -> str:
    """The two words before a place in the text, or those after the comma before it."""
    match = forms.FEW_WORDS.search(text, max(0, at - _REACH), at)
    return match[0] if match else ""


def _who(quoted: _Quoted) -> list[Span]:
    part, wanted = forms.part(quoted.question.text)
    found = [span for span in _names(quoted) if _plays(quoted.text, span, part, wanted)] if wanted else []
    return found if len(found) == 1 else []


def _names(quoted: _Quoted) -> Iterator[Span]:
    """Runs of capitalised words that the question doesn't say, without the words that open a sentence."""
    for match in forms.RUNS.finditer(quoted.text):
        words = forms.WORDS.finditer(quoted.text, *match.span())
        start = next((word.start() for word in words if not forms.NO_NAME.match(word.group())), match.end())
        end = match.end() - 2 * match.group().endswith(("’s", "'s"))
        if start + 1 < end and not quoted.is_time(start, end) and not quoted.is_given(quoted.text[start:end]):
            yield start, end


def _plays(text: str, span: Span, part: str, wanted: frozenset[str]) -> bool:
    """Whether a name has the part that is asked for, by the words directly before and after it."""
    start, end = span
    before, after = text[max(0, start - _REACH) : start], text[end : end + _REACH]
    left, right = re.search(forms.PARTS[part][0], before), re.match(forms.PARTS[part][1], after)
    if left and wanted & set(analyze(left[left.lastindex or 0])) and not forms.ADJECTIVE.match(after):
        return True
    if part == "role" and wanted & set(analyze(text[start:end])):
        return True
    if right is None or not wanted & set(analyze(right[1])) or forms.NO_SUBJECT.search(before):
        return False
    return part != "subject" or forms.PASSIVE.search(after[: right.start(1)]) is None


def _why(quoted: _Quoted) -> list[Span]:
    asks_why = re.search(r"\bwhy\b|\breason\b", quoted.question.text, re.IGNORECASE)
    found: list[Span] = []
    for match in forms.REASONS.finditer(quoted.text):
        start, word = match.start("reason"), match["reason"]
        opens = start in quoted.starts or quoted.text[start - 1] in '“"'
        end = (forms.COMMA if opens else forms.CLAUSE_END).search(
            quoted.text, match.end(), match.end() + _LONGEST_CLAUSE
        )
        if (
            end
            and (asks_why or forms.CAUSES.match(word))
            and not (match["other"] and forms.NO_REASON.match(word))
        ):
            found.append((start, end.start()))
    return quoted.nearest(found, 1.2)


def _said(quoted: _Quoted) -> list[Span]:
    """What the one asked about says: in quotation marks or reported by a clause, and nobody else's words."""
    theirs, others = words_of(quoted.question, quoted.text)
    found = [span for span in _heard(quoted) if not _attributed(span, others) or _attributed(span, theirs)]
    if found or others:
        return found
    spans = [_first_clause(quoted.text, each) for each in theirs]
    return [
        span for span in spans if not any(a <= span[0] and span[1] <= b for a, b in spans if (a, b) != span)
    ]


def _attributed(span: Span, attributions: Sequence[Attribution]) -> bool:
    """Whether words are said in one of the attributions."""
    return any(each.said[0] < span[1] and span[0] < each.said[1] for each in attributions)


def _first_clause(text: str, attribution: Attribution) -> Span:
    """What is said, as far as it surely goes: behind its verb up to the end of the clause."""
    start, end = attribution.said
    quoted = text[start] in '“"«' or start < attribution.cue[0]
    clause = None if quoted else forms.CLAUSE_END.search(text, start, end)
    return start, clause.start() if clause else end


def _heard(quoted: _Quoted) -> list[Span]:
    """All that is spoken, where the one asked about speaks; else the one clause that reports it."""
    asked = forms.ASKS_SAID.search(quoted.question.text)
    spoken = [match.span() for match in forms.SPOKEN.finditer(quoted.text) if _is_speech(quoted, match)]
    if asked is None or spoken:
        return spoken if asked and any(_speaks(quoted, span) for span in spoken) else []
    found: list[Span] = []
    for match in forms.REPORTED.finditer(quoted.text) if asked["report"] else ():
        clause = forms.CLAUSE_END.search(quoted.text, match.end(), match.end() + _LONGEST_CLAUSE)
        if clause and _speaks(quoted, match.span()):
            found.append((match.end(), clause.start()))
    return found if len(found) == 1 else []


def _is_speech(quoted: _Quoted, match: re.Match[str]) -> bool:
    """Whether words in quotation marks are more than a name or a wry word."""
    last = match[0][-2]
    return (
        match[0].count(" ") >= _PHRASE or last in ",!?…" or (last == "." and match.start() in quoted.starts)
    )


def _speaks(quoted: _Quoted, span: Span) -> bool:
    """Whether someone who may be meant says the words: one the question names, or “he”, “she”, “they”."""
    start, end = span
    sides = (quoted.text[max(0, start - _REACH) : start + 12], quoted.text[end - 12 : end + _REACH])
    return any(
        re.search(rf"\b{forms.SAID}\b", side)
        and (forms.SPEAKER.search(side) or quoted.terms & set(analyze(side)))
        for side in sides
    )


_FINDERS: dict[Kind, Callable[[_Quoted], list[Span]]] = {
    Kind.WHEN: _when,
    Kind.HOW_MANY: _how_many,
    Kind.HOW_MUCH: _how_many,
    Kind.WHERE: _where,
    Kind.WHO: _who,
    Kind.WHY: _why,
    Kind.SAID: _said,
}


def marks(question: Question, text: str) -> tuple[Span, ...]:
    """The answering words of a quote: spans of its code points, ascending and apart; often none.

    `text` is a whole quote, one to three sentences. None are marked for the kinds WHAT and YES_NO.
    """
    find = _FINDERS.get(question.kind)
    found = sorted(find(_Quoted(question, text))) if find else []
    return tuple((start, _whole(text, end)) for start, end in found)


def _whole(text: str, end: int) -> int:
    """Move the end of a mark behind the combining marks of its last letter."""
    while end < len(text) and combining(text[end]):
        end += 1
    return end
