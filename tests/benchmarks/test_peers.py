"""A peer is asked through files, in an environment of its own, once for each job."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from benchmarks.peers import environment
from benchmarks.peers.contract import Found, Job, Ranking, Result, Unit, run
from benchmarks.peers.environment import PeersMissing, ask_peer, python

JOB = Job((Unit("a:0-3", "Été", "Ten sailed."), Unit("b", "", "Two “sank”.")), ("How many sank?",), 5, True)
RESULT = Result("Shouting 1.0", 0.5, (Found((("b", 0.75), ("a:0-3", 0.25)), {"words": 2.0}, 0.01),))


class Shouting:
    """Ranks the units that share most words with the question first."""

    def __init__(self, units: Sequence[Unit], model: str, k: int) -> None:
        assert model == "model"
        self._units, self._k = units, k

    def rank(self, question: str) -> Ranking:
        words = set(question.lower().split())
        scored = [(u.id, float(len(words & set(u.titled.lower().split())))) for u in self._units]
        return sorted(scored, key=lambda pair: -pair[1])[: self._k]

    def signals(self, question: str) -> dict[str, float]:
        return {"words": self.rank(question)[0][1]}


def test_jobs_and_results_survive_their_files() -> None:
    assert Job.from_json(JOB.to_json()) == JOB
    assert Result.from_json(RESULT.to_json()) == RESULT


def test_a_title_stands_above_its_text() -> None:
    assert [unit.titled for unit in JOB.units] == ["Été\nTen sailed.", "Two “sank”."]


@pytest.mark.parametrize("signals", [True, False])
def test_a_runner_ranks_every_question_of_its_job(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, signals: bool
) -> None:
    job = Job(JOB.units, ("how many sailed.", "two what"), 1, signals)
    (tmp_path / "job.json").write_text(job.to_json(), "utf-8")
    arguments = ["run", str(tmp_path / "job.json"), "model", str(tmp_path / "result.json")]
    monkeypatch.setattr("sys.argv", arguments)
    run("Shouting 1.0", Shouting)
    result = Result.from_json((tmp_path / "result.json").read_text("utf-8"))
    assert [found.ranking for found in result.found] == [(("a:0-3", 1.0),), (("b", 1.0),)]
    assert [found.signals for found in result.found] == [{"words": 1.0} if signals else {}] * 2
    assert all(found.seconds > 0 for found in result.found)


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where the peers would live."""
    monkeypatch.setattr(environment, "HOME", tmp_path)
    return tmp_path


def test_peers_that_are_not_installed_say_how_they_would_be(home: Path) -> None:
    with pytest.raises(PeersMissing, match="run: make peers"):
        ask_peer("txtai", JOB)
    (home / ".venv").mkdir()
    (home / ".venv" / "installed").touch()
    assert python() == home / ".venv" / "bin" / "python"


def test_a_job_is_done_once(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    done: list[tuple[str, Job]] = []

    def counted(peer: str, job: Job) -> str:
        done.append((peer, job))
        return RESULT.to_json()

    monkeypatch.setattr(environment, "_run", counted)
    assert ask_peer("txtai", JOB) == ask_peer("txtai", JOB) == RESULT
    assert len(done) == 1
    ask_peer("haystack", JOB)
    ask_peer("txtai", Job(JOB.units, JOB.questions, 5, False))
    ask_peer("txtai", JOB, fresh=True)
    assert len(done) == 4
