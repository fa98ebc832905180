"""A conversation as a file: to print, to write on in, or to read again and verify."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path

from pydantic import ValidationError

from assistant.answer import Answer
from assistant.exporting.conversation import Conversation, read_conversation
from assistant.exporting.markdown import markdown
from assistant.exporting.page import page
from assistant.saved import no_answer, read_json, saved_from
from assistant.terminal import as_json

__all__ = ["FORMATS", "SUFFIXES", "Conversation", "export", "joined", "read_conversation"]


def _json(conversation: Conversation, _: Sequence[str] | None) -> str:
    return as_json(conversation) + "\n"


_WRITERS: Mapping[str, Callable[[Conversation, Sequence[str] | None], str]] = {
    "markdown": markdown,
    "json": _json,
    "html": page,
}
FORMATS = tuple(_WRITERS)
SUFFIXES: Mapping[str, str] = {"markdown": ".md", "json": ".json", "html": ".html"}


def joined(files: Sequence[Path], title: str) -> Conversation:
    """Saved answers as one conversation; ValueError for a file that is none or can't be read."""
    return Conversation(title=title, exported=datetime.now(UTC), turns=tuple(map(_answer, files)))


def _answer(path: Path) -> Answer:
    value = read_json(path)
    try:
        answer = Answer.model_validate_json(json.dumps(value))
        saved_from(value)
    except ValidationError as error:
        raise no_answer(path, "it has another form") from error
    except ValueError as error:
        raise no_answer(path, str(error)) from error
    return answer


def export(conversation: Conversation, wanted: str, differing: Sequence[str] | None = None) -> str:
    """Write a conversation in a format of FORMATS; ValueError for an unknown one.

    `differing` are the lines of what is not as the index has it (`verify.fault_lines`): a document promises
    its quotes only where there are none. None, where nothing was compared, makes it say so. JSON, which
    `read_conversation` reads and `onrecord verify` checks, promises nothing.
    """
    if wanted not in _WRITERS:
        raise ValueError(f"there is no export format {wanted!r}; choose one of: {', '.join(FORMATS)}")
    return _WRITERS[wanted](conversation, differing)
