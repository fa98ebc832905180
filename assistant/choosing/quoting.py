"""Choices into quotes: as wide as it takes to be understood, the answering words marked."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.answer import Quote
from assistant.choosing.marks import marks
from assistant.choosing.widen import widened
from assistant.question import Question
from assistant.quotes import Choice
from assistant.retriever import cite
from index.generation import Generation

Span = tuple[int, int]


def quoted(
    generation: Generation, question: Question, choices: Sequence[Choice], *, marked: bool
) -> tuple[Quote, ...]:
    """Cite each choice with the sentences it leans on; no sentence is shown twice.

    The answering words are marked where `marked` says so: what answers nothing has none. A choice
    inside an earlier quote is left out. Where only its neighbours were shown before, it comes
    without them: they stand above it.
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
        found = _cited(generation, choice, span)
        quotes.append(_marked(question, found) if marked else found)
    return tuple(quotes)


def _wide(generation: Generation, choice: Choice) -> Span:
    number = choice.candidate.passage.article
    sentences = list(generation.archive.sentences(number))
    first, last = widened(sentences, choice.position, generation.archive.article_at(number).text)
    return sentences[first].start, sentences[last].end


def _cited(generation: Generation, choice: Choice, span: Span) -> Quote:
    return cite(Quote, generation, choice.candidate.passage, *span, choice.probability)


def _marked(question: Question, quote: Quote) -> Quote:
    spans = tuple((quote.start + a, quote.start + b) for a, b in marks(question, quote.text))
    return quote.model_copy(update={"marks": spans})


def _overlap(one: Span, other: Span) -> bool:
    return one[0] < other[1] and other[0] < one[1]
