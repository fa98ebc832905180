"""The slope of a cost is the power of the passages that it grows with, and the picture states it."""

from __future__ import annotations

import json
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from benchmarks.growth import STAGES, main, slope

SIZES = {
    f"{size:,}": {stage: 0.001 * size ** (n / 4) for n, stage in enumerate(STAGES)}
    for size in (1_000, 10_000, 100_000, 1_000_000)
}


@pytest.mark.parametrize(("number", "stage"), list(enumerate(STAGES)))
def test_a_slope_is_the_power(number: int, stage: str) -> None:
    assert slope(SIZES, stage) == pytest.approx(number / 4)


def test_the_picture_is_the_same_each_time_and_names_each_slope(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    figures = tmp_path / "scale.json"
    figures.write_text(json.dumps({"machine": {}, "sizes": SIZES}), "utf-8")
    for name in ("one.svg", "two.svg"):
        assert main([str(figures), str(tmp_path / name)]) == 0
    drawn = (tmp_path / "one.svg").read_bytes()
    assert drawn == (tmp_path / "two.svg").read_bytes()
    texts = {text.strip() for text in ET.fromstring(drawn).itertext()}  # noqa: S314 - our own
    for number, name in enumerate(STAGES.values()):
        assert f"{name} ({number / 4:.2f})" in texts
    assert "the whole answer: 0.00" in capsys.readouterr().out
