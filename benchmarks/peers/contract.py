"""What a peer is given and what it gives back: two JSON files, alike for all of them.

The peers' environment holds nothing of the project's own, so this needs the standard library alone.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Protocol

Ranking = list[tuple[str, float]]


@dataclass(frozen=True, slots=True)
class Unit:
    """What is ranked as a whole, a sentence, a passage or an article; `title` is empty where there is none."""

    id: str
    title: str
    text: str

    @property
    def titled(self) -> str:
        """The text below its title: what the peers are given to read."""
        return f"{self.title}\n{self.text}" if self.title else self.text


@dataclass(frozen=True, slots=True)
class Job:
    """Units to index and questions to ask of them, each for the `k` best units.

    With `signals` the peer also says of each question how sure it is, in every way it has.
    """

    units: tuple[Unit, ...]
    questions: tuple[str, ...]
    k: int = 10
    signals: bool = False

    def to_json(self) -> str:
        """Write the job as JSON."""
        return json.dumps(asdict(self), ensure_ascii=False)

    @classmethod
    def from_json(cls, text: str) -> Job:
        """Read a job from JSON."""
        values = json.loads(text)
        units = tuple(Unit(**unit) for unit in values.pop("units"))
        return cls(units=units, questions=tuple(values.pop("questions")), **values)


@dataclass(frozen=True, slots=True)
class Found:
    """What one question brought: unit ids with scores, best first; the signals; how long the ranking took."""

    ranking: tuple[tuple[str, float], ...]
    signals: dict[str, float]
    seconds: float


@dataclass(frozen=True, slots=True)
class Result:
    """A peer's name and version, how long it took to index the units, and what it found, in order."""

    system: str
    index_seconds: float
    found: tuple[Found, ...]

    def to_json(self) -> str:
        """Write the result as JSON."""
        return json.dumps(asdict(self), ensure_ascii=False)

    @classmethod
    def from_json(cls, text: str) -> Result:
        """Read a result from JSON."""
        values = json.loads(text)
        found = tuple(
            Found(tuple((unit, score) for unit, score in f["ranking"]), f["signals"], f["seconds"])
            for f in values["found"]
        )
        return cls(values["system"], values["index_seconds"], found)


class Peer(Protocol):
    """A system with the units of a job in its index."""

    def rank(self, question: str) -> Ranking:
        """Find the best units for a question, best first, with their scores."""

    def signals(self, question: str) -> dict[str, float]:
        """Tell how sure the best unit is, by each score the system has: higher is surer."""


def run(system: str, build: Callable[[Sequence[Unit], str, int], Peer]) -> None:
    """Do the job that the command line names: JOB.json, the model's folder, RESULT.json."""
    job_path, model, result_path = sys.argv[1:]
    job = Job.from_json(Path(job_path).read_text("utf-8"))
    began = time.perf_counter()
    peer = build(job.units, model, job.k)
    index_seconds = time.perf_counter() - began
    found = tuple(_ask(peer, question, job.signals) for question in job.questions)
    Path(result_path).write_text(Result(system, index_seconds, found).to_json(), "utf-8")


def _ask(peer: Peer, question: str, signals: bool) -> Found:
    began = time.perf_counter()
    ranking = peer.rank(question)
    seconds = time.perf_counter() - began
    return Found(tuple(ranking), peer.signals(question) if signals else {}, seconds)
