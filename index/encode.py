"""Passages into vectors and codes; no text is embedded twice."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from index.archive import digest
from index.embedder import Embedder, Encoded, Vectors
from index.generation import Generation
from index.tokens import Codes, TokenCodec
from index.unfinished import Unfinished

BATCH = 64
_QUESTION = 12  # word pieces

Progress = Callable[[int, int], None]
Known = dict[bytes, tuple[Vectors, Codes]]


@dataclass(frozen=True, slots=True)
class EncodedPassages:
    """What the passages became, in their order: a vector each, and the codes of their word pieces.

    `fresh` counts the texts that were embedded for it; the others were taken over.
    """

    vectors: Vectors
    codec: TokenCodec
    codes: list[Codes]
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

    `old` must be of the same model. `progress` is told texts embedded and texts to embed. Raises
    ValueError for no texts at all.
    """
    wanted = {digest(text): text for text in texts}
    codec = old.tokens.codec if old else rest.codec
    if codec:
        rest.begin(codec)
    known = {**_taken_over(wanted, old), **rest.rows(wanted)}
    # Texts of like length together: less padding.
    fresh = sorted(wanted.keys() - known.keys(), key=lambda sha: (len(wanted[sha]), sha))
    for batch in _batches(fresh, wanted, embedder, progress):
        codec = codec or TokenCodec.fit(np.concatenate([encoded.pieces for _, encoded in batch]))
        rows = [(sha, encoded.vector, codec.encode(encoded.pieces)) for sha, encoded in batch]
        known.update({row[0]: row[1:] for row in rows})
        if len(fresh) > BATCH:
            rest.begin(codec)
            rest.add(rows)
    if codec is None:
        raise ValueError("there is no text to encode")
    in_order = [known[digest(text)] for text in texts]
    vectors = np.stack([vector for vector, _ in in_order]).astype(np.float32)
    return EncodedPassages(vectors, codec, [codes for _, codes in in_order], len(fresh))


def _taken_over(wanted: Collection[bytes], old: Generation | None) -> Known:
    """What the former generation has of these texts."""
    rows = {sha: row for sha, row in old.archive.passage_rows().items() if sha in wanted} if old else {}
    if not old or not rows:
        return {}
    vectors = old.vectors.rows(np.array(list(rows.values())))
    return {
        sha: (vector, old.tokens.codes(row)) for (sha, row), vector in zip(rows.items(), vectors, strict=True)
    }


def _batches(
    fresh: Sequence[bytes], texts: dict[bytes, str], embedder: Embedder, progress: Progress
) -> Iterator[list[tuple[bytes, Encoded]]]:
    """Embed in batches, telling the progress after each."""
    progress(0, len(fresh))
    for first in range(0, len(fresh), BATCH):
        batch = fresh[first : first + BATCH]
        yield list(zip(batch, embedder.embed_passages([texts[sha] for sha in batch]), strict=True))
        progress(first + len(batch), len(fresh))
