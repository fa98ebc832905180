"""Fit the four logistic models of assistant/choosing/ranker.json; part of `make train`.

`glance` and `rank` are logistic models over the difference of a right and a wrong sentence's
features (pairwise logistic ranking); `answer` is one over the features of the best sentence, right
or not; `topic` one that tells the best sentence of a question the archive answers from that of a
foreign one. The cross-encoder has seen the answers of the questions set aside for it, so what
weighs its reading is fitted on others; the test part is only measured.
"""

from __future__ import annotations

import hashlib
import json
import sys
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from sklearn.linear_model import LogisticRegression

from assistant.choosing.cross_encoder import CrossEncoder
from assistant.choosing.ranker import READ, Logistic, Ranker, Reader
from assistant.evaluation.confidence import calibration
from assistant.quotes import SHORTLIST
from benchmarks.public import Part, QuestionSet, squad, strangers, trecqa, wikiqa
from training.cases import Case, Matrix, archive, cases
from training.reliability import OUT as OUT_DIAGRAM
from training.reliability import diagram

OUT = Path(__file__).parent.parent / "assistant" / "choosing" / "ranker.json"
WORK = Path(".onrecord/training")
# What is measured of a sentence itself. Its passage, heading and place bear on whether the archive speaks
# of what is asked: `topic` weighs them, and `answer` would learn the same of them again.
OF_THE_SENTENCE = (
    "cosine", "meaning", "weakest", "overlap", "kind", "counted", "contradicted", "length", "reading",
)  # fmt: skip
OFF_TOPIC_ANSWERED = 0.03  # the share of off-topic questions that may be answered
# Whose questions, sentences and labels are fitted on: the parts that benchmarks/public.py calls "fit".
FITTED_ON = (
    "squad2_dev_part.json",
    "qa_pairs/wikiqa/dev_id.txt",
    "qa_pairs/wikiqa/dev_a.toks",
    "qa_pairs/wikiqa/dev_b.toks",
    "qa_pairs/wikiqa/dev_sim.txt",
    "qa_pairs/trecqa/DEV.xml",
    "clapnq/retrieval/train/question_train_answerable.tsv",
)
# Whose sentences stand in the same archives. They are wrong ones to choose from, so they bear on the
# weights; neither these parts' questions nor their labels do.
ASKED_AMONG = (
    "qa_pairs/wikiqa/train_id.txt",
    "qa_pairs/wikiqa/train_b.toks",
    "qa_pairs/wikiqa/test_id.txt",
    "qa_pairs/wikiqa/test_b.toks",
    "qa_pairs/trecqa/TRAIN.xml",
    "qa_pairs/trecqa/TEST.xml",
)
# Archives to which CLAP NQ's questions are foreign. WikiQA's is not one: both ask Wikipedia about
# everything, so that some of the one's questions have an answer in the other.
STRANGERS = ("squad", "trecqa")


@dataclass(frozen=True, slots=True)
class Measured:
    """A question set's own questions and foreign ones, measured."""

    name: str
    own: list[Case]
    strange: list[Case]

    def part(self, part: Part) -> Measured:
        """The questions of one part."""
        own, strange = ([c for c in some if c.asked.part == part] for some in (self.own, self.strange))
        return Measured(self.name, own, strange)

    def read(self, glance: Logistic, reader: Reader) -> Measured:
        """The likeliest sentences of each question, with what the cross-encoder reads in them."""
        own, strange = ([read_closely(c, glance, reader) for c in some] for some in (self.own, self.strange))
        return Measured(self.name, own, strange)


def read_closely(case: Case, glance: Logistic, reader: Reader) -> Case:
    """A case cut to its shortlist, with one more column: the reading."""
    # Unlike `quotes.choose`, this leaves copies in, and orders what is contradicted like the rest. So a
    # sentence that several articles print takes several of the six places and counts several times in
    # the fit, and the rates that are reported are of shortlists with copies, not of those a user gets:
    # too low where copies push the right sentence out, too high where `choose` would drop the right one
    # as the copy of another. Of TREC QA's 7,383 sentences 642 stand there more than once.
    short = np.argsort(-glance.log_odds(case.matrix), kind="stable")[:SHORTLIST]
    texts = tuple(case.texts[i] for i in short)
    readings = reader.read(case.asked.question, texts)
    return Case(case.asked, np.column_stack([case.matrix[short], readings]), texts, case.right[short])


def fit_rank(train: Sequence[Case]) -> Logistic:
    """Weights that put right sentences above wrong ones of the same question."""
    differences = [
        case.matrix[case.right][:, None] - case.matrix[~case.right][None]
        for case in train
        if case.right.any() and not case.right.all()
    ]
    pairs = np.concatenate([d.reshape(-1, d.shape[-1]) for d in differences])
    weight = np.concatenate([np.full(d.shape[0] * d.shape[1], 1 / d.shape[1]) for d in differences])
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


def fit_answer(train: Sequence[Case], rank: Logistic, columns: Sequence[int]) -> Logistic:
    """Weights of these columns that tell a right best sentence from a wrong one; the others get none."""
    rows, right = best(train, rank)
    model = LogisticRegression(C=1.0, max_iter=1000).fit(rows[:, columns], right)
    weights = np.zeros(rows.shape[1])
    weights[columns] = model.coef_[0]
    return Logistic(weights, float(model.intercept_[0]))


