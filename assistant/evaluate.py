"""Questions whose answers are known: read from a file, asked of an archive, compared with the answers."""

from __future__ import annotations

import codecs
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator, model_validator

from assistant.answer import Answer, Cited, Quote
from assistant.assistant import Assistant

Progress = Callable[[int, int], None]


class Gold(BaseModel):
    """A place that answers a question: the answering words, `article.text[start:end]`."""

    model_config = ConfigDict(frozen=True)

    article_id: str
    start: int = Field(ge=0)
    end: int
    text: str = Field(min_length=1)

    @model_validator(mode="after")
    def _span_fits_text(self) -> Gold:
        if self.end - self.start != len(self.text):
            raise ValueError(f"end must be {self.start + len(self.text)}, start and the length of text")
        return self


class GoldQuestion(BaseModel):
    """A question with every place that answers it; without any it must be left unanswered.

    `kind` is free; `since`, `until` and `sources` are the filters to ask with.
    """

    model_config = ConfigDict(frozen=True)

    id: str = Field(min_length=1)
    question: str
    kind: str = ""
    since: date | None = None
    until: date | None = None
    sources: tuple[str, ...] = ()
    answers: tuple[Gold, ...] = ()

    @field_validator("question")
    @classmethod
    def _asks_something(cls, question: str) -> str:
        if not question.strip():
            raise ValueError("the question is empty; ask something")
        return question

    @model_validator(mode="after")
    def _dates_are_in_order(self) -> GoldQuestion:
        if self.since and self.until and self.since > self.until:
            raise ValueError(f"since, {self.since}, lies after until, {self.until}; swap them")
        return self


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
    def probability(self) -> float:
        """That of the best sentence being an answer; 0 where there was no sentence to weigh."""
        return self.answer.probability or 0.0

    @property
    def right(self) -> bool:
        """Whether the best sentence, quoted or a near miss, covers a gold place."""
        best = (*self.answer.quotes, *self.answer.near_misses)[:1]
        return any(is_right(quote, self.question) for quote in best)


def read_questions(path: Path) -> list[GoldQuestion]:
    """Read questions from JSON Lines in UTF-8; keys that are not a question's are let be.

    Raises ValueError naming the line and the field that is wrong, also for an id given twice.
    """
    lines_of: dict[str, int] = {}
    questions = []
    for number, line in enumerate(path.read_bytes().removeprefix(codecs.BOM_UTF8).split(b"\n"), 1):
        if line.strip():
            place = f"{path}, line {number}"
            question = _read(line, place)
            if question.id in lines_of:
                raise ValueError(f"{place}: id: {question.id!r} is taken by line {lines_of[question.id]}")
            lines_of[question.id] = number
            questions.append(question)
    return questions


def _read(line: bytes, place: str) -> GoldQuestion:
    try:
        question = GoldQuestion.model_validate_json(line.decode())
    except UnicodeDecodeError as error:
        raise ValueError(f"{place}: not UTF-8 text; save the file as UTF-8") from error
    except ValidationError as error:
        raise ValueError(f"{place}{_fault(error)}") from error
    if "answers" not in question.model_fields_set:
        # Left out by mistake, the question would count as one that must not be answered.
        raise ValueError(f"{place}: answers: missing; give the places that answer, or [] where none does")
    return question


def _fault(error: ValidationError) -> str:
    """What follows the place of a line in its error: the field and what is wrong with it."""
    first = error.errors()[0]
    if first["type"] == "json_invalid":
        return f" is not JSON: {first['ctx']['error']}".replace(" line 1 column", " column")
    field = f": {'.'.join(map(str, first['loc']))}" if first["loc"] else ""
    return f"{field}: {first['msg'].removeprefix('Value error, ')}"


def evaluate(
    assistant: Assistant, questions: Iterable[GoldQuestion], progress: Progress | None = None
) -> list[Outcome]:
    """Ask every question and find the right quote's rank; `progress` is told (done, total).

    Raises ValueError when a gold place does not hold the words it is said to hold, before anything
    is asked.
    """
    asked = list(questions)
    for question in asked:
        for gold in question.answers:
            _check(assistant, question, gold)
    outcomes = []
    for done, question in enumerate(asked, 1):
        outcomes.append(_ask(assistant, question))
        if progress:
            progress(done, len(asked))
    return outcomes


def _check(assistant: Assistant, question: GoldQuestion, gold: Gold) -> None:
    try:
        printed = assistant.article(gold.article_id).text[gold.start : gold.end]
    except LookupError as error:
        raise ValueError(f"question {question.id}: {error.args[0]}") from error
    if printed != gold.text:
        place = f"characters {gold.start}–{gold.end} of {gold.article_id}"
        raise ValueError(f"question {question.id}: {place} are not {gold.text!r}; correct start and end")


def _ask(assistant: Assistant, question: GoldQuestion) -> Outcome:
    began = time.perf_counter()
    try:
        answer = assistant.ask(
            question.question, since=question.since, until=question.until, sources=question.sources
        )
    except ValueError as error:
        raise ValueError(f"question {question.id}: {error}") from error
    seconds = time.perf_counter() - began
    return Outcome(question, answer, _rank(answer.quotes, question), seconds)


def _rank(quotes: Iterable[Quote], question: GoldQuestion) -> int | None:
    return next((rank for rank, quote in enumerate(quotes, 1) if is_right(quote, question)), None)


def is_right(cited: Cited, question: GoldQuestion) -> bool:
    """Whether cited words cover one of the question's gold places."""
    return any(covers(cited.article_id, cited.start, cited.end, gold) for gold in question.answers)


def covers(article_id: str, start: int, end: int, gold: Gold) -> bool:
    """Whether a span of an article holds the whole of a gold place."""
    return article_id == gold.article_id and start <= gold.start and gold.end <= end
