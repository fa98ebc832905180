"""Imports point one way, and what answers a question imports nothing heavy until it must."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from benchmarks.shape import circles, folders, imports, modules, rooms, twice

ROOT = Path(__file__).resolve().parents[1]
LAYERS = ("corpus", "index", "assistant", "onrecord", "app")
HEAVY = ("torch", "transformers", "sentence_transformers", "gradio", "sklearn")
MODULES = [*(path for layer in LAYERS[:-1] for path in sorted((ROOT / layer).rglob("*.py"))), ROOT / "app.py"]


def imported(path: Path) -> Iterator[str]:
    """Every module a file imports, at its top or inside a function, by its first name."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name.partition(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path.name} imports relatively"
            yield (node.module or "").partition(".")[0]


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_imports_point_one_way(path: Path) -> None:
    layer = LAYERS.index(path.relative_to(ROOT).parts[0].removesuffix(".py"))
    assert not {*LAYERS[layer + 1 :], "tests", "benchmarks", "training"} & set(imported(path))


def test_no_folders_import_each_other() -> None:
    known = modules()
    arrows = imports(known)
    assert "assistant.selection" in folders(arrows)["assistant.answering"]  # so that something is looked at
    assert circles(folders(arrows)) == []
    assert circles(rooms(arrows)) == []


def test_circles_are_seen_through_others() -> None:
    assert circles({"a": {"b"}, "b": {"c"}, "c": {"a"}, "d": {"a"}}) == [("a", "b"), ("a", "c"), ("b", "c")]


def test_a_file_s_name_is_its_own() -> None:
    assert twice(modules()) == []


def test_the_corpus_knows_no_model_and_no_database() -> None:
    used = {name for path in MODULES if path.is_relative_to(ROOT / "corpus") for name in imported(path)}
    assert not used & {"faiss", "tantivy", "sqlite3", "tokenizers", "rich", "typer", "pydantic", *HEAVY}


@pytest.mark.parametrize(
    "module",
    [
        "onrecord",
        "assistant.cli.main",
        "assistant.assistant",
        "assistant.retrieval.retriever",
        "index.build.build",
    ],
)
def test_importing_it_loads_nothing_heavy(module: str) -> None:
    code = f"import sys, {module}; print(*(name for name in {HEAVY!r} if name in sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=True, capture_output=True, text=True)
    assert done.stdout.split() == []


def test_asking_for_help_loads_no_index() -> None:
    code = "import sys, assistant.cli.main; print(*(n for n in ('faiss', 'tantivy', 'sqlite3') if n in sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=True, capture_output=True, text=True)
    assert done.stdout.split() == []
