"""Two values of JSON compared field by field, and each difference in one line."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

_LONGEST = 80  # characters of a value that are shown
_BEFORE = 20  # of these, characters before the place where two texts part
NO_FIELD = "a saved answer has no such field"


@dataclass(frozen=True, slots=True)
class Difference:
    """A field of a saved file that is not as the index has it.

    `field` is its path in the file (`quotes[0].source`), `saved` and `index` are values of JSON. `fault` is
    said instead of `index` where a saved answer can't hold this at all; `holder` is what `index` is of.
    """

    field: str
    saved: Any
    index: Any = None
    fault: str = ""
    holder: str = "the index"

    @property
    def line(self) -> str:
        """The difference in words; of long values the part that differs."""
        saved, index = _told(self.saved, self.index)
        has = f"; {self.fault}" if self.fault else f", {self.holder} has {index}"
        return f"{self.field}: saved {saved}{has}"


def differences(field: str, saved: Any, index: Any) -> Iterator[Difference]:  # noqa: ANN401 - JSON
    """Compare a saved value with that of the index; a key that is missing says what null, or an empty list, says."""
    if isinstance(saved, dict) and isinstance(index, dict):
        for key in index:
            if key in saved or index[key] != []:
                yield from differences(f"{field}.{key}", saved.get(key), index[key])
        for key in [key for key in saved if key not in index]:
            yield Difference(f"{field}.{key}", saved[key], fault=NO_FIELD)
    elif isinstance(saved, list) and isinstance(index, list) and len(saved) == len(index):
        for number, (one, other) in enumerate(zip(saved, index, strict=True)):
            yield from differences(f"{field}[{number}]", one, other)
    elif not _same(saved, index):
        yield Difference(field, saved, index)


def stated(field: str, saved: Any, index: dict[str, Any]) -> Iterator[Difference]:  # noqa: ANN401 - JSON
    """Compare only the fields that are known of the index; the others are told by the form of the file."""
    for key, value in index.items():
        yield from differences(f"{field}.{key}", saved.get(key), value)


def without_repeats(found: Iterable[Difference], faults: Iterable[Difference]) -> list[Difference]:
    """Differences, and faults of the form where no difference says the same."""
    told = list(found)
    return told + [fault for fault in faults if not any(_about_one(fault.field, d.field) for d in told)]


def _about_one(one: str, other: str) -> bool:
    return within(one, other) or within(other, one)


def within(field: str, place: str) -> bool:
    """Whether a field is this place of a file, or lies in it."""
    return field == place or field.startswith((f"{place}.", f"{place}["))


def _same(one: Any, other: Any) -> bool:  # noqa: ANN401 - JSON
    if isinstance(one, bool) or isinstance(other, bool):
        return one is other
    numbers = isinstance(one, int | float) and isinstance(other, int | float)
    return bool(one == other) and (numbers or type(one) is type(other))


def _told(saved: Any, index: Any) -> tuple[str, str]:  # noqa: ANN401 - JSON
    texts = [_text(value) for value in (saved, index)]
    at = next((n for n, (a, b) in enumerate(zip(*texts, strict=False)) if a != b), min(map(len, texts)))
    start = max(0, at - _BEFORE) if max(map(len, texts)) > _LONGEST else 0
    shown = [_cut(text, start) for text in texts]
    return _quoted(saved, shown[0]), _quoted(index, shown[1])


def _text(value: Any) -> str:  # noqa: ANN401 - JSON
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _cut(text: str, start: int) -> str:
    cut = text[start : start + _LONGEST]
    return ("…" if start else "") + cut + ("…" if start + _LONGEST < len(text) else "")


def _quoted(value: Any, shown: str) -> str:  # noqa: ANN401 - JSON
    if value is None:
        return "nothing"
    return f"“{shown}”" if isinstance(value, str) else shown
