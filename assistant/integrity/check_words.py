"""The word index: does every passage's rarest-looking word lead to it, and every word of a sample?"""

from __future__ import annotations

from collections.abc import Collection, Iterator

import numpy as np

from assistant.integrity.piecewise import Read, passages
from index.generation.generation import Generation
from index.words.bm25 import Words, analyze, heading


def word_faults(generation: Generation, closely: Collection[int]) -> Iterator[str]:
    """Every passage by its longest term; the rows of `closely` by every term of text and heading."""
    for read in passages(generation):
        terms = (
            _terms(read) if read.passage.id in closely else sorted(set(analyze(read.text)), key=_length)[:1]
        )
        missing = [term for term in terms if not _leads(generation.words, term, read.passage.id)]
        if missing:
            yield (
                f"{read.article.id}: the word index does not find passage {read.passage.id} "
                f"by {len(missing)} of its words, {missing[0]!r} for one"
            )


def _length(term: str) -> tuple[int, str]:
    """Longest first: long words are rare, and counting would take a look-up each."""
    return -len(term), term


def _terms(read: Read) -> list[str]:
    return sorted(set(analyze(f"{heading(read.article)}\n{read.text}")))


def _leads(words: Words, term: str, row: int) -> bool:
    return bool(words.search([term], 1, np.array([row])))
