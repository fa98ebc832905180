"""Questions are read as they were written, asked under their filters and judged by their gold places."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from pydantic import ValidationError

from assistant.assistant import Assistant
from assistant.evaluate import Gold, GoldQuestion, Outcome, evaluate, read_questions
from tests.assistant.outcomes import GOLD, TEXT, outcome, quote
from tests.newsroom import Newsroom

FINE = '{"id": "q1", "question": "x", "answers": []}'


@pytest.fixture
def assistant(standing: Newsroom) -> Assistant:
    return standing.assistant()


def gold(question: str, start: int, end: int, article_id: str = "strike.txt") -> GoldQuestion:
    return GoldQuestion(
        id="q",
        question=question,
        answers=(Gold(article_id=article_id, start=start, end=end, text=TEXT[start:end]),),
    )


@pytest.mark.parametrize(
    ("start", "end", "article_id", "right"),
    [
        (22, 27, "strike.txt", True),
        (16, 69, "strike.txt", True),
        (15, 27, "strike.txt", False),
        (22, 70, "strike.txt", False),
        (70, 75, "strike.txt", False),
        (0, 4, "bridge.txt", False),
    ],
)
def test_a_quote_is_right_when_it_covers_the_answering_words(
    assistant: Assistant, start: int, end: int, article_id: str, right: bool
) -> None:
    asked = gold("How many dockers joined the strike at Port Caldry?", start, end, article_id)
    (found,) = evaluate(assistant, [asked])
    assert len(found.answer.quotes) == 1
    assert (found.rank == 1) is right
    assert found.right is right
    assert found.seconds > 0


def test_the_best_sentence_of_a_silence_is_its_first_near_miss() -> None:
    silent = outcome(None, 0, probability=0.1)
    assert (silent.answered, silent.right, silent.probability) == (False, True, 0.1)
    elsewhere = silent.answer.model_copy(update={"near_misses": (quote(70, 80), quote())})
    assert not Outcome(silent.question, elsewhere, None, 0.1).right
    nothing = silent.answer.model_copy(update={"near_misses": (), "probability": None})
    assert not Outcome(silent.question, nothing, None, 0.1).right
    assert Outcome(silent.question, nothing, None, 0.1).probability == 0.0


def test_a_gold_place_that_holds_other_words_is_an_error_before_anything_is_asked(
    assistant: Assistant,
) -> None:
    asked: list[int] = []
    wrong = Gold(article_id="strike.txt", start=999, end=1004, text="1,400")
    questions = [
        GoldQuestion(id="q0", question="x"),
        GoldQuestion(id="q", question="How many?", answers=(wrong,)),
    ]
    with pytest.raises(ValueError, match=r"question q: characters 999–1004 of strike\.txt are not '1,400'"):
        evaluate(assistant, questions, lambda done, _: asked.append(done))
    assert asked == []
    with pytest.raises(ValueError, match=r"question q: the archive has no article 'no\.txt'"):
        evaluate(assistant, [gold("How many?", 22, 27, "no.txt")])


def test_a_question_that_can_not_be_asked_is_named(assistant: Assistant) -> None:
    with pytest.raises(ValueError, match="question q7: the question is empty"):
        evaluate(assistant, [GoldQuestion(id="q7", question=" " * 100_000 + "Who?")])


def test_progress_is_told_question_by_question(assistant: Assistant) -> None:
    told: list[tuple[int, int]] = []
    questions = [GoldQuestion(id="a", question="Who?"), GoldQuestion(id="b", question="Where?")]
    evaluate(assistant, iter(questions), lambda done, total: told.append((done, total)))
    assert told == [(1, 2), (2, 2)]


def test_any_of_several_places_counts_and_the_first_rank_is_taken(assistant: Assistant) -> None:
    places = (Gold(article_id="bridge.txt", start=16, end=19, text="The"), GOLD)
    asked = GoldQuestion(id="q", question="How many dockers joined the strike?", answers=places)
    assert [o.rank for o in evaluate(assistant, [asked])] == [1]


def test_filters_of_a_question_are_used(assistant: Assistant) -> None:
    asked = {"id": "q", "question": "How many dockers joined the strike at Port Caldry?"}
    plain, late, source = (
        GoldQuestion.model_validate({**asked, **more})
        for more in ({}, {"since": "2031-03-03"}, {"sources": ["Nobody"]})
    )
    found = evaluate(assistant, [plain, late, source])
    assert [o.answered for o in found] == [True, False, False]


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
