"""The command line with the bag of words for a model, in this process or in one of its own.

`python -m tests.threats.process '{"size": 4096}' index …` runs it with the limits named first: no
file over so many bytes, or the rights of that user id. With `"wait": 1` it says that it embeds and
goes on when it is told to.
"""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

from assistant import assistant as assistant_module
from assistant.cli import indexing
from assistant.cli.main import app
from assistant.integrity import check
from assistant.retrieval import retriever
from index.models.embedder import Encoded
from tests.fakes import BagOfWords
from tests.newsroom import by_overlap

ROOT = Path(__file__).resolve().parents[2]
NOBODY = 65_534


def without_models(patch: pytest.MonkeyPatch) -> None:
    """Count words where models would read."""
    for module in (retriever, indexing, check):
        patch.setattr(module, "model_named", lambda name: BagOfWords(f"{name}@1"))
    patch.setattr(assistant_module, "Judge", by_overlap)


def command(*arguments: object, **limits: int) -> list[str]:
    """The command line of such a process; to be run in `ROOT`."""
    return [sys.executable, "-m", "tests.threats.process", json.dumps(limits), *map(str, arguments)]


def run_apart(*arguments: object, **limits: int) -> subprocess.CompletedProcess[str]:
    """Run the command line to its end in a process of its own."""
    done = command(*arguments, **limits)
    return subprocess.run(done, cwd=ROOT, capture_output=True, text=True, check=False, timeout=120)


class Waiting(BagOfWords):
    """Says when it is asked for vectors, and waits for a line before it gives them."""

    def embed_passages(self, texts: Sequence[str]) -> list[Encoded]:
        sys.stdout.write("embedding\n")
        sys.stdout.flush()
        sys.stdin.readline()
        return super().embed_passages(texts)


def _limit(
    patch: pytest.MonkeyPatch, size: int | None = None, user: int | None = None, wait: int = 0
) -> None:
    if wait:
        patch.setattr(indexing, "model_named", lambda name: Waiting(f"{name}@1"))
    if size is not None:  # to write on fails with EFBIG: Python ignores the signal that comes with it
        resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))
    if user is not None:
        os.setgroups([])
        os.setgid(user)
        os.setuid(user)


def _main(arguments: Sequence[str]) -> None:
    with pytest.MonkeyPatch.context() as patch:
        without_models(patch)
        _limit(patch, **json.loads(arguments[0]))
        app(list(arguments[1:]))


if __name__ == "__main__":
    _main(sys.argv[1:])
