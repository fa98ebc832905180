"""What a saved file holds: an answer, a search, a timeline, a conversation, or citations as JSON."""

from __future__ import annotations

import json
import math
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator

from assistant.integrity.differences import NO_FIELD, Difference
from assistant.render.exports.conversation import Conversation
from assistant.types.answer import Answer, Found
from assistant.types.timeline import Timeline

# In the place of a passage that a copy prints, beside that of its quote.
OF_COPY = ".variants.others["
_DIGITS = 300  # of a whole number: no more than any float has


class Form(StrEnum):
    """As what words of the archive are saved: under which key, as a citation, or as a copy's words beside a quote."""

    QUOTE = "quotes"
    NEAR_MISS = "near_misses"
    HIT = "hits"
    ENTRY = "entries"
    COPY = "variants"
    CSL = "csl-json"
    ANNOTATION = "web-annotation"


_LISTED = (Form.QUOTE, Form.NEAR_MISS, Form.HIT, Form.ENTRY)


class SavedQuote(BaseModel):
    """Words of an article with their place, as they were saved; `item` is all that was saved of them."""

    model_config = ConfigDict(frozen=True, strict=True)

    text: str
    article_id: str
    start: int = Field(ge=0)
    end: int = Field(ge=0)
    article_sha256: str
    form: Form = Field(exclude=True)
    item: dict[str, Any] = Field(exclude=True, repr=False)

    @field_validator("text")
    @classmethod
    def _has_words(cls, text: str) -> str:
        if not text.strip():
            raise ValueError("quotes no words")
        return text

    @property
    def source(self) -> str | None:
        """Who printed the words, as it was saved; None where that isn't stated."""
        if self.form is Form.ANNOTATION:
            return None
        source = self.item.get("container-title" if self.form is Form.CSL else "source")
        return source if isinstance(source, str) else None


@dataclass(frozen=True, slots=True)
class Saved:
    """What is to be verified.

    `quotes` has each quote, near miss and passage with its place in the file: the first quote of the third
    question of a conversation is at `turns[2].quotes[0]`; of citations, as CSL-JSON or Web Annotations, the
    first is at `[0]`. After each quote come the passages that its copies print otherwise. `answers` are
    what holds them, by what stands before their places (`turns[2].`). `faults` are fields that no saved answer has, and
    values that none can have.
    """

    quotes: tuple[tuple[str, SavedQuote], ...]
    answers: tuple[tuple[str, dict[str, Any]], ...] = ()
    faults: tuple[Difference, ...] = ()


def read_saved(path: Path) -> Saved:
    """Read a saved file; raises ValueError for what is no saved answer and for what holds no quote."""
    value = read_json(path)
    try:
        saved = saved_from(value)
        if not saved.quotes:
            raise ValueError("it holds no quote")
    except (ValueError, AttributeError, TypeError, LookupError) as error:
        raise no_answer(path, _reason(error)) from error
    return Saved(saved.quotes, saved.answers, tuple(_faults(value)))


def read_json(path: Path) -> Any:  # noqa: ANN401 - JSON
    """The JSON of a saved file; raises ValueError where programs could read it in different ways, and for none.

    That is a key twice, and a number that is none (NaN) or is too large for one.
    """
    try:
        value = json.loads(
            path.read_bytes().decode("utf-8"),
            parse_constant=_no_number, parse_float=_finite, parse_int=_whole, object_pairs_hook=_once,
        )  # fmt: skip
        json.dumps(value, ensure_ascii=False).encode()
    except OSError as error:
        raise ValueError(f"{path} can't be read: {error.strerror}") from error
    except UnicodeEncodeError as error:
        raise no_answer(path, "it holds half of a surrogate pair") from error
    except (ValueError, RecursionError) as error:
        why = str(error) if isinstance(error, _Refused) else "it is not JSON in UTF-8"
        raise no_answer(path, why) from error
    return value


