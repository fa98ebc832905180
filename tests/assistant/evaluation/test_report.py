"""The page says what was measured, and the report file what became of each question."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest
from rich.console import Console

from assistant.assistant import Assistant
from assistant.evaluation.measures import Report, summarise
from assistant.evaluation.outcomes import Outcome
from assistant.evaluation.report import misses, record, show_misses, show_report, write_report
from assistant.evaluation.retrieval import Lookup, Ranking
from tests.assistant.evaluation.outcomes import GOLD, TEXT, outcome
from tests.newsroom import Newsroom

FOUND = Lookup(Ranking(("x", "a"), frozenset("a")), Ranking(("s",), frozenset("s")), 1)


@pytest.fixture
def assistant(standing: Newsroom) -> Assistant:
    return standing.assistant()


def page(report: Report, width: int = 100) -> list[str]:
    """The lines of a report, without what only aligns them."""
    written = io.StringIO()
    show_report(Console(file=written, markup=False, highlight=False, width=width), report)
    return [" ".join(line.split()) for line in written.getvalue().split("\n")]


def test_the_page_has_every_figure(assistant: Assistant) -> None:
    pytest.importorskip("ir_measures")
    outcomes = [
        outcome(1, 1, 2.0, probability=0.9, kind="who"),
        outcome(2, 2, 0.1, probability=0.9, kind="who"),
        outcome(None, 0, 0.3, probability=0.2, answerable=False, kind="why"),
        outcome(None, 0, 0.2, probability=0.2, answerable=False, kind="why"),
    ]
    lines = page(summarise(assistant, outcomes, [FOUND, FOUND]))
    for line in (
        "answerable questions 2",
        "right quote first 0.500 0.095–0.905",
        "among the first 3 1.000 0.342–1.000",
        "left unanswered 0.000 0.000–0.658",
        "unanswerable questions 2",
        "left unanswered 1.000 0.342–1.000",
        "quotes that are exact 1.000",
        "Retrieval passages articles",
        "nDCG@10 0.631 1.000",
        "Success@1 0.000 1.000",
        "answering places that no passage holds whole: 2",
        "area under the ROC curve 1.000",
        "answerable questions that were answered 1.000",
        "unanswerable questions that were answered 0.000",
        "0.2–0.3 2 0.200 0.000",
        "0.3–0.4 0 – –",
        "0.9–1.0 2 0.900 1.000",
        "Brier score 0.025",  # (0.01 + 0.01 + 0.04 + 0.04) / 4
        "from question to answer 2,000 200 290 298 300",
        "who 2 0.500 1.000 0.000 0 –",
        "why 0 – – – 2 1.000",
    ):
        assert line in lines, line


def test_follow_ups_are_shown_where_there_are_any(assistant: Assistant) -> None:
    leaning, standing = outcome(1, 1), outcome(1, 1)
    asked = leaning.question.model_copy(update={"carries": True})
    understood = leaning.answer.understood.model_copy(update={"completed": "How many dockers?"})
    answer = leaning.answer.model_copy(update={"understood": understood})
    alone = standing.question.model_copy(update={"carries": False})
    lines = page(
        summarise(assistant, [Outcome(asked, answer, 1, 0.1), Outcome(alone, standing.answer, 1, 0.1)])
    )
    assert "need the one before: completed 1 1" in lines
    assert "need nothing: left alone 1 1" in lines
    assert not any("left alone" in line for line in page(summarise(assistant, [standing])))


def test_what_can_not_be_measured_is_a_dash(assistant: Assistant) -> None:
    lines = page(summarise(assistant, []))
    for line in (
        "answerable questions 0",
        "right quote first – –",
        "quotes that are exact –",
        "area under the ROC curve –",
        "Brier score –",
        "from question to answer – – – – –",
    ):
        assert line in lines, line
    assert not [line for line in lines if line.startswith(("Kind", "Retrieval"))]


def test_a_kind_is_shown_as_it_is_written(assistant: Assistant) -> None:
    hostile = [outcome(1, 1, kind="[red]\x1b[31m:smile:\nx"), outcome(1, 1)]
    lines = page(summarise(assistant, hostile))
    assert "[red]␛[31m:smile: x 1 1.000 1.000 0.000 0 –" in lines
    assert "not stated 1 1.000 1.000 0.000 0 –" in lines


def test_misses_are_the_questions_that_went_wrong() -> None:
    fine, second, silent = outcome(1, 1), outcome(2, 2), outcome(None, 0)
    quiet, rash = outcome(None, 0, answerable=False), outcome(None, 1, answerable=False)
    lines = misses([fine, second, silent, quiet, rash])
    assert len(lines) == 3
    assert lines[0] == f"q2 How many? → {TEXT[16:69]}"
    assert lines[1] == "qNone How many? → no answer"


@pytest.mark.parametrize(
    ("lines", "shown"), [(["q1 x", "q2 y"], "\nWent wrong:\nq1 x\nq2 y\n"), ([], "\nNothing went wrong.\n")]
)
def test_misses_stand_under_a_heading(lines: list[str], shown: str) -> None:
    written = io.StringIO()
    show_misses(Console(file=written), lines)
    assert written.getvalue() == shown


def test_a_record_tells_what_became_of_a_question() -> None:
    words = {"text": TEXT[16:69], "article_id": "strike.txt", "start": 16, "end": 69}
    right = record(outcome(2, 2, 0.12345, probability=0.90004, kind="how many"), FOUND)
    assert right == {
        "id": "q2",
        "question": "How many?",
        "completed": None,
        "kind": "how many",
        "status": "answered",
        "probability": 0.9,
        "rank": 2,
        "passage_rank": 2,
        "quote": words,
        "near_miss": None,
        "gold": [GOLD.model_dump()],
        "ms": 123.5,
    }
    assert list(right)[-1] == "ms"
    silent = record(outcome(None, 0, answerable=False), None)
    assert (silent["status"], silent["probability"], silent["rank"]) == ("no_answer", None, None)
    assert (silent["passage_rank"], silent["quote"], silent["gold"]) == (None, None, [])
    assert silent["near_miss"] == words


def test_the_report_file_is_a_line_for_each_question(tmp_path: Path) -> None:
    first = outcome(1, 1)
    asked = first.question.model_copy(update={"question": "Who\n said \u2028 \x1b[31m {so}?", "id": "Zoë"})
    path = tmp_path / "report.jsonl"
    write_report(
        path, [Outcome(asked, first.answer, 1, 0.1), outcome(None, 0, answerable=False)], [FOUND, None]
    )
    text = path.read_text("utf-8")
    assert text.endswith("\n")
    assert "Zoë" in text
    assert not {"\x1b", "\u2028"} & set(text)
    one, other = (json.loads(line) for line in text.splitlines())
    assert (one["question"], one["id"], one["passage_rank"]) == (asked.question, "Zoë", 2)
    assert other["status"] == "no_answer"
