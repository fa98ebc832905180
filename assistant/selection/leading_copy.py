"""Of copies of one text the one that is quoted: it states its source and its day, and was printed first."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice, takewhile

import numpy as np

from assistant.retrieval.late_interaction import Asked
from assistant.retrieval.retriever import Candidate
from assistant.retrieval.snapshot import Snapshot
from assistant.selection.diversity import Aspect
from assistant.selection.judge import Judge
from assistant.selection.ranking import Choice, columns, held_against, read
from corpus.article import Sentence
from index.filters import Filter
from index.rows import Rows
from index.sqlite.records import StoredPassage

# Copies that are looked into for a sentence, the best first.
_MOST_TRIED = 20
# Passages of an answer that are read for a sentence that a copy prints in other words.
_MOST_READ = 6


@dataclass(frozen=True, slots=True)
class _Printed:
    """A sentence of a copy: how many are before it, its place, its words and what it brings."""

    position: int
    sentence: Sentence
    text: str
    aspect: Aspect


@dataclass(frozen=True)
class Leading:
    """Puts in place of a chosen sentence the same one of the copy that leads its text; for one inquiry's way.

    A copy leads that states both its source and its day; of such the one that was printed first. Only what
    the filter `wanted` and `allows` let through is put in, and other words only where they are an answer too.
    """

    snapshot: Snapshot
    judge: Judge
    asked: Asked
    wanted: Filter
    allows: Callable[[Choice], bool] | None = None
    _printed: dict[int, list[_Printed]] = field(default_factory=dict)
    _reread: dict[int, list[Choice]] = field(default_factory=dict)

    def of(self, choices: Sequence[Choice]) -> list[Choice]:
        """The choices in their order, with their ranks and probabilities, as the leading copies print them."""
        found: dict[tuple[int, int], Choice] = {}
        for choice in choices:
            options = (option for option in self._better(choice) if _place(option) not in found)
            lead = next(options, choice)
            found.setdefault(_place(lead), lead)
        return list(found.values())

    def _better(self, choice: Choice) -> Iterator[Choice]:
        """The same sentence in copies that come before the choice's article, the leading one first."""
        leads = self.snapshot.leads(choice.aspect.origin)
        ahead = takewhile(lambda number: number != choice.aspect.article, leads)
        for number in islice(ahead, _MOST_TRIED):
            same = [one for one in self._sentences(number) if one.aspect.prints(choice.aspect)]
            for one in sorted(same, key=lambda one: -one.aspect.likeness(choice.aspect))[:1]:
                for passage in islice(self._passages(one), 1):
                    yield from self._instead(choice, one, Candidate(passage, choice.candidate.score))

    def _instead(self, choice: Choice, one: _Printed, candidate: Candidate) -> Iterator[Choice]:
        """A sentence of a copy in place of a choice, where it is let through and an answer too."""
        found = self._as_read(choice, one, candidate)
        if found is None or (self.allows and not self.allows(found)):
            return
        held = held_against(self.snapshot, self.asked.question, replace(found, fits=False, probability=1.0))
        if held.probability or not choice.probability:
            yield replace(held, rank=choice.rank, probability=choice.probability)

    def _as_read(self, choice: Choice, one: _Printed, candidate: Candidate) -> Choice | None:
        """The sentence of a copy with its words that answer; None where it has others, which are no answer."""
        if one.text == choice.text:
            choice = replace(choice, candidate=candidate, aspect=one.aspect)
            return replace(choice, sentence=one.sentence, position=one.position)
        if candidate.passage.id not in self._reread and len(self._reread) < _MOST_READ:
            again = read(self.snapshot, self.judge, self.asked, [candidate])
            self._reread[candidate.passage.id] = again
        for found in self._reread.get(candidate.passage.id, ()):
            if found.sentence.start == one.sentence.start:
                _, (probability,) = self.judge.weigh(columns([found]))
                return found if probability >= min(choice.probability, self.judge.threshold) else None
        return None

    def _sentences(self, number: int) -> list[_Printed]:
        """The sentences of an article that may be quoted."""
        if number not in self._printed:
            document = self.snapshot.document(number)
            self._printed[number] = [
                _Printed(at, sentence, document.sentence(sentence), Aspect.of(document, sentence))
                for at, sentence in document.quotable
            ]
        return self._printed[number]

    def _passages(self, one: _Printed) -> Iterator[StoredPassage]:
        """The passages that hold a sentence and pass the filter."""
        for passage in self.snapshot.passages_with(one.aspect.article, one.position):
            if self._allowed is None or _has(self._allowed, passage.id):
                yield passage

    @property
    def _allowed(self) -> Rows | None:
        return self.snapshot.allowed(self.wanted)


def _place(choice: Choice) -> tuple[int, int]:
    return choice.aspect.article, choice.sentence.start


def _has(rows: Rows, row: int) -> bool:
    """Whether a row is among some in ascending order."""
    at = int(np.searchsorted(rows, row))
    return at < len(rows) and int(rows[at]) == row
