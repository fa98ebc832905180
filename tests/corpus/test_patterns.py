"""A lazy pattern is a pattern: compiled once, at its first use, and every one that is written can be compiled."""

from __future__ import annotations

import importlib
import re
from pathlib import Path

import pytest

from corpus.patterns import Lazy, lazy

ROOT = Path(__file__).resolve().parents[2]
USING = [
    path.relative_to(ROOT)
    for layer in ("corpus", "index", "assistant")
    for path in sorted((ROOT / layer).rglob("*.py"))
    if "lazy(" in path.read_text("utf-8") and path.name != "patterns.py"
]


def test_it_does_what_a_pattern_does() -> None:
    pattern = lazy(r"(?P<word>[a-z]+)\d", re.IGNORECASE)
    found = pattern.search("see Port7")
    assert found is not None
    assert found["word"] == "Port"
    assert pattern.sub("x", "a1 b2") == "x x"
    assert [m["word"] for m in pattern.finditer("a1 B2")] == ["a", "B"]
    assert pattern.flags & re.IGNORECASE
    assert pattern.pattern == r"(?P<word>[a-z]+)\d"


def test_it_is_compiled_at_its_first_use_and_only_then(monkeypatch: pytest.MonkeyPatch) -> None:
    compiled: list[str] = []
    compile_ = re.compile

    def counted(text: str, flags: int) -> re.Pattern[str]:
        compiled.append(text)
        return compile_(text, flags)

    monkeypatch.setattr(re, "compile", counted)
    pattern = lazy("a+")
    assert compiled == []
    assert pattern.match("aa")
    assert pattern.match("ab")
    assert compiled == ["a+"]


def test_a_pattern_that_is_wrong_is_told_when_it_is_used() -> None:
    wrong = lazy("(")
    with pytest.raises(re.error):
        wrong.match("x")


@pytest.mark.parametrize("path", USING, ids=str)
def test_every_pattern_can_be_compiled(path: Path) -> None:
    module = importlib.import_module(".".join(path.with_suffix("").parts))
    for name, value in vars(module).items():
        if isinstance(value, Lazy):
            assert value.pattern, name
            assert value.groups >= 0, name
