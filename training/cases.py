"""Questions of the public sets, asked of their archives: what is measured of each sentence, and which is right."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from assistant.choosing.features import as_matrix
from assistant.question import read_question
from assistant.quotes import PASSAGES, Choice, measured
from assistant.retriever import Retriever
from benchmarks.public import Asked, QuestionSet
from index.build import build
from index.generation import Generation
from index.hits import Filter
from index.models import model_named

Matrix = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Case:
    """One question's sentences: features of shape (sentences, features), their texts, the right ones.

    They stand in the order of their passages, best first. `right` has shape (sentences,).
    """

    asked: Asked
    matrix: Matrix
    texts: tuple[str, ...]
    right: NDArray[np.bool_]


def archive(questions: QuestionSet, work: Path) -> Retriever:
    """Build a set's archive under `work` and open it."""
    folder = work / questions.name
    questions.write(folder / "articles")
    embedder = model_named()
    build(folder / "index", [folder / "articles"], embedder)
    return Retriever.open(folder / "index", embedder)


def cases(retriever: Retriever, questions: Sequence[Asked]) -> list[Case]:
    """Measure every sentence that each question brings up."""
    generation = retriever.generation()
    found: list[Case] = []
    for number, asked in enumerate(questions):
        words = retriever.asked(generation, read_question(asked.question))
        candidates = retriever.candidates(generation, words, Filter())[:PASSAGES]
        choices = measured(generation, retriever.embedder, words, candidates)
        right = np.array([_answers(generation, asked, choice) for choice in choices], dtype=bool)
        found.append(
            Case(asked, as_matrix([c.features for c in choices]), tuple(c.text for c in choices), right)
        )
        if number % 200 == 0:
            sys.stderr.write(f"{number}/{len(questions)}\n")
    return found


def _answers(generation: Generation, asked: Asked, choice: Choice) -> bool:
    article = generation.archive.article_at(choice.candidate.passage.article).id
    start, end = choice.sentence.start, choice.sentence.end
    return any(place == article and start <= s and e <= end for place, s, e in asked.answers)
