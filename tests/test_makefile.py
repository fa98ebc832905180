"""`make run` takes what a reader writes after it: nothing, an empty value, names with spaces and quotes."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

MAKEFILE = Path(__file__).parents[1] / "Makefile"
SAMPLE = "corpus/sample/articles"
ODD = """my "old" articles/it's $5"""


@pytest.fixture
def bench(tmp_path: Path) -> Path:
    """A folder with the Makefile and an installed `onrecord` that prints what it is given."""
    if shutil.which("make") is None:
        pytest.skip("there is no make")
    shutil.copy(MAKEFILE, tmp_path)
    command = tmp_path / ".venv/bin/onrecord"
    command.parent.mkdir(parents=True)
    command.write_text("#!/bin/sh\nprintf '%s\\n' \"$@\" end\n")
    command.chmod(0o755)
    for name in (
        "pyproject.toml",
        "constraints.txt",
        "locked.txt",
        ".venv/installed",
    ):  # the last is the newest
        (tmp_path / name).touch()
    return tmp_path


def run(bench: Path, *given: str) -> list[list[str]]:
    """What the two commands of `make run` are given."""
    made = subprocess.run(
        ["make", "-s", "run", *given], cwd=bench, capture_output=True, text=True, check=True
    )
    return [told.split("\n") for told in made.stdout.removesuffix("\nend\n").split("\nend\n")]


@pytest.mark.parametrize("given", [(), ("ARTICLES=", "INDEX="), ("ARTICLES=  ", "INDEX= ")])
def test_an_empty_value_is_as_good_as_none(bench: Path, given: tuple[str, ...]) -> None:
    index, serve = run(bench, *given)
    assert index[:3] == ["index", SAMPLE, "--index"]
    assert index[3].startswith(".onrecord/")
    assert serve == ["serve", "--index", index[3]]
    assert run(bench, "INDEX=")[0] == index


def test_a_name_is_taken_as_it_is_written(bench: Path) -> None:
    index, serve = run(bench, f"ARTICLES={ODD.replace('$', '$$')}", "INDEX=an index")
    assert index == ["index", ODD, "--index", "an index"]
    assert serve == ["serve", "--index", "an index"]


def test_each_archive_has_an_index_of_its_own(bench: Path) -> None:
    names = {run(bench, f"ARTICLES={name}")[0][3] for name in (SAMPLE, "a", "a b", "it's")}
    assert len(names) == 4
