"""An archive cut into what can be ranked: the same passages and sentences for every system."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from assistant.selection.context_window import widened
from benchmarks.measures import Span
from benchmarks.peers.contract import Unit
from corpus.article import Article, Rejected, Sentence
from corpus.formats.read import read_archive
from corpus.segmentation.passages import split_passages
from corpus.segmentation.sentences import split_sentences
from index.build.build import PASSAGE_PIECES
from index.models.embedder import Embedder


@dataclass(frozen=True, slots=True)
class Units:
    """The articles of an archive, its passages as On Record cuts them, and its sentences that can be quoted.

    `quotes` holds for each sentence, by its id, what On Record would quote for it: the sentence
    with those that it can't be understood without. So that none gains by it, all systems'
    sentences are quoted so.
    """

    articles: tuple[Article, ...]
    passages: tuple[Span, ...]
    sentences: tuple[Span, ...]
    quotes: dict[str, Span]

    def titled(self, spans: Sequence[Span]) -> tuple[Unit, ...]:
        """Spans as a peer takes them, with their articles' titles."""
        titles = {article.id: article.title or "" for article in self.articles}
        return tuple(Unit(span.id, titles[span.place], span.text) for span in spans)

    def whole(self) -> tuple[Unit, ...]:
        """Whole articles as a peer takes them."""
        return tuple(Unit(article.id, article.title or "", article.body) for article in self.articles)


def read_units(folder: Path, embedder: Embedder) -> Units:
    """Cut an archive as indexing does, without embedding it; raises ValueError where an article is rejected."""
    articles = tuple(_articles(folder))
    limit = min(PASSAGE_PIECES, embedder.max_pieces)
    passages: list[Span] = []
    quotes: list[tuple[Span, Span]] = []
    for article in articles:
        cut = split_sentences(article.text, article.body_start, article.title)
        windows = split_passages(article, cut, lambda text: len(embedder.piece_spans(text)), limit)
        passages += [Span(article.id, p.start, p.end, p.text) for p in windows]
        quotes += _quotes(article, cut)
    return Units(
        articles, tuple(passages), tuple(span for span, _ in quotes), {span.id: wide for span, wide in quotes}
    )


def _quotes(article: Article, sentences: Sequence[Sentence]) -> Iterator[tuple[Span, Span]]:
    """Each sentence that can be quoted, and the quote that it makes."""
    for number, sentence in enumerate(sentences):
        if sentence.quotable:
            first, last = widened(sentences, number, article.text)
            yield _span(article, sentence, sentence), _span(article, sentences[first], sentences[last])


def _span(article: Article, first: Sentence, last: Sentence) -> Span:
    return Span(article.id, first.start, last.end, article.text[first.start : last.end])


def _articles(folder: Path) -> Iterator[Article]:
    for item in read_archive(folder):
        if isinstance(item, Rejected):
            raise ValueError(f"{item.path}: {item.reason}")  # noqa: TRY004 - an archive of ours is at fault
        yield item
