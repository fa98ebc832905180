"""Candidates into quotes: which sentences, in which order, and is one of them an answer at all."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice

from assistant.features import Asked, Features, Line
from assistant.question import Question
from assistant.ranker import Ranker
from assistant.retriever import Candidate
from corpus.article import Sentence
from index.embedder import Embedder
from index.generation import Generation
from index.words import analyze, heading

# Of how many passages the sentences are weighed: the right one is among them for 98 % of SQuAD's
# held-out questions, see docs/quality.md.
PASSAGES = 8
# Two sentences that share this much of their words say the same thing in the same words.
_COPY = 0.8
# What another quote needs once the best one has reached the threshold: of the threshold, of the best.
_BESIDE, _OF_BEST = 0.5, 0.25


@dataclass(frozen=True, slots=True)
class Choice:
    """A sentence that may be quoted: its text, its measures, and how well it answers.

    `rank` orders the sentences of one question (log-odds, higher is better); `probability` is that
    of being an answer to it.
    """

    candidate: Candidate
    sentence: Sentence
    text: str
    features: Features
    rank: float = 0.0
    probability: float = 0.0


def choose(
    generation: Generation,
    embedder: Embedder,
    ranker: Ranker,
    question: Question,
    candidates: Sequence[Candidate],
) -> list[Choice]:
    """All sentences of the best passages, ranked, best first; copies of a better one left out."""
    choices = measured(generation, embedder, question, candidates[:PASSAGES])
    judged = [
        replace(choice, rank=rank, probability=probability)
        for choice, (rank, probability) in zip(
            choices, ranker.judge([c.features for c in choices]), strict=True
        )
    ]
    ranked = sorted(judged, key=lambda c: (-c.rank, c.candidate.passage.id, c.sentence.start))
    return list(_distinct(ranked))


def answering(choices: Sequence[Choice], threshold: float) -> list[Choice]:
    """Those of the ranked choices that answer: none unless the best one's probability reaches `threshold`.

    With an answer found, the others need less, since they are shown beside it and not instead of
    it: half the threshold, and a quarter of the best one's probability.
    """
    if not choices or choices[0].probability < threshold:
        return []
    least = max(_BESIDE * threshold, _OF_BEST * choices[0].probability)
    return [choice for choice in choices if choice.probability >= least]


def measured(
    generation: Generation, embedder: Embedder, question: Question, candidates: Sequence[Candidate]
) -> list[Choice]:
    """Every quotable sentence of the candidates, once, with its features."""
    windows = list(_windows(generation, candidates))
    encoded, *passages = embedder.encode([question.text, *(window.text for window in windows)])
    asked = Asked(question, encoded, generation.words.idf)
    choices: list[Choice] = []
    for window, passage in zip(windows, passages, strict=True):
        found = asked.measure(passage, window.text, window.heading, window.lines)
        choices.extend(
            Choice(window.candidate, sentence, line.text, features)
            for sentence, line, features in zip(window.sentences, window.lines, found, strict=True)
        )
    return choices


@dataclass(frozen=True, slots=True)
class _Window:
    """A candidate passage with its quotable sentences, those of earlier windows left out."""

    candidate: Candidate
    text: str
    heading: str
    sentences: tuple[Sentence, ...]
    lines: tuple[Line, ...]


def _windows(generation: Generation, candidates: Sequence[Candidate]) -> Iterator[_Window]:
    seen: set[tuple[int, int]] = set()
    for candidate in candidates:
        passage = candidate.passage
        article = generation.archive.article_at(passage.article)
        numbered = enumerate(generation.archive.sentences(passage.article))
        fresh = [
            (position, sentence)
            for position, sentence in islice(numbered, passage.first, passage.last + 1)
            if sentence.quotable and (passage.article, position) not in seen
        ]
        seen.update((passage.article, position) for position, _ in fresh)
        lines = (
            Line(article.text[s.start : s.end], (s.start - passage.start, s.end - passage.start), position)
            for position, s in fresh
        )
        text = article.text[passage.start : passage.end]
        yield _Window(candidate, text, heading(article), tuple(s for _, s in fresh), tuple(lines))


def _distinct(ranked: Sequence[Choice]) -> Iterator[Choice]:
    """Leave out what repeats a better choice, from the same or another article."""
    kept: list[set[str]] = []
    for choice in ranked:
        words = set(analyze(choice.text))
        if all(len(words & other) < _COPY * len(words | other) for other in kept):
            kept.append(words)
            yield choice
