"""Saved answers changed by hand, as a forger would: one value at a time, or whole parts of them."""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

from assistant.assistant import Assistant
from assistant.render.citations.cite import citations
from assistant.render.exports.export import Conversation, export
from tests.newsroom import FLOOD, Newsroom

Steps = tuple[int | str, ...]

QUESTION = "How many dockers joined the strike at Port Caldry?"
NONSENSE = "Zwölf boxkämpfer jagen quer"
URL = "https://halyard.example/strike"
STORY = (
    "The harbour board said on Monday that about 1,400 dockers joined the strike at Port Caldry. Talks failed after "
    "nine hours in the old customs house on the quay. The next ship from Korrun is expected before noon."
)
_RECORDS = [
    {"text": STORY, "source": "The Halyard", "date": "2031-03-04", "title": "Port at a standstill", "url": URL,
     "author": "Ina Brandt", "kind": "report", "corrected": "2031-03-05"},
    {"text": STORY.replace("about 1,400", "at least 1,900"), "source": "Wire Nine", "date": "2031-03-05"},
    {"text": "An earlier report gave a wrong number of ships in the harbour.", "source": "The Halyard",
     "date": "2031-03-06", "title": "Ships", "url": URL, "kind": "correction"},
    {"text": "Only 600 dockers joined the strike at Port Caldry, the union said. Others went home.",
     "source": "Union Post", "date": "2031-03-05", "kind": "opinion"},
    {"text": FLOOD},
]  # fmt: skip


def print_strike(newsroom: Newsroom) -> None:
    """Print and index a few articles of which all is stated that can be: copies, corrections, speakers, figures."""
    newsroom.print_records("wire.jsonl", _RECORDS)
    newsroom.build()


def saved_forms(assistant: Assistant) -> dict[str, Any]:
    """What can be saved of this archive, by its form, as JSON."""
    answer, silence = (
        assistant.ask(QUESTION),
        assistant.ask("How many dockers joined the strike at Selmouth?"),
    )
    talk = Conversation(title="Desk", turns=(answer, silence))
    article = assistant.article
    return {
        "answer": json.loads(answer.model_dump_json()),
        "near misses": json.loads(silence.model_dump_json()),
        "search": json.loads(assistant.search(QUESTION).model_dump_json()),
        "timeline": json.loads(assistant.timeline("strike").model_dump_json()),
        "conversation": json.loads(export(talk, "json")),
        "csl-json": json.loads(citations(answer, article, "csl-json")),
        "web-annotation": json.loads(citations(answer, article, "web-annotation")),
    }


def save(path: Path, value: object) -> Path:
    """Write a value as the JSON of a saved file; a text is written as it is."""
    path.write_text(value if isinstance(value, str) else json.dumps(value), "utf-8")
    return path


def values(value: Any, steps: Steps = ()) -> Iterator[Steps]:
    """The places of all values that hold no other, in order."""
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    below = [place for key, item in items for place in values(item, (*steps, key))]
    yield from below or [steps]


def with_value(saved: Any, steps: Steps, value: Any) -> Any:
    """A copy in which this stands at a place."""
    forged = copy.deepcopy(saved)
    *above, last = steps
    at = forged
    for step in above:
        at = at[step]
    at[last] = value
    return forged


def value_at(saved: Any, steps: Steps) -> Any:
    """What stands at a place."""
    for step in steps:
        saved = saved[step]
    return saved


def forged_value(value: Any) -> Any:
    """Another value of the same kind, such as a forger would choose."""
    if isinstance(value, bool):
        return not value
    if isinstance(value, int | float):
        return value + 1
    if isinstance(value, str):
        return _other_text(value)
    return "invented" if value is None else [["invented"]]


def _other_text(text: str) -> str:
    try:
        return date.fromisoformat(text).replace(year=1999).isoformat()
    except ValueError:
        return text[:-1] + ("x" if text[-1:] != "x" else "y") if text else "x"


def named(steps: Steps) -> str:
    """A place as `verify` names it."""
    return "".join(f"[{s}]" if isinstance(s, int) else f".{s}" for s in steps).lstrip(".")


def of_quotes(answer: dict[str, Any], **changes: Any) -> dict[str, Any]:
    """The answer with its first quote changed."""
    first, *others = answer["quotes"]
    return answer | {"quotes": [first | changes, *others]}
