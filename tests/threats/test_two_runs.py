"""Of two indexing runs the second one says so and ends; the death of the first frees the index."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.newsroom import STRIKE
from tests.threats.conftest import Run
from tests.threats.process import ROOT, command
from tests.threats.rows import row

QUESTION = "How many dockers joined the strike?"


@contextmanager
def running(articles: Path, index: Path) -> Iterator[subprocess.Popen[str]]:
    """A run that holds the index and embeds until it is told a line."""
    with subprocess.Popen(
        command("index", articles, "--index", index, wait=1),
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as first:
        assert first.stdout
        assert first.stdout.readline() == "embedding\n"
        try:
            yield first
        finally:
            first.kill()


@pytest.mark.parametrize(
    "former", [row("P04", "no index before", False), row("P04", "an index before", True)]
)
def test_the_second_of_two_runs_ends_at_once(run: Run, articles: Path, former: bool) -> None:
    index = articles.parent / "index"
    if former:
        run("index", articles, "--index", index)
    (articles / "strike.txt").write_text(STRIKE, "utf-8")
    with running(articles, index) as first:
        told = run("index", articles, "--index", index)
        assert (told.exit_code, told.stdout) == (2, "")
        assert (
            told.stderr == f"onrecord: another indexing run is in progress on {index}; wait for it to end\n"
        )
        assert run("ask", QUESTION, "--index", index).exit_code == (0 if former else 2)
        out, err = first.communicate("go on\n")
        assert (first.returncode, err) == (0, "")
        assert out.startswith("2 articles in ")
    assert run("ask", QUESTION, "--index", index).exit_code == 0


@pytest.mark.parametrize("former", [row("P04", "killed, no index before", False), row("P04", "killed", True)])
def test_a_run_that_is_killed_holds_nobody_up(run: Run, articles: Path, former: bool) -> None:
    index = articles.parent / "index"
    if former:
        run("index", articles, "--index", index)
    (articles / "strike.txt").write_text(STRIKE, "utf-8")
    with running(articles, index) as first:
        first.kill()
        assert first.wait() == -9
    if former:
        assert run("check", "--index", index).exit_code == 1  # an article is not in the index yet
    told = run("index", articles, "--index", index)
    assert (told.exit_code, told.stderr) == (0, "")
    assert told.stdout.startswith("2 articles in ")
    assert run("check", "--index", index).exit_code == 0
    assert {path.name for path in index.iterdir()} == {
        "CURRENT",
        "generations",
        "onrecord-index.json",
        "onrecord-lock",
    }
