"""A grown index is a whole one: as many passages as were asked for, the real ones first, in the order of their days."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from benchmarks.scale import grown, measured, one_run, questions, spread
from index.generation.generation import open_current
from tests.fakes import BagOfWords
from tests.newsroom import Newsroom


@pytest.fixture
def real(tmp_path: Path) -> Newsroom:
    room = Newsroom(tmp_path / "real")
    for n in range(12):
        text = f"Port {n} is open. Ship {n * 3} came from harbour {n * 5}. Nobody saw ship {n * 7} leave."
        room.print(f"{n:02}.txt", text, f"2031-03-{n + 1:02}" if n else "")
    room.build()
    return room


@pytest.mark.parametrize("size", [5, 12, 40])
def test_an_index_of_any_size_is_made(real: Newsroom, tmp_path: Path, size: int) -> None:
    old = real.generation()
    assert len(old.vectors) == 12
    grown(old, tmp_path / "grown", size)
    new = open_current(tmp_path / "grown")
    assert len(new.vectors) == len(new.words) == len(new.tokens) == new.manifest.passages == size
    kept = np.arange(min(size, 12))
    assert np.array_equal(new.vectors.rows(kept), old.vectors.rows(kept))
    vectors = new.vectors.rows(np.arange(size))
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)
    assert len(np.unique(vectors, axis=0)) == size
    days = [article.published for article in new.archive.articles()]
    assert days == sorted(day for day in days if day)


def test_one_index_is_measured_by_stage(real: Newsroom, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("assistant.retrieval.retriever.model_named", lambda name: BagOfWords())
    found = measured(real.index, 4)
    stages = ("encode", "words", "words, 1 %", "vectors", "vectors, 1 %", "filter", "passages", "whole")
    for stage in (*stages, "words, 10 % here and there", "whole, 1 %", "whole, nothing read"):
        assert 0 <= found[f"{stage} p50"] <= found[f"{stage} p99"]
    assert found["recall@10"] == 1
    assert found["own MB"] > 20
    json.dumps(found)


def test_the_filter_is_one_run_of_rows(real: Newsroom) -> None:
    allowed = real.generation().archive.allowed(one_run(real.generation()))
    assert allowed is not None
    assert 1 <= len(allowed) <= 2
    assert len(questions(real.generation().archive, 3)) <= 3


def test_a_stage_is_called_once_for_each_figure_after_a_first_that_is_not_counted() -> None:
    called: list[int] = []
    found = spread("stage", [lambda n=n: called.append(n) for n in range(5)])  # type: ignore[misc]
    assert called == [0, 0, 1, 2, 3, 4]
    assert set(found) == {"stage p50", "stage p99", "stage processor"}
