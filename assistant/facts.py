"""What an answer's quotes say together: their figures, their order in time, the texts behind them and their copies."""

from __future__ import annotations

from assistant.answer import Answer
from assistant.figures import table
from assistant.origins import spread
from assistant.question import Question
from assistant.timeline import moments
from assistant.variants import with_variants
from index.archive import Archive


def with_facts(answer: Answer, question: Question, archive: Archive) -> Answer:
    """Add the table of figures, the timeline, the spread and the variants of an answer's quotes, where it has any.

    `archive` must be the one that the quotes are from: raises LookupError where it lacks their articles.
    """
    if not answer.quotes:
        return answer
    facts = {
        "quotes": tuple(with_variants(quote, archive) for quote in answer.quotes),
        "figures": table(question, answer.quotes),
        "timeline": moments(answer.quotes),
        "spread": spread(answer.quotes, archive.copies),
    }
    return answer.model_copy(update=facts)
