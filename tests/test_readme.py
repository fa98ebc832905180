"""What the README shows works as it is printed there."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from corpus.loading.labels import parse_labels

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text("utf-8")


def blocks(language: str) -> list[str]:
    return re.findall(rf"```{language}\n(.*?)```", README, re.DOTALL)


def commands() -> list[str]:
    lines = (line.partition("  #")[0].strip() for block in blocks("sh") for line in block.splitlines())
    return [line for line in lines if line.startswith("onrecord ")]


def archive(folder: Path) -> None:
    """An archive on which the README's questions have an answer."""
    (folder / "ARTICLES").mkdir()
    (folder / "ARTICLES" / "port.txt").write_text(
        "Port closed date 2031-03-04 The harbour master Ilse Dorn closed the port on Monday. Ships wait outside.",
        "utf-8",
    )
    (folder / "QUESTIONS.jsonl").write_text(blocks("json")[0], "utf-8")


def test_the_labels_shown_are_read() -> None:
    (block,) = blocks("toml")
    assert parse_labels(block).files
    assert tomllib.loads(block)["files"][1]["encoding"] == "cp1252"


@pytest.mark.slow
def test_every_command_runs_and_so_does_the_python(tmp_path: Path) -> None:
    archive(tmp_path)
    shown = [line for line in commands() if line.split()[1] != "serve"]
    assert {line.split()[1] for line in shown} == {
        "index",
        "ask",
        "timeline",
        "search",
        "status",
        "check",
        "verify",
        "export",
        "eval",
    }
    environment = {**os.environ, "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}"}
    shown.sort(key=lambda line: ("answer.json" in line, "> answer.json" not in line))  # saved, then used
    for line in shown:
        done = subprocess.run(  # noqa: S602 - the README's own lines, one of them with a redirection
            line, shell=True, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, (line, done.stderr)
    (block,) = blocks("python")
    code = block.replace("my-index", "DIR").replace(', sources=["Meridian Wire"]', "")
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert "The harbour master Ilse Dorn closed the port on Monday." in done.stdout
