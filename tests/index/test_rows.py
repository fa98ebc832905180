"""Rows and the runs they make are two ways to say the same."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from index.rows import as_run, expand, run_count, runs

_ROWS = st.sets(st.integers(0, 60)).map(lambda rows: np.array(sorted(rows), dtype=np.int64))


@given(_ROWS)
def test_runs_are_the_rows_again(rows: np.ndarray) -> None:
    found = runs(rows)
    assert [row for first, last in found for row in range(first, last + 1)] == rows.tolist()
    assert all(last + 1 < first for (_, last), (first, _) in pairwise(found))
    assert run_count(rows) == len(found)


@given(st.lists(st.tuples(st.integers(0, 1000), st.integers(0, 9))))
def test_runs_expand_to_their_rows(given_runs: list[tuple[int, int]]) -> None:
    firsts, counts = np.array(given_runs, dtype=np.int64).reshape(-1, 2).T
    wanted = [row for first, count in given_runs for row in range(first, first + count)]
    assert expand(firsts, counts).tolist() == wanted


@given(_ROWS.filter(len))
def test_one_run_is_said_as_such_and_nothing_else(rows: np.ndarray) -> None:
    found = as_run(rows)
    assert (found is not None) == (len(runs(rows)) == 1)
    assert found is None or np.array_equal(np.arange(*found), rows)
