"""Candidates into quotes: which sentences, in which order, and is one of them an answer at all."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice

import numpy as np

from assistant.query.asked_quantity import asked_figures
from assistant.query.asked_speaker import speaks
from assistant.query.question import Kind, Question
from assistant.retrieval.document import Document
from assistant.retrieval.late_interaction import Asked
from assistant.retrieval.retriever import Candidate
from assistant.retrieval.snapshot import Snapshot
from assistant.selection.diversity import Aspect, diverse
from assistant.selection.judge import COLUMNS, Judge, Matrix
from assistant.selection.reader.encoding import Span, Window
from assistant.selection.reader.encoding import heading as reader_heading
from assistant.selection.reader.reader import Reading
from assistant.selection.source_breadth import broadened
from assistant.selection.vetoes import of_another_year
from corpus.article import Sentence

# How many passages are read: docs/quality.md says how often the right one is among them.
PASSAGES = 12
# How many sentences are kept, best first: more are never quoted.
_KEPT = 24
# Taken off the rank of a sentence that surely answers nothing.
_LAST = 1000.0
# What another quote needs once the best one has reached the threshold: of the threshold, of the best.
_BESIDE, _OF_BEST = 0.5, 0.25
# What another source's first sentence on a topic needs of it, of which little is an answer to anything, and
# how near the topic its passage has to be (cosine). Chosen on BASIL, see docs/quality.md.
_ON_TOPIC, _NEAR = 0.1, 0.45


@dataclass(frozen=True, slots=True)
class Choice:
    """A sentence that may be quoted: its text, what was read in it, and how well it answers.

    `position` counts the sentences before it in its article, `aspect` is what sets it apart from others. `reading` is
    the reader's log-odds, `words` are those that answer, as code points of the sentence; `cosine` is that of
    the question and the whole passage. `rank` orders the sentences of one question (log-odds, higher is better);
    `probability` is that of being an answer to it. `fits` where its words surely are what was asked for: a figure
    that counts the thing, words of the one who was to be heard.
    """

    candidate: Candidate
    sentence: Sentence
    position: int
    text: str
    aspect: Aspect
    reading: float
    words: Span
    cosine: float
    rank: float = 0.0
    probability: float = 0.0
    fits: bool = False


def choose(
    snapshot: Snapshot,
    judge: Judge,
    asked: Asked,
    candidates: Sequence[Candidate],
    allows: Callable[[Choice], bool] | None = None,
) -> list[Choice]:
    """The likeliest sentences of some passages, best first; copies of a better one left out.

    Only sentences that `allows` lets through are weighed.
    """
    choices = [c for c in read(snapshot, judge, asked, candidates) if allows is None or allows(c)]
    if not choices:
        return []
    ranks, probabilities = judge.weigh(columns(choices))
    weighed = [
        replace(choice, rank=float(rank), probability=float(probability))
        for choice, rank, probability in zip(choices, ranks, probabilities, strict=True)
    ]
    kept = [held_against(snapshot, asked.question, c) for c in islice(_distinct(_ordered(weighed)), _KEPT)]
    return _ordered(kept)


def _ordered(choices: Iterable[Choice]) -> list[Choice]:
    """Best first; ties in the order of the archive."""
    return sorted(choices, key=lambda c: (-c.rank, c.candidate.passage.id, c.sentence.start))


def held_against(snapshot: Snapshot, question: Question, choice: Choice) -> Choice:
    """Put last, and out of question, what speaks of another year or is another person's; note what surely fits."""
    document = snapshot.document(choice.candidate.passage.article)
    passage = document.text[choice.candidate.passage.start : choice.candidate.passage.end]
    fits = _fits(question, document, choice)
    if fits is False or of_another_year(question, choice.text, passage, document.heading):
        return replace(choice, rank=choice.rank - _LAST, probability=0.0)
    return replace(choice, fits=bool(fits))


def columns(choices: Sequence[Choice]) -> Matrix:
    """What is weighed of each choice: a row for each, the columns of `judge.COLUMNS`."""
    rows = [(c.reading, c.candidate.score) for c in choices]
    return np.array(rows, dtype=np.float64).reshape(-1, len(COLUMNS))


