"""A question's words are met one by one, the rare ones counting for more."""

from __future__ import annotations

import numpy as np
import pytest

from assistant.query.question import read_question
from assistant.retrieval.late_interaction import Asked
from tests.fakes import BagOfWords

EMBEDDER = BagOfWords()


def asked(question: str, rare: str = "") -> Asked:
    encoded = EMBEDDER.embed_query(question)
    return Asked(
        read_question(question), encoded, lambda term: 9.0 if term == rare else 1.0, lambda vectors: vectors
    )


def nearness(question: Asked, text: str) -> float:
    return question.nearness(question.met(EMBEDDER.embed_query(text).pieces))


def test_a_text_with_every_word_meets_the_question_wholly() -> None:
    question = asked("Which dockers joined the strike?")
    assert nearness(question, "The strike was joined by dockers.") == pytest.approx(1.0, abs=1e-3)
    assert nearness(question, "A recipe for two.") == pytest.approx(0.0, abs=1e-3)


def test_a_rare_word_counts_for_more_than_a_common_one() -> None:
    question = asked("Which dockers joined the strike?", rare="strike")
    assert nearness(question, "A strike.") > 0.8
    assert nearness(question, "Dockers joined.") < 0.2


def test_asking_words_count_nothing() -> None:
    question = asked("Who was on strike?")
    assert nearness(question, "A strike.") == pytest.approx(1.0, abs=1e-3)


def test_an_empty_text_meets_nothing() -> None:
    question = asked("Which dockers joined the strike?")
    assert question.nearness(question.met(np.zeros((0, 512), dtype=np.float32))) == 0.0


def test_a_question_without_words_is_met_by_nothing() -> None:
    question = asked("?!")
    assert nearness(question, "A strike.") == 0.0
