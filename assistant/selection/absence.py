"""What no passage searched has: the topic of a question, a name in it.

Words are looked for in all passages, meaning in those that the search by meaning compares: all, or a shortlist's.
"""

from __future__ import annotations

from collections.abc import Iterable

from assistant.retrieval.late_interaction import Asked
from index.generation.generation import Generation
from index.rows import Rows
from index.words.bm25 import analyze

# Nothing is near a question whose nearest passage is less near than this (cosine), and of whose terms, by their inverse
# document frequency, at least this share is in no passage. No answerable question of two archives is; docs/quality.md.
_NEAR, _ABSENT = 0.2, 0.3


def is_off_topic(generation: Generation, asked: Asked, allowed: Rows | None) -> bool:
    """Whether no passage searched is about what a question asks, by meaning and by words; `allowed` as in `search`."""
    nearest = generation.vectors.search(asked.encoded.vector, 1, allowed)
    if not nearest or nearest[0].score >= _NEAR:
        return False
    weights = {term: generation.words.idf(term) for term in set(asked.question.terms)}
    absent = sum(weight for term, weight in weights.items() if not _is_printed(generation, term, allowed))
    return absent >= _ABSENT * sum(weights.values())


def absent_names(generation: Generation, names: Iterable[str], allowed: Rows | None) -> tuple[str, ...]:
    """Those names of which a word is in no passage searched."""
    return tuple(
        name for name in names if not all(_is_printed(generation, term, allowed) for term in analyze(name))
    )


def _is_printed(generation: Generation, term: str, allowed: Rows | None) -> bool:
    return bool(generation.words.search([term], 1, allowed))
