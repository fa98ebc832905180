"""A task's questions are asked for what they are good for, of an archive that holds their answers."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.public import Asked, QuestionSet
from benchmarks.tasks import TASKS, sample_task, shortened
from corpus.sample import ARTICLES
from tests.shared import shared


def invented(count: int) -> QuestionSet:
    records = [{"text": f"Ship {n} carried {n} barrels."} for n in range(1, count + 1)]
    asked = [
        Asked(f"What did ship {n} carry?", ((f"ships.jsonl#{n}", 15, 16),), "test", f"ships.jsonl#{n}")
        for n in range(count, 0, -1)
    ]
    nowhere = Asked("What did ship 99 carry?", (), "test", f"ships.jsonl#{count - 1}")
    return QuestionSet("ships", records, [*asked, nowhere])


def test_a_short_set_keeps_the_records_that_answer_its_questions() -> None:
    short = shortened(invented(50), 2)
    assert [a.question for a in short.asked] == [
        "What did ship 50 carry?",
        "What did ship 49 carry?",
        "What did ship 99 carry?",
    ]
    assert len(short.records) == 22
    for asked, number in zip(short.asked, (50, 49), strict=False):
        place, start, end = asked.answers[0]
        record = short.records[int(place.removeprefix("ships.jsonl#")) - 1]
        assert record["text"] == f"Ship {number} carried {number} barrels."
        assert asked.place == place
        assert (start, end) == (15, 16)
    assert shortened(invented(50), None) == invented(50)


def test_the_samples_questions_under_a_filter_are_left_out(tmp_path: Path) -> None:
    train = tmp_path / "clapnq" / "retrieval" / "train"
    train.mkdir(parents=True)
    rows = "id\tquestion\tdoc\n1\twho sang it\tx\n2\twho wrote it\ty\n"
    (train / "question_train_answerable.tsv").write_text(rows, "utf-8")
    dev = tmp_path / "clapnq" / "annotated_data" / "dev"
    dev.mkdir(parents=True)
    for kind in ("answerable", "unanswerable"):
        path = dev / f"clapnq_dev_{kind}.jsonl"
        path.write_text('{"input": "who read it"}\n{"input": "who rang it"}\n', "utf-8")
    task = sample_task(tmp_path, tmp_path, None)
    roles = [query.role for query in task.queries]
    assert task.articles == ARTICLES
    assert {role: roles.count(role) for role in ("threshold", "off topic")} == {
        "threshold": 2,
        "off topic": 2,
    }
    assert 100 < roles.count("answerable") == len([q for q in task.queries if q.answers])
    assert {q.question for q in task.queries if q.role == "threshold"} == {"who sang it", "who wrote it"}
    limited = sample_task(tmp_path, tmp_path, 1)
    assert [query.role for query in limited.queries] == ["answerable", "threshold", "off topic"]


@pytest.mark.shared
@pytest.mark.parametrize("name", TASKS)
def test_every_answer_lies_in_the_archive(name: str, tmp_path: Path) -> None:
    task = TASKS[name](shared("data"), tmp_path, 3)
    lines = (tmp_path / name / "articles" / f"{name}.jsonl") if name != "sample" else None
    known = len(lines.read_text("utf-8").splitlines()) if lines else 0
    answers = [answer for query in task.queries for answer in query.answers]
    assert answers
    assert not lines or all(0 < int(place.partition("#")[2]) <= known for place, _, _ in answers)
    assert {q.role for q in task.queries if q.answers} == {"answerable"}
    assert all(sum(q.role == role for q in task.queries) <= 3 for role in {q.role for q in task.queries})
