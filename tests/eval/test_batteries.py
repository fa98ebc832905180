"""What a role or a body said, and what happened at a place on a day, is found at least as well as was measured."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from benchmarks.typed import BATTERIES, ask, battery
from index.models.embedder import file_hash

FLOORS = json.loads(Path(__file__).with_name("floors.json").read_text("utf-8"))["batteries"]

pytestmark = pytest.mark.slow


@pytest.mark.parametrize("name", ["said", "happened"])
def test_a_battery_is_answered_as_well_as_its_floors(name: str, tmp_path: Path) -> None:
    floors = FLOORS[name]
    assert file_hash(BATTERIES / f"{name}.txt") == floors["sha256"], (
        "the battery has changed: measure it anew"
    )
    report, _ = ask(battery(name), tmp_path)
    for rate in ("hit_at_1", "hit_at_3", "abstained", "exact"):
        assert getattr(report, rate) >= floors[rate], rate
