"""Every sentence that a question brings up is measured, and the annotated one is right."""

from __future__ import annotations

from assistant.choosing.features import NAMES
from benchmarks.public import Asked
from tests.newsroom import STRIKE, Newsroom
from training.cases import cases

QUESTION = "How many dockers joined the strike at Port Caldry?"


def test_the_sentence_with_the_answer_is_right_and_no_other(printed: Newsroom) -> None:
    text = f"date 2031-03-02 {STRIKE}"
    place = ("strike.txt", text.index("1,400"), text.index("1,400") + 5)
    elsewhere = ("bridge.txt", *place[1:])
    asked = [
        Asked(QUESTION, (place,), "fit"),
        Asked(QUESTION, (), "fit"),
        Asked(QUESTION, (elsewhere,), "fit"),
    ]
    right, unanswered, wrong = cases(printed.retriever(), asked)
    assert right.asked == asked[0]
    assert right.matrix.shape == (len(right.texts), len(NAMES))
    said = [text for text, good in zip(right.texts, right.right, strict=True) if good]
    assert said == ["About 1,400 dockers joined the strike at Port Caldry."]
    assert len(right.texts) > 2
    assert not unanswered.right.any()
    assert "About 1,400" not in " ".join(t for t, good in zip(wrong.texts, wrong.right, strict=True) if good)


def test_an_answer_that_no_sentence_holds_whole_makes_none_right(printed: Newsroom) -> None:
    text = f"date 2031-03-02 {STRIKE}"
    both = ("strike.txt", text.index("Caldry"), text.index("Talks") + 5)
    (found,) = cases(printed.retriever(), [Asked(QUESTION, (both,), "fit")])
    assert not found.right.any()
