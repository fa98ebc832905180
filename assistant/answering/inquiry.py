"""One inquiry answered on one generation of an index: its ways, its parts, its sources."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from assistant.answering.assembly import Silence, as_asked, compared, in_turn, likelier, reason, understood
from assistant.facts.together import with_facts
from assistant.query.parts import parts
from assistant.query.question import Question, is_topic, read_question
from assistant.query.search_plan import Attempt
from assistant.retrieval.late_interaction import Asked
from assistant.retrieval.retriever import Retriever, covered
from assistant.retrieval.snapshot import Snapshot
from assistant.selection.absence import absent_names, is_off_topic
from assistant.selection.asked_days import on_days
from assistant.selection.judge import Judge
from assistant.selection.leading_copy import Leading
from assistant.selection.quoting import quoted
from assistant.selection.ranking import Choice, answering, anything, choose, texts, with_further_sources
from assistant.selection.vetoes import unnamed
from assistant.types.answer import Answer
from assistant.types.request import MOST_QUOTES, Inquiry
from index.filters import Filter

_NEAR_MISSES = 3
_OF_EACH = 2  # quotes of each source that is compared


@dataclass(frozen=True)
class Inquiring:
    """What answers one inquiry: nothing of it outlives the answer.

    Most ways search for the same words, in passages that are often the same: each question is embedded once, and each
    passage read once with it.
    """

    retriever: Retriever
    snapshot: Snapshot
    judge: Judge
    inquiry: Inquiry

    def answer(self, ways: Sequence[Attempt]) -> Answer:
        """The answer of the first way that has one, or of its likelier rival."""
        chosen = ways[0]
        found = self._whole(chosen, self.inquiry.k)
        for way in ways[1:]:
            if found.quotes and not way.rival:
                break
            other = self._whole(way, self.inquiry.k)
            if likelier(found, other) is other:
                found, chosen = other, way
        return as_asked(with_facts(found, chosen.question, self.snapshot), self.inquiry, chosen)

    def _whole(self, attempt: Attempt, k: int) -> Answer:
        if attempt.compared:
            return self._compared(attempt, k)
        asked = parts(attempt.question.text)
        if len(asked) > 1:
            found = [self._answer(replace(attempt, question=read_question(one)), k) for one in asked[:k]]
            if any(answer.quotes for answer in found):
                return in_turn(found, attempt.question, k)
        return self._answer(attempt, k)

    def _compared(self, attempt: Attempt, k: int) -> Answer:
        sources = attempt.wanted.sources
        ways = (replace(attempt, wanted=replace(attempt.wanted, sources=(source,))) for source in sources)
        each = max(1, min(_OF_EACH, k // len(sources)))
        answers = [self._answer(way, each) for way in ways]
        return compared(answers, attempt, covered(self.snapshot.extent(attempt.wanted)))

    def _answer(self, attempt: Attempt, k: int) -> Answer:
        question, wanted, snapshot = attempt.question, attempt.wanted, self.snapshot
        asked = self._asked(question)
        candidates = self.retriever.candidates(snapshot, asked, wanted)
        allows = on_days(snapshot, attempt.days, needed=attempt.any_event) if attempt.days else None
        weighed = with_further_sources(snapshot, candidates)
        choices = choose(snapshot, self.judge, asked, weighed, allows)
        choices = Leading(snapshot, self.judge, asked, wanted, allows).of(choices)
        missing = unnamed(question, texts(snapshot, weighed)) if choices else ()
        good = [] if missing else self._good(choices, attempt, min(k, MOST_QUOTES))
        searched = covered(snapshot.extent(wanted))
        why = Silence(None) if good else self._silence(asked, wanted, missing)
        near = [] if good or why.on_topic is False else choices[:_NEAR_MISSES]
        return Answer(
            question=question.text,
            understood=understood(wanted, attempt.read, attempt.unmet, heard=attempt.heard),
            status="answered" if good else "no_answer",
            reason=None if good else reason(snapshot.sources, wanted, searched, why),
            probability=None if attempt.any_event else _probability(choices, missing),
            quotes=quoted(snapshot, question, good, marked=True),
            near_misses=quoted(snapshot, question, near, marked=False),
            coverage=searched,
            on_topic=why.on_topic,
        )

    def _silence(self, asked: Asked, wanted: Filter, missing: Sequence[str]) -> Silence:
        """Why no sentence answers, as far as the whole archive was searched for it."""
        generation = self.snapshot.generation
        allowed = self.snapshot.allowed(wanted)
        if not generation.manifest.passages or (allowed is not None and not len(allowed)):
            return Silence(None)
        absent = absent_names(generation, missing, allowed)
        return Silence(not is_off_topic(generation, asked, allowed), missing, absent)

    def _asked(self, question: Question) -> Asked:
        if question not in self._embedded:
            self._embedded[question] = self.retriever.asked(self.snapshot.generation, question)
        return self._embedded[question]

    @cached_property
    def _embedded(self) -> dict[Question, Asked]:
        return {}

    def _good(self, choices: Sequence[Choice], attempt: Attempt, k: int) -> list[Choice]:
        if attempt.any_event:
            return anything(choices, k)
        topic = is_topic(attempt.question.text)
        return answering(choices, self.judge.threshold, k, topic=topic)


def _probability(choices: Sequence[Choice], missing: Sequence[str]) -> float | None:
    if not choices:
        return None
    return 0.0 if missing else choices[0].probability
