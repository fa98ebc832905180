"""An index on disk: immutable generations, a manifest each, and one name for the current one.

    INDEX/
      onrecord-index.json          says that the folder is an index's (index/generation/folder.py)
      onrecord-lock                held by the one indexing run
      CURRENT                      {"generation": "000003", "manifest_sha256": "..."}
      generations/000003/
        manifest.json              format, model, counts, roots, and the hash of every file below
        archive.sqlite             articles and passages
        vectors.faiss              passage vectors
        vectors.shortlist          codes of them, where there are many
        tokens.*                   compressed vectors of the passages' word pieces
        words/…                    tantivy's segments

A generation is written beside the others, synced, renamed into place and only then named in
CURRENT by an atomic replace: a reader sees the old index or the new one, whole. Nothing of a
published generation is ever written again.
"""

from __future__ import annotations

import fcntl
import hashlib
import json
import shutil
import sqlite3
from collections.abc import Collection, Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from stat import S_IMODE

from corpus.loading.files import check_path
from index.errors import IndexBusy, IndexDamaged, IndexFault, IndexMissing
from index.files.disk import sync
from index.generation.folder import claim
from index.generation.manifest import REPAIR, Manifest, check_file, file_hash, read_manifest
from index.sqlite.archive import Archive
from index.vectors.dense import FaissVectors, StoredVectors, VectorStore
from index.vectors.shortlist import EXACT, ShortlistedVectors
from index.vectors.shortlist import FILE as SHORTLIST
from index.vectors.word_pieces import Tokens
from index.words.bm25 import Words

LOCK, DRAFT = "onrecord-lock", "onrecord-draft"
_OPEN_TRIES = 5


@dataclass(frozen=True, slots=True)
class Generation:
    """One published index, open for reading; held by a request to its end.

    `sha256` is its manifest's hash: an index made anew at the same place has the same numbers.
    """

    number: str
    sha256: str
    manifest: Manifest
    archive: Archive
    words: Words
    vectors: VectorStore
    tokens: Tokens

    def __post_init__(self) -> None:
        """Refuse parts that don't belong together."""
        parts = {"words": len(self.words), "vectors": len(self.vectors), "word pieces": len(self.tokens)}
        if set(parts.values()) != {self.manifest.passages}:
            lengths = ", ".join(f"{name} of {length}" for name, length in parts.items())
            raise IndexDamaged(
                f"generation {self.number} has parts of different length: "
                f"{self.manifest.passages} passages, {lengths}; {REPAIR}"
            )
        if (length := self.vectors.dimensions) != (stated := self.manifest.dimensions):
            said = f"vectors of {length} numbers, its manifest says {stated}"
            raise IndexDamaged(f"generation {self.number} has {said}; {REPAIR}")


def current_number(root: Path) -> str:
    """The number of the generation that CURRENT names; raises IndexMissing, IndexDamaged."""
    return _read_current(root)["generation"]


def is_current(root: Path, generation: Generation) -> bool:
    """Whether CURRENT names this very generation; raises IndexMissing, IndexDamaged."""
    current = _read_current(root)
    return (current["generation"], current["manifest_sha256"]) == (generation.number, generation.sha256)


def open_current(root: Path) -> Generation:
    """Open the current generation after checking every file's hash.

    Raises IndexMissing, IndexDamaged or IndexForeign, each with the command that repairs it. A
    generation removed by a newer build between two steps is no fault: the newer one is opened.
    """
    for attempt in range(_OPEN_TRIES):
        current = _read_current(root)
        try:
            return _open(root, current)
        except FileNotFoundError as error:
            if attempt == _OPEN_TRIES - 1 or _read_current(root) == current:
                raise _damage(error) from error
        except PermissionError:
            raise
        except OSError as error:
            raise _damage(error) from error
    raise AssertionError("unreachable")


def file_faults(root: Path) -> Iterator[str]:
    """A line for each file of the current generation that is not what was written.

    Raises IndexMissing, IndexForeign, and where the files aren't known IndexDamaged or OSError.
    """
    current = _read_current(root)
    folder = root / "generations" / current["generation"]
    for name, expected in read_manifest(folder, current["manifest_sha256"]).files.items():
        try:
            check_file(folder / name, expected)
        except OSError as error:
            yield str(_damage(error))
        except IndexDamaged as error:
            yield str(error)


def _damage(error: OSError) -> IndexDamaged:
    if isinstance(error, FileNotFoundError):
        return IndexDamaged(f"{error.filename} is missing from the index; {REPAIR}")
    return IndexDamaged(f"{error.filename} can't be read ({error.strerror}); {REPAIR}")


def open_newest_whole(root: Path) -> Generation | None:
    """The newest generation that is whole, whether CURRENT names it or not: to take over from.

    Never to answer from: a run may have died before it was published.
    """
    for folder in sorted((root / "generations").glob("[0-9]*"), reverse=True):
        try:
            current = {"generation": folder.name, "manifest_sha256": file_hash(folder / "manifest.json")}
            return _open(root, current)
        except (IndexFault, OSError, ValueError, KeyError, TypeError, AttributeError):
            continue
    return None


