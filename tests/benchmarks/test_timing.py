"""Seconds are those that a call or a process took; a process that fails is no figure."""

from __future__ import annotations

import os
import sys
import time

import numpy as np
import pytest

from benchmarks.cold_start import measured
from benchmarks.encode import ndcg, speeds
from benchmarks.timing import Took, machine, summary, table, timed, timed_process, usual_environment


def test_sleeping_takes_the_clock_and_working_takes_the_processor() -> None:
    slept = timed(lambda: time.sleep(0.2))
    assert slept.clock >= 0.2
    assert slept.processor < 0.1
    worked = timed(lambda: sum(range(3_000_000)))
    assert worked.processor > 0.01


def test_a_process_is_timed_with_all_it_does_and_told_when_it_fails() -> None:
    took = timed_process([sys.executable, "-c", "sum(range(5_000_000)); print('x' * 100000)"], os.environ)
    assert took.processor > 0.02
    assert timed_process([sys.executable, "-c", "raise SystemExit(1)"], os.environ).clock > 0
    with pytest.raises(RuntimeError, match="ended with 2"):
        timed_process([sys.executable, "-c", "raise SystemExit(2)"], os.environ)


def test_a_process_is_started_as_where_it_is_used(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONDONTWRITEBYTECODE", "1")
    monkeypatch.setenv("ONRECORD_INDEX", "here")
    found = usual_environment()
    assert "PYTHONDONTWRITEBYTECODE" not in found
    assert (found["ONRECORD_INDEX"], found["OPENBLAS_NUM_THREADS"]) == ("here", "1")


def test_the_median_and_the_best_are_told() -> None:
    assert summary([Took(3, 2), Took(1, 1), Took(2, 9)]) == {
        "clock": 2, "clock, best": 1, "processor": 2, "processor, best": 1,
    }  # fmt: skip


def test_commands_are_started_in_turn_and_set_beside_the_reference() -> None:
    busy = [sys.executable, "-c", "sum(range(20_000_000))"]
    found = measured({"none": [sys.executable, "-c", ""], "ask, sentence-transformers": busy}, 2)
    share = "share of the reference's processor"
    assert found["ask, sentence-transformers"][share] == 1
    assert 0 < found["none"][share] < 0.8


def test_forms_are_set_beside_the_first() -> None:
    found = speeds(
        {"slow": lambda t: sum(range(4_000_000)), "quick": lambda t: sum(range(400_000))}, ["a", "b"], 3
    )
    assert found["slow"]["faster, processor"] == 1
    assert found["quick"]["faster, processor"] > 2
    assert found["quick"]["processor, ms"] > 0


def test_a_ranking_counts_where_the_right_text_stands() -> None:
    scores = np.zeros((3, 20), np.float32)
    scores[0, 4] = 1
    scores[1, :4] = 1
    scores[1, 4] = 0.5
    scores[2, :15] = 1
    assert ndcg(scores, np.array([4, 4, 19])).tolist() == pytest.approx([1, 1 / np.log2(6), 0])
    # Texts that tie with the right one stand before it.
    assert ndcg(np.ones((1, 2), np.float32), np.array([0])).tolist() == pytest.approx([1 / np.log2(3)])


def test_a_table_has_a_row_for_each_name() -> None:
    head, one, two = table({"first": {"ms": 1.25}, "second one": {"ms": 10, "worth": 0.5}})
    assert head.split() == ["ms", "worth"]
    assert one.split() == ["first", "1.25"]
    assert two.split() == ["second", "one", "10", "0.5"]
    assert machine()["cores"]
