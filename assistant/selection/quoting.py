"""Choices into quotes: as wide as it takes to be understood, the answering words marked."""

from __future__ import annotations

from collections.abc import Sequence
from unicodedata import combining

from assistant.query.question import Question
from assistant.retrieval.retriever import cite
from assistant.retrieval.snapshot import Snapshot
from assistant.selection.context_window import widened
from assistant.selection.quote_context import Context, Quoted
from assistant.selection.ranking import Choice
from assistant.types.answer import Quote

Span = tuple[int, int]

# A mark on so much of a sentence tells nothing.
_WHOLE = 0.9


def quoted(
    snapshot: Snapshot, question: Question, choices: Sequence[Choice], *, marked: bool
) -> tuple[Quote, ...]:
    """Cite each choice with the sentences it leans on; no sentence is shown twice.

    Each says who speaks it and of which days it is, where its article makes that clear. The answering
    words are marked where `marked` says so: what answers nothing has none. A choice
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
        wide = _wide(snapshot, choice)
        span = own if any(_overlap(wide, other) for other in before) else wide
        before.append(span)
        found = cite(Quote, snapshot, choice.candidate.passage, *span, choice.probability)
        quotes.append(_in_context(snapshot, question, choice, found, _marks(choice) if marked else ()))
    return tuple(quotes)


def _wide(snapshot: Snapshot, choice: Choice) -> Span:
    document = snapshot.document(choice.candidate.passage.article)
    sentences = document.sentences
    first, last = widened(sentences, choice.position, document.text)
    return sentences[first].start, sentences[last].end


def _in_context(
    snapshot: Snapshot, question: Question, choice: Choice, quote: Quote, marked: tuple[Span, ...]
) -> Quote:
    """Add the marks, and what its article says about it."""
    document = snapshot.document(choice.candidate.passage.article)
    inside = document.inside(quote.start, quote.end)
    own = choice.sentence.start, choice.sentence.end
    attributions = tuple(a for span in inside for a in document.attributions(*span))
    context = Context(Quoted(document.text, inside, own, attributions, marked), question.kind)
    found = {"speaker": context.speaker(), "event_date": context.event_date(quote.published)}
    return Quote.model_validate({**dict(quote), **found, "marks": marked})


def _marks(choice: Choice) -> tuple[Span, ...]:
    at = choice.sentence.start
    return tuple((at + start, at + end) for start, end in marked_words(choice.text, choice.words))


def marked_words(sentence: str, words: Span) -> tuple[Span, ...]:
    """The words that answer, as they are marked in their sentence: none where they are all but the whole of it."""
    start, end = words
    while end < len(sentence) and combining(sentence[end]):
        end += 1
    return ((start, end),) if 0 < end - start < _WHOLE * len(sentence) else ()


def _overlap(one: Span, other: Span) -> bool:
    return one[0] < other[1] and other[0] < one[1]
