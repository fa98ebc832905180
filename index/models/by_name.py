"""Which embedder a model's name stands for."""

from __future__ import annotations

from importlib.util import find_spec

from index.models.compiled import CompiledEmbedder
from index.models.embedder import BUNDLED, Embedder, ModelFault, SentenceTransformerEmbedder


def model_named(name: str = BUNDLED) -> Embedder:
    """The bundled model in its compiled form; any other, by name or path, by sentence-transformers.

    Raises ModelFault where another model is named and sentence-transformers is not installed.
    """
    if name == BUNDLED:
        return CompiledEmbedder()
    if find_spec("sentence_transformers") is None:
        raise ModelFault(
            f"the model {name!r} needs sentence-transformers, which is not installed; "
            "run: pip install 'onrecord[models]'"
        )
    return SentenceTransformerEmbedder(name)
