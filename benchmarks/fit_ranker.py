"""Fit the sentence ranker and the answer model on public data; writes assistant/ranker.json.

    python -m benchmarks.fit_ranker ../shared/data

The ranker is a logistic model over the difference of a right and a wrong sentence's features
(pairwise logistic ranking); the answer model is a logistic model over the features of the best
sentence, right or not. Fitted on six of SQuAD's articles, WikiQA's and TREC QA's training parts
and half of CLAP NQ's questions as off-topic ones; measured on the rest.
"""

from __future__ import annotations

import hashlib
import json
import sys
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression

from assistant.features import NAMES, as_matrix
from assistant.question import read_question
from assistant.quotes import PASSAGES, measured
from assistant.retriever import Retriever
from benchmarks.public import Asked, QuestionSet, clapnq_questions, squad, trecqa, wikiqa
from index.build import build
from index.embedder import Encoded, SentenceTransformerEmbedder
from index.hits import Filter

Weights = NDArray[np.float64]

OUT = Path(__file__).parent.parent / "assistant" / "ranker.json"
WORK = Path(".onrecord/benchmarks")
OFF_TOPIC_ANSWERED = 0.05  # the share of off-topic questions that may be answered
# Archives to which CLAP NQ's questions are foreign. WikiQA's is not one: both ask Wikipedia about
# everything, so that some of the one's questions have an answer in the other.
STRANGERS = ("squad", "trecqa")


class Remembering(SentenceTransformerEmbedder):
    """Encodes each text once: thousands of questions meet the same sentences."""

    def __init__(self) -> None:
        super().__init__()
        self._seen: dict[str, Encoded] = {}

    def encode(self, texts: Sequence[str]) -> list[Encoded]:
        """Encode texts with their word pieces, in their order."""
        fresh = [text for text in dict.fromkeys(texts) if text not in self._seen]
        if fresh:
            made = super().encode(fresh)
            self._seen.update(
                (t, replace(e, pieces=e.pieces.astype(np.float16))) for t, e in zip(fresh, made, strict=True)
            )
        return [replace(e, pieces=e.pieces.astype(np.float32)) for e in (self._seen[t] for t in texts)]


@dataclass(frozen=True, slots=True)
class Case:
    """One question's sentences: features of shape (sentences, features), and which are right."""

    asked: Asked
    matrix: NDArray[np.float64]
    right: NDArray[np.bool_]


def cases(retriever: Retriever, questions: Sequence[Asked]) -> list[Case]:
    """Measure every sentence that each question brings up."""
    generation = retriever.generation()
    found = []
    for number, asked in enumerate(questions):
        question = read_question(asked.question)
        candidates = retriever.candidates(generation, question, Filter())[:PASSAGES]
        choices = measured(generation, retriever.embedder, question, candidates)
        ids = {n: generation.archive.article_at(n).id for n in {c.candidate.passage.article for c in choices}}
        right = [
            any(
                place == ids[c.candidate.passage.article]
                and c.sentence.start <= start
                and end <= c.sentence.end
                for place, start, end in asked.answers
            )
            for c in choices
        ]
        found.append(Case(asked, as_matrix([c.features for c in choices]), np.array(right, dtype=bool)))
        if number % 200 == 0:
            sys.stderr.write(f"{number}/{len(questions)}\n")
    return found


def fit_rank(train: Sequence[Case]) -> tuple[Weights, float]:
    """Weights that put right sentences above wrong ones of the same question."""
    differences = [
        case.matrix[case.right][:, None] - case.matrix[~case.right][None]
        for case in train
        if case.right.any() and not case.right.all()
    ]
    pairs = np.concatenate([d.reshape(-1, len(NAMES)) for d in differences])
    weight = np.concatenate([np.full(d.shape[0] * d.shape[1], 1 / d.shape[1]) for d in differences])
    both = np.concatenate([pairs, -pairs])
    labels = np.repeat([1, 0], len(pairs))
    model = LogisticRegression(C=1.0, fit_intercept=False, max_iter=1000)
    model.fit(both, labels, sample_weight=np.tile(weight, 2))
    return model.coef_[0], 0.0


def best(
    cases_: Sequence[Case], weights: NDArray[np.float64]
) -> tuple[NDArray[np.float64], NDArray[np.bool_]]:
    """Features of each question's best sentence, shape (questions, features), and whether it is right."""
    tops = [int(np.argmax(case.matrix @ weights)) for case in cases_]
    rows = np.array([case.matrix[top] for case, top in zip(cases_, tops, strict=True)])
    return rows, np.array([bool(case.right[top]) for case, top in zip(cases_, tops, strict=True)])


