"""A small archive on disk that a test can print to, withdraw from, index and ask."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from assistant.answer import Answer, Cited, Quote
from assistant.assistant import Assistant
from assistant.choosing.features import NAMES
from assistant.choosing.ranker import READ, Judge, Logistic, Ranker
from assistant.retriever import Retriever
from corpus.article import Article
from index.build import Report, build
from index.generation import Generation, open_current
from tests.fakes import BagOfWords

BRIDGE = "The bridge at Korrun collapsed before dawn. Forty people were hurt in the fall."
STRIKE = "About 1,400 dockers joined the strike at Port Caldry. Talks with the harbour board failed."
FLOOD = "The river Sella flooded nine villages. Rescue boats reached the last of them at noon."


class Newsroom:
    """Articles, their index and the embedder that builds and asks it."""

    def __init__(self, root: Path, embedder: BagOfWords | None = None) -> None:
        self.articles = root / "articles"
        self.articles.mkdir(parents=True, exist_ok=True)
        self.index = root / "index"
        self.embedder = embedder or BagOfWords()

    def print(self, name: str, body: str, published: str = "") -> Path:
        """Write a text article, dated when a date is given."""
        path = self.articles / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(f"{f'date {published} ' if published else ''}{body}".encode())
        return path

    def print_records(self, name: str, records: Sequence[dict[str, str]]) -> Path:
        """Write articles as JSON Lines."""
        path = self.articles / name
        path.write_text("".join(json.dumps(record) + "\n" for record in records), "utf-8")
        return path

    def withdraw(self, name: str) -> None:
        """Delete an article's file."""
        (self.articles / name).unlink()

    def build(self) -> Report:
        """Index what is on disk; `embedder.asked` then holds what this run embedded."""
        self.embedder.asked.clear()
        return build(self.index, [self.articles], self.embedder)

    def generation(self) -> Generation:
        """The current generation."""
        return open_current(self.index)

    def retriever(self) -> Retriever:
        """A retriever of the index."""
        return Retriever.open(self.index, BagOfWords(self.embedder.model_id))

    def assistant(self) -> Assistant:
        """An assistant that ranks sentences by the words of the question in them."""
        return Assistant(self.retriever(), by_overlap())

    def ask(
        self,
        question: str,
        *,
        since: date | None = None,
        until: date | None = None,
        sources: Sequence[str] = (),
        undated: bool | None = None,
    ) -> Answer:
        """Ask a freshly opened assistant."""
        return self.assistant().ask(question, since=since, until=until, sources=sources, undated=undated)


class NothingRead:
    """A reader without an opinion."""

    def read(self, question: str, texts: Sequence[str]) -> NDArray[np.float64]:
        return np.zeros(len(texts))


def by_overlap(least: float = 0.25) -> Judge:
    """A judge that counts words: a sentence with this share of the question's or more is an answer."""
    weights = np.zeros(len(READ))
    weights[READ.index("overlap")] = 100.0  # so steep that half the threshold is hardly fewer
    nearness = Logistic(weights, -100.0 * least)
    glance, certain = Logistic(weights[: len(NAMES)], 0.0), Logistic(np.zeros(len(READ)), 100.0)
    return Judge(Ranker(glance, nearness, certain, nearness, 0.5), NothingRead())


def shown(answer: Answer) -> tuple[Quote, ...]:
    """Everything of an archive that an answer shows."""
    return (*answer.quotes, *answer.near_misses)


def assert_exact(quote: Cited, article: Article) -> None:
    """A quote is its article's text at its span, between its neighbours, and part of the body."""
    assert quote.text == article.text[quote.start : quote.end] != ""
    assert article.body_start <= quote.start < quote.end <= len(article.text)
    assert quote.prefix == article.text[max(0, quote.start - len(quote.prefix)) : quote.start]
    assert quote.suffix == article.text[quote.end : quote.end + len(quote.suffix)]
    assert quote.article_sha256 == article.sha256
