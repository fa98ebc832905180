"""What a build needs is told before it embeds, beside what is free."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from assistant.cli.indexing import build_with_bar, needs_line
from index.build import needs as needing
from index.build.build import build
from index.build.needs import Needs, needs
from tests.newsroom import FLOOD, Newsroom

GB = 1_000_000_000
NOT_ENOUGH = (
    "900 passages: needs about 50 MB of memory and 100 MB of disk (10 MB free): there may not be enough."
    " Ctrl-C stops it; the former index stays"
)


def test_memory_and_disk_grow_with_the_passages(tmp_path: Path) -> None:
    one, more, resumed = needs(tmp_path, 1, 1), needs(tmp_path, 1000, 1000), needs(tmp_path, 1000, 0)
    assert (more.memory, more.disk) == (1000 * one.memory, 1000 * one.disk)
    assert resumed.disk < more.disk
    assert one.memory_free
    assert one.disk_free > 0
    assert one.is_met


@pytest.mark.parametrize("told", ["", "MemAvailable: many kB\n", "MemTotal: 5 kB\n", None])
def test_a_system_that_does_not_say_has_memory_enough(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, told: str | None
) -> None:
    path = tmp_path / "meminfo"
    if told is not None:
        path.write_text(told, "ascii")
    monkeypatch.setattr(needing, "_MEMINFO", path)
    found = needs(tmp_path, 1000, 0)
    assert found.memory_free is None
    assert found.is_met


def test_a_build_tells_it_once_before_anything_is_embedded(printed: Newsroom) -> None:
    printed.print("flood2.txt", FLOOD.replace("nine", "ten"), "2031-03-05")
    told: list[Needs] = []
    steps: list[str] = []

    def foretell(found: Needs) -> None:
        told.append(found)
        steps.append("tell")

    report = build(
        printed.index,
        [printed.articles],
        printed.embedder,
        lambda *_: steps.append("embed"),
        foretell,
    )
    assert [found.passages for found in told] == [report.passages]
    assert steps[:2] == ["tell", "embed"]


@pytest.mark.parametrize(
    ("found", "line"),
    [
        (Needs(900, 5 * 10**6, 10**7, 4 * GB, 9 * GB), ""),
        (
            Needs(1_000_000, 5 * GB, 8 * GB, 12 * GB, 90 * GB),
            "1,000,000 passages: needs about 5.0 GB of memory (12.0 GB free) and 8.0 GB of disk (90.0 GB free)",
        ),
        (
            Needs(900, 5 * 10**7, 10**8, None, 10**7),
            NOT_ENOUGH,
        ),
    ],
)
def test_much_and_too_much_are_said(found: Needs, line: str) -> None:
    assert needs_line(found) == line


def test_a_build_that_may_not_fit_says_so_and_goes_on(
    printed: Newsroom, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(needing, "_MEMORY", 10**15)
    assert build_with_bar(printed.index, [printed.articles], printed.embedder).unchanged == 3
    assert re.search(
        r"passages: needs about [\d.]+ GB of memory .*there may not be enough", capsys.readouterr().err
    )
