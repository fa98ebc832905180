"""Choices into quotes: as wide as it takes to be understood, the answering words marked."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.answer import Quote
from assistant.marks import marks
from assistant.question import Question
from assistant.quotes import Choice
from assistant.retriever import cite
from assistant.widen import widened
from index.generation import Generation

Span = tuple[int, int]


def quoted(generation: Generation, question: Question, choices: Sequence[Choice]) -> tuple[Quote, ...]:
    """Cite each choice with the sentences it leans on; no sentence is shown twice.

    A choice inside an earlier quote is left out. Where only its neighbours were shown before, it
    comes without them: they stand above it.
    """
    shown: dict[int, list[Span]] = {}
    quotes: list[Quote] = []
    for choice in choices:
        before = shown.setdefault(choice.candidate.passage.article, [])
        own = choice.sentence.start, choice.sentence.end
        if any(_overlap(own, other) for other in before):
            continue
        wide = _wide(generation, choice)
        span = own if any(_overlap(wide, other) for other in before) else wide
        before.append(span)
        quotes.append(_quote(generation, question, choice, span))
    return tuple(quotes)


def _wide(generation: Generation, choice: Choice) -> Span:
    number = choice.candidate.passage.article
    sentences = list(generation.archive.sentences(number))
    first, last = widened(sentences, choice.position, generation.archive.article_at(number).text)
    return sentences[first].start, sentences[last].end


def _quote(generation: Generation, question: Question, choice: Choice, span: Span) -> Quote:
    start, end = span
    quote = cite(Quote, generation, choice.candidate.passage, start, end, choice.probability)
    marked = tuple((start + a, start + b) for a, b in marks(question, quote.text))
    return quote.model_copy(update={"marks": marked})


def _overlap(one: Span, other: Span) -> bool:
    return one[0] < other[1] and other[0] < one[1]
