"""Questions are asked under their filters and judged by their gold places."""

from __future__ import annotations

import pytest

from assistant.assistant import Assistant
from assistant.evaluation.outcomes import Outcome, evaluate
from assistant.evaluation.questions import Gold, GoldQuestion
from tests.assistant.evaluation.outcomes import GOLD, TEXT, outcome, quote
from tests.newsroom import Newsroom


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
    sources = tuple(f"Outlet {n}" for n in range(1_001))
    with pytest.raises(ValueError, match=r"question q7: .*1,000"):
        evaluate(assistant, [GoldQuestion(id="q7", question="Who?", sources=sources)])


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
