"""Which embedder a model's name stands for."""

from __future__ import annotations

from index.models.compiled import CompiledEmbedder
from index.models.embedder import BUNDLED, Embedder, SentenceTransformerEmbedder


def model_named(name: str = BUNDLED) -> Embedder:
    """The bundled model in its compiled form; any other, by name or path, by sentence-transformers."""
    return CompiledEmbedder() if name == BUNDLED else SentenceTransformerEmbedder(name)
