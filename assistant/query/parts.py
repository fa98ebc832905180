"""The questions in a question: “Who was the judge, and how many were acquitted?” asks two."""

from __future__ import annotations

import re
from collections.abc import Sequence

_ASKS = r"(?:who|whom|whose|what|when|where|why|which|how(?: many| much| long| old| often| far)?(?! to\b))"
_HELPS = r"(?:did|does|do|was|were|is|are|has|have|had|will|would|can|could|should)"
_JOINT = re.compile(rf"(?:,? and (?:also )?|[;?] ?(?:and )?)(?={_ASKS}\b)", re.IGNORECASE)
_OPENING = re.compile(rf"\W*(?:(?:in|at|on|by|for|from|of|to|with) )?(?:{_ASKS}|{_HELPS})\b", re.IGNORECASE)
_ASKING = re.compile(rf"\W*(?:{_ASKS}\b)? ?(?:{_HELPS}\b)?\W*", re.IGNORECASE)
_MOST = 3


def parts(question: str) -> tuple[str, ...]:
    """The questions that a question joins with “and”, each whole; the question alone where it is one.

    A part that only asks, as in “how many died, and where?”, asks about what another part asks about.
    """
    found = [part.strip(" ,;?") for part in _JOINT.split(question) if part.strip(" ,;?")]
    if not (_OPENING.match(question) and 1 < len(found) <= _MOST):
        return (question,)
    return tuple(part if _subject(part) else f"{part} {_other_subject(found)}" for part in found)


def _subject(part: str) -> str:
    """What a part asks about: all but its asking words."""
    return _ASKING.sub("", part, count=1).strip()


def _other_subject(found: Sequence[str]) -> str:
    return next((subject for part in found if (subject := _subject(part))), "")
