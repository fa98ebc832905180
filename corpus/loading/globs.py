"""Patterns of paths, as labels.toml writes them: `*` and `?` within a name, `**` over folders."""

from __future__ import annotations

import re
from collections.abc import Sequence
from fnmatch import translate

_LONGEST = 1_000  # characters of a pattern
_WILD = re.compile(r"[*?\[]")
_WILD_TO_END = re.compile(r"[*?\[\]]")


class Pattern:
    """A pattern of paths relative to the folder of its label file; upper and lower case differ.

    Raises ValueError with a one-line reason when it can match no path.
    """

    __slots__ = ("_begins", "_ends", "_folders", "_parts", "_shortest", "text", "wild")

    def __init__(self, text: str) -> None:
        parts = text.split("/")
        if not text or "\\" in text:
            raise ValueError("match must be a path with forward slashes, for example 'wire/*.txt'")
        if len(text) > _LONGEST:
            raise ValueError(f"match is longer than {_LONGEST:,} characters: {text[:40]!r} …")
        if any(part in {"", ".", ".."} for part in parts):
            raise ValueError(
                f"match {text!r} must be relative to the folder of labels.toml, without '.' or '..'"
            )
        self.text, self.wild = text, bool(_WILD.search(text))
        # None stands for any number of folders.
        tried = parts if self.wild else ()
        self._parts = [None if part == "**" else re.compile(translate(part)) for part in tried]
        self._shortest = sum(part is not None for part in self._parts)
        self._folders = None in self._parts
        # What a path begins and ends with, if it fits: tells most of them apart at once.
        self._begins, self._ends = _begins(text), _ends(text)

    def fits(self, path: str) -> bool:
        """Whether a relative path with `/` fits."""
        if not self.wild:
            return path == self.text
        if not path.startswith(self._begins) or not path.endswith(self._ends):
            return False
        names, parts = path.split("/"), self._parts
        if not self._folders:
            return len(names) == len(parts) and all(
                p and p.match(n) for p, n in zip(parts, names, strict=True)
            )
        return len(names) >= self._shortest and self._steps(names)

    def _steps(self, names: Sequence[str]) -> bool:
        """Step through the names with the set of places in the pattern that they may stand at.

        So any number of `**` costs no more than length times length.
        """
        parts = self._parts
        places = _skip_folders({0}, parts)
        for name in names:
            if not places:
                return False
            inside = {place: parts[place] for place in places if place < len(parts)}
            stay = {place for place, part in inside.items() if part is None}
            steps = {place + 1 for place, part in inside.items() if part is not None and part.match(name)}
            places = _skip_folders(stay | steps, parts)
        return len(parts) in places


class Lookup:
    """Which of many patterns a path fits: those without wildcards are looked up, the others tried in turn."""

    __slots__ = ("_plain", "_wild")

    def __init__(self, patterns: Sequence[Pattern]) -> None:
        self._plain: dict[str, list[int]] = {}
        for number, pattern in enumerate(patterns):
            if not pattern.wild:
                self._plain.setdefault(pattern.text, []).append(number)
        self._wild = [(number, pattern) for number, pattern in enumerate(patterns) if pattern.wild]

    def fitting(self, path: str) -> list[int]:
        """The numbers of the patterns that fit a path, ascending, counted from 0."""
        wild = [number for number, pattern in self._wild if pattern.fits(path)]
        return sorted(self._plain.get(path, []) + wild)

    def unused(self, paths: Sequence[str]) -> list[int]:
        """The numbers of the patterns that none of the paths fits, ascending."""
        known = set(paths)
        plain = [n for text, numbers in self._plain.items() if text not in known for n in numbers]
        wild = [n for n, pattern in self._wild if not any(map(pattern.fits, paths))]
        return sorted(plain + wild)


def _begins(text: str) -> str:
    first = _WILD.search(text)
    before = text[: first.start()] if first else text
    return before.removesuffix("/")  # `**` may stand for no folder


def _ends(text: str) -> str:
    return _WILD_TO_END.split(text)[-1].removeprefix("/")


def _skip_folders(places: set[int], parts: Sequence[re.Pattern[str] | None]) -> set[int]:
    """Add the places reached when a `**` stands for no folder at all."""
    reached = set(places)
    for place in sorted(places):
        ahead = place
        while ahead < len(parts) and parts[ahead] is None:
            ahead += 1
            reached.add(ahead)
    return reached
