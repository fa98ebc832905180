"""Candidates into quotes: which sentences, in which order, and is one of them an answer at all."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice

import numpy as np

from assistant.choosing.breadth import DEEP, broadened
from assistant.choosing.diversity import Aspect, diverse
from assistant.choosing.evidence import uncounted
from assistant.choosing.features import Features, Line, measure
from assistant.choosing.interaction import Asked
from assistant.choosing.ranker import Judge
from assistant.choosing.speech import speaks
from assistant.counting.asked import asked_figures
from assistant.question import Kind, Question
from assistant.retriever import Candidate
from corpus.article import Article, Sentence
from index.embedder import Embedder, Encoded, Vectors
from index.generation import Generation
from index.words import heading

# Of how many passages the sentences are weighed: the right one is among them for 98 % of SQuAD's
# held-out questions, see docs/quality.md.
PASSAGES = 8
# How many of those sentences are read together with the question.
SHORTLIST = 6
# Taken off the rank of a sentence about another year than the one asked about: it answers nothing.
_LAST = 1000.0
# What another quote needs once the best one has reached the threshold: of the threshold, of the best.
_BESIDE, _OF_BEST = 0.5, 0.25
# What another source's first sentence on a topic needs of it, of which little is an answer to anything, and
# how near the topic its passage has to be (cosine). Chosen on BASIL, see docs/quality.md.
_ON_TOPIC, _NEAR = 0.1, 0.45


@dataclass(frozen=True, slots=True)
class Choice:
    """A sentence that may be quoted: its text, its measures, and how well it answers.

    `position` counts the sentences before it in its article, `aspect` is what sets it apart from
    others. `rank` orders the sentences of one question (log-odds, higher is better); `probability`
    is that of being an answer to it. `fits` where its words surely are what was asked for: a figure
    that counts the thing, words of the one who was to be heard.
    """

    candidate: Candidate
    sentence: Sentence
    position: int
    text: str
    features: Features
    aspect: Aspect
    rank: float = 0.0
    probability: float = 0.0
    fits: bool = False


def choose(
    generation: Generation,
    embedder: Embedder,
    judge: Judge,
    asked: Asked,
    candidates: Sequence[Candidate],
    allows: Callable[[Choice], bool] | None = None,
) -> list[Choice]:
    """The likeliest sentences of some passages, best first; copies of a better one left out.

    Only sentences that `allows` lets through are weighed.
    """
    choices = measured(generation, embedder, asked, candidates)
    choices = [choice for choice in choices if allows is None or allows(choice)]
    distinct = _distinct(_ordered(choices, judge.glance(_features(choices))))
    short = broadened(
        list(islice(distinct, DEEP * SHORTLIST)), SHORTLIST, lambda choice: choice.aspect.source
    )
    judged = judge.judge(asked.question.text, [c.text for c in short], _features(short))
    fitting = [_fits(generation, asked.question, choice) for choice in short]
    wrong = [
        choice.features.contradicted or fits is False for choice, fits in zip(short, fitting, strict=True)
    ]
    weighed = [
        replace(choice, probability=0.0 if out else probability, fits=bool(fits))
        for choice, (_, probability), fits, out in zip(short, judged, fitting, wrong, strict=True)
    ]
    return _ordered(weighed, [rank - _LAST * bool(out) for (rank, _), out in zip(judged, wrong, strict=True)])


def _fits(generation: Generation, question: Question, choice: Choice) -> bool | None:
    """Whether a sentence surely holds what was asked for; False where it is surely not that, None in between."""
    if uncounted(question, choice.text):
        return False
    if question.kind is not Kind.SAID:
        return True if asked_figures(question, choice.text) else None
    text = generation.archive.article_at(choice.candidate.passage.article).text
    return speaks(question, text, (choice.sentence.start, choice.sentence.end))


def with_further_sources(generation: Generation, candidates: Sequence[Candidate]) -> list[Candidate]:
    """The passages whose sentences are weighed: the best ones, and those of further sources."""
    sources = generation.archive.sources_at({candidate.passage.article for candidate in candidates})
    return broadened(candidates, PASSAGES, lambda candidate: sources.get(candidate.passage.article))


def texts(generation: Generation, candidates: Sequence[Candidate]) -> list[str]:
    """Passages, each under its heading."""
    articles = [generation.archive.article_at(c.passage.article) for c in candidates]
    return [
        f"{heading(article)}\n{article.text[c.passage.start : c.passage.end]}"
        for c, article in zip(candidates, articles, strict=True)
    ]


def _features(choices: Sequence[Choice]) -> list[Features]:
    return [choice.features for choice in choices]


def _ordered(choices: Sequence[Choice], ranks: Sequence[float]) -> list[Choice]:
    """Choices with their rank, best first; ties in the order of the archive."""
    ranked = [replace(choice, rank=rank) for choice, rank in zip(choices, ranks, strict=True)]
    return sorted(ranked, key=lambda c: (-c.rank, c.candidate.passage.id, c.sentence.start))


def answering(choices: Sequence[Choice], threshold: float, k: int, *, topic: bool = False) -> list[Choice]:
    """Up to k of the ranked choices that answer: none unless the best one's probability reaches `threshold`.

    With an answer found, the others need less, since they are shown beside it and not instead of
    it: half the threshold, and a quarter of the best one's probability; where a `topic` and no question
    is asked, another source's first one needs only a tenth of the threshold, but a passage near the topic.
    Of those, the ones that fit what was asked come first, and then the ones that add something.
    """
    if not choices or choices[0].probability < threshold:
        return []
    good = list(_beside(choices, threshold, topic=topic))
    fitting = frozenset(i for i, choice in enumerate(good) if choice.fits)
    order = diverse([c.aspect for c in good], [c.probability for c in good], k, preferred=fitting)
    return [good[i] for i in order]


def _beside(choices: Sequence[Choice], threshold: float, *, topic: bool) -> Iterator[Choice]:
    least = _BESIDE * threshold
    of_best = max(least, _OF_BEST * choices[0].probability)
    heard: set[str | None] = {None}
    for choice in choices:
        adds = topic and choice.aspect.source not in heard and choice.features.passage_cosine >= _NEAR
        if choice.probability >= (_ON_TOPIC * threshold if adds else of_best):
            heard.add(choice.aspect.source)
            yield choice


def anything(choices: Sequence[Choice], k: int) -> list[Choice]:
    """Up to k of the ranked choices, whatever their probability, those that add something first."""
    order = diverse([c.aspect for c in choices], [c.probability for c in choices], k)
    return [choices[i] for i in order]


def measured(
    generation: Generation, embedder: Embedder, asked: Asked, candidates: Sequence[Candidate]
) -> list[Choice]:
    """Every quotable sentence of the candidates, once, with its features."""
    windows = list(_windows(generation, candidates))
    choices: list[Choice] = []
    for window, passage in zip(windows, _stored(generation, embedder, windows), strict=True):
        found = measure(asked, passage, window.text, window.heading, window.lines)
        number = window.candidate.passage.article
        origin = generation.archive.origin_number(number)
        choices.extend(
            Choice(
                window.candidate,
                sentence,
                line.position,
                line.text,
                features,
                Aspect.of(line.text, window.article, number, origin),
            )
            for sentence, line, features in zip(window.sentences, window.lines, found, strict=True)
        )
    return choices


def _stored(generation: Generation, embedder: Embedder, windows: Sequence[_Window]) -> list[Encoded]:
    """The passages as they were embedded when they were indexed."""
    if not windows:
        return []
    vectors = generation.vectors.rows(np.array([window.candidate.passage.id for window in windows]))
    return [
        _encoded(generation, embedder, window, vector)
        for window, vector in zip(windows, vectors, strict=True)
    ]


def _encoded(generation: Generation, embedder: Embedder, window: _Window, vector: Vectors) -> Encoded:
    pieces = window.candidate.pieces
    if pieces is None:
        (pieces,) = generation.tokens.pieces([window.candidate.passage.id])
    return Encoded(vector, pieces, embedder.piece_spans(window.text)[: len(pieces)])


@dataclass(frozen=True, slots=True)
class _Window:
    """A candidate passage with its quotable sentences, those of earlier windows left out."""

    candidate: Candidate
    article: Article
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
        yield _Window(candidate, article, text, heading(article), tuple(s for _, s in fresh), tuple(lines))


def _distinct(ranked: Sequence[Choice]) -> Iterator[Choice]:
    """Leave out what repeats a better choice, from the same or another article."""
    kept: list[Aspect] = []
    for choice in ranked:
        if not any(choice.aspect.copies(other) for other in kept):
            kept.append(choice.aspect)
            yield choice
