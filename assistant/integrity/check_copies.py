"""Copies of one text: what the index says of a sample of articles, against all articles grouped anew."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from assistant.integrity.piecewise import Read, article_at
from corpus.article import Article
from corpus.duplicates.origins import group_copies
from corpus.duplicates.shingles import Text
from index.generation.generation import Generation


def origin_faults(generation: Generation, sampled: Sequence[Read]) -> Iterator[str]:
    """How many copies of each sampled article the index counts, and how many there are."""
    ids: list[str] = []
    groups = dict(zip(ids, group_copies(_texts(generation, ids)), strict=True))
    sizes = Counter(groups.values())
    for article in {read.article.id: read.article for read in sampled}.values():
        if article.id in groups:
            stored, counted = generation.archive.origin(article.id)[0], sizes[groups[article.id]]
            if stored != counted:
                yield f"{article.id}: stored with {stored} copies of its text, counted {counted}"


def _texts(generation: Generation, ids: list[str]) -> Iterator[Text]:
    """Texts one by one, their articles' ids into `ids`; `article_faults` tells of what can't be read."""
    for number in range(generation.manifest.articles):
        article = article_at(generation.archive, number)
        if isinstance(article, Article):
            ids.append(article.id)
            yield Text(article.body, article.source)
