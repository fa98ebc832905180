"""Cores are counted once however many threads they run; what can't be told is taken as the safe case."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from index.models.cores import has_vnni, physical_cores


def processors(folder: Path, siblings: dict[int, str]) -> Path:
    for number, text in siblings.items():
        place = folder / f"cpu{number}" / "topology"
        place.mkdir(parents=True)
        (place / "thread_siblings_list").write_text(text + "\n")
    return folder


@pytest.mark.skipif(not hasattr(os, "sched_getaffinity"), reason="the system doesn't tell")
@pytest.mark.parametrize(
    ("allowed", "siblings", "cores"),
    [
        ({0, 1}, {0: "0", 1: "1"}, 2),
        ({0, 1, 2, 3}, {0: "0,2", 1: "1,3", 2: "0,2", 3: "1,3"}, 2),
        ({2}, {0: "0,2", 2: "0,2"}, 1),
        ({0, 1, 5}, {}, 3),
    ],
)
def test_two_threads_of_one_core_count_once(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    allowed: set[int],
    siblings: dict[int, str],
    cores: int,
) -> None:
    monkeypatch.setattr(os, "sched_getaffinity", lambda _: allowed)
    assert physical_cores(processors(tmp_path, siblings)) == cores


def test_there_is_at_least_one() -> None:
    assert physical_cores() >= 1


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("processor : 0\nflags\t\t: fpu avx512f avx512_vnni\n", True),
        ("flags\t\t: fpu avx2 avx_vnni\n", True),
        ("flags\t\t: fpu avx2 avx512f\n", False),
        ("Features : asimd\n", False),
        ("", False),
    ],
)
def test_what_the_processor_says_is_read(tmp_path: Path, text: str, told: bool) -> None:
    (tmp_path / "cpuinfo").write_text(text)
    assert has_vnni(tmp_path / "cpuinfo") is told
    assert has_vnni(tmp_path / "none") is False
