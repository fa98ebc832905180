"""Public question sets as groups: a question, texts that may answer it, and which one does.

A group without a right text teaches silence: nothing among its texts answers the question.
"""

from __future__ import annotations

import json
import random
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

import numpy as np

from benchmarks.public import Asked, QuestionSet, plain, squad, trecqa, wikiqa
from corpus.sentences import split_sentences
from index.embedder import Vectors

Embed = Callable[[Sequence[str]], Vectors]

# How many wrong texts stand beside a right one, and how many in a group without one.
_WRONG, _SILENT = 2, 2
_NEAR = 12  # wrong texts are drawn from the nearest ones
_NEIGHBOURS = 3  # lines before and after the right one, of which one is drawn
_EXCHANGED = 0.6  # the share of questions that come again with a name or number exchanged, where they can


@dataclass(frozen=True, slots=True)
class Sentence:
    """A quotable sentence of the article `place`, `text[start:end]` there."""

    place: str
    start: int
    end: int
    text: str

    def answers(self, asked: Asked) -> bool:
        """Whether it holds one of a question's answers."""
        return any(self.place == p and self.start <= s and e <= self.end for p, s, e in asked.answers)


@dataclass(frozen=True, slots=True)
class Group:
    """A question and the texts to choose from; the first one is right, where any is."""

    question: str
    texts: tuple[str, ...]
    answered: bool


def groups(data: Path, embed: Embed, seed: int) -> list[Group]:
    """Every group of the public sets that the cross-encoder may learn from, in a fixed order."""
    rng = random.Random(seed)  # noqa: S311 - not for secrets
    return [
        *squad_lines(data, embed, rng),
        *squad_articles(data, embed, rng),
        *judged(wikiqa(data), rng),
        *judged(trecqa(data), rng),
        *clapnq(data, rng),
    ]


def squad_lines(data: Path, embed: Embed, rng: random.Random) -> list[Group]:
    """SQuAD's training questions, each with its sentence; wrong ones stand near it in text or meaning.

    Of those that share a name or a number with their sentence, most come a second time with that
    one exchanged: a question that its sentence contradicts.
    """
    sentences, questions = (
        [plain(line) for line in (data / "qa_pairs" / f"squad_{what}.txt").read_text("utf-8").splitlines()]
        for what in ("sentences", "questions")
    )
    lines = [text for text, _ in groupby(sentences)]
    place = {text: at for at, text in enumerate(lines)}
    vectors = embed(lines)
    swap = Swap.of(data)
    found: list[Group] = []
    for question, text, vector in zip(questions, sentences, embed(questions), strict=True):
        near = [lines[i] for i in _nearest(vectors, vector, _NEAR) if lines[i] != text]
        around = [line for line in _around(lines, place[text]) if line != text]
        wrong = (*rng.sample(near, _WRONG - 1), rng.choice(around))
        found.append(Group(question, (text, *wrong), answered=True))
        found.extend(_contradicted(found[-1], swap, rng))
    return found


def _around(lines: Sequence[str], at: int) -> Sequence[str]:
    return lines[max(0, at - _NEIGHBOURS) : at + _NEIGHBOURS + 1]


def _contradicted(group: Group, swap: Swap, rng: random.Random) -> Iterator[Group]:
    """The group's question exchanged, or, by chance and where nothing can be, none."""
    changed = swap.exchange(group.question, group.texts[0], rng)
    if changed and rng.random() < _EXCHANGED:
        yield Group(changed, group.texts[:_SILENT], answered=False)


def squad_articles(data: Path, embed: Embed, rng: random.Random) -> list[Group]:
    """SQuAD 2.0's articles set aside for this, with their questions that have no answer."""
    questions = squad(data)
    texts = {f"squad.jsonl#{n}": r["text"] for n, r in enumerate(questions.records, 1)}
    asked = [a for a in questions.asked if a.part == "read"]
    spans = sorted({span for a in asked for span in _sentences(a.place, texts[a.place])})
    pool = [Sentence(place, start, end, texts[place][start:end]) for place, start, end in spans]
    vectors = embed([sentence.text for sentence in pool])
    found: list[Group] = []
    for a, vector in zip(asked, embed([a.question for a in asked]), strict=True):
        nearest = [pool[i] for i in _nearest(vectors, vector, _NEAR)]
        right = [sentence for sentence in pool if sentence.answers(a)]
        if right:
            found.append(_answered(a, right, nearest, rng))
        elif not a.answers:
            found.append(_unanswered(a, nearest))
    return found


def _answered(
    asked: Asked, right: Sequence[Sentence], nearest: Sequence[Sentence], rng: random.Random
) -> Group:
    wrong = [sentence.text for sentence in nearest if sentence not in right]
    return Group(asked.question, (right[0].text, *rng.sample(wrong, _WRONG)), answered=True)


