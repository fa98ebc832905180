"""A build that is killed while two readers ask, and the next build."""

from __future__ import annotations

import random
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from statistics import median

from tests.crash.processes import Builder, Known, Reader, Seen, look
from tests.crash.scene import State
from tests.crash.systems import System

_KILLS_A_MEASUREMENT = 50
_ORDER = list(State)


@dataclass(frozen=True, slots=True)
class Stage:
    """One system's builds of one kind: into `room`, of `articles`, over a copy of `former` or of nothing."""

    system: System
    room: Path
    former: Path | None
    articles: Path
    known: Known

    def prepared(self) -> Path:
        """The index as it is before the build, made anew at its place."""
        shutil.rmtree(self.room, ignore_errors=True)
        self.room.mkdir(parents=True)
        if self.former:
            shutil.copytree(self.former, self.room / "index")
        return self.room / "index"


@dataclass(frozen=True, slots=True)
class Trial:
    """What came of one build: whether the kill found it alive, and what was seen then and thereafter.

    `left` are the entries of the index after the next build, `looks` how often the readers asked.
    """

    killed: str
    died: bool
    after: Seen
    readers: tuple[tuple[Seen, ...], ...]
    looks: int
    at_last: Seen
    left: tuple[str, ...]

    def torn(self) -> bool:
        """Whether the kill left something else than a whole index."""
        return self.after.state is None

    def misled(self) -> bool:
        """Whether a reader saw something else than whole indexes in their order."""
        return any(_misled(seen) for seen in self.readers)

    def faults(self) -> list[str]:
        """Whatever an index must not do, in words."""
        found = {
            f"torn: {self.after.fault}": self.torn(),
            f"a reader was misled: {self.readers}": self.misled(),
            f"the next build gave {self.at_last}": self.at_last.state != _ORDER[-1],
            f"left behind: {self.left}": not is_tidy(self.left),
        }
        return [f"killed {self.killed}: {fault}" for fault, is_so in found.items() if is_so]


def _misled(seen: Sequence[Seen]) -> bool:
    states = [_ORDER.index(s.state) for s in seen if s.state]
    numbers = [s.number for s in seen]
    return len(states) < len(seen) or states != sorted(states) or numbers != sorted(numbers)


def is_tidy(left: Sequence[str]) -> bool:
    """Whether there are two generations at most, and nothing else than an index has."""
    loose = {name for name in left if not name.startswith("generations/")}
    return loose == {"CURRENT", "generations", "onrecord-index.json", "onrecord-lock"} and len(left) - len(
        loose
    ) in {1, 2}


def trial(stage: Stage, *, die_before: int = 0, kill_after: float = 0.0) -> Trial:
    """Build while readers ask, killed before a step or after some seconds; then build again."""
    root = stage.prepared()
    with _asking(stage, root) as readers:
        builder = Builder.begin(
            stage.system, root, stage.articles, die_before=die_before, syncing=not die_before
        )
        if not die_before:
            builder.kill_after(kill_after)
        died = builder.died()
        after = look(stage.system, root, stage.known)
        assert not Builder.begin(stage.system, root, stage.articles).died()
    return Trial(
        killed=f"before step {die_before}" if die_before else f"after {kill_after:.4f} s",
        died=died,
        after=after,
        readers=tuple(tuple(reader.seen) for reader in readers),
        looks=sum(reader.looks for reader in readers),
        at_last=look(stage.system, root, stage.known),
        left=tuple(entries(root)),
    )


@contextmanager
def _asking(stage: Stage, root: Path) -> Iterator[list[Reader]]:
    """Two readers at work, which have seen all that they are going to see afterwards."""
    readers: list[Reader] = []
    try:
        readers += (Reader(stage.system, root, stage.known, keeps=keeps) for keeps in (True, False))
        yield readers
    finally:
        for reader in readers:
            reader.stop()


def entries(root: Path) -> Iterator[str]:
    """What lies in an index: the names in it and the generations."""
    for path in sorted([*root.glob("*"), *root.glob("generations/*")]):
        yield path.relative_to(root).as_posix()


def every_step(stage: Stage, stride: int) -> list[Trial]:
    """Kill at each `stride`-th step of a build, and around every rename; the last one lives."""
    whole = Builder.begin(stage.system, stage.prepared(), stage.articles)
    assert not whole.died()
    renames = [n for n, step in enumerate(whole.steps, 1) if step.name == "os.rename"]
    near = {n + d for n in renames for d in (0, 1, 2)}
    places = sorted(near | set(range(1, len(whole.steps) + 1, stride)))
    return [
        replace(found, killed=f"before step {n} of {len(whole.steps)}: {whole.steps[n - 1]}")
        for n in places
        if (found := trial(stage, die_before=n)).died
    ]


def random_times(stage: Stage, kills: int, seed: int) -> list[Trial]:
    """Kill at so many random times, spread evenly over what a build takes; late kills don't count."""
    took = median(_seconds(stage) for _ in range(0, kills, _KILLS_A_MEASUREMENT))
    times = random.Random(seed)  # noqa: S311
    found: list[Trial] = []
    while len(found) < kills:
        made = trial(stage, kill_after=times.uniform(0, took))
        if made.died:
            found.append(made)
    return found


def _seconds(stage: Stage) -> float:
    """How long a build takes that is left alone with its readers."""
    root = stage.prepared()
    with _asking(stage, root):
        builder = Builder.begin(stage.system, root, stage.articles, syncing=True)
        assert not builder.died()
    return builder.seconds
