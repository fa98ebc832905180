"""The packaged embedding model is the official one in another form: its graph, its weights and what it gives."""

from __future__ import annotations

import json
from dataclasses import replace
from functools import cache
from pathlib import Path

import numpy as np
import onnx
import pytest
from onnx import numpy_helper
from onnxruntime import InferenceSession
from safetensors.numpy import load_file

from index.models.compiled import CompiledEmbedder
from index.models.embedder import (
    Embedder,
    Encoded,
    SentenceTransformerEmbedder,
    bundled_model,
    bundled_tokenizer,
)
from tests.remembering import Remembering
from training import export_embedder
from training.bert_graph import build
from training.export_embedder import (
    CARD,
    FLOORS,
    MODEL,
    OUT,
    NotAlike,
    agreement,
    check,
    package,
    sample_texts,
)
from training.forms import Array, EightBit, Exact
from training.smoothing import smoothing

pytestmark = pytest.mark.slow


@cache
def weights() -> dict[str, Array]:
    loaded: dict[str, Array] = load_file(bundled_model() / "model.safetensors")
    return loaded


@pytest.fixture(scope="module")
def texts() -> tuple[list[str], list[str]]:
    """Some hundred passages of the sample archive and some hundred questions to them."""
    passages, _ = sample_texts()
    lines = (OUT.parents[1] / "corpus" / "sample" / "questions.jsonl").read_text("utf-8").splitlines()
    return passages[:120], [json.loads(line)["question"] for line in lines][:120]


@pytest.fixture(scope="module")
def told(reference: SentenceTransformerEmbedder) -> Remembering:
    return Remembering(reference)


def test_the_graph_is_the_model_s(told: Remembering, texts: tuple[list[str], list[str]]) -> None:
    session = InferenceSession(build(weights(), Exact()).SerializeToString())
    some = [*texts[0][:20], *texts[1][:20], "long " * 300]
    for text, expected in zip(some, told.embed_passages(some), strict=True):
        ids = bundled_tokenizer().encode(text).ids
        ids = ids if len(ids) <= 256 else [*ids[:255], ids[-1]]
        (vectors,) = session.run(["vectors"], {"ids": np.array(ids)})
        whole = vectors.mean(axis=0)
        assert whole @ expected.vector / np.linalg.norm(whole) > 0.99999
        pieces = vectors[1:-1] / np.linalg.norm(vectors[1:-1], axis=1, keepdims=True)
        assert (pieces * expected.pieces).sum(axis=1).min() > 0.99999


def test_the_package_agrees_with_the_reference(
    model: CompiledEmbedder, told: Remembering, texts: tuple[list[str], list[str]]
) -> None:
    found = agreement(model, told, *texts)
    assert found.keys() == FLOORS.keys()
    check(found)


class Spoilt:
    """An embedder whose vectors are a little off."""

    def __init__(self, inner: Embedder, by: float) -> None:
        self._inner, self._by = inner, by
        self.max_pieces = inner.max_pieces

    def embed_passages(self, texts: list[str]) -> list[Encoded]:
        noise = np.random.default_rng(0)
        return [self._off(encoded, noise) for encoded in self._inner.embed_passages(texts)]

    def _off(self, encoded: Encoded, noise: np.random.Generator) -> Encoded:
        off = encoded.vector + noise.normal(0, self._by / 384**0.5, 384).astype(np.float32)
        return replace(encoded, vector=off / np.linalg.norm(off))


def test_what_differs_is_told_with_its_figures(told: Remembering, texts: tuple[list[str], list[str]]) -> None:
    check(agreement(told, told, *texts))
    with pytest.raises(NotAlike, match=r"differs too much .*: texts 0\.9\d+ < 0\.9985"):
        check(agreement(Spoilt(told, 0.2), told, *texts))  # type: ignore[arg-type]
    with pytest.raises(NotAlike):
        check({**FLOORS, "pieces": float("nan")})


def test_every_packaged_weight_is_made_of_the_official_ones() -> None:
    packaged = onnx.load(OUT / MODEL)
    held = {t.name: numpy_helper.to_array(t) for t in packaged.graph.initializer}
    evened = {
        name.removesuffix(".smooth"): 1 / value for name, value in held.items() if name.endswith(".smooth")
    }
    made = build(weights(), EightBit(evened))
    assert [node.SerializeToString() for node in made.graph.node] == [
        node.SerializeToString() for node in packaged.graph.node
    ]
    for tensor in made.graph.initializer:
        ours, theirs = numpy_helper.to_array(tensor), held.pop(tensor.name)
        assert ours.shape == theirs.shape, tensor.name
        assert ours.dtype == theirs.dtype
        # What evens out the channels is stored as its reciprocal: a weight may be rounded the other way.
        off = np.abs(ours.astype(np.float64) - theirs)
        most = 1 if ours.dtype == np.int8 else 1e-6 * np.abs(theirs).max()
        assert off.max() <= most, tensor.name
        assert (off > most / 2).mean() < 1e-3, tensor.name
    assert not held


def test_channels_that_reach_far_are_divided_by_more() -> None:
    texts = ["Dockers joined the strike at Port Caldry.", "The bridge is closed."]
    feeds = ({"ids": np.array(bundled_tokenizer().encode(text).ids)} for text in texts)
    evened = smoothing(build(weights(), Exact(tapped=True)), weights(), feeds)
    assert {name.partition(".")[2] for name in evened} == {"asked", "wide", "narrow"}
    assert len(evened) == 18
    for divisor in evened.values():
        assert np.isfinite(divisor).all()
        assert divisor.min() > 0
        assert divisor.max() > 3 * np.median(divisor)


def test_where_it_disagrees_nothing_is_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:

    out = tmp_path
    passages, sentences = sample_texts()
    monkeypatch.setattr(export_embedder, "sample_texts", lambda: (passages[:20], sentences[:10]))
    monkeypatch.setattr(export_embedder, "FLOORS", {**FLOORS, "texts": 0.99999})
    with pytest.raises(NotAlike):
        package(out)
    assert list(out.iterdir()) == []
    monkeypatch.setattr(export_embedder, "FLOORS", {**FLOORS, "first ten": 0.5, "least piece": 0.5})
    package(out)
    card = json.loads((out / CARD).read_text("utf-8"))
    assert card["agreement"]["texts"] > 0.99
    assert CompiledEmbedder(out).embed_passages(["It stands for itself."])[0].vector.shape == (384,)