def _unanswered(asked: Asked, nearest: Sequence[Sentence]) -> Group:
    """The question with the nearest sentences, those of the paragraph it was asked of before others."""
    own = [sentence.text for sentence in nearest if sentence.place == asked.place][:_SILENT]
    texts = dict.fromkeys([*own, *(sentence.text for sentence in nearest)])
    return Group(asked.question, tuple(texts)[:_SILENT], answered=False)


def judged(questions: QuestionSet, rng: random.Random) -> list[Group]:
    """WikiQA's and TREC QA's training questions with the sentences that people judged."""
    return [g for a in questions.asked if a.part == "read" for g in _judged(a.question, a.judged, rng)]


def clapnq(data: Path, rng: random.Random) -> list[Group]:
    """Every second question of CLAP NQ's development part, with its own passage."""
    found: list[Group] = []
    for kind in ("answerable", "unanswerable"):
        path = data / "clapnq" / "annotated_data" / "dev" / f"clapnq_dev_{kind}.jsonl"
        for line in path.read_text("utf-8").splitlines()[::2]:
            values = json.loads(line)
            right = {plain(s) for out in values["output"] for s in out.get("selected_sentences", ())}
            lines = [plain(s) for p in values["passages"] for s in p["sentences"] if s.strip()]
            found.extend(_judged(values["input"], [(text, text in right) for text in lines], rng))
    return found


def _judged(question: str, texts: Sequence[tuple[str, bool]], rng: random.Random) -> Iterator[Group]:
    right = [text for text, good in texts if good]
    wrong = [text for text, good in texts if not good]
    if right:
        some = rng.sample(wrong, min(_WRONG, len(wrong)))
        yield Group(question, (rng.choice(right), *some), answered=True)
    elif wrong:
        yield Group(question, tuple(rng.sample(wrong, min(_SILENT, len(wrong)))), answered=False)


def _sentences(place: str, text: str) -> list[tuple[str, int, int]]:
    return [(place, s.start, s.end) for s in split_sentences(text, 0, None) if s.quotable]


def _nearest(vectors: Vectors, vector: Vectors, k: int) -> list[int]:
    scores = vectors @ vector
    top = np.argpartition(-scores, k)[:k]
    return [int(i) for i in top[np.argsort(-scores[top])]]


_NUMBER = re.compile(r"\d[\d,.]*")
_WORD = re.compile(r"[^\W\d_]{3,}")
_CAPITAL = re.compile(r"(?<=[a-z,] )[A-Z][a-z]{2,}")
_LOWER = re.compile(r"\b[a-z]{3,}\b")


@dataclass(frozen=True, slots=True)
class Swap:
    """Exchanges a name for another name, a number for another number.

    A word is a name when texts with capitals print it with one inside a sentence, nine times in
    ten and more; training sentences come in lower case.
    """

    names: tuple[str, ...]

    @classmethod
    def of(cls, data: Path) -> Swap:
        """Learn the names from texts with capitals."""
        news = (data / "fa-kes" / "FA-KES-Dataset.csv").read_text("cp1252", "replace")
        text = " ".join([news, *(record["text"] for record in squad(data).records)])
        upper: dict[str, int] = {}
        lower: dict[str, int] = {}
        for m in _CAPITAL.finditer(text):
            upper[m.group().lower()] = upper.get(m.group().lower(), 0) + 1
        for m in _LOWER.finditer(text):
            lower[m.group()] = lower.get(m.group(), 0) + 1
        names = (w for w, n in upper.items() if n >= 2 and n >= 9 * lower.get(w, 0))
        return cls(tuple(sorted(names)))

    def exchange(self, question: str, text: str, rng: random.Random) -> str | None:
        """The question with one shared name or number exchanged; None where they share none."""
        known = set(self.names)
        numbers = [m for m in _NUMBER.finditer(question) if m.group().rstrip(".,") in text]
        words = [m for m in _WORD.finditer(question) if m.group() in known and m.group() in text]
        if not (numbers or words):
            return None
        chosen = rng.choice([*numbers, *words])
        other = _other_number(chosen.group(), rng) if chosen in numbers else rng.choice(self.names)
        if other in text:
            return None
        return question[: chosen.start()] + other + question[chosen.end() :]


def _other_number(number: str, rng: random.Random) -> str:
    digits = number.rstrip(".,").replace(",", "")
    if re.fullmatch(r"1\d{3}|20\d\d", digits):
        return str(int(digits) + rng.choice([-1, 1]) * rng.choice([1, 2, 3, 5, 10, 20, 50]))
    return str(rng.randint(2, 9) * 10 ** max(0, len(digits) - 1) + rng.randint(0, 9))
