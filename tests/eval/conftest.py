"""The sample archive, indexed with the real model once for all that is measured on it."""

from __future__ import annotations

import pytest

from assistant.assistant import Assistant
from assistant.retrieval.retriever import Retriever
from corpus.sample import ARTICLES
from index.build.build import build
from index.models.by_name import model_named


@pytest.fixture(scope="session")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    root = tmp_path_factory.mktemp("index")
    embedder = model_named()
    build(root, [ARTICLES], embedder)
    return Assistant(Retriever.open(root, embedder))
