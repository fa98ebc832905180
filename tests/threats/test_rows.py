"""Every row that is covered here has tests, and its name picks them and no others."""

from __future__ import annotations

import re
import subprocess
import sys

import pytest

from tests.threats.process import ROOT
from tests.threats.rows import COVERED

_ROW = re.compile("|".join(COVERED), re.IGNORECASE)


@pytest.fixture(scope="module")
def collected() -> list[str]:
    """The ids of all tests of this package."""
    collect = [
        sys.executable,
        "-m",
        "pytest",
        "--collect-only",
        "-q",
        "-p",
        "no:cacheprovider",
        "tests/threats",
    ]
    done = subprocess.run(collect, cwd=ROOT, capture_output=True, text=True, check=True)
    return [line for line in done.stdout.splitlines() if "::" in line]


def test_every_row_has_tests(collected: list[str]) -> None:
    assert {m[1] for line in collected if (m := re.search(r"\[([A-Z][0-9]{2})-", line))} == set(COVERED)


def test_the_name_of_a_row_picks_its_tests_and_no_others(collected: list[str]) -> None:
    """`pytest -k T08` looks for `t08` anywhere in a test's id."""
    found = {line: {name.upper() for name in _ROW.findall(line)} for line in collected}
    assert {line for line, names in found.items() if len(names) > 1} == set()
    assert all(f"[{name}-" in line for line, names in found.items() for name in names)
