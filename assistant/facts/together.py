"""What an answer's quotes say together: their figures, their order in time, the texts behind them and their copies."""

from __future__ import annotations

from assistant.facts.chronology import moments
from assistant.facts.figure_rows import table
from assistant.provenance.copy_variants import with_variants
from assistant.provenance.independent_texts import spread
from assistant.query.asked_speaker import asked_speaker, may_be_heard
from assistant.query.question import Question
from assistant.retrieval.snapshot import Snapshot
from assistant.types.answer import Answer


def with_facts(answer: Answer, question: Question, snapshot: Snapshot) -> Answer:
    """Add what an answer's quotes say together, where it has any: figures, timeline, spread, variants, who isn't heard.

    `snapshot` must be the one that the quotes are from: raises LookupError where it lacks their articles.
    """
    if not answer.quotes:
        return answer
    facts = {
        "quotes": tuple(with_variants(quote, snapshot) for quote in answer.quotes),
        "figures": table(question, answer.quotes),
        "timeline": moments(answer.quotes),
        "spread": spread(answer.quotes, snapshot.copies),
        "unheard": _unheard(answer, question, snapshot),
    }
    return answer.model_copy(update=facts)


def _unheard(answer: Answer, question: Question, snapshot: Snapshot) -> str | None:
    """Whom the question asks to hear, where no quote may be in their words; a source is heard in all its quotes."""
    name = question.once(asked_speaker)
    if name is None or answer.understood.heard:
        return None
    documents = ((snapshot.document_of(quote.article_id), quote) for quote in answer.quotes)
    heard = any(
        may_be_heard(name, document.text, document.attributions(*sentence))
        for document, quote in documents
        for sentence in document.inside(quote.start, quote.end)
    )
    return None if heard else name
