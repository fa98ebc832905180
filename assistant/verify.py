"""Does a saved answer still stand? Its articles are read again and every quote is compared."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from corpus.article import Article
from corpus.read import read_articles
from index.archive import Archive
from index.generation import open_current
from index.hits import IndexFault

_COPIES = ".variants.others["


class Verdict(StrEnum):
    """What became of a quote. Only `STANDS` and `ARTICLE_CHANGED` leave its words where they were.

    `SUPERSEDED` and `WITHDRAWN` are said of versions that the index held once; of others `CHANGED`
    and `GONE` are all that can be said.
    """

    STANDS = "stands"
    ARTICLE_CHANGED = "stands, but its article has changed elsewhere"
    SUPERSEDED = "is superseded by the version of"
    CHANGED = "is no longer what the article says there"
    WITHDRAWN = "its article is gone since"
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
    """One quote's verdict; `place` names it in the file, hashes are of the article.

    `quotes[0]` is a quote, `quotes[0].variants.others[0]` what a copy of its article prints in its place.
    `replaced` is when the index took a later version, or none, for the one that was quoted: UTC,
    ISO 8601.
    """

    place: str
    quote: SavedQuote
    verdict: Verdict
    new_sha256: str | None
    replaced: str | None = None

    @property
    def of_copy(self) -> bool:
        """Whether these are a copy's words, told beside a quote."""
        return _COPIES in self.place

    @property
    def stands(self) -> bool:
        """Whether the words are still printed where the quote says."""
        return self.verdict in {Verdict.STANDS, Verdict.ARTICLE_CHANGED}


def read_saved(path: Path) -> list[tuple[str, SavedQuote]]:
    """The quotes of a saved answer, search, timeline or conversation, each with its place; raises ValueError.

    After each quote come the passages that its copies print otherwise. The first quote of the third
    question of a conversation is at `turns[2].quotes[0]`.
    """
    try:
        saved = json.loads(path.read_text("utf-8"))
        turns = [(f"turns[{n}].", turn) for n, turn in enumerate(saved.get("turns", []))]
        return [found for before, answer in [("", saved), *turns] for found in _saved_in(answer, before)]
    except OSError as error:
        raise ValueError(f"{path} can't be read: {error.strerror}") from error
    except (ValueError, ValidationError, AttributeError, KeyError, TypeError, RecursionError) as error:
        raise ValueError(
            f"{path} is not a saved answer; save one with: onrecord ask QUESTION --json > {path.name}"
        ) from error


def _saved_in(answer: Any, before: str) -> Iterator[tuple[str, SavedQuote]]:  # noqa: ANN401 - JSON
    for key in ("quotes", "hits", "entries"):
        for n, item in enumerate(answer.get(key, [])):
            yield f"{before}{key}[{n}]", SavedQuote.model_validate(item)
            for at, copy in enumerate((item.get("variants") or {}).get("others", [])):
                if copy["text"] is not None:
                    yield f"{before}{key}[{n}]{_COPIES}{at}]", SavedQuote.model_validate(copy)


def verify_file(path: Path, index: Path, articles: Sequence[Path] = ()) -> list[Checked]:
    """Check a saved answer against the articles on disk: under `articles`, or where the index has them from.

    Raises ValueError for a file that is no answer, and without `articles` what opening the index raises.
    """
    quotes = read_saved(path)
    try:
        generation = open_current(index)
    except IndexFault:
        if not articles:
            raise
        return verify(quotes, articles)
    return verify(quotes, articles or [Path(root) for root in generation.manifest.roots], generation.archive)


def verify(
    quotes: Sequence[tuple[str, SavedQuote]], roots: Iterable[Path], archive: Archive | None = None
) -> list[Checked]:
    """Compare each quote with its article as it is on disk now, under these roots.

    `archive` is what the index holds of them: it knows the versions that articles had before.
    """
    ids = {quote.article_id for _, quote in quotes}
    articles: dict[str, Article] = {}
    for root in roots:
        articles = {**read_articles(root, ids), **articles}
    return [_check(place, quote, articles.get(quote.article_id), archive) for place, quote in quotes]


def _check(place: str, quote: SavedQuote, article: Article | None, archive: Archive | None) -> Checked:
    if article and article.sha256 == quote.article_sha256 and _says(article, quote):
        return Checked(place, quote, Verdict.STANDS, article.sha256)
    replaced = archive.replaced(quote.article_id, quote.article_sha256) if archive else None
    if article is None:
        return Checked(place, quote, Verdict.WITHDRAWN if replaced else Verdict.GONE, None, replaced)
    if _says(article, quote):
        return Checked(place, quote, Verdict.ARTICLE_CHANGED, article.sha256, replaced)
    verdict = Verdict.SUPERSEDED if replaced else Verdict.CHANGED
    return Checked(place, quote, verdict, article.sha256, replaced)


def _says(article: Article, quote: SavedQuote) -> bool:
    # A slice may end past the text; a quote's span may not.
    whole = quote.end - quote.start == len(quote.text)
    return whole and article.text[quote.start : quote.end] == quote.text


def verify_lines(checked: Sequence[Checked]) -> Iterator[str]:
    """The verdicts in words, failures with the article's old and new hash."""
    for c in checked:
        since = f" {c.replaced}" if c.verdict in {Verdict.SUPERSEDED, Verdict.WITHDRAWN} else ""
        place = f"{c.place}, {c.quote.article_id}, characters {c.quote.start}–{c.quote.end}"
        yield f"{place}: {c.verdict.value}{since}"
        if c.new_sha256 not in {None, c.quote.article_sha256}:
            yield f"  the article was {c.quote.article_sha256} and is {c.new_sha256}"
    copies = [c.stands for c in checked if c.of_copy]
    yield f"{sum(c.stands for c in checked) - sum(copies)} of {len(checked) - len(copies)} quotes stand."
    if copies:
        yield f"{sum(copies)} of {len(copies)} passages of copies stand."
