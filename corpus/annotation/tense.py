"""Does a clause look back or ahead? Read from the verb nearest to a place in it."""

from __future__ import annotations

import re
from typing import Literal

Direction = Literal["back", "ahead"]

_LEFT = 160  # code points that are looked at before a place, at most
_RIGHT = 90
_END = re.compile(r"[.!?;][\"'”’)]{0,2}\s+(?=[\"'“‘(]?[A-Z][a-z])|\n")
_CUE = re.compile(
    r"\b(?P<ahead>(?:will|won['’]t|would|shall|should|must|might|may|going\s+to|"
    r"(?:is|are)\s+to|(?:am|is|are)\s+\w+ing|about\s+to|plan(?:s|ned|ning)?\s+(?:to|for)|expect(?:s|ed)?|scheduled?|slated|due|"
    r"intends?|hopes?|aims?|upcoming|coming|of\s+record|through|deadline|expires?|expire|effective|payable|if|ahead\s+of|"
    r"pending|proposed|vowed|promised|threatened|agreed\s+to|(?:set|likely|ready|decided)\s+to|extended\s+to|as\s+(?:soon|early)\s+as)"
    r"(?:\s+(?:not\s+|still\s+|also\s+)?(?:to\s+)?(?:be|have|been)\s+\w+)?)\b"
    r"|(?P<later>['’]ll)\b"
    r"|\bto\s+(?:be|have\s+been)\s+\w+"
    r"|\b(?P<back>said|says|told|was|were|had|did|didn['’]t|has|have|came|took|went|made|began|held|met|left|"
    r"got|gave|saw|won|lost|fell|rose|hit|shot|sent|put|led|died|since|ago|ended|[A-Za-z][a-z]{1,20}ed)\b"
)


def direction(text: str, start: int, end: int) -> Direction | None:
    """Tell whether what happens at `text[start:end]` was or will be, by the nearest verb; None: no verb.

    The verb before the place decides; where the sentence has none there, the first one after it.
    """
    window = text[max(0, start - _LEFT) : start]
    sentence_ends = [match.end() for match in _END.finditer(window)]
    left = window[sentence_ends[-1] :] if sentence_ends else window
    cues = [found for match in _CUE.finditer(left) if (found := _points(match)) is not None]
    if cues:
        return cues[-1]
    right = text[end : end + _RIGHT]
    stop = _END.search(right)
    for match in _CUE.finditer(right[: stop.start()] if stop else right):
        if (found := _points(match)) is not None:
            return found
    return None


def _points(match: re.Match[str]) -> Direction | None:
    if match["back"]:
        return "back"
    return "ahead" if match["ahead"] or match["later"] else None
