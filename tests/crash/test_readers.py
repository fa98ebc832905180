"""A reader that is held up while newer builds clear its generation away sees the newest one."""

from __future__ import annotations

from multiprocessing.connection import Connection
from pathlib import Path

import pytest

from tests.crash.conftest import Stages
from tests.crash.processes import CONTEXT, PATIENCE, Builder, Known, reading, started
from tests.crash.scene import State
from tests.crash.steps import Step, listen
from tests.crash.systems import generations

pytestmark = pytest.mark.slow


def read_slowly(root: Path, known: Known, at: int, connection: Connection) -> None:
    """Open the index and ask, waiting for a word before the step of this number."""
    steps: list[Step] = []

    def wait(step: Step) -> None:
        steps.append(step)
        if len(steps) == at:
            connection.send(str(step))
            connection.recv()

    listen(root, wait)
    seen = reading(root, known, [])
    if len(steps) < at:
        connection.send("")
    connection.send(seen)


def test_a_generation_removed_at_any_step_of_its_opening_gives_way_to_the_newest(
    stages: Stages, long_form: bool
) -> None:
    stage = stages.second()
    at, step = 1, "the first"
    while step:
        root = stage.prepared()
        ours, theirs = CONTEXT.Pipe()
        reader = started(read_slowly, root, stage.known, at, theirs)
        if step := ours.recv():
            for _ in range(2):  # the first keeps what the reader has opened
                assert not Builder.begin(generations, root, stage.articles).died()
            ours.send(None)
        seen = ours.recv()
        reader.join(PATIENCE)
        assert seen.state == (State.NEW if step else State.OLD), f"held up before {step}: {seen}"
        at += 1 if long_form else 3
    assert at > 15