def fit_answer(train: Sequence[Case], weights: Weights) -> tuple[Weights, float]:
    """Weights that tell a right best sentence from a wrong one."""
    rows, right = best(train, weights)
    model = LogisticRegression(C=1.0, max_iter=1000).fit(rows, right)
    return model.coef_[0], float(model.intercept_[0])


def measure_set(questions: QuestionSet, off_topic: Sequence[str]) -> tuple[list[Case], list[Case]]:
    """Build a set's archive and ask it its own questions and foreign ones."""
    folder = WORK / questions.name
    questions.write(folder / "articles")
    embedder = Remembering()
    build(folder / "index", [folder / "articles"], embedder)
    retriever = Retriever.open(folder / "index", embedder)
    strange = [Asked(q, (), held_out=n % 2 == 1) for n, q in enumerate(off_topic)]
    return cases(retriever, questions.asked), cases(retriever, strange)


def main(data: Path) -> None:
    """Build the archives, measure, fit, report and write."""
    foreign = clapnq_questions(data)
    measured_sets = {q.name: measure_set(q, foreign) for q in (squad(data), wikiqa(data), trecqa(data))}
    fitted = [
        case
        for own, strange in measured_sets.values()
        for case in (*own, *strange)
        if not case.asked.held_out
    ]
    rank = fit_rank(fitted)
    answer = fit_answer(fitted, rank[0])
    held_out = {
        name: ([c for c in own if c.asked.held_out], [c for c in strange if c.asked.held_out])
        for name, (own, strange) in measured_sets.items()
    }
    threshold = report(held_out, rank[0], answer)
    write(data, rank, answer, threshold)


def sure(found: Sequence[Case], rank: Weights, answer: tuple[Weights, float]) -> Weights:
    """How likely each question's best sentence is an answer, as `quotes.answering` takes it."""
    return np.asarray(1 / (1 + np.exp(-(best(found, rank)[0] @ answer[0] + answer[1]))), dtype=np.float64)


def report(
    held_out: dict[str, tuple[list[Case], list[Case]]], rank: Weights, answer: tuple[Weights, float]
) -> float:
    """Print the rates on questions not fitted on; returns the threshold."""
    foreign = [sure(strange, rank, answer) for name, (_, strange) in held_out.items() if name in STRANGERS]
    threshold = float(np.quantile(np.concatenate(foreign), 1 - OFF_TOPIC_ANSWERED))
    print(f"threshold {threshold:.3f}")
    for name, (own, strange) in held_out.items():
        good, others = [c for c in own if c.asked.answers], [c for c in own if not c.asked.answers]
        answered = [
            float(np.mean(sure(c, rank, answer) >= threshold)) if c else 0.0 for c in (good, others, strange)
        ]
        third = [bool(c.right[np.argsort(-(c.matrix @ rank))[:3]].any()) for c in good]
        print(
            f"{name}: {len(good)} answerable, {len(others)} unanswerable, {len(strange)} off-topic questions"
        )
        print(f"  among those weighed {np.mean([c.right.any() for c in good]):.3f},", end=" ")
        print(f"right first {best(good, rank)[1].mean():.3f}, among the first 3 {np.mean(third):.3f}")
        print(
            "  answered: {:.3f} of answerable, {:.3f} of unanswerable, {:.3f} of off-topic".format(*answered)
        )
    for name, weight, other in zip(NAMES, rank, answer[0], strict=True):
        print(f"  {name:18} rank {weight:+.2f}  answer {other:+.2f}")
    return threshold


def write(
    data: Path,
    rank: tuple[Weights, float],
    answer: tuple[Weights, float],
    threshold: float,
) -> None:
    """Write the weights with the digest of what they were fitted on."""
    digest = hashlib.sha256((data / "squad2_dev_part.json").read_bytes()).hexdigest()
    models = {
        name: {"weights": [round(float(w), 4) for w in weights], "bias": round(bias, 4)}
        for name, (weights, bias) in (("rank", rank), ("answer", answer))
    }
    values = {
        "about": "fitted by benchmarks/fit_ranker.py on parts of SQuAD 2.0, WikiQA, TREC QA and CLAP NQ",
        "data_sha256": digest,
        "features": list(NAMES),
        **models,
        "threshold": round(threshold, 4),
    }
    OUT.write_text(json.dumps(values, indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
