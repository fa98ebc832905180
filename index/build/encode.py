"""Passages into vectors and codes; no text is embedded twice.

The vectors stand in memory, as the search among them is made of all; the codes, three times as large, stay where
they are, in the former index or in what this run has kept so far, and are read when they are written out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import overload

import numpy as np

from index.build.checkpoint import Row, Unfinished
from index.generation.generation import Generation
from index.models.embedder import Embedder, Encoded, Vectors
from index.sqlite.archive import digest
from index.vectors.word_pieces import Codes, TokenCodec

BATCH = 64
_QUESTION = 12  # word pieces
_AT_ONCE = 10_000  # vectors taken over in one go

Progress = Callable[[int, int], None]
# Who has the codes of a passage, and under which number.
Place = tuple[Callable[[int], Codes], int]


class StoredCodes(Sequence[Codes]):
    """The codes of passages in their order, each read from its place whenever it is asked for."""

    def __init__(self, places: Sequence[Place]) -> None:
        self._places = places

    def __len__(self) -> int:
        return len(self._places)

    @overload
    def __getitem__(self, at: int) -> Codes: ...
    @overload
    def __getitem__(self, at: slice) -> Sequence[Codes]: ...
    def __getitem__(self, at: int | slice) -> Codes | Sequence[Codes]:
        """The codes of one passage, or of a part, still unread."""
        if isinstance(at, slice):
            return StoredCodes(self._places[at])
        read, number = self._places[at]
        return read(number)


@dataclass(frozen=True, slots=True)
class EncodedPassages:
    """What the passages became, in their order: a vector each, and the codes of their word pieces.

    `fresh` counts the texts that were embedded for it; the others were taken over.
    """

    vectors: Vectors
    codec: TokenCodec
    codes: Sequence[Codes]
    fresh: int

    def like_questions(self, count: int = 200) -> Vectors:
        """Vectors of at most so many short pieces of these texts, from the whole of them: shape (count, dimensions).

        Each is the mean of a passage's first word pieces, as many as a question has.
        """
        step = max(1, len(self.codes) // count)
        some = [codes for codes in self.codes[::step][:count] if len(codes)]
        means = np.array([self.codec.decode(codes[:_QUESTION]).mean(axis=0) for codes in some])
        unit: Vectors = (means / np.linalg.norm(means, axis=1, keepdims=True)).astype(np.float32)
        return unit


def encode(
    texts: Sequence[str], embedder: Embedder, old: Generation | None, rest: Unfinished, progress: Progress
) -> EncodedPassages:
    """Encode every text; what `old` or an interrupted run has of them is taken over.

    `old` must be of the same model, and it and `rest` stay as they are until the codes have been read. `progress`
    is told texts embedded and texts to embed. Raises ValueError for no texts at all.
    """
    digests = [digest(text) for text in texts]
    gathered = _Gathered(digests)
    codec = old.tokens.codec if old else rest.codec
    if codec:
        rest.begin(codec)
    if old:
        _take_over(old, gathered)
    for sha, row in rest.kept(gathered.missing()).items():
        gathered.put(sha, rest.row(row)[0], (rest.codes, row))
    # Texts of like length together: less padding.
    wanted = {sha: texts[row] for sha, row in gathered.missing().items()}
    fresh = sorted(wanted, key=lambda sha: (len(wanted[sha]), sha))
    for batch in _batches(fresh, wanted, embedder, progress):
        codec = codec or TokenCodec.fit(np.concatenate([encoded.pieces for _, encoded in batch]))
        rows = [(sha, encoded.vector, codec.encode(encoded.pieces)) for sha, encoded in batch]
        read, numbers = _kept(rows, codec, rest) if len(fresh) > BATCH else _in_memory(rows)
        for (sha, vector, _), number in zip(rows, numbers, strict=True):
            gathered.put(sha, vector, (read, number))
    if codec is None:
        raise ValueError("there is no text to encode")
    vectors, stored = gathered.whole()
    return EncodedPassages(vectors, codec, stored, len(fresh))


class _Gathered:
    """The vectors of passages as they come, and the places of their codes; texts that are alike have one of each."""

    def __init__(self, digests: Sequence[bytes]) -> None:
        self._digests = digests
        self._first: dict[bytes, int] = {}
        for row, sha in enumerate(digests):
            self._first.setdefault(sha, row)
        self._vectors: Vectors | None = None
        self._places: list[Place | None] = [None] * len(digests)

    def missing(self) -> dict[bytes, int]:
        """The texts that have no vector yet, each with the row of the first that is like it."""
        return {sha: row for sha, row in self._first.items() if self._places[row] is None}

    def put(self, sha: bytes, vector: Vectors, place: Place) -> None:
        """Take the vector of a text and the place of its codes."""
        if self._vectors is None:
            self._vectors = np.empty((len(self._digests), len(vector)), np.float32)
        row = self._first[sha]
        self._vectors[row], self._places[row] = vector, place

    def whole(self) -> tuple[Vectors, StoredCodes]:
        """All vectors and codes, in the order of the texts: none may be missing."""
        vectors = self._vectors if self._vectors is not None else np.empty((0, 0), np.float32)
        for row, sha in enumerate(self._digests):
            if (first := self._first[sha]) != row:
                vectors[row], self._places[row] = vectors[first], self._places[first]
        return vectors, StoredCodes([place for place in self._places if place is not None])


def _take_over(old: Generation, gathered: _Gathered) -> None:
    """Take what the former generation has of the texts."""
    wanted = gathered.missing()
    rows = [(sha, row) for sha, row in old.archive.passage_rows().items() if sha in wanted]
    for first in range(0, len(rows), _AT_ONCE):
        some = rows[first : first + _AT_ONCE]
        vectors = old.vectors.rows(np.array([row for _, row in some]))
        for (sha, row), vector in zip(some, vectors, strict=True):
            gathered.put(sha, vector, (old.tokens.codes, row))


def _kept(rows: Sequence[Row], codec: TokenCodec, rest: Unfinished) -> tuple[Callable[[int], Codes], range]:
    """Keep a batch on disk, for a run that may be interrupted: who has its codes, and under which numbers."""
    rest.begin(codec)
    return rest.codes, rest.add(rows)


def _in_memory(rows: Sequence[Row]) -> tuple[Callable[[int], Codes], range]:
    """The same for the codes of a run's only batch, which is quickly made again."""
    return [codes for *_, codes in rows].__getitem__, range(len(rows))


def _batches(
    fresh: Sequence[bytes], texts: Mapping[bytes, str], embedder: Embedder, progress: Progress
) -> Iterator[list[tuple[bytes, Encoded]]]:
    """Embed in batches, telling the progress after each."""
    progress(0, len(fresh))
    for first in range(0, len(fresh), BATCH):
        batch = fresh[first : first + BATCH]
        yield list(zip(batch, embedder.embed_passages([texts[sha] for sha in batch]), strict=True))
        progress(first + len(batch), len(fresh))
