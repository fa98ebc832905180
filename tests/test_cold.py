"""No command that indexes or asks imports PyTorch, what runs on it, or the page's framework."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.newsroom import FLOOD, STRIKE, Newsroom
from tests.test_layers import HEAVY, ROOT

pytestmark = pytest.mark.slow
# What else a cold start has no use for, and would pay for.
NEEDLESS = (*HEAVY, "scipy", "pandas", "onnx", "asyncio", "fastapi", "uvicorn", "pydantic_settings")
QUESTION = "How many dockers joined the strike at Port Caldry?"
# The command's own exit code ends the process; what was imported goes to the last line of stderr.
RUN = """
import sys
from assistant.cli.main import app
try:
    app()
finally:
    print("imported:", *sorted(sys.modules), file=sys.stderr)
"""


def onrecord(*arguments: str) -> tuple[int, str, set[str]]:
    """Run a command in a process of its own: its exit code, what it printed, what it imported."""
    done = subprocess.run(
        [sys.executable, "-c", RUN, *arguments], cwd=ROOT, capture_output=True, text=True, check=False
    )
    told, _, imported = done.stderr.rpartition("imported: ")
    assert imported, told
    return done.returncode, done.stdout, set(imported.split())


@pytest.fixture(scope="module")
def indexed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small archive, indexed by the command with the bundled model, and a saved answer: their folder."""
    folder = tmp_path_factory.mktemp("cold")
    newsroom = Newsroom(folder)
    newsroom.print("strike.txt", STRIKE, "2031-03-02")
    newsroom.print("flood.txt", FLOOD, "2031-03-03")
    code, printed, imported = onrecord("index", str(newsroom.articles), "--index", str(newsroom.index))
    assert code == 0, printed
    assert not imported & set(HEAVY)
    code, printed, _ = onrecord("ask", QUESTION, "--index", str(newsroom.index), "--json")
    assert code == 0
    (folder / "answer.json").write_text(printed)
    return folder


@pytest.mark.parametrize(
    ("command", "code", "printed"),
    [
        (("ask", QUESTION), 0, "1,400 dockers"),
        (("ask", QUESTION, "--json"), 0, '"status": "answered"'),
        (("ask", "Who won the chess tournament?"), 1, ""),
        (("ask", "And where?", "--after", QUESTION), None, ""),
        (("search", "dockers strike"), 0, "1,400 dockers"),
        (("timeline", "dockers"), None, ""),
        (("status",), 0, "2"),
        (("check",), 0, "sound and up to date"),
        (("verify", "answer.json"), 0, ""),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, tuple) else "",
)
def test_a_command_imports_nothing_heavy(
    indexed: Path, command: tuple[str, ...], code: int | None, printed: str
) -> None:
    named = [str(indexed / word) if word == "answer.json" else word for word in command]
    ended, out, imported = onrecord(*named, "--index", str(indexed / "index"))
    assert ended == code or (code is None and ended in {0, 1})
    assert printed in out
    assert sorted(imported & set(NEEDLESS)) == []


def test_an_answer_was_quoted(indexed: Path) -> None:
    answer = json.loads((indexed / "answer.json").read_text())
    assert "1,400" in answer["quotes"][0]["text"]


def test_verifying_and_reporting_load_no_model(indexed: Path) -> None:
    for command in (("status",), ("verify", str(indexed / "answer.json"))):
        _, _, imported = onrecord(*command, "--index", str(indexed / "index"))
        assert not imported & {"onnxruntime", "tokenizers"}