def _read_current(root: Path) -> dict[str, str]:
    try:
        current = json.loads((root / "CURRENT").read_text("utf-8"))
        if not str(current["generation"]).isdigit() or not isinstance(current["manifest_sha256"], str):
            raise ValueError("not a generation")
    except FileNotFoundError:
        raise IndexMissing(
            f"there is no index at {root}; make one with: onrecord index ARTICLES --index {root}"
        ) from None
    except (ValueError, KeyError, TypeError, OSError, RecursionError) as error:
        raise IndexDamaged(f"{root / 'CURRENT'} can't be read; {REPAIR}") from error
    return {"generation": str(current["generation"]), "manifest_sha256": current["manifest_sha256"]}


def _open(root: Path, current: dict[str, str]) -> Generation:
    folder = root / "generations" / current["generation"]
    manifest = read_manifest(folder, current["manifest_sha256"])
    for name, expected in manifest.files.items():
        check_file(folder / name, expected)
    try:
        return Generation(
            number=current["generation"],
            sha256=current["manifest_sha256"],
            manifest=manifest,
            archive=Archive(folder / "archive.sqlite"),
            words=Words(folder / "words"),
            vectors=_vectors(folder, manifest.search),
            tokens=Tokens(folder),
        )
    except (sqlite3.OperationalError, ValueError):
        # SQLite and tantivy have their own words for files that a newer build has removed.
        for name in manifest.files:
            (folder / name).stat()
        raise


def _vectors(folder: Path, search: str) -> VectorStore:
    if search == EXACT:
        return FaissVectors.read(folder / "vectors.faiss")
    return ShortlistedVectors.read(StoredVectors(folder / "vectors.faiss"), folder / SHORTLIST)


@contextmanager
def writing(root: Path) -> Iterator[None]:
    """Hold the index's lock, which death frees.

    Raises IndexBusy when another run holds it, NotAnIndex where the folder holds something else, ValueError for an odd
    path.
    """
    check_path(root)
    claim(root)
    with (root / LOCK).open("ab") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise IndexBusy(f"another indexing run is in progress on {root}; wait for it to end") from None
        yield


def next_number(root: Path) -> str:
    """The number after the highest generation on disk, whether it was published or not."""
    taken = [int(p.name) for p in (root / "generations").glob("[0-9]*") if p.name.isdigit()]
    return f"{max(taken, default=0) + 1:06d}"


@contextmanager
def drafting(root: Path) -> Iterator[Path]:
    """A fresh folder to write a generation in; what is not published from it is cleared away."""
    (root / "generations").mkdir(parents=True, exist_ok=True)
    draft = root / DRAFT
    shutil.rmtree(draft, ignore_errors=True)
    draft.mkdir()
    try:
        yield draft
    finally:
        shutil.rmtree(draft, ignore_errors=True)
        (root / "CURRENT.tmp").unlink(missing_ok=True)


def publish(root: Path, draft: Path, manifest: Manifest) -> str:
    """Make a written draft the current generation, atomically; returns its number.

    The order is what makes it safe against a kill or a power cut at any step: each file synced,
    their folders synced, the rename, its folder and the root synced, CURRENT written beside,
    synced, replaced, the root synced. tests/crash shows that each of these is needed.
    """
    data = json.dumps(asdict(manifest), ensure_ascii=False, indent=1).encode()
    (draft / "manifest.json").write_bytes(data)
    # tantivy writes some files for their owner alone; all get what the user's umask gives a new file.
    mode = S_IMODE((draft / "manifest.json").stat().st_mode)
    for path in sorted(draft.rglob("*")):
        if path.is_file():
            path.chmod(mode)
        sync(path)
    sync(draft)
    number = next_number(root)
    draft.rename(root / "generations" / number)
    sync(root / "generations")
    sync(root)  # which names generations: in a first build nothing else has kept that
    current = {"generation": number, "manifest_sha256": hashlib.sha256(data).hexdigest()}
    try:
        (root / "CURRENT.tmp").write_text(json.dumps(current), "utf-8")
        sync(root / "CURRENT.tmp")
    except OSError:  # such as on a full disk, where nothing unused should stay
        shutil.rmtree(root / "generations" / number, ignore_errors=True)
        raise
    (root / "CURRENT.tmp").replace(root / "CURRENT")
    sync(root)
    return number


def published(root: Path) -> str | None:
    """The number of the current generation, whole or not; None where CURRENT names none."""
    try:
        return current_number(root)
    except IndexFault:
        return None


def remove_all_but(root: Path, kept: Collection[str]) -> None:
    """Remove every other generation: the files that its manifest names, and then the folders that are empty."""
    for folder in (root / "generations").iterdir():
        if folder.name not in kept and folder.name.isdigit() and folder.is_dir() and not folder.is_symlink():
            with suppress(OSError):
                _remove(folder)


def _remove(folder: Path) -> None:
    """Remove a generation, its manifest last, so that a run that is killed leaves what the next one needs."""
    manifest = folder / "manifest.json"
    inside = folder.resolve()
    for path in (folder / name for name in _files_of(manifest)):
        if path.parent.resolve().is_relative_to(inside):
            path.unlink(missing_ok=True)
    words = folder / "words"
    if words.is_dir() and not words.is_symlink():
        for lock in words.glob(".tantivy-*.lock"):
            lock.unlink(missing_ok=True)
        with suppress(OSError):
            words.rmdir()
    if not [path for path in folder.iterdir() if path != manifest]:
        manifest.unlink(missing_ok=True)
        folder.rmdir()


def _files_of(manifest: Path) -> list[str]:
    """The files that a manifest names; none where it can't be read."""
    try:
        return [str(name) for name in json.loads(manifest.read_text("utf-8"))["files"]]
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return []
