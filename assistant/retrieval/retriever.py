"""A question in, cited passages out, over whichever generation of the index is current."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from threading import Lock
from typing import Unpack

import numpy as np

from assistant.provenance.cited import C, in_archive, printed
from assistant.query.parameters import read_count, read_filter, read_text
from assistant.query.question import Question, read_question
from assistant.retrieval.late_interaction import Asked
from assistant.retrieval.snapshot import Snapshot
from assistant.types.answer import Cited, Coverage
from assistant.types.request import MOST_PASSAGES, USUAL_PASSAGES
from index.errors import IndexDamaged, IndexForeign
from index.filters import Filter, FilterValues
from index.generation.generation import Generation, is_current, open_current
from index.generation.manifest import REPAIR
from index.hits import Hit
from index.models.by_name import model_named
from index.models.embedder import Embedder, Vectors
from index.rows import Rows
from index.search.fusion import fuse
from index.sqlite.archive import digest
from index.sqlite.records import Copy, Extent, StoredPassage

# How many passages each ranker brings, and how many of the best are compared word by word.
_DEPTH = 100
_COMPARED = 20
# What that comparison counts beside words and meaning, each at most 1; see docs/late_interaction.md.
_WORD_BY_WORD = 2.0


@dataclass(frozen=True, slots=True)
class Candidate:
    """A passage that may hold the answer; among one question's, a higher score is better.

    `pieces` are the vectors of its word pieces, of the passages that were compared word by word.
    """

    passage: StoredPassage
    score: float
    pieces: Vectors | None = None


class Retriever:
    """Searches an index for cited passages; safe to share between threads.

    Each call works on one generation of the index from its start to its end; the next call sees
    the newest one, without a restart.

    >>> hits = onrecord.Retriever.open("my-index").search("dockers strike", k=1, since="2031-03-01")
    >>> [(hit.article_id, hit.start, hit.end) for hit in hits]
    [('strike.txt', 16, 132)]
    """

    def __init__(self, root: Path, embedder: Embedder | None = None) -> None:
        self._root = root
        self._lock = Lock()
        self._generation = open_current(root)
        self.embedder = embedder or model_named(_model_name(self._generation))
        self._check_model(self._generation)

    @classmethod
    def open(cls, path: Path | str, embedder: Embedder | None = None) -> Retriever:
        """Open the index at `path`; raises IndexMissing, IndexDamaged, IndexForeign.

        Without an embedder the model that built the index is used.
        """
        return cls(Path(path), embedder)

    def generation(self) -> Generation:
        """The current generation, opened anew when another one was published."""
        with self._lock:
            if not is_current(self._root, self._generation):
                newer = open_current(self._root)
                self._check_model(newer)
                self._generation = newer
            return self._generation

    def snapshot(self) -> Snapshot:
        """The current generation for one request."""
        return Snapshot(self.generation())

    def _check_model(self, generation: Generation) -> None:
        made, ours = generation.manifest.model, self.embedder.model_id
        if made == ours:
            return
        if (name := _model_name(generation)) == ours.rpartition("@")[0]:
            raise IndexForeign(
                f"the index was made with another form of the model {name} ({made}, now {ours}), "
                f"whose vectors are not the same; {REPAIR}"
            )
        raise IndexForeign(
            f"the index was built with the model {made}, not {ours}; "
            "run `onrecord index` again with the model you want"
        )

    def search(
        self,
        query: str,
        k: int = USUAL_PASSAGES,
        **filters: Unpack[FilterValues],
    ) -> list[Cited]:
        """The k passages that fit a question best, each with its article, date, source and span.

        k is 1 to 100. Days are given as `date` or as text, "2020-02-03"; one source can be given as a text.
        `since` and `until` are inclusive publication dates; the other filters are as
        in `Filter`. Raises ValueError for an empty query and BadRequest, which is one,
        for what can't be used of the rest.
        """
        wanted = read_filter(**filters)
        asked, most = read_text(query, "query"), read_count(k, MOST_PASSAGES)
        return self.search_in(self.generation(), asked, wanted, most)

    def search_in(self, generation: Generation, query: str, wanted: Filter, k: int) -> list[Cited]:
        """Search one generation; see `search`."""
        snapshot = Snapshot(generation)
        found = self.candidates(snapshot, self.asked(generation, read_question(query)), wanted)[:k]
        return [cite(Cited, snapshot, c.passage, c.passage.start, c.passage.end, c.score) for c in found]

    def copies(self, article_id: str) -> list[Copy]:
        """The other articles that print this one's text, in the archive's order; raises LookupError."""
        return self.generation().archive.copies(article_id)

    def asked(self, generation: Generation, question: Question) -> Asked:
        """A question ready to be compared with this generation's passages; raises IndexForeign."""
        encoded = self.embedder.embed_query(question.text)
        if len(encoded.vector) != generation.manifest.dimensions:
            raise IndexForeign(
                f"the index holds vectors of {generation.manifest.dimensions} numbers, the model gives "
                f"{len(encoded.vector)}; index the articles anew: onrecord index ARTICLES --index ANOTHER-FOLDER"
            )
        return Asked(question, encoded, generation.words.idf, generation.tokens.codec.rotate)

    def candidates(self, snapshot: Snapshot, asked: Asked, wanted: Filter) -> list[Candidate]:
        """Passages the filter allows, best first: by words and meaning, then the best word by word."""
        allowed = snapshot.allowed(wanted)
        if allowed is not None and not len(allowed):
            return []
        fused = _fused(snapshot.generation, asked, allowed)
        best, rest = fused[:_COMPARED], fused[_COMPARED:]
        rows = [hit.passage_id for hit in best]
        pieces = dict(zip(rows, snapshot.tokens.pieces(rows), strict=True))
        compared = [_compared(asked, hit, pieces[hit.passage_id]) for hit in best]
        compared.sort(key=lambda hit: (-hit.score, hit.passage_id))
        return _joined(snapshot, [*compared, *_below(compared, rest)], pieces)


