"""Fixtures that several test packages share."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from index.models.compiled import CompiledEmbedder
from index.models.embedder import SentenceTransformerEmbedder
from tests.newsroom import BRIDGE, FLOOD, STRIKE, Newsroom

# How long an example takes depends on what else the machine does; `tests/timing.py` measures where time is the matter.
settings.register_profile("any machine", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("any machine")


@pytest.fixture
def newsroom(tmp_path: Path) -> Newsroom:
    """An archive without an article and without an index."""
    return Newsroom(tmp_path)


@pytest.fixture(scope="session")
def model() -> CompiledEmbedder:
    """The bundled model as it is used, loaded once; for tests marked slow."""
    return CompiledEmbedder()


@pytest.fixture(scope="session")
def reference() -> SentenceTransformerEmbedder:
    """The bundled model as published, by sentence-transformers, loaded once; for tests marked slow."""
    return SentenceTransformerEmbedder()


@pytest.fixture(scope="session")
def standing(tmp_path_factory: pytest.TempPathFactory) -> Newsroom:
    """An archive of three dated articles, indexed once: to be read, never written."""
    newsroom = Newsroom(tmp_path_factory.mktemp("standing"))
    newsroom.print("bridge.txt", BRIDGE, "2031-03-01")
    newsroom.print("strike.txt", STRIKE, "2031-03-02")
    newsroom.print("flood.txt", FLOOD, "2031-03-03")
    newsroom.build()
    return newsroom


@pytest.fixture
def printed(standing: Newsroom, tmp_path: Path) -> Newsroom:
    """A copy of the standing archive, to be changed at will."""
    shutil.rmtree(tmp_path)
    shutil.copytree(standing.articles.parent, tmp_path)
    return Newsroom(tmp_path)
