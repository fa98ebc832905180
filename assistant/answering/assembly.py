"""Parts of answers put together: how the question was understood, why there is none, several into one."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import zip_longest

from assistant.query.question import Question, read_question
from assistant.query.search_plan import Attempt
from assistant.types.answer import Answer, Coverage, Quote, Understood
from assistant.types.request import Inquiry
from index.filters import Filter
from index.generation.generation import Generation


def understood(
    wanted: Filter, read: tuple[str, ...] = (), unmet: tuple[str, ...] = (), *, heard: bool = False
) -> Understood:
    """The filters of a search, the words of the question that they were read from, and those given up.

    `heard`: the sources were read from the question too.
    """
    return Understood(
        **wanted.values(),
        read=read,
        unmet=unmet,
        heard=wanted.sources if heard else (),
    )


def likelier(one: Answer, other: Answer) -> Answer:
    """Of two answers the one with quotes, of two such the likelier; the other where neither has any."""
    if not one.quotes:
        return other
    return other if other.quotes and (other.probability or 0) > (one.probability or 0) else one


def as_asked(found: Answer, inquiry: Inquiry, attempt: Attempt) -> Answer:
    """An answer under the question as it was asked, with what it took over from the one before."""
    told, over = found.understood, attempt.follow_up
    if over:
        carried = {"follow_up_of": inquiry.after, "carried": over.carried, "completed": over.text}
        told = told.model_copy(update=carried)
    return found.model_copy(update={"question": read_question(inquiry.question).text, "understood": told})


def compared(answers: Sequence[Answer], attempt: Attempt, searched: Coverage) -> Answer:
    """The answers of several sources as one: source by source, each best first."""
    quotes = tuple(quote for answer in answers for quote in answer.quotes)
    near = () if quotes else tuple(quote for answer in answers for quote in answer.near_misses[:1])
    probabilities = [answer.probability for answer in answers if answer.probability is not None]
    return Answer(
        question=answers[0].question,
        understood=understood(attempt.wanted, attempt.read, heard=attempt.heard).model_copy(
            update={"compared": True}
        ),
        status="answered" if quotes else "no_answer",
        reason=None if quotes else "No sentence of these sources answers this question.",
        probability=max(probabilities, default=None),
        quotes=quotes,
        near_misses=near,
        coverage=searched,
    )


def in_turn(answers: Sequence[Answer], question: Question, k: int) -> Answer:
    """The answers to a question's parts as one of up to k quotes: the best of each part first.

    At least one of them must have quotes.
    """
    rounds = zip_longest(*(answer.quotes for answer in answers))
    quotes: list[Quote] = []
    for quote in (quote for one in rounds for quote in one if quote):
        if not any(_overlap(quote, other) for other in quotes):
            quotes.append(quote)
    likeliest = max(answers, key=lambda answer: (bool(answer.quotes), answer.probability or 0.0))
    return likeliest.model_copy(update={"question": question.text, "quotes": tuple(quotes[:k])})


def _overlap(one: Quote, other: Quote) -> bool:
    return one.article_id == other.article_id and one.start < other.end and other.start < one.end


def reason(generation: Generation, wanted: Filter, searched: Coverage, missing: Sequence[str]) -> str:
    """Why there is no answer; `missing` are names of the question that nothing found has."""
    if missing:
        return f"Nothing that was found in the articles searched names {' or '.join(missing)}."
    if searched.articles:
        return "No sentence in the articles searched answers this question."
    known = {source.casefold() for source in generation.archive.sources()}
    unknown = [source for source in wanted.sources if source.casefold() not in known]
    if unknown:
        names = ", ".join(generation.archive.sources()) or "none"
        return f"The archive has no source named {' or '.join(unknown)}; the sources stated are: {names}."
    return "No article of the archive passes the filters."
