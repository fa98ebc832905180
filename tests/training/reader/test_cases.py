"""Every sentence that a question brings up is read, and those that the answer lies in are right."""

from __future__ import annotations

from assistant.selection.judge import COLUMNS
from benchmarks.public import Asked
from tests.newsroom import STRIKE, Newsroom, by_overlap
from training.reader.cases import Case, cases

QUESTION = "How many dockers joined the strike at Port Caldry?"
TEXT = f"date 2031-03-02 {STRIKE}"


def right(case: Case) -> list[float]:
    """What is read of the right sentences: log-odds, by the share of the question's words in them."""
    return [float(reading) for reading in case.matrix[case.right, 0]]


def test_the_sentence_with_the_answer_is_right_and_no_other(printed: Newsroom) -> None:
    place = ("strike.txt", TEXT.index("1,400"), TEXT.index("1,400") + 5)
    elsewhere = ("bridge.txt", *place[1:])
    asked = [
        Asked(QUESTION, (place,), "fit"),
        Asked(QUESTION, (), "fit"),
        Asked(QUESTION, (elsewhere,), "fit"),
    ]
    found, unanswered, wrong = cases(printed.retriever(), by_overlap(), asked)
    assert found.asked == asked[0]
    assert found.matrix.shape == (len(found.right), len(COLUMNS)) == (6, len(COLUMNS))
    assert right(found) == [found.matrix[:, 0].max()]
    assert not unanswered.right.any()
    assert found.matrix[:, 0].max() not in right(wrong)


def test_an_answer_that_two_sentences_share_makes_both_right(printed: Newsroom) -> None:
    both = ("strike.txt", TEXT.index("Caldry"), TEXT.index("Talks") + 5)
    (found,) = cases(printed.retriever(), by_overlap(), [Asked(QUESTION, (both,), "fit")])
    assert found.right.sum() == 2


def test_an_answer_beside_a_sentence_does_not_make_it_right(printed: Newsroom) -> None:
    between = ("strike.txt", TEXT.index(" Talks"), TEXT.index("Talks"))
    (found,) = cases(printed.retriever(), by_overlap(), [Asked(QUESTION, (between,), "fit")])
    assert not found.right.any()


def test_without_a_question_there_is_no_case(standing: Newsroom) -> None:
    assert cases(standing.retriever(), by_overlap(), []) == []
