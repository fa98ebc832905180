"""What a generation is made of: its manifest, and the hash of each of its files."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from errno import EINVAL
from pathlib import Path
from stat import S_ISREG

from index.errors import IndexDamaged, IndexForeign
from index.vectors.word_pieces import FILES as TOKEN_FILES

FORMAT = 8
# What every generation has; tantivy's segments come on top.
_PARTS = {"archive.sqlite", "vectors.faiss", "words/meta.json", *TOKEN_FILES}
REPAIR = "run `onrecord index` on the articles again"


@dataclass(frozen=True, slots=True)
class Manifest:
    """What one generation is made of. `files` maps a relative path to its SHA-256.

    `search` says how vectors are searched (see `index.vectors.shortlist.kind_for`), `recall` which share of the
    nearest ones that finds, as measured at the build; None where all are compared.
    """

    format: int
    created: str  # UTC, ISO 8601
    model: str
    dimensions: int
    articles: int
    passages: int
    search: str
    recall: float | None
    roots: tuple[str, ...]
    files: dict[str, str]


def read_manifest(folder: Path, expected: str) -> Manifest:
    """The manifest of a generation, whose own hash is `expected`; raises IndexDamaged, IndexForeign, OSError."""
    data = (folder / "manifest.json").read_bytes()
    if hashlib.sha256(data).hexdigest() != expected:
        raise IndexDamaged(f"{folder / 'manifest.json'} is not the file that was written; {REPAIR}")
    values = json.loads(data)
    if values.get("format") != FORMAT:
        raise IndexForeign(
            f"the index has format {values.get('format')}, this program reads {FORMAT}; {REPAIR}"
        )
    manifest = Manifest(**{**values, "roots": tuple(values["roots"])})
    outside = [name for name in manifest.files if name.startswith("/") or ".." in name.split("/")]
    if outside or not _PARTS.issubset(manifest.files):
        raise IndexDamaged(f"{folder / 'manifest.json'} names other files than an index has; {REPAIR}")
    return manifest


def check_file(path: Path, expected: str) -> None:
    """Compare a file with its hash in the manifest; raises IndexDamaged, OSError."""
    if file_hash(path) != expected:
        raise IndexDamaged(f"{path} is not the file that was written; {REPAIR}")


def file_hash(path: Path) -> str:
    """SHA-256 of a file, in hexadecimal; raises OSError for a link, a pipe or a folder."""
    if not S_ISREG(path.lstat().st_mode):
        raise OSError(EINVAL, "it is no plain file", str(path))
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def hash_files(draft: Path) -> dict[str, str]:
    """Hashes of all files of a draft, by relative path; lock files are not part of it."""
    files = (p for p in sorted(draft.rglob("*")) if p.is_file() and p.suffix != ".lock")
    return {p.relative_to(draft).as_posix(): file_hash(p) for p in files}