def fit_topic(answerable: Sequence[Case], strange: Sequence[Case], rank: Logistic) -> Logistic:
    """Weights that tell the best sentence of an answerable question from that of a foreign one."""
    rows = np.concatenate([best(answerable, rank)[0], best(strange, rank)[0]])
    labels = np.repeat([1, 0], [len(answerable), len(strange)])
    model = LogisticRegression(C=1.0, max_iter=3000, class_weight="balanced").fit(rows, labels)
    return Logistic(model.coef_[0], float(model.intercept_[0]))


def fit(found: Sequence[Measured], reader: Reader) -> tuple[Ranker, list[Measured]]:
    """The ranker, and the test questions as it saw them."""
    glance = fit_rank([c for m in found for c in m.part("fit").own])
    train = [m.part("fit").read(glance, reader) for m in found]
    rank = fit_rank([c for m in train for c in m.own])
    alone = [READ.index(name) for name in OF_THE_SENTENCE]
    answer = fit_answer([c for m in train for c in (*m.own, *m.strange)], rank, alone)
    judged_by = [m for m in train if m.name in STRANGERS]
    strange = [c for m in judged_by for c in m.strange]
    topic = fit_topic([c for m in judged_by for c in m.own if c.asked.answers], strange, rank)
    ranker = Ranker(glance, rank, topic, answer, 0.0)
    threshold = float(np.quantile(sure(strange, ranker), 1 - OFF_TOPIC_ANSWERED))
    test = [m.part("test").read(glance, reader) for m in found]
    return replace(ranker, threshold=threshold), test


def sure(found: Sequence[Case], ranker: Ranker) -> Matrix:
    """How likely each question's best sentence is an answer, as `quotes.answering` takes it."""
    return ranker.probability(best(found, ranker.rank)[0])


def judged(ranker: Ranker, found: Sequence[Measured]) -> list[tuple[float, bool]]:
    """Each question's probability, and whether its best sentence is right."""
    pairs: list[tuple[float, bool]] = []
    for m in found:
        some = [*m.own, *m.strange] if m.name in STRANGERS else m.own
        rows, right = best(some, ranker.rank)
        pairs += zip(ranker.probability(rows).tolist(), right.tolist(), strict=True)
    return pairs


def report(ranker: Ranker, test: Sequence[Measured]) -> None:
    """Print the rates on the test questions, the calibration, and the weights."""
    print(f"threshold {ranker.threshold:.3f}")
    for m in test:
        _print_rates(ranker, m)
    calibrated = calibration(judged(ranker, test))
    print(f"Brier score {calibrated.brier}")
    for bin_ in calibrated.bins:
        print(f"  {bin_.low:.1f}-{bin_.high:.1f} {bin_.count:5} {bin_.mean_probability} {bin_.share_right}")
    OUT_DIAGRAM.write_text(diagram(calibrated), "utf-8")
    models = (ranker.rank.weights, ranker.topic.weights, ranker.answer.weights)
    for name, rank, topic, answer in zip(READ, *models, strict=True):
        print(f"  {name:18} rank {rank:+.2f}  topic {topic:+.2f}  answer {answer:+.2f}")


def _print_rates(ranker: Ranker, m: Measured) -> None:
    good, others = [c for c in m.own if c.asked.answers], [c for c in m.own if not c.asked.answers]
    print(f"{m.name}: {len(good)} answerable, {len(others)} unanswerable, {len(m.strange)} off-topic")
    third = [bool(c.right[np.argsort(-ranker.rank.log_odds(c.matrix))[:3]].any()) for c in good]
    print(f"  on the shortlist {np.mean([c.right.any() for c in good]):.3f},", end=" ")
    print(f"right first {best(good, ranker.rank)[1].mean():.3f}, in the first 3 {np.mean(third):.3f}")
    rates = [
        float(np.mean(sure(some, ranker) >= ranker.threshold)) if some else np.nan
        for some in (good, others, m.strange)
    ]
    print("  answered: {:.3f} of answerable, {:.3f} of unanswerable, {:.3f} of off-topic".format(*rates))


def write(data: Path, ranker: Ranker) -> None:
    """Write the weights with the digests of the files they come from."""
    models = {
        name: {"weights": [round(float(w), 4) for w in model.weights], "bias": round(model.bias, 4)}
        for name, model in (
            ("glance", ranker.glance),
            ("rank", ranker.rank),
            ("topic", ranker.topic),
            ("answer", ranker.answer),
        )
    }
    values = {
        "about": "fitted by training/fit_ranker.py on parts of SQuAD 2.0, WikiQA, TREC QA and CLAP NQ",
        "fitted_on": digests(data, FITTED_ON),
        "asked_among": digests(data, ASKED_AMONG),
        "features": list(READ),
        **models,
        "threshold": round(ranker.threshold, 4),
    }
    OUT.write_text(json.dumps(values, indent=1) + "\n", "utf-8")


def digests(data: Path, names: Sequence[str]) -> dict[str, str]:
    """The SHA-256 of files under the folder of the public data, by their name there."""
    return {name: hashlib.sha256((data / name).read_bytes()).hexdigest() for name in names}


def measure(questions: QuestionSet, data: Path) -> Measured:
    """Ask a set's archive its own questions and foreign ones."""
    retriever = archive(questions, WORK)
    asked = [a for a in questions.asked if a.part != "read"]
    return Measured(questions.name, cases(retriever, asked), cases(retriever, strangers(data)))


def main(data: Path) -> None:
    """Build the archives, measure, fit, report and write."""
    found = [measure(questions, data) for questions in (squad(data), wikiqa(data), trecqa(data))]
    ranker, test = fit(found, CrossEncoder())
    report(ranker, test)
    write(data, ranker)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
