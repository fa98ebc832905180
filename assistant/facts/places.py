"""The place that is named beside a figure: a span of its sentence, for a reader to see; nothing is made of it.

Whether one place lies in another isn't known here, so a figure is never left out for its place.
"""

from __future__ import annotations

import re

from assistant.query.expressions import MONTH, NO_PLACE, PLACES, WEEKDAY, Span
from corpus.patterns import lazy

# Where things happen; "to Reuters" and "from Moscow" name a place of something else.
_WHERE = frozenset({"in", "at", "near", "outside", "around", "inside", "within", "across", "throughout"})
_DAY = lazy(rf"(?:{MONTH}|{WEEKDAY}|Ramadan|Easter|Christmas)\b")
# Words of a name, in a headline's capitals too, that make it a happening or an institution and no place.
_NAMES_NONE = lazy(
    r"\b(?:air-?strikes?|attacks?|battles?|blasts?|bombings?|clashes|conflict|crash|explosions?|fighting|fire|massacre"
    r"|offensive|operations?|protests?|raids?|riots?|shelling|strikes?|talks|agency|cent(?:er|re)|command|council|court"
    r"|directorate|hospital|ministry|observatory|office|parliament|university)\b|-led\b",
    re.IGNORECASE,
)
# Before it: the place is that of who speaks, or part of a name ("Islamic State in Iraq").
_OF_ANOTHER = lazy(
    r"(?:\bState|\b(?:sources?|officials?|spokes(?:man|woman|person)|activists?|correspondent|banned|outlawed))\s\Z"
)
# A place after a figure is more often that of the figure than one before it, of which something else was said.
_BEFORE = 2
_LOOK = 20  # characters before a place that say whose it is


def place_beside(text: str, figure: Span, sentence: Span) -> Span | None:
    """The nearest place that a figure's sentence names, with its preposition; None where it names none.

    A place before the figure counts as twice as far.
    """
    found = [m.span() for m in PLACES.finditer(text, *sentence) if _is_where(m)]
    apart = [span for span in found if span[1] <= figure[0] or span[0] >= figure[1]]
    return min(apart, key=lambda span: _distance(span, figure), default=None)


def _is_where(match: re.Match[str]) -> bool:
    at, name = match["at"], match["name"]
    is_place = not (NO_PLACE.match(name) or _DAY.match(name) or _NAMES_NONE.search(name))
    before = match.string[max(0, match.start() - _LOOK) : match.start()]
    return is_place and (at is None or at.lower() in _WHERE) and not _OF_ANOTHER.search(before)


def _distance(place: Span, figure: Span) -> int:
    return place[0] - figure[1] if place[0] >= figure[1] else _BEFORE * (figure[0] - place[1])
