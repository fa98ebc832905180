"""Several answers to one question become one: the likelier one, or the best quotes of each."""

from __future__ import annotations

import pytest

from assistant.answering.assembly import in_turn, likelier
from assistant.query.question import read_question
from assistant.types.answer import Answer, Coverage, Understood
from corpus.article import Article
from tests.assistant.desk import quote_of

ARTICLE = Article(id="a.txt", text="One. Two. Three. Four.")
SPANS = {"One.": (0, 4), "Two.": (5, 9), "Three.": (10, 16), "Four.": (17, 22)}


def answer(probability: float | None, *quotes: str) -> Answer:
    return Answer(
        question="How many?",
        understood=Understood(),
        status="answered" if quotes else "no_answer",
        reason=None if quotes else "No sentence answers this.",
        probability=probability,
        quotes=tuple(quote_of(ARTICLE, *SPANS[text]) for text in quotes),
        near_misses=(),
        coverage=Coverage(articles=1, sources=0, undated=1, first=None, last=None),
    )


LIKELY, UNLIKELY = answer(0.9, "One."), answer(0.6, "Two.")
SILENT, ALSO_SILENT = answer(0.95), answer(None)


@pytest.mark.parametrize(
    ("one", "other", "found"),
    [
        (LIKELY, UNLIKELY, LIKELY),
        (UNLIKELY, LIKELY, LIKELY),
        (SILENT, UNLIKELY, UNLIKELY),
        (UNLIKELY, SILENT, UNLIKELY),  # however near the other came
        (SILENT, ALSO_SILENT, ALSO_SILENT),
        (answer(None, "One."), UNLIKELY, UNLIKELY),
        (UNLIKELY, answer(0.6, "Three."), UNLIKELY),
    ],
)
def test_the_likelier_answer_with_quotes_is_taken(one: Answer, other: Answer, found: Answer) -> None:
    assert likelier(one, other) is found


def test_the_best_quote_of_each_part_comes_before_the_second_of_any() -> None:
    asked = read_question("How many and where?")
    joined = in_turn([answer(0.6, "One.", "Two."), answer(0.9, "Three.", "One.", "Four.")], asked, 3)
    assert [quote.text for quote in joined.quotes] == ["One.", "Three.", "Two."]
    assert joined.probability == 0.9
    assert joined.question == asked.text
    assert len(in_turn([LIKELY, UNLIKELY], asked, 1).quotes) == 1


def test_a_part_without_an_answer_is_not_the_likeliest() -> None:
    joined = in_turn([SILENT, UNLIKELY], read_question("How many and where?"), 3)
    assert (joined.status, joined.probability) == ("answered", 0.6)
