"""Candidates into quotes: which sentences, in which order, and is one of them an answer at all."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from assistant.features import Context, Features, Met, measure, meet, piece_weights
from assistant.question import Question
from assistant.ranker import Ranker
from assistant.retriever import Candidate
from corpus.article import Sentence
from index.embedder import Embedder
from index.generation import Generation
from index.words import analyze, heading

# Of how many passages the sentences are weighed; the gold sentence is among those of the first
# five for 96 % of questions.
PASSAGES = 8
# Two sentences that share this much of their words say the same thing in the same words.
_COPY = 0.8


@dataclass(frozen=True, slots=True)
class Choice:
    """A sentence that may be quoted: its text, its measures, and how well it answers.

    `rank` orders sentences of one question; `probability` is that of being an answer to it.
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


def measured(
    generation: Generation, embedder: Embedder, question: Question, candidates: Sequence[Candidate]
) -> list[Choice]:
    """Every quotable sentence of the candidates, once, with its features."""
    windows = list(_windows(generation, candidates))
    texts = [question.text, *(line.text for window in windows for line in window.lines)]
    asked, *encoded = embedder.encode(texts)
    weights = piece_weights(question, asked, generation.words.idf)
    choices: list[Choice] = []
    for window in windows:
        count = len(window.lines)
        met, encoded = meet(asked, weights, encoded[:count]), encoded[count:]
        choices.extend(_choices(generation, question, window, met))
    return choices


@dataclass(frozen=True, slots=True)
class _Line:
    position: int
    sentence: Sentence
    text: str


@dataclass(frozen=True, slots=True)
class _Window:
    """A candidate passage with its quotable sentences."""

    candidate: Candidate
    context: Context
    lines: tuple[_Line, ...]


def _windows(generation: Generation, candidates: Sequence[Candidate]) -> Iterator[_Window]:
    seen: set[tuple[int, int]] = set()
    for candidate in candidates:
        passage = candidate.passage
        article = generation.archive.article_at(passage.article)
        sentences = generation.archive.sentences(passage.article)[passage.first : passage.last + 1]
        fresh = [
            _Line(position, sentence, article.text[sentence.start : sentence.end])
            for position, sentence in enumerate(sentences, passage.first)
            if sentence.quotable and (passage.article, position) not in seen
        ]
        seen.update((passage.article, line.position) for line in fresh)
        context = Context(
            article.text[passage.start : passage.end],
            heading(article),
            candidate.score,
            candidate.cosine or 0.0,
            candidate.words or 0.0,
        )
        yield _Window(candidate, context, tuple(fresh))


def _choices(
    generation: Generation, question: Question, window: _Window, met: Sequence[Met]
) -> Iterator[Choice]:
    idf = generation.words.idf
    for line, m in zip(window.lines, met, strict=True):
        features = measure(question, line.text, window.context, idf, met=m, position=line.position)
        yield Choice(window.candidate, line.sentence, line.text, features)


def _distinct(ranked: Sequence[Choice]) -> Iterator[Choice]:
    """Leave out what repeats a better choice, from the same or another article."""
    kept: list[set[str]] = []
    for choice in ranked:
        words = set(analyze(choice.text))
        if all(len(words & other) < _COPY * len(words | other) for other in kept):
            kept.append(words)
            yield choice
