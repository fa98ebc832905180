"""Outcomes of an evaluation, made without asking anything."""

from __future__ import annotations

from assistant.evaluation.outcomes import Outcome
from assistant.evaluation.questions import Gold, GoldQuestion
from assistant.types.answer import Answer, Coverage, Quote, Understood
from corpus.article import DateOrigin
from tests.newsroom import STRIKE

TEXT = f"date 2031-03-02 {STRIKE}"
GOLD = Gold(article_id="strike.txt", start=22, end=27, text="1,400")


def quote(start: int = 16, end: int = 69, article_id: str = "strike.txt", text: str | None = None) -> Quote:
    """A quote of the strike's article: by default its first sentence, which covers GOLD."""
    return Quote(
        text=TEXT[start:end] if text is None else text,
        article_id=article_id,
        start=start,
        end=end,
        prefix="",
        suffix="",
        article_sha256="",
        title=None,
        source=None,
        published=None,
        date_origin=DateOrigin.NONE,
        url=None,
        kind=None,
        score=1.0,
    )


def outcome(
    rank: int | None,
    quotes: int,
    seconds: float = 0.1,
    *,
    answerable: bool = True,
    probability: float | None = None,
    kind: str = "",
) -> Outcome:
    """An outcome with this many quotes, or with a near miss; both cover GOLD."""
    question = GoldQuestion(
        id=f"q{rank}", question="How many?", kind=kind, answers=(GOLD,) if answerable else ()
    )
    shown = (quote(),) * quotes
    answer = Answer(
        question="How many?",
        understood=Understood(),
        status="answered" if shown else "no_answer",
        reason=None if shown else "None.",
        probability=probability,
        quotes=shown,
        near_misses=() if shown else (quote(),),
        coverage=Coverage(articles=1, sources=0, undated=0, first=None, last=None),
    )
    return Outcome(question, answer, rank, seconds)
