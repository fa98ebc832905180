"""FAISS gives what an exhaustive search in NumPy gives, filtered or not, and reads only what it wrote."""

from __future__ import annotations

from pathlib import Path
from resource import RUSAGE_SELF, getrusage

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.errors import IndexDamaged
from index.models.embedder import Vectors
from index.rows import Rows
from index.vectors.dense import FaissVectors, StoredVectors


def unit(seed: int, count: int, dimensions: int) -> Vectors:
    vectors = np.random.default_rng(seed).normal(size=(count, dimensions))
    return np.asarray(vectors / np.linalg.norm(vectors, axis=1, keepdims=True), dtype=np.float32)


def exhaustive(vectors: Vectors, query: Vectors, k: int, allowed: Rows | None) -> list[tuple[int, float]]:
    rows = range(len(vectors)) if allowed is None else allowed.tolist()
    scored = [(row, float(np.dot(vectors[row].astype(np.float64), query.astype(np.float64)))) for row in rows]
    return sorted(scored, key=lambda pair: (-pair[1], pair[0]))[:k]


def test_rows_and_scores_are_the_exhaustive_ones() -> None:
    vectors = unit(1, 500, 48)
    store = FaissVectors(vectors)
    for query in unit(2, 20, 48):
        wanted = exhaustive(vectors, query, 25, None)
        found = store.search(query, 25)
        assert [h.passage_id for h in found] == [row for row, _ in wanted]
        assert [h.score for h in found] == pytest.approx([score for _, score in wanted], abs=1e-5)


@settings(max_examples=60, deadline=None)
@given(st.sets(st.integers(0, 299)), st.integers(1, 400), st.integers(0, 50))
def test_a_filtered_search_is_exhaustive_among_the_allowed(chosen: set[int], k: int, seed: int) -> None:
    vectors, query = unit(3, 300, 16), unit(100 + seed, 1, 16)[0]
    allowed = np.array(sorted(chosen), dtype=np.int64)
    wanted = exhaustive(vectors, query, k, allowed)
    found = FaissVectors(vectors).search(query, k, allowed)
    assert [h.passage_id for h in found] == [row for row, _ in wanted]
    assert [h.score for h in found] == pytest.approx([score for _, score in wanted], abs=1e-5)


def test_like_vectors_come_in_the_order_of_their_rows() -> None:
    vectors = unit(4, 1, 8).repeat(6, axis=0)
    assert [h.passage_id for h in FaissVectors(vectors).search(vectors[0], 6)] == [0, 1, 2, 3, 4, 5]


def test_no_row_is_invented_when_more_is_asked_for_than_there_is() -> None:
    vectors = unit(5, 4, 8)
    allowed = np.array([1, 3], dtype=np.int64)
    assert len(FaissVectors(vectors).search(vectors[0], 100)) == 4
    assert {h.passage_id for h in FaissVectors(vectors).search(vectors[0], 100, allowed)} == {1, 3}


def test_an_empty_allowed_set_gives_nothing() -> None:
    vectors = unit(6, 4, 8)
    assert FaissVectors(vectors).search(vectors[0], 3, np.array([], dtype=np.int64)) == []


def test_an_empty_store_gives_nothing() -> None:
    store = FaissVectors(np.zeros((0, 8), dtype=np.float32))
    assert len(store) == 0
    assert store.search(unit(7, 1, 8)[0], 3) == []


def test_rows_gives_the_very_vectors_stored() -> None:
    vectors = unit(8, 50, 12)
    wanted = np.array([41, 0, 7, 7], dtype=np.int64)
    assert np.array_equal(FaissVectors(vectors).rows(wanted), vectors[wanted])


def test_what_was_written_is_read_again(tmp_path: Path) -> None:
    vectors = unit(9, 40, 12)
    path = tmp_path / "vectors.faiss"
    FaissVectors(vectors).write(path)
    store = FaissVectors.read(path)
    assert (len(store), store.dimensions) == (40, 12)
    assert np.array_equal(store.rows(np.arange(40, dtype=np.int64)), vectors)


@pytest.mark.parametrize(
    "allowed", [None, np.arange(30, 500), np.arange(0, 600, 7), np.array([4]), np.array([], dtype=np.int64)]
)
def test_vectors_left_on_disk_find_the_same(tmp_path: Path, allowed: Rows | None) -> None:
    path = tmp_path / "vectors.faiss"
    vectors = unit(12, 600, 48)
    held = FaissVectors(vectors)
    held.write(path)
    left = StoredVectors(path)
    assert (len(left), left.dimensions) == (600, 48)
    assert np.array_equal(left.rows(np.array([599, 0, 7])), vectors[[599, 0, 7]])
    for query in unit(13, 8, 48):
        expected, found = held.search(query, 25, allowed), left.search(query, 25, allowed)
        assert [hit.passage_id for hit in found] == [hit.passage_id for hit in expected]
        assert [hit.score for hit in found] == pytest.approx([hit.score for hit in expected], abs=1e-6)


def test_no_vectors_left_on_disk_find_nothing(tmp_path: Path) -> None:
    path = tmp_path / "vectors.faiss"
    FaissVectors(np.zeros((0, 8), dtype=np.float32)).write(path)
    left = StoredVectors(path)
    assert (len(left), left.search(np.ones(8, dtype=np.float32), 3)) == (0, [])


@pytest.mark.parametrize("kept", [0, 1, 10, 0.5, -1])
def test_a_file_cut_short_is_damaged(tmp_path: Path, kept: float) -> None:
    path = tmp_path / "vectors.faiss"
    FaissVectors(unit(10, 40, 12)).write(path)
    data = path.read_bytes()
    path.write_bytes(data[: int(kept * len(data)) if isinstance(kept, float) else kept])
    with pytest.raises(IndexDamaged, match="onrecord index"):
        FaissVectors.read(path)


def test_a_header_that_promises_too_much_is_refused_before_memory_is_taken(tmp_path: Path) -> None:
    path = tmp_path / "vectors.faiss"
    FaissVectors(unit(11, 40, 12)).write(path)
    data = path.read_bytes()
    size = (40 * 12).to_bytes(8, "little")
    assert data.count(size) == 1
    path.write_bytes(data.replace(size, (2**28).to_bytes(8, "little")))
    before = getrusage(RUSAGE_SELF).ru_maxrss
    with pytest.raises(IndexDamaged):
        FaissVectors.read(path)
    assert getrusage(RUSAGE_SELF).ru_maxrss - before < 200_000
