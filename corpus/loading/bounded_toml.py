"""TOML read within bounds: what a short document could make long is refused before it is parsed."""

from __future__ import annotations

import re
import tomllib
from typing import Any

MOST_PARTS = 8  # of a dotted key: tomllib takes time and room by the square of them

# TOML 1.0: strings and comments, in which dots mean nothing, what parts one key from the next, and a dot.
_TOKEN = re.compile(
    r'"""(?:[^"\\]|\\.|"(?!""))*+(?:"""|\Z)'
    r"|'''(?:[^']|'(?!''))*+(?:'''|\Z)"
    r'|"(?:[^"\\\n]|\\.)*+"?'
    r"|'[^'\n]*+'?"
    r"|#[^\n]*+"
    r"|(?P<end>[\n=,\[\]{}])"
    r"|(?P<dot>\.)",
    re.DOTALL,
)


def read_toml(text: str) -> dict[str, Any]:
    """Parse a document; ValueError with a one-line reason when it is no TOML, or has a key of too many parts."""
    _check_keys(text)
    try:
        return tomllib.loads(text)
    except (ValueError, RecursionError) as error:  # ValueError: TOML's own, or a number of too many digits
        raise ValueError(f"is not valid TOML: {_reason(error)}") from None


def _check_keys(text: str) -> None:
    parts = 1
    for token in _TOKEN.finditer(text):
        if token.lastgroup == "end":
            parts = 1
        elif token.lastgroup == "dot":
            parts += 1
        if parts > MOST_PARTS:
            line = text.count("\n", 0, token.start()) + 1
            raise ValueError(f"has a key of more than {MOST_PARTS} parts between dots (line {line})")


def _reason(error: Exception) -> str:
    match error:
        case RecursionError():
            return "nested too deeply"
        case _:
            return str(error).partition(";")[0]
