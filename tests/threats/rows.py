"""The rows of the threat table that tests here show, and how a test says which one it is of."""

from __future__ import annotations

import pytest
from _pytest.mark import ParameterSet

COVERED = (
    *(f"T{number:02}" for number in range(1, 21)),
    *(f"Q{number:02}" for number in range(1, 6)),
    *("P03", "P04", "P07", "P08", "P09"),
    *(f"S{number:02}" for number in range(1, 10)),
    *(f"S{number:02}" for number in range(11, 23)),
    *(f"V{number:02}" for number in range(1, 5)),
)


def row(threat: str, name: str, *values: object, slow: bool = False) -> ParameterSet:
    """One case of a row: its values under an id that begins with the row's."""
    assert threat in COVERED, f"{threat} is no row that is covered here"
    return pytest.param(*values, id=f"{threat}-{name}", marks=[pytest.mark.slow] if slow else [])


def rows(threat: str, *names: str) -> pytest.MarkDecorator:
    """Mark a test as one of a row, for each of some names where it has more than one case."""
    return pytest.mark.parametrize("case", [row(threat, name, name) for name in names])
