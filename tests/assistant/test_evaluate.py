"""Rates are what a person would count by hand."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from assistant.answer import Answer, Coverage, Quote, Understood
from assistant.assistant import Assistant
from assistant.evaluate import (
    Gold,
    GoldQuestion,
    Outcome,
    evaluate,
    misses,
    read_questions,
    report_lines,
    summarise,
)
from corpus.article import DateOrigin
from tests.newsroom import Newsroom

TEXT = "date 2031-03-02 About 1,400 dockers joined the strike at Port Caldry. Talks with the harbour board failed."
GOLD = Gold(article_id="strike.txt", start=TEXT.index("1,400"), end=TEXT.index("1,400") + 5, text="1,400")


def quote(start: int = 16, end: int = 69, article_id: str = "strike.txt", text: str | None = None) -> Quote:
    return Quote(
        text=TEXT[start:end] if text is None else text,
        article_id=article_id,
        start=start,
        end=end,
        prefix="",
        suffix="",
        article_sha256="",
        title=None,
        source=None,
        published=None,
        date_origin=DateOrigin.NONE,
        url=None,
        kind=None,
        score=1.0,
    )


def outcome(rank: int | None, quotes: int, seconds: float = 0.1, *, answerable: bool = True) -> Outcome:
    question = GoldQuestion(id=f"q{rank}", question="How many?", answers=(GOLD,) if answerable else ())
    shown = (quote(),) * quotes
    answer = Answer(
        question="How many?",
        understood=Understood(),
        status="answered" if shown else "no_answer",
        reason=None if shown else "None.",
        quotes=shown,
        near_misses=() if shown else (quote(),),
        coverage=Coverage(articles=1, sources=0, undated=0, first=None, last=None),
    )
    return Outcome(question, answer, rank, seconds)


@pytest.fixture
def assistant(standing: Newsroom) -> Assistant:
    return standing.assistant()


def test_the_rates_of_twelve_outcomes(assistant: Assistant) -> None:
    answerable = [outcome(1, 5), outcome(1, 1), outcome(3, 3), outcome(4, 5), outcome(5, 5), outcome(None, 2)]
    answerable += [outcome(None, 0), outcome(None, 0)]
    others = [outcome(None, quotes, 0.3, answerable=False) for quotes in (0, 0, 0, 1)]
    report = summarise(assistant, [*answerable, *others])
    assert (report.answerable, report.unanswerable) == (8, 4)
    assert (report.hit_at_1, report.hit_at_3, report.hit_at_5) == (0.25, 0.375, 0.625)
    assert (report.silent, report.abstained) == (0.25, 0.75)
    assert (report.exact, report.median_seconds) == (1.0, 0.1)


def test_a_quote_that_differs_by_a_letter_is_counted(assistant: Assistant) -> None:
    right, wrong = outcome(1, 1), outcome(1, 1)
    near = wrong.answer.model_copy(update={"quotes": (quote(text=TEXT[16:69].replace("1,400", "1,900")),)})
    report = summarise(assistant, [right, right, right, Outcome(wrong.question, near, 1, 0.1)])
    assert report.exact == 0.75


def test_nothing_asked_is_nothing_wrong(assistant: Assistant) -> None:
    report = summarise(assistant, [])
    assert (report.answerable, report.exact, report.median_seconds) == (0, 1.0, 0.0)


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
    assert found.seconds > 0


def test_a_gold_place_that_holds_other_words_is_an_error(assistant: Assistant) -> None:
    wrong = Gold(article_id="strike.txt", start=999, end=1004, text="1,400")
    with pytest.raises(ValueError, match=r"question q: characters 999–1004 of strike\.txt are not '1,400'"):
        evaluate(assistant, [GoldQuestion(id="q", question="How many?", answers=(wrong,))])
    with pytest.raises(ValueError, match=r"question q: the archive has no article 'no\.txt'"):
        evaluate(assistant, [gold("How many?", 22, 27, "no.txt")])


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
    assert [bool(o.answer.quotes) for o in found] == [True, False, False]


def test_misses_are_the_questions_that_went_wrong() -> None:
    fine, second, silent = outcome(1, 1), outcome(2, 2), outcome(None, 0)
    quiet, rash = outcome(None, 0, answerable=False), outcome(None, 1, answerable=False)
    lines = misses([fine, second, silent, quiet, rash])
    assert len(lines) == 3
    assert lines[0] == f"q2 How many? → {TEXT[16:69]}"
    assert lines[1] == "qNone How many? → no answer"


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
    path.write_text("\n".join(lines) + "\n", "utf-8")
    first, second = read_questions(path)
    assert first.question == "Who\u2028said \x85 so?"
    assert (str(second.since), second.answers) == ("2031-03-01", (GOLD,))


@pytest.mark.parametrize("line", ["{", "[]", '{"id": "q"}', '{"id": "q", "question": "x", "since": "soon"}'])
def test_a_wrong_line_is_named(tmp_path: Path, line: str) -> None:
    path = tmp_path / "questions.jsonl"
    path.write_text('{"id": "q", "question": "x"}\n' + line + "\n", "utf-8")
    with pytest.raises(ValueError, match=r"questions\.jsonl, line 2( is not JSON)?: "):
        read_questions(path)


def test_the_report_is_a_small_table(assistant: Assistant) -> None:
    lines = report_lines(summarise(assistant, [outcome(1, 1)]))
    assert "answerable questions   1" in lines
    assert "  right quote first    1.000" in lines
    assert "quotes that are exact  1.000" in lines
