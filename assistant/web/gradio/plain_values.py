"""Values that Gradio passes on as they are: an object may name a file or an address, which Gradio would fetch."""

from __future__ import annotations


def is_plain(value: object) -> bool:
    """Whether a value is a text, a number, a boolean or None, or a list that holds only such values at any depth."""
    waiting = [value]
    while waiting:
        one = waiting.pop()
        if isinstance(one, list):
            waiting += one
        elif not isinstance(one, str | int | float | bool | None):
            return False
    return True
