"""One colour for each source, the same wherever it is shown; the name always stands beside it."""

from __future__ import annotations

import hashlib

HUES = 8  # colours in static/cards.css: .or-hue-0 to .or-hue-7


def hue(source: str) -> str:
    """Give the CSS class of a source's colour; names that differ in case alone share one.

    A hash and not a counter, so that a source keeps its colour when others come or go.
    """
    return f"or-hue-{hashlib.sha256(source.casefold().encode('utf-8', 'replace')).digest()[0] % HUES}"
