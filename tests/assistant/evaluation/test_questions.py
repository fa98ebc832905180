"""Questions are read as they were written, and what is wrong with a line is named."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from pydantic import ValidationError

from assistant.evaluation.questions import Gold, read_questions
from tests.assistant.evaluation.outcomes import GOLD

FINE = '{"id": "q1", "question": "x", "answers": []}'


def test_a_span_has_the_length_of_its_words() -> None:
    with pytest.raises(ValidationError, match="end must be 27, start and the length of text"):
        Gold(article_id="strike.txt", start=22, end=28, text="1,400")


def test_questions_are_read_as_they_are_written(tmp_path: Path) -> None:
    path = tmp_path / "questions.jsonl"
    asked = {
        "id": "q1",
        "question": "Who\u2028said \x85 so?",
        "note": "kept out",
        "near": True,
        "answers": [],
    }
    other = {"id": "q2", "question": "How many?", "since": "2031-03-01", "answers": [GOLD.model_dump()]}
    lines = [json.dumps(asked, ensure_ascii=False), "", json.dumps(other)]
    for encoding, newline in (("utf-8", "\n"), ("utf-8-sig", "\r\n")):
        path.write_bytes((newline.join(lines) + newline).encode(encoding))
        first, second = read_questions(path)
        assert first.question == "Who\u2028said \x85 so?"
        assert (str(second.since), second.answers) == ("2031-03-01", (GOLD,))


def test_an_empty_file_holds_no_questions(tmp_path: Path) -> None:
    (tmp_path / "questions.jsonl").write_text("\n  \n", "utf-8")
    assert read_questions(tmp_path / "questions.jsonl") == []


def place(**changes: object) -> str:
    answer = {**GOLD.model_dump(), **changes}
    return json.dumps({"id": "q", "question": "x", "answers": [GOLD.model_dump(), answer]})


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("{", "line 2 is not JSON: "),
        ("[" * 100_000, "line 2 is not JSON: "),
        ("[]", "line 2: "),
        ('{"id": "q", "answers": []}', "line 2: question: "),
        ('{"id": "q", "question": "x"}', r"line 2: answers: missing; give the places that answer, or \[\]"),
        ('{"id": "q", "question": " ", "answers": []}', "line 2: question: the question is empty"),
        ('{"id": "", "question": "x", "answers": []}', "line 2: id: "),
        (FINE, "line 2: id: 'q1' is taken by line 1"),
        ('{"id": "q", "question": "x", "since": "soon", "answers": []}', "line 2: since: "),
        (
            '{"id": "q", "question": "x", "since": "2031-03-02", "until": "2031-03-01", "answers": []}',
            "line 2: since, 2031-03-02, lies after until, 2031-03-01; swap them",
        ),
        (place(start=-1), r"line 2: answers\.1\.start: "),
        (place(end=28), r"line 2: answers\.1: end must be 27, start and the length of text"),
        (place(text=""), r"line 2: answers\.1\.text: "),
        ('{"id": "q", "question": "\\ud800", "answers": []}', "line 2 is not JSON: "),
    ],
)
def test_a_wrong_line_and_its_field_are_named(tmp_path: Path, line: str, words: str) -> None:
    path = tmp_path / "questions.jsonl"
    path.write_text(f"{FINE}\n{line}\n", "utf-8")
    with pytest.raises(ValueError, match=rf"questions\.jsonl, {words}") as caught:
        read_questions(path)
    assert "\n" not in str(caught.value)
    assert "Value error" not in str(caught.value)


def test_a_line_that_is_not_utf_8_is_named(tmp_path: Path) -> None:
    path = tmp_path / "questions.jsonl"
    path.write_bytes(f"{FINE}\n".encode() + '{"id": "Zoë"}'.encode("cp1252"))
    with pytest.raises(ValueError, match=r"questions\.jsonl, line 2: not UTF-8 text; save the file as UTF-8"):
        read_questions(path)
