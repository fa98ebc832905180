"""The packaged model gives nearly the same whichever way the processor takes its 8-bit products."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from index.models import compiled, runtime
from index.models.compiled import PASSAGES, QUESTIONS
from index.models.cores import has_vnni
from index.models.embedder import Vectors, bundled_tokenizer
from index.models.runtime import open_session

PATHS = [Path(compiled.__file__).parent / f"{name}.onnx" for name in (PASSAGES, QUESTIONS)]
TEXTS = [
    "Dockers joined the strike at Port Caldry.",
    "The river flooded nine villages.",
    "Why?",
    "word " * 200,
]


def vectors(model: Path | bytes, *, safe: bool | None = None) -> list[Vectors]:
    """A vector of unit length for each word piece of each text."""
    session = open_session(model, safe=safe)
    found = [session.run(None, {"ids": np.array(bundled_tokenizer().encode(text).ids)})[0] for text in TEXTS]
    return [pieces / np.linalg.norm(pieces, axis=1, keepdims=True) for pieces in found]


@pytest.mark.parametrize("path", PATHS)
def test_the_safe_way_gives_nearly_the_same_vectors(path: Path) -> None:
    if not has_vnni():
        pytest.skip("products of bytes overflow on this processor unless they are taken the safe way")
    safe, quick = vectors(path, safe=True), vectors(path, safe=False)
    for one, other, text in zip(safe, quick, TEXTS, strict=True):
        assert one.shape == other.shape == (len(bundled_tokenizer().encode(text).ids), 384)
        whole, others = one.mean(axis=0), other.mean(axis=0)
        assert whole @ others / (np.linalg.norm(whole) * np.linalg.norm(others)) >= 0.99
        assert (one * other).sum(axis=1).min() >= 0.99


@pytest.mark.parametrize("vnni", [True, False])
def test_the_safe_way_is_taken_where_the_processor_needs_it(
    monkeypatch: pytest.MonkeyPatch, vnni: bool
) -> None:
    monkeypatch.setattr(runtime, "has_vnni", lambda: vnni)
    for chosen, expected in zip(vectors(PATHS[0]), vectors(PATHS[0], safe=not vnni), strict=True):
        assert np.array_equal(chosen, expected)


def test_a_model_s_bytes_are_as_good_as_its_file() -> None:
    for one, other in zip(vectors(PATHS[0]), vectors(PATHS[0].read_bytes()), strict=True):
        assert np.array_equal(one, other)
