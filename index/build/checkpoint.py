"""What an indexing run has embedded so far, so that a run that was killed goes on where it stopped.

One SQLite file beside the generations. Every row carries its own checksum; a file that can't be
read, or that another model or codec wrote, is begun anew: nothing but time is lost with it.
"""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import numpy as np

from index.errors import IndexDamaged, IndexUnwritten
from index.files.write_errors import told
from index.models.embedder import Vectors
from index.vectors.word_pieces import Codes, TokenCodec

NAME = "onrecord-embedded.sqlite"
# A passage's text hash, its vector and the codes of its word pieces.
Row = tuple[bytes, Vectors, Codes]
# No key: rows are only ever appended, and read from the first to the last.
_SCHEMA = """
CREATE TABLE about (model TEXT, codec BLOB, sha256 BLOB);
CREATE TABLE passages (sha256 BLOB, vector BLOB, codes BLOB, checksum BLOB);
"""


class Unfinished:
    """The passages that an interrupted run embedded, by the hash of their text."""

    def __init__(self, root: Path, model: str) -> None:
        """Take up what an earlier run with this model left at `root`, if it left anything."""
        self._path = root / NAME
        self._model = model
        self.codec: TokenCodec | None = None
        self._reading: sqlite3.Connection | None = None
        if self._path.exists():
            with self._damage_is_discarded(), self._open() as connection:
                self.codec = _codec(connection, model)
            if self.codec is None:
                self.discard()

    def begin(self, codec: TokenCodec) -> None:
        """Go on with this codec; what another one compressed is of no use."""
        if self.codec and self.codec.serialize() != codec.serialize():
            self.discard()
        self.codec = codec

    def kept(self, wanted: Collection[bytes]) -> dict[bytes, int]:
        """The rows that are kept of these texts; those that are not what was written are left out."""
        found: dict[bytes, int] = {}
        if self.codec and self._path.exists():
            with self._damage_is_discarded(), self._open() as connection:
                found = {sha: row for row, sha in _sound(connection, self.codec.size) if sha in wanted}
            if self.codec is None:
                return {}
        return found

    def row(self, number: int) -> tuple[Vectors, Codes]:
        """The vector and the codes of a row; raises IndexDamaged where it isn't any more what was written."""
        try:
            if self._reading is None:
                self._reading = sqlite3.connect(self._path)
            ((*parts, checksum),) = self._reading.execute(
                "SELECT sha256, vector, codes, checksum FROM passages WHERE rowid = ?", [number]
            ).fetchall()
            if self.codec is None or _checksum(*parts) != checksum:
                raise ValueError("not what was written")
            return np.frombuffer(parts[1], np.float32), _shaped(parts[2], self.codec.size)
        except (sqlite3.DatabaseError, TypeError, ValueError) as error:
            self.discard()
            raise IndexDamaged(
                f"{self._path} was changed by another hand; run `onrecord index` again"
            ) from error

    def codes(self, number: int) -> Codes:
        """The codes of a row; raises as `row` does."""
        return self.row(number)[1]

    def add(self, rows: Sequence[Row]) -> range:
        """Keep these rows too, all of them or, when killed, none; gives their numbers. `begin` comes first.

        Raises IndexUnwritten when the disk does not take them.
        """
        new = not self._path.exists()
        with told(self._path.parent), self._open() as connection:
            if new:
                connection.executescript(_SCHEMA)
                connection.execute("INSERT INTO about VALUES (?,?,?)", self._about())
            ((last,),) = connection.execute("SELECT coalesce(max(rowid), 0) FROM passages").fetchall()
            connection.executemany("INSERT INTO passages VALUES (?,?,?,?)", map(_values, rows))
        return range(last + 1, last + 1 + len(rows))

    def _about(self) -> tuple[str, bytes, bytes]:
        if self.codec is None:
            raise ValueError("rows are kept only once their codec is known")
        data = self.codec.serialize()
        return self._model, data, hashlib.sha256(data).digest()

    def discard(self) -> None:
        """Remove the file: its rows are in a generation, or of no use."""
        self.codec = None
        if self._reading is not None:
            self._reading.close()
            self._reading = None
        for path in (self._path, self._path.with_name(NAME + "-journal")):
            path.unlink(missing_ok=True)

    @contextmanager
    def room_given_back(self) -> Iterator[None]:
        """Remove the file when the disk takes no more: it is large, and the disk's owner comes first."""
        try:
            yield
        except IndexUnwritten:
            self.discard()
            raise

    @contextmanager
    def _open(self) -> Iterator[sqlite3.Connection]:
        """A connection whose changes are committed at the end."""
        connection = sqlite3.connect(self._path)
        try:
            with connection:
                yield connection
        finally:
            connection.close()

    @contextmanager
    def _damage_is_discarded(self) -> Iterator[None]:
        try:
            yield
        except (sqlite3.DatabaseError, TypeError, ValueError):
            self.discard()


def _codec(connection: sqlite3.Connection, model: str) -> TokenCodec | None:
    row = connection.execute("SELECT model, codec, sha256 FROM about").fetchone()
    if row is None or row[0] != model or hashlib.sha256(row[1]).digest() != row[2]:
        return None
    return TokenCodec.deserialize(row[1])


def _sound(connection: sqlite3.Connection, size: int) -> Iterator[tuple[int, bytes]]:
    """The numbers and text hashes of the rows that are what was written."""
    for row, sha, vector, codes, checksum in connection.execute("SELECT rowid, * FROM passages"):
        if _checksum(sha, vector, codes) == checksum and len(codes) % size == 0:
            yield row, sha


def _shaped(codes: bytes, size: int) -> Codes:
    return np.frombuffer(codes, np.uint8).reshape(-1, size)


def _values(row: Row) -> tuple[bytes, bytes, bytes, bytes]:
    sha, vector, codes = row[0], row[1].astype(np.float32).tobytes(), row[2].tobytes()
    return sha, vector, codes, _checksum(sha, vector, codes)


def _checksum(*parts: bytes) -> bytes:
    return hashlib.sha256(b"".join(parts)).digest()
