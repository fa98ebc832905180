"""A conversation as a file: to print, to write on in, or to read again and verify."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from assistant.render.exports.conversation import Conversation, read_conversation
from assistant.render.exports.html_document import page
from assistant.render.exports.markdown_document import markdown
from assistant.render.terminal import as_json

__all__ = ["FORMATS", "SUFFIXES", "Conversation", "export", "read_conversation"]


def _json(conversation: Conversation, _: Sequence[str] | None) -> str:
    return as_json(conversation) + "\n"


_WRITERS: Mapping[str, Callable[[Conversation, Sequence[str] | None], str]] = {
    "markdown": markdown,
    "json": _json,
    "html": page,
}
FORMATS = tuple(_WRITERS)
SUFFIXES: Mapping[str, str] = {"markdown": ".md", "json": ".json", "html": ".html"}


def export(conversation: Conversation, wanted: str, differing: Sequence[str] | None = None) -> str:
    """Write a conversation in a format of FORMATS; ValueError for an unknown one.

    `differing` are the lines of what is not as the index has it (`verify.fault_lines`): a document promises
    its quotes only where there are none. None, where nothing was compared, makes it say so. JSON, which
    `read_conversation` reads and `onrecord verify` checks, promises nothing.
    """
    if wanted not in _WRITERS:
        raise ValueError(f"there is no export format {wanted!r}; choose one of: {', '.join(FORMATS)}")
    return _WRITERS[wanted](conversation, differing)
