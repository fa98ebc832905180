"""Saved answers joined to one document, and compared with the index where there is one."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from pydantic import ValidationError

from assistant.cli.console import settings
from assistant.integrity.saved import no_answer, read_json, saved_from
from assistant.integrity.verify import fault_lines, verify_answers
from assistant.render.exports.conversation import Conversation
from assistant.render.terminal import safe
from assistant.types.answer import Answer
from index.errors import IndexMissing
from index.generation.generation import Generation, open_current


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


def differing(answers: Sequence[Answer], index: Path | None) -> tuple[str, ...] | None:
    """The lines of what is not as the index has it, told on stderr too; None, which is told, where there is no index.

    Without `index` the usual one is taken. Raises what opening the index raises, but for the usual one that is
    not there.
    """
    generation = _opened(index)
    if generation is None:
        _tell("the quotes are written as saved, not verified: there is no index; name one with --index")
        return None
    found = fault_lines(verify_answers(answers, generation.archive))
    for line in found:
        _tell(line)
    return found


def _opened(index: Path | None) -> Generation | None:
    if index is not None:
        return open_current(index)
    try:
        return open_current(settings().index)
    except IndexMissing:
        return None


def _tell(line: str) -> None:
    sys.stderr.write(safe(line).replace("\n", " ") + "\n")
