"""A generation onto disk: its parts into a draft, and the draft published whole."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from corpus.article import Rejected
from corpus.loading.aliases import Alias
from index.build.encode import EncodedPassages
from index.files.write_errors import told
from index.generation.generation import drafting, publish
from index.generation.manifest import FORMAT, Manifest, hash_files
from index.sqlite.archive_writing import Entry, write_archive
from index.sqlite.records import Version
from index.vectors.dense import FaissVectors
from index.vectors.shortlist import EXACT, Made, kind_for, make
from index.vectors.shortlist import FILE as SHORTLIST
from index.vectors.word_pieces import write_tokens
from index.words.bm25 import heading, write_words


@dataclass(frozen=True, slots=True)
class Contents:
    """What a generation holds: articles with their passages, these encoded in their order, and what is told of them.

    `roots` are where the articles were read, `versions` earlier texts of them. `created` is the one moment of
    the generation (see `now`): the texts that it replaces were replaced then, whatever the writing takes.
    """

    entries: Sequence[Entry]
    encoded: EncodedPassages
    model: str
    roots: tuple[str, ...]
    created: str
    rejected: Sequence[Rejected] = ()
    aliases: Sequence[Alias] = ()
    versions: Iterable[Version] = ()


def now() -> str:
    """The time, in UTC, ISO 8601."""
    return datetime.now(UTC).isoformat(timespec="seconds")


def write(root: Path, contents: Contents) -> str:
    """Write a generation and make it the current one; returns its number. Raises IndexUnwritten."""
    entries, encoded = contents.entries, contents.encoded
    with told(root), drafting(root) as draft:
        write_archive(
            draft / "archive.sqlite", entries, contents.rejected, contents.versions, contents.aliases
        )
        write_words(draft / "words", (f"{heading(e.article)}\n{p.text}" for e in entries for p in e.passages))
        shortlist = _write_vectors(draft, encoded)
        write_tokens(draft, encoded.codec, encoded.codes)
        manifest = Manifest(
            format=FORMAT,
            created=contents.created,
            model=contents.model,
            dimensions=int(encoded.vectors.shape[1]),
            articles=len(entries),
            passages=len(encoded.vectors),
            search=shortlist.kind if shortlist else EXACT,
            recall=shortlist.recall if shortlist else None,
            roots=contents.roots,
            files=hash_files(draft),
        )
        return publish(root, draft, manifest)


def _write_vectors(draft: Path, encoded: EncodedPassages) -> Made | None:
    """Write the vectors and, where there are many, what shortlists them."""
    FaissVectors(encoded.vectors).write(draft / "vectors.faiss")
    kind = kind_for(len(encoded.vectors))
    shortlist = make(encoded.vectors, kind, encoded.like_questions()) if kind != EXACT else None
    if shortlist:
        (draft / SHORTLIST).write_bytes(shortlist.serialize())
    return shortlist
