"""The report says what was measured, in a table and as JSON."""

from __future__ import annotations

import json
import math
from pathlib import Path

import pytest

from benchmarks.latency import times_own
from benchmarks.peers import environment
from benchmarks.quality import Report, as_json, main, table

REPORT = Report(
    "Ships",
    {"answerable": 3, "off topic": 20},
    {
        "On Record": {"passages: nDCG@10": 0.91239, "passages ranked, ms, p50": 12.34},
        "txtai 9.14.0": {"passages: nDCG@10": 0.8, "ROC-AUC: news": math.nan},
    },
)


def test_a_table_has_a_row_for_each_figure_and_a_column_for_each_system() -> None:
    about, heads, *rows = table(REPORT)
    assert about == "Ships: 3 answerable, 20 off topic"
    assert heads.split("  ")[-1].strip() == "txtai 9.14.0"
    assert [row.split() for row in rows] == [
        ["passages:", "nDCG@10", "0.912", "0.800"],
        ["passages", "ranked,", "ms,", "p50", "12.3"],
        ["ROC-AUC:", "news"],
    ]


def test_json_has_null_for_what_is_not_a_number() -> None:
    found = json.loads(as_json({"ships": REPORT}, 20))
    assert found["limit"] == 20
    assert found["tasks"]["ships"]["questions"] == {"answerable": 3, "off topic": 20}
    assert found["tasks"]["ships"]["systems"]["txtai 9.14.0"] == {
        "passages: nDCG@10": 0.8,
        "ROC-AUC: news": None,
    }
    assert found["tasks"]["ships"]["systems"]["On Record"]["passages: nDCG@10"] == 0.9124


def test_a_peers_duration_is_told_as_a_multiple_of_on_records() -> None:
    own = {"passages ranked, ms, p50": 10.0, "answered, ms, p50": 50.0}
    found = times_own({"passages ranked, ms, p50": 25.0}, own)
    assert found == {"passages ranked, times On Record's, p50": 2.5}
    assert times_own({"passages ranked, ms, p50": 25.0}, {}) == {}


def test_peers_that_are_missing_stop_the_run_before_it_begins(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(environment, "HOME", tmp_path)
    assert main([str(tmp_path), "--peers"]) == 2
    assert "make peers" in capsys.readouterr().err


def test_an_unknown_task_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["data", "--only", "squad,sqaud"])
    assert "choose from squad,scifact" in capsys.readouterr().err
