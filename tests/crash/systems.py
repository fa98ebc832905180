"""The index as it is, and the naive one that the kills must be seen to tear."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager, nullcontext
from dataclasses import asdict
from pathlib import Path
from unittest.mock import patch

import assistant.retrieval.retriever
import index.build.build
import index.build.writing
from index.errors import IndexMissing
from index.generation.generation import Generation
from index.generation.manifest import Manifest, file_hash
from index.sqlite.archive import Archive
from index.vectors.dense import FaissVectors
from index.vectors.word_pieces import Tokens
from index.words.bm25 import Words

# In this context a process builds and reads as the system does.
System = Callable[[], AbstractContextManager[None]]


def generations() -> AbstractContextManager[None]:
    """The index as it is: immutable generations and a CURRENT that is replaced."""
    return nullcontext()


@contextmanager
def in_place() -> Iterator[None]:
    """A naive index: the same files by the same functions, written where its readers open them.

    It has no draft, no rename and no CURRENT. It isn't careless: old files go only when their
    successors are ready to be written, and the manifest, without which no reader opens, comes last.
    """
    with ExitStack() as stack:
        for module, name, naive in (
            (index.build.writing, "drafting", _over_the_old),
            (index.build.writing, "publish", _publish),
            (index.build.build, "remove_all_but", lambda root, kept: None),
            (assistant.retrieval.retriever, "open_current", _open),
            (assistant.retrieval.retriever, "is_current", _is_open),
        ):
            stack.enter_context(patch.object(module, name, naive))
        yield


@contextmanager
def _over_the_old(root: Path) -> Iterator[Path]:
    (root / "archive.sqlite").unlink(missing_ok=True)
    while (root / "words").exists():  # readers leave tantivy's lock there, even between these steps
        shutil.rmtree(root / "words", ignore_errors=True)
    yield root


def _publish(root: Path, draft: Path, manifest: Manifest) -> str:
    (draft / "manifest.json").write_text(json.dumps(asdict(manifest)), "utf-8")
    return "1"


def _open(root: Path) -> Generation:
    try:
        values = json.loads((root / "manifest.json").read_text("utf-8"))
    except FileNotFoundError:
        raise IndexMissing("no index yet") from None
    return Generation(
        number="1",
        sha256=file_hash(root / "manifest.json"),
        manifest=Manifest(**values),
        archive=Archive(root / "archive.sqlite"),
        words=Words(root / "words"),
        vectors=FaissVectors.read(root / "vectors.faiss"),
        tokens=Tokens(root),
    )


def _is_open(root: Path, generation: Generation) -> bool:
    return file_hash(root / "manifest.json") == generation.sha256
