"""Rows of numbers in a file, read whenever they are asked for: a server holds nothing of a file many times its memory.

Mapped into memory instead, what is touched counts as the process's, and far more is mapped than is touched: two hundred
questions had nearly all vectors of a million passages resident, and half of the word pieces.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any
from weakref import finalize

import numpy as np
from numpy.typing import DTypeLike, NDArray

from index.errors import IndexDamaged
from index.rows import Rows, runs


class StoredRows:
    """A file of rows, of `width` numbers each, that begin at a byte; several threads may read at once."""

    def __init__(self, path: Path, dtype: DTypeLike, width: int, offset: int = 0) -> None:
        """Open the file; it is closed when this is no longer used. Raises OSError."""
        self._path = path
        self._file = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
        finalize(self, os.close, self._file)
        self._dtype = np.dtype(dtype)
        self._width = width
        self._offset = offset
        self._size = self._dtype.itemsize * width

    def read(self, first: int, count: int) -> NDArray[Any]:
        """The rows from one on: shape (count, width); raises IndexDamaged where the file has been cut short."""
        found = np.empty((count, self._width), self._dtype)
        self._fill(found, first)
        return found

    def take(self, wanted: Rows) -> NDArray[Any]:
        """These rows, in their order: shape (len(wanted), width); neighbours are read in one go. Raises as `read`."""
        found = np.empty((len(wanted), self._width), self._dtype)
        at = 0
        for first, last in runs(wanted):
            count = last - first + 1
            self._fill(found[at : at + count], first)
            at += count
        return found

    def _fill(self, rows: NDArray[Any], first: int) -> None:
        room = rows.data.cast("B") if rows.size else memoryview(b"")
        at = self._offset + first * self._size
        while len(room):
            # A call reads no more than two gigabytes.
            count = os.preadv(self._file, [room], at)
            if count == 0:
                raise IndexDamaged(f"{self._path.name} has a wrong length; run `onrecord index` again")
            room, at = room[count:], at + count
