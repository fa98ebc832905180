"""What is exported, compared with the index where there is one."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

from assistant.answer import Answer
from assistant.commands.console import settings
from assistant.terminal import safe
from assistant.verify import fault_lines, verify_answers
from index.generation import Generation, open_current
from index.hits import IndexMissing


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
