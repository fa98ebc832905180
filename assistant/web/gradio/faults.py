"""Faults of the program, told in the log: of what kind and where, but not in words, which may be a question's."""

from __future__ import annotations

import logging
import traceback

FAILED = "The question could not be answered. The server's log says why."  # what is told of a fault
_log = logging.getLogger("onrecord")


def log_fault(what: str, error: BaseException) -> None:
    """Log what failed with the kind of the fault and of those behind it, and the places it came through."""
    _log.error("%s: %s", what, told(error))


def told(error: BaseException) -> str:
    """A traceback without the words of its exceptions; what the system says of a file or a connection stays."""
    lines = []
    if (before := error.__cause__ or (None if error.__suppress_context__ else error.__context__)) is not None:
        lines += [told(before), "\nwhile that was handled:\n"]
    reason = f" ({error.strerror})" if isinstance(error, OSError) and error.strerror else ""
    return "".join((*lines, type(error).__name__, reason, "\n", *traceback.format_tb(error.__traceback__)))
