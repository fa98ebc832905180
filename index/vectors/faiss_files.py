"""FAISS's own files: the one place that parses them."""

from __future__ import annotations

from pathlib import Path
from threading import Lock

import faiss
import numpy as np

from index.errors import IndexDamaged

# FAISS keeps one byte limit for the whole process, so files are parsed one at a time.
_PARSING = Lock()
_PIECE = 1 << 20  # bytes written at once


def parse(path: Path) -> faiss.Index:
    """The FAISS index in a file, read whole; raises IndexDamaged. Check the file's hash before."""
    return deserialize(path.read_bytes(), path.name)


def deserialize(data: bytes, name: str) -> faiss.Index:
    """The FAISS index in these bytes, `name` said in the error; raises IndexDamaged."""
    with _PARSING:
        # A damaged header must not make FAISS allocate gigabytes.
        faiss.set_deserialization_vector_byte_limit(len(data))
        try:
            return faiss.deserialize_index(np.frombuffer(data, dtype=np.uint8))
        except RuntimeError as error:
            raise IndexDamaged(f"{name} can't be read; run `onrecord index` again") from error


def write(index: faiss.Index, path: Path) -> None:
    """Write an index in FAISS's own format, piece by piece: no second one is made of it. Raises OSError."""
    failed: list[OSError] = []
    with path.open("wb") as file:

        def write_piece(piece: bytes) -> None:
            try:
                file.write(piece)
            except OSError as error:
                failed.append(error)
                raise

        try:
            faiss.write_index(index, faiss.PyCallbackIOWriter(write_piece, _PIECE))  # type: ignore[attr-defined]
        except RuntimeError as error:
            raise failed[0] if failed else error from None


def mapped_index(path: Path) -> faiss.Index:
    """The FAISS index in a file, mapped read-only; raises IndexDamaged. Check the file's hash before.

    Nothing may be added to it or removed from it: FAISS would end the process.
    """
    with _PARSING:
        faiss.set_deserialization_vector_byte_limit(path.stat().st_size)
        try:
            return faiss.read_index(str(path), faiss.IO_FLAG_MMAP_IFC)
        except RuntimeError as error:
            raise IndexDamaged(f"{path.name} can't be read; run `onrecord index` again") from error
