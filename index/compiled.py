"""The bundled model in 8 bits, through ONNX Runtime: what it needs is packaged, PyTorch is not part of it."""

from __future__ import annotations

import json
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from index.cores import physical_cores
from index.embedder import BUNDLED, Encoded, ModelFault, Spans, Vectors, bundled_tokenizer, file_hash
from index.runtime import open_session

if TYPE_CHECKING:
    from onnxruntime import InferenceSession
    from tokenizers import Encoding, Tokenizer

MODEL = "embedder.onnx"
CARD = "embedder.json"
# Word pieces it reads of a text, the two special ones counted.
_LONGEST = 256


class CompiledEmbedder:
    """The bundled model as `training/export_embedder.py` packages it; safe to share between threads.

    Texts are read one at a time, each by one core: a text's vectors are the same in any batch. The
    model is loaded when the first vector is asked for; word pieces are counted without it. Raises
    ModelFault when a file of it is not the one that was packaged.
    """

    def __init__(self, folder: Path | None = None) -> None:
        """Take the model in a folder, by default the one that comes with the package."""
        self._folder = folder or Path(__file__).parent

    @cached_property
    def model_id(self) -> str:
        """The model's name and the hash of this form of it: another form's vectors are not the same."""
        return f"{BUNDLED}@{self._sha256[:16]}"

    @property
    def max_pieces(self) -> int:
        """How many word pieces the model reads, special ones not counted."""
        return _LONGEST - 2

    def piece_spans(self, text: str) -> Spans:
        """Where each word piece lies in a text, special ones left out: shape (pieces, 2)."""
        return _spans(self._tokenizer.encode(text, add_special_tokens=False))

    def embed_query(self, text: str) -> Encoded:
        """Embed one text, on the core that asks."""
        encoding = self._tokenizer.encode(text)
        ids = encoding.ids
        if len(ids) > _LONGEST:
            ids = [*ids[: _LONGEST - 1], ids[-1]]
        (found,) = self._session.run(["vectors"], {"ids": np.array(ids, dtype=np.int64)})
        vectors: Vectors = found
        whole = vectors.mean(axis=0)
        pieces = vectors[1:-1]
        return Encoded(
            whole / np.linalg.norm(whole),
            pieces / np.maximum(np.linalg.norm(pieces, axis=1, keepdims=True), 1e-9),
            _spans(encoding)[1 : len(ids) - 1],
        )

    def embed_passages(self, texts: Sequence[str]) -> list[Encoded]:
        """Embed texts, in their order, as many at once as there are cores."""
        if len(texts) < 2:  # noqa: PLR2004
            return [self.embed_query(text) for text in texts]
        _ = self._tokenizer, self._session  # loaded once, not by each thread
        with ThreadPoolExecutor(physical_cores()) as pool:
            return list(pool.map(self.embed_query, texts))

    @cached_property
    def _tokenizer(self) -> Tokenizer:
        return bundled_tokenizer()

    @cached_property
    def _session(self) -> InferenceSession:
        return open_session(self._checked())

    @cached_property
    def _sha256(self) -> str:
        try:
            return str(json.loads((self._folder / CARD).read_text("utf-8"))["sha256"])
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise ModelFault(f"{CARD} can't be read; install onrecord again") from error

    def _checked(self) -> Path:
        """Where the model is, which must be the one that the card names."""
        path = self._folder / MODEL
        try:
            found = file_hash(path)
        except OSError as error:
            raise ModelFault(f"{MODEL} can't be read; install onrecord again") from error
        if found != self._sha256:
            raise ModelFault(f"{MODEL} is not the file that was packaged; install onrecord again")
        return path


def _spans(encoding: Encoding) -> Spans:
    return np.array(encoding.offsets, dtype=np.int64).reshape(-1, 2)
