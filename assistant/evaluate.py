"""How well an archive is answered: questions with gold spans in, rates out."""

from __future__ import annotations

import json
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from statistics import median

from pydantic import BaseModel, ConfigDict, ValidationError

from assistant.answer import Answer, Quote
from assistant.assistant import Assistant


class Gold(BaseModel):
    """A place that answers a question: the answering words, `article.text[start:end]`."""

    model_config = ConfigDict(frozen=True)

    article_id: str
    start: int
    end: int
    text: str


class GoldQuestion(BaseModel):
    """A question with every place that answers it; without any it must be left unanswered."""

    model_config = ConfigDict(frozen=True)

    id: str
    question: str
    kind: str = ""
    since: date | None = None
    until: date | None = None
    sources: tuple[str, ...] = ()
    answers: tuple[Gold, ...] = ()


@dataclass(frozen=True, slots=True)
class Outcome:
    """One question's result: the rank of the first quote that covers a gold place, if any."""

    question: GoldQuestion
    answer: Answer
    rank: int | None
    seconds: float


@dataclass(frozen=True, slots=True)
class Report:
    """Rates over all questions, each from 0 to 1, and the median time of an answer.

    `hit_at_1/3/5`: of the answerable questions, those with a right quote among the first ones;
    `abstained`: of the unanswerable, those left unanswered; `silent`: of the answerable, those
    left unanswered; `exact`: of all quotes shown, those that are their article's text at their span.
    """

    answerable: int
    unanswerable: int
    hit_at_1: float
    hit_at_3: float
    hit_at_5: float
    silent: float
    abstained: float
    exact: float
    median_seconds: float


def read_questions(path: Path) -> list[GoldQuestion]:
    """Read questions from JSON Lines; raises ValueError naming the line that is wrong."""
    questions = []
    for number, line in enumerate(path.read_text("utf-8").split("\n"), 1):
        try:
            if line.strip():
                questions.append(GoldQuestion.model_validate(json.loads(line)))
        except ValidationError as error:
            first = error.errors()[0]
            place = ".".join(str(part) for part in first["loc"])
            raise ValueError(f"{path}, line {number}: {place}: {first['msg']}") from error
        except ValueError as error:
            raise ValueError(f"{path}, line {number} is not JSON: {error}") from error
    return questions


def evaluate(assistant: Assistant, questions: Iterable[GoldQuestion]) -> list[Outcome]:
    """Ask every question and find the right quote's rank.

    Raises ValueError when a gold place does not hold the words it is said to hold.
    """
    asked = list(questions)
    for question in asked:
        for gold in question.answers:
            _check(assistant, question, gold)
    return [_ask(assistant, question) for question in asked]


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
    answer = assistant.ask(
        question.question, since=question.since, until=question.until, sources=question.sources
    )
    seconds = time.perf_counter() - began
    ranks = (
        n for n, quote in enumerate(answer.quotes, 1) if any(_covers(quote, g) for g in question.answers)
    )
    return Outcome(question, answer, next(ranks, None), seconds)


def _covers(quote: Quote, gold: Gold) -> bool:
    return quote.article_id == gold.article_id and quote.start <= gold.start and gold.end <= quote.end


def summarise(assistant: Assistant, outcomes: Sequence[Outcome]) -> Report:
    """The rates of a list of outcomes; every quote shown is compared with its article."""
    answerable = [o for o in outcomes if o.question.answers]
    others = [o for o in outcomes if not o.question.answers]
    shown = [q for o in outcomes for q in (*o.answer.quotes, *o.answer.near_misses)]
    return Report(
        answerable=len(answerable),
        unanswerable=len(others),
        hit_at_1=_share(o.rank == 1 for o in answerable),
        hit_at_3=_share(o.rank is not None and o.rank <= 3 for o in answerable),  # noqa: PLR2004
        hit_at_5=_share(o.rank is not None for o in answerable),
        silent=_share(not o.answer.quotes for o in answerable),
        abstained=_share(not o.answer.quotes for o in others),
        exact=_share(assistant.article(q.article_id).text[q.start : q.end] == q.text for q in shown),
        median_seconds=round(median(o.seconds for o in outcomes), 4) if outcomes else 0.0,
    )


def _share(flags: Iterable[bool]) -> float:
    found = list(flags)
    return round(sum(found) / len(found), 4) if found else 1.0


def report_lines(report: Report) -> list[str]:
    """The rates as a small table."""
    return [
        f"answerable questions   {report.answerable}",
        f"  right quote first    {report.hit_at_1:.3f}",
        f"  among the first 3    {report.hit_at_3:.3f}",
        f"  among the first 5    {report.hit_at_5:.3f}",
        f"  left unanswered      {report.silent:.3f}",
        f"unanswerable questions {report.unanswerable}",
        f"  left unanswered      {report.abstained:.3f}",
        f"quotes that are exact  {report.exact:.3f}",
        f"median seconds         {report.median_seconds:.3f}",
    ]


def misses(outcomes: Sequence[Outcome]) -> list[str]:
    """A line for each question without a right first quote, or answered though it has no answer."""
    return [
        f"{o.question.id} {o.question.question} → {o.answer.quotes[0].text if o.answer.quotes else 'no answer'}"
        for o in outcomes
        if (o.rank != 1 if o.question.answers else o.answer.quotes)
    ]
