"""Fit assistant/selection/weights.json: how a reading and a passage's nearness are weighed; part of `make train`.

    python -m training.reader.weigh DATA

`rank` is a logistic model over the difference of a right and a wrong sentence's columns (pairwise logistic ranking);
`answer` is one that tells the best sentences of questions that have an answer from those of others, brought to the
share of them that is right. Both are fitted on the stories that the
reader was not trained on and on the parts of the public sets that benchmarks/public.py calls "fit", asked of whole
archives; questions without an answer among them.
"""

from __future__ import annotations

import hashlib
import json
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from sklearn.linear_model import LogisticRegression

from assistant.evaluation.confidence import calibration
from assistant.selection.judge import COLUMNS, Judge, Logistic, Matrix, Weights
from benchmarks.public import QuestionSet, squad, strangers, trecqa, wikiqa
from training.news.archive import HELD_OUT, held_out
from training.news.stories import FOLDER, archives
from training.reader.cases import Case, archive, cases
from training.reliability import OUT as OUT_DIAGRAM
from training.reliability import diagram

OUT = Path(__file__).parents[2] / "assistant" / "selection" / "weights.json"
WORK = Path(".onrecord/training")
# The share of the stories' questions without an answer, most of them near misses, that may be answered.
FALSELY_ANSWERED = 0.1
FITTED_ON = (
    "squad2_dev_part.json",
    "qa_pairs/wikiqa/dev_id.txt",
    "qa_pairs/wikiqa/dev_a.toks",
    "qa_pairs/wikiqa/dev_b.toks",
    "qa_pairs/wikiqa/dev_sim.txt",
    "qa_pairs/trecqa/DEV.xml",
    "clapnq/retrieval/train/question_train_answerable.tsv",
)
# Archives to which CLAP NQ's questions are foreign; some of WikiQA's pages answer some of them.
STRANGERS = ("squad", "trecqa")
_STRANGERS = 100  # of CLAP NQ's questions


@dataclass(frozen=True, slots=True)
class Measured:
    """A question set's own questions and foreign ones, asked of its archive."""

    name: str
    own: list[Case]
    strange: list[Case]


def fit_rank(train: Sequence[Case]) -> Logistic:
    """Weights that put right sentences above wrong ones of the same question."""
    differences = [
        case.matrix[case.right][:, None] - case.matrix[~case.right][None]
        for case in train
        if case.right.any() and not case.right.all()
    ]
    pairs = np.concatenate([d.reshape(-1, d.shape[-1]) for d in differences])
    weight = np.concatenate(
        [np.full(d.shape[0] * d.shape[1], 1 / (d.shape[0] * d.shape[1])) for d in differences]
    )
    both = np.concatenate([pairs, -pairs])
    labels = np.repeat([1, 0], len(pairs))
    model = LogisticRegression(C=1.0, fit_intercept=False, max_iter=1000)
    model.fit(both, labels, sample_weight=np.tile(weight, 2))
    return Logistic(model.coef_[0], 0.0)


def best(found: Sequence[Case], rank: Logistic) -> tuple[Matrix, Matrix]:
    """Columns of each question's best sentence, shape (questions, columns), and whether it is right."""
    tops = [int(np.argmax(rank.log_odds(case.matrix))) for case in found]
    rows = np.array([case.matrix[top] for case, top in zip(found, tops, strict=True)])
    return rows, np.array([bool(case.right[top]) for case, top in zip(found, tops, strict=True)])


def fit_answer(
    answerable: Sequence[Case], near_misses: Sequence[Case], off_topic: Sequence[Case], rank: Logistic
) -> Logistic:
    """How likely the best sentence is right, by what tells questions that have an answer from those that don't.

    The direction is that of a logistic model between the best sentences of both, where near misses and questions off
    the topic count alike and together as much as the answerable; how far along it how many are right is then read off
    by another one of that one number.
    """
    rows, right = best([*answerable, *near_misses, *off_topic], rank)
    sizes = [len(answerable), len(near_misses), len(off_topic)]
    weights = np.repeat([2 / max(1, sizes[0]), 1 / max(1, sizes[1]), 1 / max(1, sizes[2])], sizes) * len(rows)
    tells = LogisticRegression(C=1.0, max_iter=1000)
    tells.fit(rows, np.repeat([1, 0, 0], sizes), sample_weight=weights)
    along = rows @ tells.coef_[0]
    scale = LogisticRegression(C=1.0, max_iter=1000).fit(along[:, None], right)
    return Logistic(tells.coef_[0] * scale.coef_[0, 0], float(scale.intercept_[0]))


