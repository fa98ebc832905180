"""A power cut after any operation of a build leaves the old index or the new one, and what is published stays."""

from __future__ import annotations

import logging
import os
from pathlib import Path

import pytest

from index.build.build import build
from index.errors import IndexDamaged
from index.generation.generation import open_current
from tests.crash.disk import Operation, Published
from tests.crash.mutants import roles, too_late, without
from tests.crash.power import DAMAGED, MISSING, Cut, lay, publications, survey
from tests.crash.processes import Known, reading
from tests.crash.recorder import record
from tests.crash.scene import State
from tests.crash.steps import Step
from tests.crash.trials import entries, is_tidy
from tests.fakes import BagOfWords

pytestmark = pytest.mark.slow
_LOG = logging.getLogger("crash")
# Two folders above the index are new as well, and their names must last too.
ROOT = "made/for/index"


@pytest.fixture(scope="module")
def log(articles: tuple[Path, Path], tmp_path_factory: pytest.TempPathFactory) -> list[Operation]:
    """Three builds in a row: the first, one of other articles, and one that removes the first generation."""
    first, second = articles
    top = tmp_path_factory.mktemp("recorded") / "top"
    return record(top, top / ROOT, [(first, 0), (second, 0), (first, 0)]).log


@pytest.fixture
def unsynced(monkeypatch: pytest.MonkeyPatch) -> None:
    """Sync nothing in this process: these disks are paper."""
    monkeypatch.setattr(os, "fsync", lambda handle: None)


def assert_usable(cut: Cut, folder: Path, articles: Path, known: Known) -> None:
    """The program itself finds in these files what the simulator found, and can build upon them."""
    lay(cut.tree, folder)
    root = folder / ROOT
    seen = reading(root, known, [])
    assert seen.fault == ""
    assert (seen.state == State.NONE) == (cut.found == MISSING)
    assert cut.found == MISSING or open_current(root).sha256 == cut.found
    build(root, [articles], BagOfWords(), allow_removal=True)
    assert reading(root, known, []).state == State.NEW
    assert is_tidy(list(entries(root)))


def test_a_power_cut_leaves_the_old_index_or_the_new_one(
    log: list[Operation],
    articles: tuple[Path, Path],
    known: Known,
    tmp_path: Path,
    unsynced: None,
    long_form: bool,
) -> None:
    assert sum(isinstance(operation, Published) for operation in log) == 3
    found = survey(log, ROOT, samples=500 if long_form else 60, one_in=100 if long_form else 800)
    _LOG.info(
        "power cuts in three builds: %d operations, %d states, %d faults; %d states opened and built upon",
        *(len(log), found.trees, len(found.faults), len(found.sample)),
    )
    assert found.faults == []
    assert found.trees >= 5000
    assert len(found.sample) > 5
    for number, cut in enumerate(found.sample):
        assert_usable(cut, tmp_path / str(number), articles[1], known)


@pytest.mark.parametrize("over", ["nothing", "an index"])
def test_a_power_cut_after_a_killed_build_and_the_next(
    over: str, articles: tuple[Path, Path], tmp_path: Path, long_form: bool
) -> None:
    first, second = articles
    before = [(first, 0)] if over == "an index" else []
    top = tmp_path / "whole"
    steps = len(record(top, top / ROOT, [*before, (second, 0)]).steps)
    killed, states = 0, 0
    for step in range(3, steps, 3 if long_form else steps // 2):
        top = tmp_path / str(step)
        log = record(top, top / ROOT, [*before, (second, step), (second, 0)]).log
        found = survey(log, ROOT, samples=20)
        assert found.faults == [], f"killed at step {step} of {steps}"
        killed, states = killed + 1, states + found.trees
    _LOG.info("power cuts in %d builds over %s, killed, and the next: %d states", killed, over, states)


def test_a_folder_that_a_killed_build_made_is_kept_by_the_next(
    articles: tuple[Path, Path], tmp_path: Path
) -> None:
    top = tmp_path / "killed"
    made = record(tmp_path / "whole", tmp_path / "whole" / ROOT, [(articles[0], 0)]).steps
    before_sync = made.index(Step("fsync", "made/for")) + 1
    log = record(top, top / ROOT, [(articles[0], before_sync), (articles[0], 0)]).log
    assert survey(log, ROOT, samples=10).faults == []
    mutant = without(log, roles(log)["made/for"])
    lost = survey(mutant, ROOT, samples=10, places=publications(mutant)).faults
    assert {cut.found for cut in lost} == {MISSING}


def test_every_fsync_is_needed(log: list[Operation]) -> None:
    caught: dict[str, set[str]] = {}
    for role, places in roles(log).items():
        mutant = without(log, places)
        faults = survey(mutant, ROOT, samples=10, places=publications(mutant)).faults
        caught[role] = {"damaged" if cut.found == DAMAGED else "lost" for cut in faults}
        _LOG.info("without the fsync of %s: %s", role, " and ".join(sorted(caught[role])) or "not caught")
    # tantivy's locks are no part of the index, and are synced with the rest only for simplicity.
    assert {role for role, faults in caught.items() if not faults} == {
        f"{ROOT}/onrecord-draft/words/.tantivy-{name}.lock" for name in ("meta", "writer")
    }
    assert caught[f"{ROOT} once CURRENT is replaced"] == {"lost"}
    assert "damaged" in caught[f"{ROOT}/generations"]


@pytest.mark.parametrize(
    "name",
    [
        "onrecord-draft/manifest.json",
        "onrecord-draft/words",
        "onrecord-draft",
        "generations",
        "",
        "CURRENT.tmp",
    ],
)
def test_every_fsync_is_needed_before_current_is_replaced(name: str, log: list[Operation]) -> None:
    mutant = too_late(log, roles(log)[f"{ROOT}/{name}".removesuffix("/")])
    assert DAMAGED in {
        cut.found for cut in survey(mutant, ROOT, samples=10, places=publications(mutant)).faults
    }


def test_the_program_finds_the_damage_that_the_simulator_finds(log: list[Operation], tmp_path: Path) -> None:
    mutant = without(log, set().union(*roles(log).values()))
    found = survey(mutant, ROOT, samples=10, places=publications(mutant))
    damaged = [cut for cut in found.faults if cut.found == DAMAGED]
    assert len(damaged) > 100
    for number, cut in enumerate(damaged[:: len(damaged) // 20]):
        lay(cut.tree, tmp_path / str(number))
        with pytest.raises(IndexDamaged):
            open_current(tmp_path / str(number) / ROOT)
