"""A small archive on disk that a test can print to, withdraw from, index and ask."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import numpy as np

from assistant.assistant import Assistant
from assistant.query.question import read_question
from assistant.retrieval.retriever import Retriever
from assistant.selection.judge import COLUMNS, Judge, Logistic, Weights
from assistant.selection.reader.encoding import Window
from assistant.selection.reader.reader import Reading
from assistant.types.answer import Answer, Cited, Quote
from corpus.article import Article
from index.build.build import Report, build
from index.generation.generation import Generation, open_current
from index.words.bm25 import analyze
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

    def build(self, *, allow_removal: bool = True) -> Report:
        """Index what is on disk; `embedder.asked` then holds what this run embedded."""
        self.embedder.asked.clear()
        return build(self.index, [self.articles], self.embedder, allow_removal=allow_removal)

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


class WordsRead:
    """A reader that counts words, rarer ones more: the more of the question's a sentence has, the better it answers.

    At the share `least` its log-odds are 0; they are so steep that half a threshold is hardly fewer. The words that
    answer are the sentence's first.
    """

    def __init__(self, least: float = 0.25) -> None:
        self._least = least

    def read(self, question: str, windows: Sequence[Window]) -> list[Reading]:
        sentences = [set(analyze(sentence)) for window in windows for sentence in window.sentences]
        rarity = {
            term: np.log1p(len(sentences) / (1 + sum(term in words for words in sentences)))
            for term in read_question(question).terms
        }
        return [self._read(rarity, window) for window in windows]

    def _read(self, rarity: dict[str, float], window: Window) -> Reading:
        whole = sum(rarity.values()) or 1.0
        shares = [sum(rarity.get(term, 0.0) for term in set(analyze(s))) / whole for s in window.sentences]
        words = tuple((0, len(s.split(" ")[0])) for s in window.sentences)
        return Reading(tuple(100.0 * (share - self._least) for share in shares), words)


def by_overlap(least: float = 0.25) -> Judge:
    """A judge that counts words: a sentence with this share of the question's or more is an answer."""
    return Judge(WordsRead(least), reading_alone())


def reading_alone() -> Weights:
    """Weights that leave a sentence's rank and its probability to what the reader says of it."""
    reading = Logistic(np.array([1.0, *[0.0] * (len(COLUMNS) - 1)]), 0.0)
    return Weights(reading, reading, 0.5)


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
