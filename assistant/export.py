"""A conversation as a file: to print, to write on in, or to read again and verify."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path

from pydantic import ValidationError

from assistant.answer import Answer
from assistant.exporting.conversation import Conversation, read_conversation
from assistant.exporting.markdown import markdown
from assistant.exporting.page import page
from assistant.terminal import as_json

__all__ = ["FORMATS", "SUFFIXES", "Conversation", "export", "joined", "read_conversation"]


def _json(conversation: Conversation) -> str:
    return as_json(conversation) + "\n"


_WRITERS: Mapping[str, Callable[[Conversation], str]] = {"markdown": markdown, "json": _json, "html": page}
FORMATS = tuple(_WRITERS)
SUFFIXES: Mapping[str, str] = {"markdown": ".md", "json": ".json", "html": ".html"}


def joined(files: Sequence[Path], title: str) -> Conversation:
    """Saved answers as one conversation; ValueError for a file that is none, OSError for one that can't be read."""
    return Conversation(title=title, exported=datetime.now(UTC), turns=tuple(map(_answer, files)))


def _answer(path: Path) -> Answer:
    try:
        return Answer.model_validate_json(path.read_bytes())
    except ValidationError as error:
        raise ValueError(
            f"{path} is not a saved answer; save one with: onrecord ask QUESTION --json > {path.name}"
        ) from error


def export(conversation: Conversation, wanted: str) -> str:
    """Write a conversation in a format of FORMATS; ValueError for an unknown one.

    JSON is what `read_conversation` reads and `onrecord verify` checks.
    """
    if wanted not in _WRITERS:
        raise ValueError(f"there is no export format {wanted!r}; choose one of: {', '.join(FORMATS)}")
    return _WRITERS[wanted](conversation)
