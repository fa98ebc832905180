"""An index changed on disk so that every hash agrees again, as a faulty program would leave it."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np

from index.generation.generation import current_number, open_current
from index.generation.manifest import file_hash, hash_files
from index.models.embedder import Vectors
from index.sqlite.archive import digest
from index.vectors.dense import FaissVectors
from index.vectors.word_pieces import Codes, TokenCodec, write_tokens
from index.words.bm25 import write_words


def generation_folder(index: Path) -> Path:
    """The folder of the current generation."""
    return index / "generations" / current_number(index)


def rehash(index: Path, **changes: object) -> None:
    """Rewrite the manifest, with these values changed, and CURRENT to fit the files as they are."""
    folder = generation_folder(index)
    path = folder / "manifest.json"
    manifest = json.loads(path.read_text("utf-8"))
    path.unlink()
    path.write_text(json.dumps({**manifest, "files": hash_files(folder), **changes}), "utf-8")
    current = {"generation": folder.name, "manifest_sha256": file_hash(path)}
    (index / "CURRENT").write_text(json.dumps(current), "utf-8")


def run_sql(index: Path, *statements: str) -> None:
    """Change the stored archive, and the hashes with it."""
    connection = sqlite3.connect(generation_folder(index) / "archive.sqlite")
    connection.create_function("sha256", 1, digest)
    for statement in statements:
        connection.execute(statement)
    connection.commit()
    connection.close()
    rehash(index)


def with_vectors(index: Path, change: Callable[[Vectors], Vectors]) -> None:
    """Change the stored vectors, shape (passages, dimensions)."""
    stored = open_current(index).vectors
    vectors = change(stored.rows(np.arange(len(stored))).copy())
    FaissVectors(vectors).write(generation_folder(index) / "vectors.faiss")
    rehash(index)


def with_codes(
    index: Path, change: Callable[[list[Codes]], list[Codes]], codec: TokenCodec | None = None
) -> None:
    """Change the stored codes of the passages' word pieces, and their codec."""
    stored = open_current(index).tokens
    codes = change([stored.codes(row).copy() for row in range(len(stored))])
    write_tokens(generation_folder(index), codec or stored.codec, codes)
    rehash(index)


def with_words(index: Path, texts: Sequence[str]) -> None:
    """Index these texts in place of the passages'."""
    folder = generation_folder(index) / "words"
    for path in folder.iterdir():
        path.unlink()
    folder.rmdir()
    write_words(folder, texts)
    rehash(index)
