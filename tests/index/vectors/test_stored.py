"""Rows are read from their file as they stand there, and a file that was cut short is told."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest

from index.errors import IndexDamaged
from index.rows import Rows
from index.vectors.stored import StoredRows

ROWS = np.random.default_rng(1).random((500, 7), dtype=np.float32)


@pytest.fixture
def stored(tmp_path: Path) -> StoredRows:
    path = tmp_path / "rows"
    path.write_bytes(b"a head" + ROWS.tobytes())
    return StoredRows(path, np.float32, 7, 6)


@pytest.mark.parametrize(
    "wanted",
    [np.arange(500), np.array([499, 0, 1, 2, 7, 7]), np.arange(0, 500, 3), np.array([], dtype=np.int64)],
)
def test_rows_are_taken_in_the_order_asked_for(stored: StoredRows, wanted: Rows) -> None:
    assert np.array_equal(stored.take(wanted), ROWS[wanted])


@pytest.mark.parametrize(("first", "count"), [(0, 500), (499, 1), (3, 0), (120, 9)])
def test_a_run_is_read(stored: StoredRows, first: int, count: int) -> None:
    assert np.array_equal(stored.read(first, count), ROWS[first : first + count])


def test_what_lies_behind_the_end_is_damage(stored: StoredRows) -> None:
    with pytest.raises(IndexDamaged, match="run `onrecord index` again"):
        stored.read(499, 2)
    with pytest.raises(IndexDamaged, match="run `onrecord index` again"):
        stored.take(np.array([3, 900]))


def test_the_file_is_closed_with_its_reader(tmp_path: Path) -> None:
    path = tmp_path / "rows"
    path.write_bytes(ROWS.tobytes())

    def is_open() -> bool:
        return any(link.readlink() == path for link in Path("/proc/self/fd").iterdir() if link.is_symlink())

    reader = StoredRows(path, np.float32, 7)
    assert is_open()
    del reader
    assert not is_open()


def test_threads_read_side_by_side(stored: StoredRows) -> None:
    asked = [np.random.default_rng(seed).integers(0, 500, 40) for seed in range(200)]
    with ThreadPoolExecutor(8) as pool:
        for wanted, found in zip(asked, pool.map(stored.take, asked), strict=True):
            assert np.array_equal(found, ROWS[wanted])


def test_a_row_asked_for_is_one_s_own(stored: StoredRows) -> None:
    stored.read(0, 5)[:] = 0
    assert np.array_equal(stored.read(0, 5), ROWS[:5])
