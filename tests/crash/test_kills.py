"""A build that is killed at any step or time leaves an index that is whole, for its readers too."""

from __future__ import annotations

import logging
from collections.abc import Sequence

import pytest

from tests.crash.conftest import Stages
from tests.crash.scene import State
from tests.crash.systems import in_place
from tests.crash.trials import Trial, every_step, random_times

pytestmark = pytest.mark.slow
_LOG = logging.getLogger("crash")


def report(what: str, trials: Sequence[Trial]) -> None:
    """Log what `make crash` shows."""
    _LOG.info(
        "%s: %d kills, %d left what was there before, %d torn; "
        "two readers asked %d times, they were misled around %d kills",
        what,
        len(trials),
        sum(t.after.state != State.NEW for t in trials) - sum(t.torn() for t in trials),
        sum(t.torn() for t in trials),
        sum(t.looks for t in trials),
        sum(t.misled() for t in trials),
    )


@pytest.mark.parametrize("kind", ["first", "second"])
def test_a_build_killed_at_a_step_leaves_a_whole_index(kind: str, stages: Stages, long_form: bool) -> None:
    stage = stages.first() if kind == "first" else stages.second()
    trials = every_step(stage, 1 if long_form else 30)
    report(f"{kind} build, killed by step", trials)
    assert [fault for t in trials for fault in t.faults()] == []
    states = [state for t in trials if (state := t.after.state)]
    assert states == sorted(states, key=list(State).index)
    assert set(states) == ({State.NONE, State.NEW} if kind == "first" else {State.OLD, State.NEW})


@pytest.mark.parametrize("kind", ["first", "second"])
def test_a_build_killed_at_any_time_leaves_a_whole_index(kind: str, stages: Stages, long_form: bool) -> None:
    stage = stages.first() if kind == "first" else stages.second()
    trials = random_times(stage, 150 if long_form else 2, seed=11)
    report(f"{kind} build, killed by time", trials)
    assert [fault for t in trials for fault in t.faults()] == []


def test_the_same_kills_tear_an_index_that_is_written_in_place(stages: Stages, long_form: bool) -> None:
    stage = stages.second(in_place)
    trials = every_step(stage, 1 if long_form else 8)
    report("second build in place, killed by step", trials)
    assert any(t.torn() for t in trials)
    assert any(t.misled() for t in trials)
    if long_form:
        random = random_times(stage, 150, seed=11)
        report("second build in place, killed by time", random)
        assert any(t.torn() for t in random)
