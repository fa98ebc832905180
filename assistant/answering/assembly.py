"""Parts of answers put together: how the question was understood, why there is none, several into one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import zip_longest
from typing import NamedTuple

from assistant.query.question import Question, read_question
from assistant.query.search_plan import Attempt
from assistant.types.answer import Answer, Coverage, Quote, Understood
from assistant.types.request import Inquiry
from index.filters import Filter


class Silence(NamedTuple):
    """Why a question has no answer: see `Answer.on_topic`; names of it that what was read lacks, and that all lacks."""

    on_topic: bool | None
    missing: Sequence[str] = ()
    absent: Sequence[str] = ()


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
    """Of two answers the one with quotes, of two such the likelier.

    Where neither has any, the other one; but the first where it has passages of a source that the question names:
    such a source is answered for itself.
    """
    if not (one.quotes or other.quotes):
        return one if one.understood.heard and one.near_misses else other
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
        reason=None if quotes else "No sentence of these sources clearly answers this.",
        probability=max(probabilities, default=None),
        quotes=quotes,
        near_misses=near,
        coverage=searched,
        on_topic=None if quotes else _on_topic(answers),
    )


def _on_topic(answers: Sequence[Answer]) -> bool | None:
    told = {answer.on_topic for answer in answers}
    return True if True in told else False if False in told else None


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


def reason(sources: Callable[[], Sequence[str]], wanted: Filter, searched: Coverage, why: Silence) -> str:
    """Why there is no answer; `sources` gives the names of all sources that the archive states."""
    if why.on_topic is False:
        return "No passage of the articles searched is near this question."
    if why.absent:
        return f"No article searched names {' or '.join(why.absent)}."
    if why.missing:
        return f"The closest passages do not name {' or '.join(why.missing)}."
    if searched.articles:
        return "The closest passages were read, and no sentence clearly answers."
    known = {source.casefold() for source in sources()}
    unknown = [source for source in wanted.sources if source.casefold() not in known]
    if unknown:
        names = ", ".join(sources()) or "none"
        return f"The archive has no source named {' or '.join(unknown)}; the sources stated are: {names}."
    return "No article of the archive passes the filters."
