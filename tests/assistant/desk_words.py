"""How the small desk reads: the words that count, and where sentences lie."""

from __future__ import annotations

import re

from corpus.article import Article

_PLAIN = frozenset(
    [
        "the",
        "how",
        "are",
        "was",
        "did",
        "what",
        "when",
        "many",
        "who",
        "why",
        "does",
        "will",
        "say",
        "often",
        "where",
    ]
)


def words_of(text: str) -> set[str]:
    """The words of a text that tell what it is about, without an s at their end."""
    return {word.rstrip("s") for word in re.findall(r"\w{3,}", text.lower())} - _PLAIN


def sentences_of(article: Article) -> list[tuple[int, int]]:
    """Where an article's sentences lie in its text."""
    found = re.finditer(r"\S[^.]*?(?:\.(?=\s|$)|$)", article.body, re.DOTALL)
    return [(match.start() + article.body_start, match.end() + article.body_start) for match in found]
