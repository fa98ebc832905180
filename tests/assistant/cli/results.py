"""What a command leaves: its exit code, its JSON, its one line for an error."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import Any

from typer.testing import Result

QUESTION = "How many dockers joined the strike at Port Caldry?"


NONSENSE = "Zwölf boxkämpfer jagen quer"
UNANSWERED = "How many dockers joined the strike at Selmouth?"


Run = Callable[..., Result]


def fails(result: Result, words: str) -> None:
    """An error is exit code 2 and one line on stderr."""
    assert result.exit_code == 2, result.output
    assert result.stdout == ""
    assert result.stderr.startswith("onrecord: ")
    assert result.stderr.count("\n") == 1
    assert result.stderr.endswith("\n")
    assert words in result.stderr
    assert "Traceback" not in result.stderr


def misused(result: Result, words: str) -> None:
    """A wrong option is exit code 2 and told on stderr."""
    assert (result.exit_code, result.stdout) == (2, "")
    assert words in " ".join(re.sub("[│\n]", " ", result.stderr).split())
    assert "Traceback" not in result.stderr


def parsed(result: Result) -> Any:
    """The one JSON value that stdout holds."""
    assert result.stderr == ""
    assert result.stdout.endswith("\n")
    return json.loads(result.stdout)
