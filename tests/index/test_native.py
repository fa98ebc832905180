"""Files of every size are parsed in many threads, each under its own limit."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np

from index.native import parse
from index.vectors import FaissVectors


def test_threads_parse_small_and_large_files_side_by_side(tmp_path: Path) -> None:
    # FAISS has one limit for the process: that of a small file would refuse a large one.
    sizes = [1, 20_000]
    for size in sizes:
        (tmp_path / str(size)).write_bytes(FaissVectors(np.ones((size, 32), dtype=np.float32)).serialize())
    wanted = sizes * 200
    with ThreadPoolExecutor(8) as pool:
        read = pool.map(lambda size: parse(tmp_path / str(size)).ntotal, wanted)
        assert list(read) == wanted