def fit(found: Sequence[Measured]) -> Weights:
    """The weights, and the threshold at which the stated share of unanswerable questions is answered."""
    own = [c for m in found for c in m.own]
    rank = fit_rank(own)
    near_misses = [c for m in found if m.name == "stories" for c in m.own if not c.asked.answers]
    answerable = [c for c in own if c.asked.answers]
    answer = fit_answer(answerable, near_misses, [c for m in found for c in m.strange], rank)
    sure = answer.probability(best(near_misses, rank)[0])
    return Weights(rank, answer, float(np.quantile(sure, 1 - FALSELY_ANSWERED)))


def report(weights: Weights, found: Sequence[Measured]) -> None:
    """Print the rates on the questions fitted on, the calibration, and the weights."""
    print(f"threshold {weights.threshold:.3f}")
    pairs: list[tuple[float, bool]] = []
    for m in found:
        _print_rates(weights, m)
        rows, right = best([*m.own, *m.strange], weights.rank)
        pairs += zip(weights.answer.probability(rows).tolist(), right.tolist(), strict=True)
    calibrated = calibration(pairs)
    print(f"Brier score {calibrated.brier}")
    OUT_DIAGRAM.write_text(diagram(calibrated), "utf-8")
    for name, rank, answer in zip(COLUMNS, weights.rank.weights, weights.answer.weights, strict=True):
        print(f"  {name:18} rank {rank:+.3f}  answer {answer:+.3f}")


def _print_rates(weights: Weights, m: Measured) -> None:
    good, others = [c for c in m.own if c.asked.answers], [c for c in m.own if not c.asked.answers]
    third = [bool(c.right[np.argsort(-weights.rank.log_odds(c.matrix))[:3]].any()) for c in good]
    print(f"{m.name}: {len(good)} answerable, {len(others)} unanswerable, {len(m.strange)} off-topic")
    print(f"  read {np.mean([c.right.any() for c in good]):.3f},", end=" ")
    print(f"right first {best(good, weights.rank)[1].mean():.3f}, in the first 3 {np.mean(third):.3f}")
    rates = [
        float(np.mean(weights.answer.probability(best(some, weights.rank)[0]) >= weights.threshold))
        if some
        else np.nan
        for some in (good, others, m.strange)
    ]
    print("  answered: {:.3f} of answerable, {:.3f} of unanswerable, {:.3f} of off-topic".format(*rates))


def write(data: Path, weights: Weights) -> None:
    """Write the weights with the digests of the files they come from."""
    models = {
        name: {"weights": [round(float(w), 4) for w in model.weights], "bias": round(model.bias, 4)}
        for name, model in (("rank", weights.rank), ("answer", weights.answer))
    }
    files = {name: data / name for name in FITTED_ON}
    files |= {f"training/news/{name}.txt": FOLDER / f"{name}.txt" for name in sorted(HELD_OUT)}
    values = {
        "about": "fitted by training/reader/weigh.py on stories held out, SQuAD 2.0, WikiQA, TREC QA and CLAP NQ",
        "fitted_on": {name: hashlib.sha256(path.read_bytes()).hexdigest() for name, path in files.items()},
        "columns": list(COLUMNS),
        **models,
        "threshold": round(weights.threshold, 4),
    }
    OUT.write_text(json.dumps(values, indent=1) + "\n", "utf-8")


def measure(questions: QuestionSet, data: Path, judge: Judge) -> Measured:
    """Ask a set's archive its own questions for fitting, and foreign ones."""
    retriever = archive(questions, WORK)
    own = cases(retriever, judge, [a for a in questions.asked if a.part == "fit"])
    foreign = (
        [a for a in strangers(data) if a.part == "fit"][:_STRANGERS] if questions.name in STRANGERS else []
    )
    return Measured(questions.name, own, cases(retriever, judge, foreign))


def main(data: Path) -> None:
    """Build the archives, ask, fit, report and write."""
    nothing = Logistic(np.zeros(len(COLUMNS)), 0.0)
    judge = Judge(weights=Weights(nothing, nothing, 1.0))
    sets = (held_out(archives()), squad(data), wikiqa(data), trecqa(data))
    found = [measure(questions, data, judge) for questions in sets]
    weights = fit(found)
    report(weights, found)
    write(data, weights)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
