"""What is measured of a sentence is a number, whatever the sentence; nearer sentences measure better."""

from __future__ import annotations

from dataclasses import astuple

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assistant.choosing.features import NAMES, Features, as_matrix
from assistant.choosing.ranker import READ, parse, trained
from assistant.question import read_question
from assistant.quotes import Choice, measured
from index.hits import Filter
from tests.newsroom import BRIDGE, Newsroom
from tests.odd_texts import ODD_TEXTS


def measure(newsroom: Newsroom, question: str) -> list[Choice]:
    retriever = newsroom.retriever()
    generation = retriever.generation()
    asked = retriever.asked(generation, read_question(question))
    found = retriever.candidates(generation, asked, Filter())
    return measured(generation, retriever.embedder, asked, found)


def features_of(newsroom: Newsroom, question: str, words: str) -> Features:
    (choice,) = [c for c in measure(newsroom, question) if words in c.text]
    return choice.features


def test_a_matrix_has_a_row_for_each_sentence(standing: Newsroom) -> None:
    choices = measure(standing, "How many dockers joined the strike?")
    assert as_matrix([c.features for c in choices]).shape == (len(choices), len(NAMES)) == (6, len(NAMES))
    assert as_matrix([]).shape == (0, len(NAMES))


@settings(max_examples=4, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    texts=st.lists(ODD_TEXTS, min_size=2, max_size=10),
    questions=st.lists(ODD_TEXTS.filter(lambda text: bool(text.strip())), min_size=5, max_size=10),
)
def test_every_measure_is_a_finite_number(
    texts: list[str], questions: list[str], tmp_path_factory: pytest.TempPathFactory
) -> None:
    newsroom = Newsroom(tmp_path_factory.mktemp("odd"))
    newsroom.print("always.txt", BRIDGE)
    for n, text in enumerate(texts):
        newsroom.print(f"{n}.txt", text)
    newsroom.build()
    for question in questions:
        for choice in measure(newsroom, question):
            assert np.isfinite(astuple(choice.features)).all()


def test_a_sentence_with_the_question_s_words_measures_nearer(standing: Newsroom) -> None:
    question = "How many dockers joined the strike at Port Caldry?"
    near = features_of(standing, question, "1,400 dockers")
    far = features_of(standing, question, "Rescue boats")
    assert near.cosine > far.cosine
    assert near.overlap > far.overlap


def test_the_same_question_measures_the_same(standing: Newsroom) -> None:
    question = "How many dockers joined the strike?"
    assert [c.features for c in measure(standing, question)] == [
        c.features for c in measure(standing, question)
    ]


def test_the_ranker_of_the_package_was_fitted_for_these_features() -> None:
    ranker = trained()
    assert ranker.glance.weights.shape == (len(NAMES),)
    assert ranker.rank.weights.shape == ranker.answer.weights.shape == (len(READ),)
    assert 0 < ranker.threshold < 1


def test_a_ranker_of_other_features_is_refused() -> None:
    with pytest.raises(ValueError, match="other features"):
        parse('{"features": ["luck"], "rank": {"weights": [1], "bias": 0}}')
