"""The speed beside peers: all get the same passages and questions, and each row says what it takes of ours."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks import beside
from benchmarks.beside import Speed, lines, own, peer_speed, units
from benchmarks.peers.contract import Found, Job, Result
from tests.fakes import BagOfWords
from tests.newsroom import FLOOD, STRIKE, Newsroom

OWN = Speed("On Record", 10.0, 2.0, 3.0, 50.0, 80.0)


@pytest.fixture(scope="module")
def room(tmp_path_factory: pytest.TempPathFactory) -> Newsroom:
    """Two articles, indexed once: to be read, never written."""
    newsroom = Newsroom(tmp_path_factory.mktemp("room"))
    newsroom.print("strike.txt", f"Dockers walk out date 2031-03-02 {STRIKE}")
    newsroom.print("flood.txt", FLOOD, "2031-03-03")
    newsroom.build()
    return newsroom


def test_the_peers_get_every_passage_below_its_headline(room: Newsroom) -> None:
    found = units(room.generation())
    texts = {a.id: a.text for a in room.generation().archive.articles()}
    assert {unit.title for unit in found} == {"Dockers walk out", ""}
    for unit in found:
        article, _, place = unit.id.rpartition(":")
        start, end = map(int, place.split("-"))
        assert unit.text == texts[article][start:end]
    assert len(found) == room.generation().manifest.passages


def test_ours_builds_from_nothing_and_answers(
    room: Newsroom, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(beside, "model_named", BagOfWords)
    found = own(room.articles, tmp_path / "new", 2)
    assert found.build > 0
    assert 0 < found.p50 <= found.p99
    assert found.answer_p50
    assert found.answer_p99
    assert (tmp_path / "new" / "CURRENT").exists()


def test_a_peer_is_asked_anew_and_its_first_question_warms_it(monkeypatch: pytest.MonkeyPatch) -> None:
    job = Job((), ("a", "b", "c"))
    told = Result("Other 1.0", 30.0, tuple(Found((), {}, seconds) for seconds in (9.0, 0.001, 0.003)))

    def ask(name: str, asked: Job, *, fresh: bool) -> Result:
        assert (name, asked, fresh) == ("other", job, True)
        return told

    monkeypatch.setattr(beside, "ask_peer", ask)
    assert peer_speed("other", job) == Speed("Other 1.0", 30.0, 2.0, 3.0)


def test_a_row_says_how_many_times_ours_a_build_took() -> None:
    shown = lines([OWN, Speed("Other 1.0", 30.0, 20.0, 40.0)], 60, 90)
    assert shown[0] == "60 articles, 90 passages"
    assert shown[2].split() == ["On", "Record", "10.0", "6.0", "1.00", "2.0", "3.0"]
    assert shown[3].split() == ["Other", "1.0", "30.0", "2.0", "3.00", "20.0", "40.0"]
    assert shown[4].split() == ["the", "whole", "answer", "50.0", "80.0"]
