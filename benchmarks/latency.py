"""How long warm questions take, in one run on one machine: read the ratios, not the milliseconds."""

from __future__ import annotations

from collections.abc import Sequence

from benchmarks.figures import Figures, answerable
from benchmarks.measures import percentiles
from benchmarks.on_record import NAME, OnRecord
from benchmarks.peers.contract import Job
from benchmarks.peers.environment import ask_peer
from benchmarks.tasks import Task
from benchmarks.units import Units

_WARM_UP = 10
_ROUNDS = 3
_STAGE = "passages ranked"


def latency(task: Task, units: Units, on_record: OnRecord | None, peers: Sequence[str]) -> dict[str, Figures]:
    """Milliseconds of each system's stages; of a peer also how many times On Record's own they are."""
    questions = [query.question for query in answerable(task)]
    asked = (*questions[:_WARM_UP], *questions * _ROUNDS)
    found: dict[str, Figures] = {}
    if on_record:
        timed = on_record.durations(asked)
        found[NAME] = percentiles({stage: values[_WARM_UP:] for stage, values in timed.items()})
    for peer in peers:
        result = ask_peer(peer, Job(units.titled(units.passages), asked), fresh=True)
        figures = percentiles({_STAGE: [f.seconds for f in result.found][_WARM_UP:]})
        found[result.system] = {**figures, **times_own(figures, found.get(NAME, {}))}
    return found


def times_own(figures: Figures, own: Figures) -> Figures:
    """A peer's durations as multiples of On Record's."""
    return {
        name.replace(", ms,", ", times On Record's,"): value / own[name]
        for name, value in figures.items()
        if own.get(name)
    }
