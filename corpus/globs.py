"""Patterns of paths, as labels.toml writes them: `*` and `?` within a name, `**` over folders."""

from __future__ import annotations

from collections.abc import Sequence
from fnmatch import fnmatchcase


def check_pattern(pattern: str) -> str:
    """Return the pattern, or raise ValueError with a one-line reason when it can match no path."""
    parts = pattern.split("/")
    if not pattern or "\\" in pattern:
        raise ValueError("match must be a path with forward slashes, for example 'wire/*.txt'")
    if any(part in {"", ".", ".."} for part in parts):
        raise ValueError(
            f"match {pattern!r} must be relative to the folder of labels.toml, without '.' or '..'"
        )
    return pattern


def matches(path: str, pattern: str) -> bool:
    """Whether a relative path with `/` fits the pattern; upper and lower case differ.

    Steps through the path with the set of places in the pattern it may stand at, so that any
    number of `**` costs no more than length times length.
    """
    parts = pattern.split("/")
    places = _skip_folders({0}, parts)
    for name in path.split("/"):
        stay = {place for place in places if place < len(parts) and parts[place] == "**"}
        steps = {
            place + 1 for place in places - stay if place < len(parts) and fnmatchcase(name, parts[place])
        }
        places = _skip_folders(stay | steps, parts)
    return len(parts) in places


def _skip_folders(places: set[int], parts: Sequence[str]) -> set[int]:
    """Add the places reached when a `**` stands for no folder at all."""
    reached = set(places)
    for place in sorted(places):
        ahead = place
        while ahead < len(parts) and parts[ahead] == "**":
            ahead += 1
            reached.add(ahead)
    return reached
