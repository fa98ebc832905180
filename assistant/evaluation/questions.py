"""Questions whose answers are known: what one is, and how a file of them is read."""

from __future__ import annotations

import codecs
from datetime import date
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator, model_validator


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


def covers(article_id: str, start: int, end: int, gold: Gold) -> bool:
    """Whether a span of an article holds the whole of a gold place."""
    return article_id == gold.article_id and start <= gold.start and gold.end <= end


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
