"""Vectors of every word piece of every passage, compressed: what late interaction compares.

tokens.codec   the quantiser, in FAISS's own format
tokens.codes   one code for each piece, passage after passage
tokens.ends    where each passage's codes end: little-endian 64-bit counts of pieces
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

import faiss
import numpy as np
from numpy.typing import NDArray

from index.errors import IndexDamaged
from index.models.embedder import Vectors
from index.vectors.faiss_files import deserialize, parse
from index.vectors.stored import StoredRows

Codes = NDArray[np.uint8]

# A random rotation that keeps the dimensions, then a bit for each; chosen by what it keeps of the
# ranking for its size: see docs/late_interaction.md.
CODEC = "RR{},RaBitQ"
FILES = ("tokens.codec", "tokens.codes", "tokens.ends")


class TokenCodec:
    """Compresses vectors of unit length, and gives them back nearly so."""

    def __init__(self, index: faiss.Index) -> None:
        """Take an index that FAISS made of CODEC; raises IndexDamaged for any other."""
        if not isinstance(index, faiss.IndexPreTransform):
            raise IndexDamaged("the codec of the word pieces is of another kind; run `onrecord index` again")
        self._index = index
        self._rotation = faiss.downcast_VectorTransform(index.chain.at(0))  # type: ignore[attr-defined]
        self._rotated = faiss.downcast_index(index.index)

    @classmethod
    def fit(cls, vectors: Vectors) -> TokenCodec:
        """A codec for vectors like these: shape (vectors, dimensions)."""
        index = faiss.index_factory(
            vectors.shape[1], CODEC.format(vectors.shape[1]), faiss.METRIC_INNER_PRODUCT
        )
        # Threads would sum in another order than one alone, and the same texts get other codes.
        faiss.omp_set_num_threads(1)
        index.train(np.ascontiguousarray(vectors, dtype=np.float32))
        return cls(index)

    def encode(self, vectors: Vectors) -> Codes:
        """Codes of vectors: shape (vectors, bytes of one code)."""
        codes: Codes = self._index.sa_encode(np.ascontiguousarray(vectors, dtype=np.float32))
        return codes

    def decode(self, codes: Codes) -> Vectors:
        """Vectors of codes, brought back to unit length: shape (codes, dimensions)."""
        return _of_unit_length(self._index.sa_decode(np.ascontiguousarray(codes)))

    def decode_rotated(self, codes: Codes) -> Vectors:
        """What `decode` gives, without its last and longest step: rotated still, as `rotate` would have it."""
        return _of_unit_length(self._rotated.sa_decode(np.ascontiguousarray(codes)))

    def rotate(self, vectors: Vectors) -> Vectors:
        """Vectors as they are rotated before they are encoded; lengths and angles stay: shape (vectors, dimensions)."""
        rotated: Vectors = self._rotation.apply(np.ascontiguousarray(vectors, dtype=np.float32))
        return rotated

    @property
    def size(self) -> int:
        """The bytes of one code."""
        return int(self._index.sa_code_size())

    def serialize(self) -> bytes:
        """The codec as bytes, in FAISS's own format."""
        return bytes(faiss.serialize_index(self._index))

    @classmethod
    def read(cls, path: Path) -> TokenCodec:
        """Read what `serialize` gave; raises IndexDamaged. Check the file's hash before."""
        return cls(parse(path))

    @classmethod
    def deserialize(cls, data: bytes) -> TokenCodec:
        """The codec in what `serialize` gave; raises IndexDamaged. Check the bytes' hash before."""
        return cls(deserialize(data, "the codec"))


def _of_unit_length(decoded: Vectors) -> Vectors:
    lengths = np.linalg.norm(decoded, axis=1, keepdims=True)
    return np.asarray(decoded / np.maximum(lengths, 1e-9), dtype=np.float32)


class Tokens:
    """The word pieces of one generation's passages, left on disk; read-only."""

    def __init__(self, folder: Path) -> None:
        """Open the three files in a folder; raises IndexDamaged."""
        codec, codes, ends = (folder / name for name in FILES)
        self.codec = TokenCodec.read(codec)
        self._ends = np.concatenate([[0], np.fromfile(ends, dtype="<i8")])
        if codes.stat().st_size != int(self._ends[-1]) * self.codec.size:
            raise IndexDamaged(f"{codes.name} has a wrong length; run `onrecord index` again")
        self._codes = StoredRows(codes, np.uint8, self.codec.size)

    def __len__(self) -> int:
        return len(self._ends) - 1

    def codes(self, row: int) -> Codes:
        """The codes of one passage's pieces: shape (pieces, bytes of one code)."""
        first, end = self._ends[row : row + 2].tolist()
        return self._codes.read(first, end - first)

    def pieces(self, rows: Sequence[int]) -> list[Vectors]:
        """The vectors of each passage's pieces, rotated by the codec: shapes (pieces, dimensions)."""
        codes = [self.codes(row) for row in rows]
        if not codes:
            return []
        vectors = self.codec.decode_rotated(np.concatenate(codes))
        return np.split(vectors, np.cumsum([len(c) for c in codes])[:-1])


def write_tokens(folder: Path, codec: TokenCodec, codes: Iterable[Codes]) -> None:
    """Write the codes of passages 0, 1, 2 … and their codec."""
    counts: list[int] = []
    with (folder / "tokens.codes").open("wb") as file:
        for passage in codes:
            counts.append(len(passage))
            file.write(passage.tobytes())
    (folder / "tokens.codec").write_bytes(codec.serialize())
    (folder / "tokens.ends").write_bytes(np.cumsum(counts, dtype="<i8").tobytes())