def _fits(question: Question, document: Document, choice: Choice) -> bool | None:
    """Whether a sentence surely holds what was asked for; False where it surely doesn't, None in between."""
    if question.kind is Kind.SAID:
        attributions = document.attributions(choice.sentence.start, choice.sentence.end)
        return speaks(question, document.text, attributions)
    return True if asked_figures(question, choice.text) else None


def with_further_sources(snapshot: Snapshot, candidates: Sequence[Candidate]) -> list[Candidate]:
    """The passages whose sentences are weighed: the best ones, and those of further sources."""
    sources = snapshot.sources_at({candidate.passage.article for candidate in candidates})
    return broadened(candidates, PASSAGES, lambda candidate: sources.get(candidate.passage.article))


def texts(snapshot: Snapshot, candidates: Sequence[Candidate]) -> list[str]:
    """Passages, each under its heading."""
    documents = [snapshot.document(c.passage.article) for c in candidates]
    return [
        f"{document.heading}\n{document.text[c.passage.start : c.passage.end]}"
        for c, document in zip(candidates, documents, strict=True)
    ]


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
        adds = topic and choice.aspect.source not in heard and choice.cosine >= _NEAR
        if choice.probability >= (_ON_TOPIC * threshold if adds else of_best):
            heard.add(choice.aspect.source)
            yield choice


def anything(choices: Sequence[Choice], k: int) -> list[Choice]:
    """Up to k of the ranked choices, whatever their probability, those that add something first."""
    order = diverse([c.aspect for c in choices], [c.probability for c in choices], k)
    return [choices[i] for i in order]


def read(snapshot: Snapshot, judge: Judge, asked: Asked, candidates: Sequence[Candidate]) -> list[Choice]:
    """Every quotable sentence of the candidates, once, with what was read in it."""
    read_from = list(_windows(snapshot, candidates))
    readings = judge.read(asked.question.text, [one.window for one in read_from])
    cosines = _cosines(snapshot, asked, read_from)
    return [
        choice
        for one, reading, cosine in zip(read_from, readings, cosines, strict=True)
        for choice in _choices(one, reading, cosine)
    ]


def _choices(one: _Read, reading: Reading, cosine: float) -> Iterator[Choice]:
    for at, (position, sentence) in enumerate(one.sentences):
        text = one.window.sentences[at]
        yield Choice(
            candidate=one.candidate,
            sentence=sentence,
            position=position,
            text=text,
            aspect=Aspect.of(one.document, sentence),
            reading=reading.log_odds[at],
            words=reading.words[at],
            cosine=cosine,
        )


def _cosines(snapshot: Snapshot, asked: Asked, read_from: Sequence[_Read]) -> list[float]:
    if not read_from:
        return []
    vectors = snapshot.vectors.rows(np.array([one.candidate.passage.id for one in read_from]))
    return [float(cosine) for cosine in vectors @ asked.encoded.vector]


@dataclass(frozen=True, slots=True)
class _Read:
    """A candidate passage as it is read: its quotable sentences and their positions, without those of earlier ones."""

    candidate: Candidate
    document: Document
    sentences: tuple[tuple[int, Sentence], ...]
    window: Window


def _windows(snapshot: Snapshot, candidates: Sequence[Candidate]) -> Iterator[_Read]:
    seen: set[tuple[int, int]] = set()
    for candidate in candidates:
        passage = candidate.passage
        document = snapshot.document(passage.article)
        article = document.article
        fresh = tuple(
            (position, sentence)
            for position, sentence in document.quotable
            if passage.first <= position <= passage.last and (passage.article, position) not in seen
        )
        if not fresh:
            continue
        seen.update((passage.article, position) for position, _ in fresh)
        before = [s for position, s in document.quotable if position < fresh[0][0]]
        window = Window(
            reader_heading(article.title, article.source, article.published),
            document.sentence(before[-1]) if before else "",
            tuple(document.sentence(sentence) for _, sentence in fresh),
        )
        yield _Read(candidate, document, fresh, window)


def _distinct(ranked: Sequence[Choice]) -> Iterator[Choice]:
    """Leave out what repeats a better choice, from the same or another article."""
    kept: list[Aspect] = []
    for choice in ranked:
        if not any(choice.aspect.copies(other) for other in kept):
            kept.append(choice.aspect)
            yield choice
