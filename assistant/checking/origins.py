"""Copies of one text: what the index says of a sample of articles, against all articles grouped anew."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import suppress

import numpy as np

from assistant.checking.reading import Read, article_at
from corpus.origins import Signature, group_copies, signature
from index.generation import Generation


def origin_faults(generation: Generation, sampled: Sequence[Read]) -> Iterator[str]:
    """The signature of each sampled article, and how many copies of it the index counts."""
    signatures = dict(_signatures(generation))
    groups = dict(zip(signatures, group_copies(list(signatures.values())), strict=True))
    sizes = Counter(groups.values())
    for article in {read.article.id: read.article for read in sampled}.values():
        if article.id not in signatures:
            continue
        stored, counted = generation.archive.origin(article.id)[0], sizes[groups[article.id]]
        if not np.array_equal(signatures[article.id], signature(article.body)):
            yield f"{article.id}: its signature, by which copies are found, is not its text's"
        elif stored != counted:
            yield f"{article.id}: stored with {stored} copies of its text, counted {counted}"


def _signatures(generation: Generation) -> Iterator[tuple[str, Signature]]:
    """Signatures by article id; articles that can't be read are told by `article_faults`."""
    for number in range(generation.manifest.articles):
        article = article_at(generation.archive, number)
        if not isinstance(article, str):
            with suppress(ValueError):
                yield article.id, generation.archive.layout(article).signature
