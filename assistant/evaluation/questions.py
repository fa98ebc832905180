"""Questions whose answers are known, alone and in conversations: what one is, and how a file of them is read."""

from __future__ import annotations

import codecs
from datetime import date
from pathlib import Path
from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError, model_validator

_FIRST, _LEANS, _NEW = "first question", "needs the one before", "new subject"


def _asks_something(question: str) -> str:
    if not question.strip():
        raise ValueError("the question is empty; ask something")
    return question


_Asked = Annotated[str, AfterValidator(_asks_something)]


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

    `kind` is free; `since`, `until` and `sources` are the filters to ask with. `carries` is None for a
    question that follows none; for one in a conversation it says whether it needs the one before it.
    """

    model_config = ConfigDict(frozen=True)

    id: str = Field(min_length=1)
    question: _Asked
    kind: str = ""
    since: date | None = None
    until: date | None = None
    sources: tuple[str, ...] = ()
    answers: tuple[Gold, ...] = ()
    carries: bool | None = None

    @model_validator(mode="after")
    def _dates_are_in_order(self) -> GoldQuestion:
        if self.since and self.until and self.since > self.until:
            raise ValueError(f"since, {self.since}, lies after until, {self.until}; swap them")
        return self


class Turn(BaseModel):
    """One question of a conversation: `carries` says whether it needs the one before it."""

    model_config = ConfigDict(frozen=True)

    question: _Asked
    answers: tuple[Gold, ...]
    carries: bool


class Conversation(BaseModel):
    """Questions asked one after the other, the first of which follows none."""

    model_config = ConfigDict(frozen=True)

    id: str = Field(min_length=1)
    turns: tuple[Turn, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _the_first_follows_none(self) -> Conversation:
        if self.turns[0].carries:
            raise ValueError("the first turn has none before it; set its carries to false")
        return self

    def questions(self) -> list[GoldQuestion]:
        """The questions in order, their ids "c1.1", "c1.2"; as their kind, how they follow."""
        return [
            GoldQuestion(
                id=f"{self.id}.{number}",
                question=turn.question,
                kind=_FIRST if number == 1 else _LEANS if turn.carries else _NEW,
                answers=turn.answers,
                carries=turn.carries if number > 1 else None,
            )
            for number, turn in enumerate(self.turns, 1)
        ]


def covers(article_id: str, start: int, end: int, gold: Gold) -> bool:
    """Whether a span of an article holds the whole of a gold place."""
    return article_id == gold.article_id and start <= gold.start and gold.end <= end


class _Shape(BaseModel):
    """What tells the two sorts of line apart."""

    turns: object = None


def read_questions(path: Path) -> list[GoldQuestion]:
    """Read questions and conversations from JSON Lines in UTF-8; keys that are not theirs are let be.

    A conversation, a line with `turns`, gives its questions in order. Raises ValueError naming the line
    and the field that is wrong, also for an id given twice.
    """
    lines_of: dict[str, int] = {}
    questions = []
    for number, line in enumerate(path.read_bytes().removeprefix(codecs.BOM_UTF8).split(b"\n"), 1):
        for question in _read(line, f"{path}, line {number}") if line.strip() else ():
            if question.id in lines_of:
                taken = f"{question.id!r} is taken by line {lines_of[question.id]}"
                raise ValueError(f"{path}, line {number}: id: {taken}")
            lines_of[question.id] = number
            questions.append(question)
    return questions


def _read(line: bytes, place: str) -> list[GoldQuestion]:
    try:
        text = line.decode()
        if _Shape.model_validate_json(text).turns is not None:
            return Conversation.model_validate_json(text).questions()
        question = GoldQuestion.model_validate_json(text)
    except UnicodeDecodeError as error:
        raise ValueError(f"{place}: not UTF-8 text; save the file as UTF-8") from error
    except ValidationError as error:
        raise ValueError(f"{place}{_fault(error)}") from error
    if "answers" not in question.model_fields_set:
        # Left out by mistake, the question would count as one that must not be answered.
        raise ValueError(f"{place}: answers: missing; give the places that answer, or [] where none does")
    return [question]


def _fault(error: ValidationError) -> str:
    """What follows the place of a line in its error: the field and what is wrong with it."""
    first = error.errors()[0]
    if first["type"] == "json_invalid":
        return f" is not JSON: {first['ctx']['error']}".replace(" line 1 column", " column")
    field = f": {'.'.join(map(str, first['loc']))}" if first["loc"] else ""
    return f"{field}: {first['msg'].removeprefix('Value error, ')}"
