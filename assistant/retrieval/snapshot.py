"""One generation of an index as one request reads it: nothing is read from the archive twice."""

from __future__ import annotations

from collections.abc import Callable, Collection, Hashable, Mapping, Sequence
from typing import TypeVar

from assistant.retrieval.document import Document
from corpus.article import Article
from index.filters import Filter
from index.generation.generation import Generation
from index.rows import Rows
from index.sqlite.records import Copy, Extent, Printing, StoredArticle, StoredPassage

# Characters of articles that a request keeps; what it reads beyond that it reads again where it needs it again.
_MOST_KEPT = 20_000_000

T = TypeVar("T")


class Snapshot:
    """Holds a generation, and what was read of its archive, to the end of a request; for one thread.

    What it gives is `Archive`'s, with the same errors: callers must not change it.
    """

    def __init__(self, generation: Generation) -> None:
        self.generation = generation
        self.words, self.vectors, self.tokens = generation.words, generation.vectors, generation.tokens
        self._documents: dict[int, Document] = {}
        self._numbers: dict[str, int] = {}
        self._room = _MOST_KEPT
        self._found: dict[Hashable, object] = {}

    def document(self, number: int) -> Document:
        """The article of this number; raises IndexDamaged."""
        found = self._documents.get(number)
        return found or self._kept(self.generation.archive.stored(number))

    def document_of(self, article_id: str) -> Document:
        """The article of this id; raises LookupError, IndexDamaged."""
        number = self._numbers.get(article_id)
        found = None if number is None else self._documents.get(number)
        return found or self._kept(self.generation.archive.stored_of(article_id))

    def _kept(self, stored: StoredArticle) -> Document:
        document = Document(stored)
        self._room -= len(document.text)
        if self._room >= 0:
            self._documents[document.number] = document
            self._numbers[document.article.id] = document.number
        return document

    def article(self, article_id: str) -> Article:
        """The article of this id; raises LookupError, IndexDamaged."""
        return self.document_of(article_id).article

    def passages(self, rows: Sequence[int]) -> list[StoredPassage]:
        """The passages of these rows, in the order asked for."""
        archive = self.generation.archive
        return self._once(("passages", *rows), lambda: archive.passages(rows))

    def passages_with(self, number: int, sentence: int) -> list[StoredPassage]:
        """The passages of an article that hold a sentence or part of it."""
        archive = self.generation.archive
        return self._once(("with", number, sentence), lambda: archive.passages_with(number, sentence))

    def allowed(self, wanted: Filter) -> Rows | None:
        """The passage rows a filter allows, ascending; None where everything is allowed."""
        return self._once(("allowed", wanted), lambda: self.generation.archive.allowed(wanted))

    def extent(self, wanted: Filter) -> Extent:
        """What a filter lets a search see, counted."""
        return self._once(("extent", wanted), lambda: self.generation.archive.coverage(wanted))

    def sources(self) -> list[str]:
        """The names of all sources stated, sorted."""
        return self._once("sources", self.generation.archive.sources)

    def sources_at(self, numbers: Collection[int]) -> dict[int, str | None]:
        """The source of each article of these numbers, casefolded; None where none is stated."""
        archive = self.generation.archive
        return self._once(("sources", frozenset(numbers)), lambda: archive.sources_at(numbers))

    def leads(self, origin: int) -> list[int]:
        """The articles of one origin by number, the one that leads its text first; see `Archive.leads`."""
        return self._once(("leads", origin), lambda: self.generation.archive.leads(origin))

    @property
    def lookalikes(self) -> Mapping[str, tuple[str, ...]]:
        """The sources that look like others; see `Archive.lookalikes`."""
        return self.generation.archive.lookalikes

    def origin(self, article_id: str) -> tuple[int, list[str]]:
        """How many articles are copies of this one's text, itself included, and their sources."""
        return self._once(("origin", article_id), lambda: self.generation.archive.origin(article_id))

    def copies(self, article_id: str) -> list[Copy]:
        """The other articles that are copies of this one's text; raises LookupError."""
        return self._once(("copies", article_id), lambda: self.generation.archive.copies(article_id))

    def printed_at(self, url: str) -> list[Printing]:
        """The articles of this address, in the archive's order."""
        return self._once(("address", url), lambda: self.generation.archive.printed_at(url))

    def _once(self, asked: Hashable, read: Callable[[], T]) -> T:
        if asked not in self._found:
            self._found[asked] = read()
        return self._found[asked]  # type: ignore[return-value]
