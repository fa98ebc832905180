"""The model as it is before it was taught, loaded once; for tests marked slow."""

from __future__ import annotations

from pathlib import Path

import pytest
import torch

from training.reader.model import ReaderModel


@pytest.fixture(scope="package")
def untaught() -> ReaderModel:
    """The bundled weights, and heads by chance."""
    torch.manual_seed(1)
    return ReaderModel().eval()


@pytest.fixture(scope="package")
def saved(untaught: ReaderModel, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Its weights, as training leaves them."""
    path = tmp_path_factory.mktemp("trained") / "news.pt"
    untaught.save(path)
    return path
