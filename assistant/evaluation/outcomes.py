"""Questions asked of an archive and compared with their known answers: what came of each."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol

from assistant.evaluation.questions import Gold, GoldQuestion, covers
from assistant.types.answer import Answer, Cited, Quote
from assistant.types.request import Asking, Inquiry
from corpus.article import Article
from index.filters import Filter

Progress = Callable[[int, int], None]


class Archive(Asking, Protocol):
    """What is evaluated: it answers, and gives the articles that it answers from."""

    def article(self, article_id: str) -> Article:
        """Give an article; LookupError when it is not in the archive."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """One question's result: the rank of the first quote that covers a gold place, if any.

    `seconds` is the time from the question to its answer.
    """

    question: GoldQuestion
    answer: Answer
    rank: int | None
    seconds: float

    @property
    def answered(self) -> bool:
        """Whether anything was quoted."""
        return bool(self.answer.quotes)

    @property
    def searched(self) -> GoldQuestion:
        """The question as it was searched for: completed from the one before it, where it was."""
        completed = self.answer.understood.completed
        return self.question.model_copy(update={"question": completed}) if completed else self.question

    @property
    def probability(self) -> float:
        """That of the best sentence being an answer; 0 where there was no sentence to weigh."""
        return self.answer.probability or 0.0

    @property
    def right(self) -> bool:
        """Whether the best sentence, quoted or a near miss, covers a gold place."""
        best = (*self.answer.quotes, *self.answer.near_misses)[:1]
        return any(is_right(quote, self.question) for quote in best)


def evaluate(
    archive: Archive, questions: Iterable[GoldQuestion], progress: Progress | None = None
) -> list[Outcome]:
    """Ask every question and find the right quote's rank; `progress` is told (done, total).

    Raises ValueError when a gold place does not hold the words it is said to hold, before anything
    is asked.
    """
    asked = list(questions)
    for question in asked:
        for gold in question.answers:
            _check(archive, question, gold)
    return ask_all(archive, asked, progress)


def ask_all(
    asking: Asking, questions: Sequence[GoldQuestion], progress: Progress | None = None
) -> list[Outcome]:
    """Ask questions in order, those of a conversation after the one before them, as that was completed."""
    outcomes: list[Outcome] = []
    for done, question in enumerate(questions, 1):
        follows = outcomes and question.carries is not None
        outcomes.append(_ask(asking, question, outcomes[-1].searched.question if follows else ""))
        if progress:
            progress(done, len(questions))
    return outcomes


def _check(archive: Archive, question: GoldQuestion, gold: Gold) -> None:
    try:
        printed = archive.article(gold.article_id).text[gold.start : gold.end]
    except LookupError as error:
        raise ValueError(f"question {question.id}: {error.args[0]}") from error
    if printed != gold.text:
        place = f"characters {gold.start}–{gold.end} of {gold.article_id}"
        raise ValueError(f"question {question.id}: {place} are not {gold.text!r}; correct start and end")


def _ask(asking: Asking, question: GoldQuestion, after: str) -> Outcome:
    began = time.perf_counter()
    try:
        wanted = Filter(question.since, question.until, question.sources)
        answer = asking.answer(Inquiry(question.question, wanted, after=after))
    except ValueError as error:
        raise ValueError(f"question {question.id}: {error}") from error
    seconds = time.perf_counter() - began
    return Outcome(question, answer, _rank(answer.quotes, question), seconds)


def _rank(quotes: Iterable[Quote], question: GoldQuestion) -> int | None:
    return next((rank for rank, quote in enumerate(quotes, 1) if is_right(quote, question)), None)


def is_right(cited: Cited, question: GoldQuestion) -> bool:
    """Whether cited words cover one of the question's gold places."""
    return any(covers(cited.article_id, cited.start, cited.end, gold) for gold in question.answers)
