"""Files of every size are parsed in many threads, each under its own limit."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import faiss
import numpy as np
import pytest

from index.vectors.dense import FaissVectors
from index.vectors.faiss_files import parse, write


def test_threads_parse_small_and_large_files_side_by_side(tmp_path: Path) -> None:
    # FAISS has one limit for the process: that of a small file would refuse a large one.
    sizes = [1, 20_000]
    for size in sizes:
        FaissVectors(np.ones((size, 32), dtype=np.float32)).write(tmp_path / str(size))
    wanted = sizes * 200
    with ThreadPoolExecutor(8) as pool:
        read = pool.map(lambda size: parse(tmp_path / str(size)).ntotal, wanted)
        assert list(read) == wanted


def test_what_is_written_piece_by_piece_is_what_faiss_would_have_written(tmp_path: Path) -> None:
    index = faiss.IndexFlatIP(32)
    index.add(np.random.default_rng(1).random((20_000, 32), dtype=np.float32))
    write(index, tmp_path / "pieces")
    assert (tmp_path / "pieces").read_bytes() == faiss.serialize_index(index).tobytes()


def test_a_disk_that_takes_no_more_is_told(tmp_path: Path) -> None:
    index = faiss.IndexFlatIP(32)
    index.add(np.ones((20_000, 32), dtype=np.float32))
    with pytest.raises(OSError, match="No space left"):
        write(index, Path("/dev/full"))
    with pytest.raises(FileNotFoundError):
        write(index, tmp_path / "missing" / "vectors.faiss")
