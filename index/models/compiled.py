"""The bundled models in 8 bits, through ONNX Runtime: what they need is packaged, PyTorch is not part of it."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from index.models.cores import physical_cores
from index.models.embedder import BUNDLED, Encoded, Spans, Vectors, bundled_tokenizer
from index.models.packaged import PackagedModel

if TYPE_CHECKING:
    from tokenizers import Encoding, Tokenizer

# Both are read with the same word pieces.
PASSAGES, QUESTIONS = "embedder", "question_encoder"
# Word pieces it reads of a text, the two special ones counted.
_LONGEST = 256


class CompiledEmbedder:
    """The bundled models as `training` packages them; safe to share between threads.

    Passages are read by the published model; questions by the same fine-tuned, so that they lie near the passages that
    answer them (`training/question_encoder`). The vectors of both can be compared.
    Texts are read one at a time, each by one core: a text's vectors are the same in any batch. A model is
    loaded when the first vector is asked for; word pieces are counted without it. Raises ModelFault when a
    file of it is not the one that was packaged.
    """

    def __init__(self, folder: Path | None = None) -> None:
        """Take the models in a folder, by default those that come with the package."""
        folder = folder or Path(__file__).parent
        self._passages = PackagedModel(folder, PASSAGES)
        self._questions = PackagedModel(folder, QUESTIONS)

    @property
    def model_id(self) -> str:
        """The model's name and the hash of this form of it: another form's vectors are not the same."""
        return f"{BUNDLED}@{self._passages.sha256[:16]}"

    @property
    def max_pieces(self) -> int:
        """How many word pieces the model reads, special ones not counted."""
        return _LONGEST - 2

    def piece_spans(self, text: str) -> Spans:
        """Where each word piece lies in a text, special ones left out: shape (pieces, 2)."""
        return _spans(self._tokenizer.encode(text, add_special_tokens=False))

    def embed_query(self, text: str) -> Encoded:
        """Embed one question, on the core that asks."""
        return self._embedded(self._questions, text)

    def embed_passages(self, texts: Sequence[str]) -> list[Encoded]:
        """Embed texts, in their order, as many at once as there are cores."""
        embedded = partial(self._embedded, self._passages)
        if len(texts) < 2:  # noqa: PLR2004
            return list(map(embedded, texts))
        _ = self._tokenizer, self._passages.session  # loaded once, not by each thread
        with ThreadPoolExecutor(physical_cores()) as pool:
            return list(pool.map(embedded, texts))

    def _embedded(self, model: PackagedModel, text: str) -> Encoded:
        encoding = self._tokenizer.encode(text)
        ids = encoding.ids
        if len(ids) > _LONGEST:
            ids = [*ids[: _LONGEST - 1], ids[-1]]
        (found,) = model.session.run(["vectors"], {"ids": np.array(ids, dtype=np.int64)})
        vectors: Vectors = found
        whole = vectors.mean(axis=0)
        pieces = vectors[1:-1]
        return Encoded(
            whole / np.linalg.norm(whole),
            pieces / np.maximum(np.linalg.norm(pieces, axis=1, keepdims=True), 1e-9),
            _spans(encoding)[1 : len(ids) - 1],
        )

    @cached_property
    def _tokenizer(self) -> Tokenizer:
        return bundled_tokenizer()


def _spans(encoding: Encoding) -> Spans:
    return np.array(encoding.offsets, dtype=np.int64).reshape(-1, 2)
