"""Questions of an archive, asked: what is weighed of each sentence that was read, and which is right."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from assistant.query.question import read_question
from assistant.retrieval.retriever import Retriever
from assistant.retrieval.snapshot import Snapshot
from assistant.selection.judge import Judge, Matrix
from assistant.selection.ranking import Choice, columns, read, with_further_sources
from benchmarks.public import Asked, QuestionSet
from index.build.build import build
from index.filters import Filter
from index.models.by_name import model_named


@dataclass(frozen=True, slots=True)
class Case:
    """One question's sentences: a matrix of shape (sentences, columns), and the right ones, shape (sentences,)."""

    asked: Asked
    matrix: Matrix
    right: NDArray[np.bool_]


def archive(questions: QuestionSet, work: Path) -> Retriever:
    """Build a set's archive under `work` and open it."""
    folder = work / questions.name
    questions.write(folder / "articles")
    embedder = model_named()
    build(folder / "index", [folder / "articles"], embedder)
    return Retriever.open(folder / "index", embedder)


def cases(retriever: Retriever, judge: Judge, questions: Sequence[Asked]) -> list[Case]:
    """Read what each question brings up; a question that brings up nothing is left out."""
    snapshot = retriever.snapshot()
    found: list[Case] = []
    for number, asked in enumerate(questions):
        words = retriever.asked(snapshot.generation, read_question(asked.question))
        candidates = with_further_sources(snapshot, retriever.candidates(snapshot, words, Filter()))
        choices = read(snapshot, judge, words, candidates)
        if choices:
            right = np.array([_answers(snapshot, asked, choice) for choice in choices], dtype=bool)
            found.append(Case(asked, columns(choices), right))
        if number % 200 == 0:
            sys.stderr.write(f"{number}/{len(questions)}\n")
    return found


def _answers(snapshot: Snapshot, asked: Asked, choice: Choice) -> bool:
    article = snapshot.document(choice.candidate.passage.article).article.id
    start, end = choice.sentence.start, choice.sentence.end
    return any(place == article and start < e and s < end for place, s, e in asked.answers)
