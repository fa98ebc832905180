"""What an answer's quotes say together: their figures, their order in time, the texts behind them and their copies."""

from __future__ import annotations

from assistant.facts.chronology import moments
from assistant.facts.figure_rows import table
from assistant.provenance.copy_variants import with_variants
from assistant.provenance.independent_texts import spread
from assistant.query.asked_speaker import asked_speaker, may_be_heard
from assistant.query.question import Question
from assistant.types.answer import Answer
from index.sqlite.records import Provenance


def with_facts(answer: Answer, question: Question, archive: Provenance) -> Answer:
    """Add what an answer's quotes say together, where it has any: figures, timeline, spread, variants, who isn't heard.

    `archive` must be the one that the quotes are from: raises LookupError where it lacks their articles.
    """
    if not answer.quotes:
        return answer
    facts = {
        "quotes": tuple(with_variants(quote, archive) for quote in answer.quotes),
        "figures": table(question, answer.quotes),
        "timeline": moments(answer.quotes),
        "spread": spread(answer.quotes, archive.copies),
        "unheard": _unheard(answer, question, archive),
    }
    return answer.model_copy(update=facts)


def _unheard(answer: Answer, question: Question, archive: Provenance) -> str | None:
    """Whom the question asks to hear, where no quote may be in their words; a source is heard in all its quotes."""
    name = asked_speaker(question)
    if name is None or answer.understood.heard:
        return None
    heard = any(
        may_be_heard(name, archive.article(quote.article_id).text, (quote.start, quote.end))
        for quote in answer.quotes
    )
    return None if heard else name
