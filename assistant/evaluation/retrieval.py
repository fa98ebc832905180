"""Does the search find what answers a question? nDCG, RR, recall and success, by ir-measures."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from importlib.util import find_spec

from assistant.evaluation.questions import Gold, GoldQuestion, covers
from assistant.retrieval.retriever import Retriever
from index.filters import Filter
from index.generation.generation import Generation

# Passages looked at, so that ten articles can be told among them.
_DEPTH = 100


class CannotMeasure(ValueError):
    """The package that measures is not installed; the message names the extra to install."""


@dataclass(frozen=True, slots=True)
class Ranking:
    """The names of what was found, best first, and of all that is relevant in the archive."""

    found: tuple[str, ...]
    relevant: frozenset[str]

    @property
    def rank(self) -> int | None:
        """That of the first relevant thing found, from 1."""
        return next((rank for rank, name in enumerate(self.found, 1) if name in self.relevant), None)


@dataclass(frozen=True, slots=True)
class Lookup:
    """One question's search: passages, and articles in the order of their best passage.

    A passage is relevant when it covers a gold place, an article when it holds one. `unsearchable`
    counts the gold places that no single passage covers; each counts as a passage never found.
    """

    passages: Ranking
    articles: Ranking
    unsearchable: int


@dataclass(frozen=True, slots=True)
class Retrieval:
    """Means over the answerable questions by the measure's name; None without such a question.

    `nDCG@10`, `RR@10` (its mean is also called MRR), `R@10` (recall), `Success@1` and `Success@5`, as
    ir-measures defines them, with a relevance of 0 or 1. `unsearchable` is the sum of the lookups'.
    """

    passages: dict[str, float | None]
    articles: dict[str, float | None]
    unsearchable: int


def look_up(retriever: Retriever, question: GoldQuestion) -> Lookup:
    """Search for a question under its filters; its gold places must be of the archive's articles."""
    generation = retriever.generation()
    wanted = Filter(question.since, question.until, question.sources)
    hits = retriever.search_in(generation, question.question, wanted, _DEPTH)
    holders = [_holders(generation, gold) for gold in question.answers]
    return Lookup(
        Ranking(
            tuple(_name(hit.article_id, hit.start, hit.end) for hit in hits),
            frozenset(
                name
                for names, gold in zip(holders, question.answers, strict=True)
                # Held by none, a place has a name that no passage has: relevant, and never found.
                for name in names or [_name(gold.article_id, gold.start, gold.end)]
            ),
        ),
        Ranking(
            tuple(dict.fromkeys(hit.article_id for hit in hits)),
            frozenset(gold.article_id for gold in question.answers),
        ),
        holders.count([]),
    )


def _holders(generation: Generation, gold: Gold) -> list[str]:
    """The names of the passages that cover a gold place."""
    article = generation.archive.article(gold.article_id)
    passages = generation.archive.layout(article).passages
    return [_name(article.id, p.start, p.end) for p in passages if covers(article.id, p.start, p.end, gold)]


def _name(article_id: str, start: int, end: int) -> str:
    return f"{article_id}:{start}-{end}"


def require_measures() -> None:
    """Raise CannotMeasure where ir-measures is not installed."""
    if find_spec("ir_measures") is None:
        raise CannotMeasure(
            "measuring needs ir-measures, which is not installed; run: pip install 'onrecord[eval]'"
        )


def retrieval(lookups: Sequence[Lookup]) -> Retrieval:
    """The measures over answerable questions' lookups; raises CannotMeasure."""
    require_measures()
    passages, articles = _means([x.passages for x in lookups]), _means([x.articles for x in lookups])
    return Retrieval(passages, articles, sum(lookup.unsearchable for lookup in lookups))


def _means(rankings: Sequence[Ranking]) -> dict[str, float | None]:
    from ir_measures import RR, R, Success, calc_aggregate, nDCG

    measures = [nDCG @ 10, RR @ 10, R @ 10, Success @ 1, Success @ 5]
    if not rankings:
        return dict.fromkeys(map(str, measures))
    relevant = {str(n): dict.fromkeys(ranking.relevant, 1) for n, ranking in enumerate(rankings)}
    # The rank itself as the score: equal scores would be put in another order.
    found = {
        str(n): {name: -float(rank) for rank, name in enumerate(ranking.found)}
        for n, ranking in enumerate(rankings)
    }
    means = calc_aggregate(measures, relevant, found)
    return {str(measure): round(means[measure], 4) for measure in measures}
