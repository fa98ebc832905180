"""`onrecord eval`: a page or one JSON object, a report file, and one line for an error."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from assistant import assistant as assistant_module
from assistant.cli.main import app
from assistant.retrieval import retriever
from tests.assistant.evaluation.outcomes import GOLD
from tests.fakes import BagOfWords
from tests.newsroom import Newsroom, by_overlap

QUESTION = "How many dockers joined the strike at Port Caldry?"
NONSENSE = "Zwölf boxkämpfer jagen quer"
RETRIEVAL = ["nDCG@10", "RR@10", "R@10", "Success@1", "Success@5"]

Eval = Callable[..., Result]


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, standing: Newsroom) -> Eval:
    """Runs `onrecord eval` on the standing archive, with the bag of words for a model."""
    pytest.importorskip("ir_measures")
    monkeypatch.setattr(retriever, "model_named", lambda name: BagOfWords(f"{name}@1"))
    monkeypatch.setattr(assistant_module, "Judge", by_overlap)
    index = str(standing.index)
    return lambda *arguments: CliRunner().invoke(app, ["eval", "--index", index, *map(str, arguments)])


def written(path: Path, questions: Sequence[dict[str, object]]) -> Path:
    path.write_text("".join(json.dumps(question) + "\n" for question in questions), "utf-8")
    return path


@pytest.fixture
def questions(tmp_path: Path) -> Path:
    """A question that is answered, one that is missed, and one that is rightly left unanswered."""
    gold = [GOLD.model_dump()]
    return written(
        tmp_path / "questions.jsonl",
        [
            {"id": "q1", "question": QUESTION, "kind": "how many", "answers": gold},
            {"id": "q2", "question": NONSENSE, "answers": gold},
            {"id": "q3", "question": f"{NONSENSE}!", "answers": []},
        ],
    )


def parsed(result: Result) -> Any:
    """The one JSON value that stdout holds."""
    assert (result.exit_code, result.stderr) == (0, "")
    return json.loads(result.stdout)


def fails(result: Result, words: str) -> None:
    """An error is exit code 2 and one line on stderr."""
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.startswith("onrecord: ")
    assert result.stderr.count("\n") == 1
    assert words in result.stderr


def test_the_page_has_the_rates_and_lists_what_went_wrong(run: Eval, questions: Path) -> None:
    result = run(questions, "--details")
    assert (result.exit_code, result.stderr) == (0, "")
    lines = [" ".join(line.split()) for line in result.stdout.splitlines()]
    assert "right quote first 0.500 0.095–0.905" in lines
    assert "quotes that are exact 1.000" in lines
    assert lines[-2:] == ["Went wrong:", f"q2 {NONSENSE} → no answer"]
    assert "Went wrong" not in run(questions).stdout


def test_json_is_one_object_with_every_measure(run: Eval, questions: Path) -> None:
    value = parsed(run(questions, "--json"))
    assert list(value) == [
        *("answerable", "unanswerable", "hit_at_1", "hit_at_3", "hit_at_5", "silent", "abstained", "exact"),
        *("median_seconds", "intervals", "retrieval", "abstention", "calibration", "latency_ms", "by_kind"),
        "follow_ups",
    ]
    assert (value["answerable"], value["unanswerable"]) == (2, 1)
    assert (value["hit_at_1"], value["hit_at_3"], value["hit_at_5"]) == (0.5, 0.5, 0.5)
    assert (value["silent"], value["abstained"], value["exact"]) == (0.5, 1.0, 1.0)
    assert value["intervals"]["hit_at_1"] == [0.0945, 0.9055]
    assert list(value["retrieval"]) == ["passages", "articles", "unsearchable"]
    assert list(value["retrieval"]["passages"]) == list(value["retrieval"]["articles"]) == RETRIEVAL
    assert value["retrieval"]["passages"]["Success@5"] == 1.0  # three passages are all there are
    assert list(value["abstention"]) == ["roc_auc", "operating_point", "roc"]
    assert value["abstention"]["operating_point"] == {"true_answer_rate": 0.5, "false_answer_rate": 0.0}
    assert list(value["abstention"]["roc"][0]) == ["threshold", "true_answer_rate", "false_answer_rate"]
    assert sum(bin_["count"] for bin_ in value["calibration"]["bins"]) == 3
    assert list(value["calibration"]["bins"][0]) == [
        "low",
        "high",
        "count",
        "mean_probability",
        "share_right",
    ]
    assert list(value["latency_ms"]) == ["first", "p50", "p95", "p99", "max"]
    assert value["latency_ms"]["first"] > 0
    assert [(kind["kind"], kind["answerable"], kind["unanswerable"]) for kind in value["by_kind"]] == [
        ("", 1, 1),
        ("how many", 1, 0),
    ]


def test_details_add_what_went_wrong_to_the_json(run: Eval, questions: Path) -> None:
    assert "misses" not in parsed(run(questions, "--json"))
    assert parsed(run(questions, "--json", "--details"))["misses"] == [f"q2 {NONSENSE} → no answer"]


def test_the_report_has_a_line_for_each_question_and_the_same_the_next_time(
    run: Eval, questions: Path, tmp_path: Path
) -> None:
    def report(name: str) -> list[dict[str, object]]:
        parsed(run(questions, "--json", "--report", tmp_path / name))
        lines = (tmp_path / name).read_text("utf-8").splitlines()
        records: list[dict[str, object]] = [json.loads(line) for line in lines]
        assert all(isinstance(record.pop("ms"), float) for record in records)
        return records

    first = report("first.jsonl")
    (tmp_path / "second.jsonl").write_text("an older report\n" * 9, "utf-8")
    assert first == report("second.jsonl")
    assert [(r["id"], r["status"], r["rank"]) for r in first] == [
        ("q1", "answered", 1),
        ("q2", "no_answer", None),
        ("q3", "no_answer", None),
    ]
    assert first[0]["passage_rank"] == 1
    assert first[0]["quote"] == {
        "text": "About 1,400 dockers joined the strike at Port Caldry.",
        "article_id": "strike.txt",
        "start": 16,
        "end": 69,
    }
    assert (first[0]["gold"], first[2]["gold"], first[2]["passage_rank"]) == ([GOLD.model_dump()], [], None)


@pytest.mark.parametrize(
    ("asked", "nulls", "kept"),
    [
        ([], ["hit_at_1", "silent", "abstained", "exact", "median_seconds"], {}),
        (
            [{"id": "q", "question": QUESTION, "answers": [GOLD.model_dump()]}],
            ["abstained"],
            {"hit_at_1": 1.0, "silent": 0.0},
        ),
        (
            [{"id": "q", "question": NONSENSE, "answers": []}],
            ["hit_at_1", "hit_at_3", "hit_at_5", "silent"],
            {"abstained": 1.0},
        ),
    ],
)
def test_rates_of_nothing_are_null(
    run: Eval, tmp_path: Path, asked: list[dict[str, object]], nulls: list[str], kept: dict[str, float]
) -> None:
    path = written(tmp_path / "few.jsonl", asked)
    value = parsed(run(path, "--json", "--report", tmp_path / "report.jsonl"))
    assert [name for name in nulls if value[name] is not None] == []
    assert {name: value[name] for name in kept} == kept
    assert (value["abstention"]["roc_auc"], value["abstention"]["roc"]) == (None, [])
    assert len((tmp_path / "report.jsonl").read_text("utf-8").splitlines()) == len(asked)
    assert run(path).exit_code == 0


@pytest.fixture
def moved(tmp_path: Path) -> Path:
    """A question whose gold place is a character off."""
    gold = {**GOLD.model_dump(), "start": 23, "end": 28}
    return written(tmp_path / "moved.jsonl", [{"id": "q9", "question": "x", "answers": [gold]}])


def test_a_wrong_question_is_one_line_and_leaves_the_report(
    run: Eval, questions: Path, moved: Path, tmp_path: Path
) -> None:
    report = tmp_path / "report.jsonl"
    report.write_text("the last one\n", "utf-8")
    fails(run(moved, "--report", report), "question q9: characters 23–28 of strike.txt are not '1,400'")
    questions.write_text('{"id": "q1"}\n', "utf-8")
    fails(run(questions, "--json", "--report", report), "questions.jsonl, line 1: question: ")
    fails(run(tmp_path / "none.jsonl"), "No such file or directory")
    assert report.read_text("utf-8") == "the last one\n"


def test_without_its_extra_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setitem(sys.modules, "ir_measures", None)
    result = CliRunner().invoke(app, ["eval", str(tmp_path / "questions.jsonl"), "--index", str(tmp_path)])
    fails(result, "measuring needs ir-measures, which is not installed; run: pip install 'onrecord[eval]'")


def test_a_report_that_can_not_be_written_is_told_first(run: Eval, moved: Path, tmp_path: Path) -> None:
    fails(run(moved, "--report", tmp_path / "none" / "report.jsonl"), "No such file or directory")
    fails(run(moved, "--report", tmp_path), "Is a directory")