def saved_from(value: Any) -> Saved:  # noqa: ANN401 - JSON
    """The quotes of a value of JSON; raises ValueError, AttributeError, TypeError or LookupError for another form."""
    if isinstance(value, list):
        return Saved(tuple((f"[{n}]", _cited(f"[{n}]", item)) for n, item in enumerate(value)))
    turns = [(f"turns[{n}].", turn) for n, turn in enumerate(value.get("turns", []))]
    answers = [("", value), *turns]
    quotes = tuple(quote for before, answer in answers for quote in _quotes(answer, before))
    return Saved(quotes, tuple(turns or answers))


class _Refused(ValueError):
    """JSON that programs read in different ways."""


def _no_number(name: str) -> float:
    raise _Refused(f"{name} is no number of JSON")


def _finite(digits: str) -> float:
    if not math.isfinite(number := float(digits)):
        raise _Refused(f"the number {digits[:20]} is too large")
    return number


def _whole(digits: str) -> int:
    if len(digits) > _DIGITS:
        raise _Refused(f"the number {digits[:20]}… has {len(digits):,} digits")
    return int(digits)


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        twice = next(key for n, (key, _) in enumerate(pairs) if key in dict(pairs[:n]))
        raise _Refused(f"the key {twice!r} stands twice in one object")
    return found


def no_answer(path: Path, why: str) -> ValueError:
    """Say why a file is no saved answer, and how to save one."""
    return ValueError(
        f"{path} is not a saved answer: {why}; save one with: onrecord ask QUESTION --json > {path.name}"
    )


def _reason(error: Exception) -> str:
    return str(error) if type(error) is ValueError else "it has another form"


def _quotes(answer: dict[str, Any], before: str) -> Iterator[tuple[str, SavedQuote]]:
    for form in _LISTED:
        for n, item in enumerate(answer.get(form.value, [])):
            place = f"{before}{form.value}[{n}]"
            yield place, _quote(place, form, item, item)
            for at, copy in enumerate((item.get("variants") or {}).get("others", [])):
                if copy["text"] is not None:
                    yield f"{place}{OF_COPY}{at}]", _quote(f"{place}{OF_COPY}{at}]", Form.COPY, copy, copy)


def _quote(place: str, form: Form, item: dict[str, Any], fields: dict[str, Any]) -> SavedQuote:
    try:
        return SavedQuote.model_validate({**fields, "form": form, "item": item})
    except ValidationError as error:
        first = error.errors()[0]
        field = ".".join([place, *map(str, first["loc"])])
        raise ValueError(f"{field}: {_said(first['msg'])}") from error


def _cited(place: str, item: dict[str, Any]) -> SavedQuote:
    """What a citation keeps of its quote: see `citing.records`."""
    if "custom" in item:
        return _quote(place, Form.CSL, item, {**item["custom"], "text": item["custom"]["quote"]})
    words, position = item["selector"]
    source = item["source"]
    place_of = {"article_id": unquote(source["id"]), "article_sha256": source["sha256"]}
    fields = {"text": words["exact"], "start": position["start"], "end": position["end"], **place_of}
    return _quote(place, Form.ANNOTATION, item, fields)


def _faults(value: Any) -> Iterator[Difference]:  # noqa: ANN401 - JSON
    """What a saved answer can't hold: fields of no meaning, values of another kind; none of citations."""
    if isinstance(value, list):
        return
    try:
        _kind(value).model_validate_json(json.dumps(value), strict=True)
    except ValidationError as error:
        for one in error.errors():
            absent = one["type"] in {"missing", "json_invalid"}
            why = NO_FIELD if one["type"] == "extra_forbidden" else _said(one["msg"])
            yield Difference(_path(one["loc"]) or "the file", None if absent else one["input"], fault=why)


def _kind(value: dict[str, Any]) -> type[BaseModel]:
    kinds: dict[str, type[BaseModel]] = {"turns": Conversation, Form.HIT: Found, Form.ENTRY: Timeline}
    return next((kind for key, kind in kinds.items() if key in value), Answer)


def _path(steps: tuple[int | str, ...]) -> str:
    return "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in steps).lstrip(".")


def _said(message: str) -> str:
    """A fault that pydantic found, in a line of our own kind."""
    plain = message.removeprefix("Value error, ")
    return plain[:1].lower() + plain[1:]
