"""Does a saved answer still stand? Its articles are read again and every quote is compared."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from corpus.article import Article
from corpus.read import read_articles


class Verdict(StrEnum):
    """What became of a quote. Only `STANDS` and `ARTICLE_CHANGED` leave its words where they were."""

    STANDS = "stands"
    ARTICLE_CHANGED = "stands, but its article has changed elsewhere"
    CHANGED = "is no longer what the article says there"
    GONE = "its article is gone"


class SavedQuote(BaseModel):
    """The part of a saved quote that can be checked; other keys are let be."""

    model_config = ConfigDict(frozen=True)

    text: str
    article_id: str
    start: int = Field(ge=0)
    end: int = Field(ge=0)
    article_sha256: str


@dataclass(frozen=True, slots=True)
class Checked:
    """One quote's verdict; `place` names it in the file (`quotes[0]`), hashes are of the article."""

    place: str
    quote: SavedQuote
    verdict: Verdict
    new_sha256: str | None

    @property
    def stands(self) -> bool:
        """Whether the words are still printed where the quote says."""
        return self.verdict in {Verdict.STANDS, Verdict.ARTICLE_CHANGED}


def read_saved(path: Path) -> list[tuple[str, SavedQuote]]:
    """The quotes of a saved answer or search, each with its place; raises ValueError."""
    try:
        saved = json.loads(path.read_text("utf-8"))
        items = [(key, n, item) for key in ("quotes", "hits") for n, item in enumerate(saved.get(key, []))]
        return [(f"{key}[{n}]", SavedQuote.model_validate(item)) for key, n, item in items]
    except OSError as error:
        raise ValueError(f"{path} can't be read: {error.strerror}") from error
    except (ValueError, ValidationError, AttributeError, TypeError, RecursionError) as error:
        raise ValueError(
            f"{path} is not a saved answer; save one with: onrecord ask QUESTION --json > {path.name}"
        ) from error


def verify(quotes: Sequence[tuple[str, SavedQuote]], roots: Iterable[Path]) -> list[Checked]:
    """Compare each quote with its article as it is on disk now, under these roots."""
    ids = {quote.article_id for _, quote in quotes}
    articles: dict[str, Article] = {}
    for root in roots:
        articles = {**read_articles(root, ids), **articles}
    return [_check(place, quote, articles.get(quote.article_id)) for place, quote in quotes]


def _check(place: str, quote: SavedQuote, article: Article | None) -> Checked:
    if article is None:
        return Checked(place, quote, Verdict.GONE, None)
    # A slice may end past the text; a quote's span may not.
    if article.text[quote.start : quote.end] != quote.text or quote.end - quote.start != len(quote.text):
        return Checked(place, quote, Verdict.CHANGED, article.sha256)
    same = article.sha256 == quote.article_sha256
    return Checked(place, quote, Verdict.STANDS if same else Verdict.ARTICLE_CHANGED, article.sha256)


def verify_lines(checked: Sequence[Checked]) -> Iterator[str]:
    """The verdicts in words, failures with the article's old and new hash."""
    for c in checked:
        yield f"{c.place}, {c.quote.article_id}, characters {c.quote.start}–{c.quote.end}: {c.verdict.value}"
        if c.verdict in {Verdict.CHANGED, Verdict.ARTICLE_CHANGED}:
            yield f"  the article was {c.quote.article_sha256} and is {c.new_sha256}"
    fallen = sum(not c.stands for c in checked)
    yield f"{len(checked) - fallen} of {len(checked)} quotes stand."
