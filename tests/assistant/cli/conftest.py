"""A command line that needs no model."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner

from assistant import assistant as assistant_module
from assistant.cli import indexing
from assistant.cli.main import app
from assistant.integrity import check
from assistant.retrieval import retriever
from tests.assistant.cli.results import Run
from tests.fakes import BagOfWords
from tests.newsroom import by_overlap


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Run:
    """Runs a command with the bag of words for a model, in an empty folder."""
    for module in (check, indexing, retriever):
        monkeypatch.setattr(module, "model_named", lambda name: BagOfWords(f"{name}@1"))
    monkeypatch.setattr(assistant_module, "Judge", by_overlap)
    monkeypatch.delenv("ONRECORD_INDEX", raising=False)
    monkeypatch.delenv("ONRECORD_MODEL", raising=False)
    (tmp_path / "elsewhere").mkdir()
    monkeypatch.chdir(tmp_path / "elsewhere")
    return lambda *arguments: CliRunner().invoke(app, [str(a) for a in arguments])
