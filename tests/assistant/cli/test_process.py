"""The command in a process of its own, as a user runs it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.assistant.cli.results import QUESTION
from tests.newsroom import BRIDGE, STRIKE, Newsroom

ROOT = Path(__file__).resolve().parents[3]


def onrecord(*arguments: object, **variables: str) -> subprocess.CompletedProcess[str]:
    """Run the command in a process of its own, on the project's own code."""
    code = "from assistant.cli.main import main; main()"
    return subprocess.run(
        [sys.executable, "-c", code, *map(str, arguments)],
        cwd=ROOT,
        env={**os.environ, **variables},
        check=False,
        capture_output=True,
        text=True,
    )


def test_an_error_in_a_process_of_its_own(tmp_path: Path) -> None:
    done = onrecord("ask", "Who?", "--json", ONRECORD_INDEX=str(tmp_path / "none"))
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.count("\n") == 1
    assert done.stderr.startswith("onrecord: there is no index at ")


@pytest.mark.parametrize("command", [["status"], ["status", "--json"], ["check"]])
def test_a_reader_that_has_read_enough_is_no_error(command: list[str], standing: Newsroom) -> None:
    read, written = os.pipe()
    os.close(read)
    code = "from assistant.cli.main import main; main()"
    started = [sys.executable, "-c", code, *command, "--index", str(standing.index)]
    done = subprocess.run(started, cwd=ROOT, check=False, stdout=written, stderr=subprocess.PIPE)
    os.close(written)
    assert (done.returncode, done.stderr) == (1, b"")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full here")
def test_an_answer_that_cannot_be_written_is_no_success(standing: Newsroom) -> None:
    code = "from assistant.cli.main import main; main()"
    command = [sys.executable, "-c", code, "status", "--json", "--index", str(standing.index)]
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(command, cwd=ROOT, check=False, stdout=full, stderr=subprocess.PIPE)
    assert done.returncode not in {0, 1}
    assert b"No space left on device" in done.stderr


def test_nothing_to_write_to_is_no_error(standing: Newsroom) -> None:
    code = "from assistant.cli.main import main; main()"
    closed = ["sh", "-c", 'exec "$@" >&-', "sh"]
    command = [sys.executable, "-c", code, "status", "--json", "--index", str(standing.index)]
    done = subprocess.run([*closed, *command], cwd=ROOT, check=False, stderr=subprocess.PIPE)
    assert (done.returncode, done.stderr) == (0, b"")


@pytest.mark.slow
def test_from_articles_to_a_verified_answer_with_the_model(newsroom: Newsroom, tmp_path: Path) -> None:
    newsroom.print("bridge.txt", BRIDGE, "2031-03-01")
    newsroom.print("strike.txt", STRIKE, "2031-03-02")
    indexed = onrecord("index", newsroom.articles, "--index", newsroom.index)
    assert (indexed.returncode, indexed.stderr) == (0, "")
    asked = onrecord("ask", QUESTION, "--json", ONRECORD_INDEX=str(newsroom.index))
    assert (asked.returncode, asked.stderr) == (0, "")
    value = json.loads(asked.stdout)
    assert value["quotes"][0]["text"] == "About 1,400 dockers joined the strike at Port Caldry."
    (tmp_path / "answer.json").write_text(asked.stdout, "utf-8")
    assert onrecord("verify", tmp_path / "answer.json", "--index", newsroom.index).returncode == 0
    newsroom.withdraw("strike.txt")
    assert onrecord("verify", tmp_path / "answer.json", "--index", newsroom.index).returncode == 1
    silent = onrecord("ask", "Who won the chess final in Reykjavik in 1972?", "--index", newsroom.index)
    assert (silent.returncode, silent.stderr) == (1, "")