def _compared(asked: Asked, hit: Hit, pieces: Vectors) -> Hit:
    return Hit(hit.passage_id, hit.score + _WORD_BY_WORD * asked.nearness(asked.met(pieces)))


def _fused(generation: Generation, asked: Asked, allowed: Rows | None) -> list[Hit]:
    """The best passages by words and by meaning, each with both of its scores joined."""
    terms, vector = asked.question.terms, asked.encoded.vector
    words = dict(generation.words.search(terms, _DEPTH, allowed))
    near = dict(generation.vectors.search(vector, _DEPTH, allowed))
    unread = np.array(sorted({*near} - {*words}), dtype=np.int64)
    unmet = np.array(sorted({*words} - {*near}), dtype=np.int64)
    words |= dict(generation.words.search(terms, len(unread), unread))
    if len(unmet):
        cosines = generation.vectors.rows(unmet) @ vector
        near |= dict(zip(unmet.tolist(), cosines.tolist(), strict=True))
    return fuse(words, near)[:_DEPTH]


def _model_name(generation: Generation) -> str:
    return generation.manifest.model.rpartition("@")[0]


def _below(compared: Sequence[Hit], rest: Sequence[Hit]) -> list[Hit]:
    """The hits that were not compared, their scores moved to where the compared ones end."""
    if not compared or not rest:
        return list(rest)
    step = compared[-1].score - rest[0].score
    return [Hit(hit.passage_id, hit.score + step) for hit in rest]


def _joined(snapshot: Snapshot, hits: Sequence[Hit], pieces: Mapping[int, Vectors]) -> list[Candidate]:
    passages = snapshot.passages([hit.passage_id for hit in hits])
    return [
        Candidate(passage, hit.score, pieces.get(hit.passage_id))
        for passage, hit in zip(passages, hits, strict=True)
    ]


def cite(form: type[C], snapshot: Snapshot, passage: StoredPassage, start: int, end: int, score: float) -> C:
    """Words of a passage's article with their provenance, as a Cited or a Quote.

    Raises IndexDamaged when the article or the passage is not what was stored.
    """
    article = snapshot.document(passage.article).article
    if digest(article.text[passage.start : passage.end]) != passage.sha256:
        raise IndexDamaged(f"a passage of {article.id!r} is not what was stored; run `onrecord index` again")
    return in_archive(printed(form, article, start, end, score), snapshot, article)


def coverage(generation: Generation, wanted: Filter | None = None) -> Coverage:
    """What a search under this filter looks through."""
    return covered(generation.archive.coverage(wanted))


def covered(extent: Extent) -> Coverage:
    """Counts of articles, as an answer states them."""
    return Coverage(
        articles=extent.articles,
        sources=extent.sources,
        undated=extent.undated,
        first=extent.first,
        last=extent.last,
    )
