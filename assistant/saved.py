"""The quotes of a saved file: of an answer, a search, a timeline, a conversation, or of citations as JSON."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from pydantic import BaseModel, ConfigDict, Field

from assistant.correcting import Claim, Correction

# In the place of a passage that a copy prints, beside that of its quote.
OF_COPY = ".variants.others["


class SavedQuote(BaseModel):
    """The part of a saved quote that can be checked; other keys are let be."""

    model_config = ConfigDict(frozen=True)

    text: str
    article_id: str
    start: int = Field(ge=0)
    end: int = Field(ge=0)
    article_sha256: str
    source: str | None = None
    kind: str | None = None
    corrected: str | None = None
    correction: Correction | None = None
    claims: tuple[Claim, ...] = ()


def read_saved(path: Path) -> list[tuple[str, SavedQuote]]:
    """The quotes of a saved file, each with its place in it; raises ValueError.

    The first quote of the third question of a conversation is at `turns[2].quotes[0]`; of citations, as
    CSL-JSON or Web Annotations, the first is at `[0]`. After each quote come the passages that its copies
    print otherwise.
    """
    try:
        return list(_quotes(json.loads(path.read_text("utf-8"))))
    except OSError as error:
        raise ValueError(f"{path} can't be read: {error.strerror}") from error
    except (ValueError, AttributeError, TypeError, LookupError, RecursionError) as error:
        raise ValueError(
            f"{path} is not a saved answer; save one with: onrecord ask QUESTION --json > {path.name}"
        ) from error


def _quotes(saved: Any) -> Iterator[tuple[str, SavedQuote]]:  # noqa: ANN401 - JSON
    if isinstance(saved, list) and saved:
        yield from ((f"[{n}]", SavedQuote.model_validate(_cited(item))) for n, item in enumerate(saved))
        return
    turns = [(f"turns[{n}].", turn) for n, turn in enumerate(saved.get("turns", []))]
    for before, answer in [("", saved), *turns]:
        yield from _answered(answer, before)


def _answered(answer: Any, before: str) -> Iterator[tuple[str, SavedQuote]]:  # noqa: ANN401 - JSON
    for key in ("quotes", "hits", "entries"):
        for n, item in enumerate(answer.get(key, [])):
            yield f"{before}{key}[{n}]", SavedQuote.model_validate(item)
            for at, copy in enumerate((item.get("variants") or {}).get("others", [])):
                if copy["text"] is not None:
                    yield f"{before}{key}[{n}]{OF_COPY}{at}]", SavedQuote.model_validate(copy)


def _cited(item: Any) -> dict[str, Any]:  # noqa: ANN401 - JSON
    """What a citation keeps of its quote: see `citing.records`."""
    if "custom" in item:
        kept = item["custom"]
        return {**kept, "text": kept["quote"], "kind": item.get("genre")}
    words, place = item["selector"]
    source = item["source"]
    place_of = {"article_id": unquote(source["id"]), "article_sha256": source["sha256"]}
    return {"text": words["exact"], "start": place["start"], "end": place["end"], **place_of}
