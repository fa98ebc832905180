"""BM25 over passages by tantivy: words in, hits out.

A question never becomes query syntax: it is analysed into terms and the terms are passed as terms.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path
from unicodedata import normalize

import numpy as np
import tantivy

from corpus.article import Article
from index.files.links import linked
from index.files.write_errors import tantivy_s_told
from index.hits import Hit
from index.rows import Rows, run_count, runs

MAX_TERMS = 64
_ANALYZER = "onrecord"
_WRITER_BYTES = 128_000_000
# Allowed rows up to which each is looked for by its number; runs of more of them that are looked for as ranges.
_FEW, _MOST_RANGES = 500, 2
# Where many rows are allowed the best of all are looked through for them: at first so many times as deep as
# they should lie, and down to here at most. docs/performance.md has what each way costs.
_SPARE, _DEEPEST = 1.5, 10_000


def _analyzer() -> tantivy.TextAnalyzer:
    """Lower case, no diacritics, English stop words out, English stems."""
    builder = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.simple())
    for step in (
        tantivy.Filter.remove_long(40),
        tantivy.Filter.lowercase(),
        tantivy.Filter.ascii_fold(),
        tantivy.Filter.stopword("english"),
        tantivy.Filter.stemmer("english"),
    ):
        builder = builder.filter(step)
    return builder.build()


_TERMS = _analyzer()


def analyze(text: str) -> list[str]:
    """Cut a text into the terms it is searched by, in order, repeats kept."""
    return list(_TERMS.analyze(text))


def _folder() -> tantivy.TextAnalyzer:
    """Lower case, no diacritics; every word is kept, and whole."""
    builder = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.simple())
    for step in (tantivy.Filter.lowercase(), tantivy.Filter.ascii_fold()):
        builder = builder.filter(step)
    return builder.build()


_FOLDED = _folder()


def fold(text: str) -> list[str]:
    """Cut a text into its words, in order, without regard to case and diacritics."""
    return list(_FOLDED.analyze(normalize("NFC", text)))


def _schema() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    builder.add_unsigned_field("row", stored=False, indexed=True, fast=True)
    builder.add_text_field("words", tokenizer_name=_ANALYZER, index_option="freq")
    return builder.build()


def heading(article: Article) -> str:
    """What is known of an article besides its text, in words: title, source, date."""
    return " ".join(filter(None, (article.title, article.source, _spoken(article.published))))


def _spoken(day: date | None) -> str:
    return f"{day.isoformat()} {day:%B} {day.day} {day.year}" if day else ""


def write_words(folder: Path, texts: Iterable[str]) -> None:
    """Index texts as passages 0, 1, 2 …; one thread and one commit, so that builds are alike.

    Raises OSError when the disk does not take them.
    """
    folder.mkdir()
    with tantivy_s_told():
        _write_words(folder, texts)


def _write_words(folder: Path, texts: Iterable[str]) -> None:
    index = tantivy.Index(_schema(), path=str(folder), reuse=False)
    index.register_tokenizer(_ANALYZER, _TERMS)
    writer = index.writer(heap_size=_WRITER_BYTES, num_threads=1)
    for row, text in enumerate(texts):
        document = tantivy.Document()
        document.add_unsigned("row", row)
        document.add_text("words", text)
        writer.add_document(document)
    writer.commit()
    writer.wait_merging_threads()


class Words:
    """The published word index of one generation, read-only."""

    def __init__(self, folder: Path) -> None:
        with linked(folder) as readable:
            self._index = tantivy.Index.open(str(readable))
            self._index.config_reader("manual")  # what is published never changes: nothing keeps looking
        self._index.register_tokenizer(_ANALYZER, _TERMS)
        self._searcher = self._index.searcher()

    def __len__(self) -> int:
        return int(self._searcher.num_docs)

    def idf(self, term: str) -> float:
        """BM25's inverse document frequency of one term, as Lucene computes it; above 0."""
        seen = self._searcher.doc_freq("words", term)
        return math.log(1 + (len(self) - seen + 0.5) / (seen + 0.5))

    def search(self, terms: Sequence[str], k: int, allowed: Rows | None = None) -> list[Hit]:
        """The k best passages by BM25 (k1 1.2, b 0.75) among those allowed.

        At most MAX_TERMS different terms are used, the first ones. No term, or an empty allowed
        set, gives an empty list.
        """
        unique = list(dict.fromkeys(terms))[:MAX_TERMS]
        if not unique or (allowed is not None and not len(allowed)):
            return []
        query = self._query(unique)
        if allowed is None:
            return self._best(query, k)
        if len(allowed) > _FEW and run_count(allowed) > _MOST_RANGES:
            found = self._looked_through(query, k, allowed)
            if found is not None:
                return found
        among = tantivy.Query.const_score_query(self._among(allowed), 0.0)
        must = tantivy.Occur.Must
        return self._best(tantivy.Query.boolean_query([(must, query), (must, among)]), k)

    def _best(self, query: tantivy.Query, k: int) -> list[Hit]:
        """The k best passages of a query; tantivy orders equal scores by where it stored them, here they go by row."""
        found = self._searcher.search(query, limit=k, count=False).hits
        rows = self._searcher.fast_field_values("row", [address for _, address in found])
        hits = [Hit(int(row or 0), float(score)) for row, (score, _) in zip(rows, found, strict=True)]
        return sorted(hits, key=lambda h: (-h.score, h.passage_id))

    def _looked_through(self, query: tantivy.Query, k: int, allowed: Rows) -> list[Hit] | None:
        """The k best that are allowed, found among the best of all; None where these lie too deep for that."""
        depth = math.ceil(_SPARE * k * len(self) / len(allowed))
        while depth <= _DEEPEST:
            found = self._best(query, depth)
            rows = np.fromiter((hit.passage_id for hit in found), np.int64, len(found))
            at = np.minimum(np.searchsorted(allowed, rows), len(allowed) - 1)
            kept = [hit for hit, is_allowed in zip(found, allowed[at] == rows, strict=True) if is_allowed]
            if len(kept) >= k or len(found) < depth:
                return kept[:k]
            depth *= 4
        return None

    def _query(self, terms: Sequence[str]) -> tantivy.Query:
        schema = self._index.schema
        words = [tantivy.Query.term_query(schema, "words", term, "freq") for term in terms]
        return tantivy.Query.boolean_query([(tantivy.Occur.Should, word) for word in words])

    def _among(self, allowed: Rows) -> tantivy.Query:
        """Passages of these rows: as ranges where they are a run or two, by their numbers otherwise."""
        schema = self._index.schema
        if len(allowed) <= _FEW or run_count(allowed) > _MOST_RANGES:
            return tantivy.Query.term_set_query(schema, "row", allowed.tolist())
        return tantivy.Query.boolean_query(
            [
                (
                    tantivy.Occur.Should,
                    tantivy.Query.range_query(schema, "row", tantivy.FieldType.Unsigned, first, last),
                )
                for first, last in runs(allowed)
            ]
        )
