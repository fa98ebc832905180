"""The compiled model gives a text the same vectors in any batch, thread and processor; a damaged one is refused."""

from __future__ import annotations

import json
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest

from index.models import compiled, runtime
from index.models.by_name import model_named
from index.models.compiled import PASSAGES, CompiledEmbedder
from index.models.cores import has_vnni
from index.models.embedder import BUNDLED, Encoded, ModelFault, SentenceTransformerEmbedder

PACKAGED = Path(compiled.__file__).parent
ODD = [
    "",
    " ",
    "Dockers joined the strike at Port Caldry.",
    "e\u0301te\u0301 Z\u0338\u0322 \ufb01re \u00ad \u200b",
    "👩‍👩‍👧 قال الاتحاد 中文句子。 ไทย \U000e0041",
    "[CLS] a [SEP] b",
    "long " * 400,
    "x" * 500,
]


def same(one: Encoded, other: Encoded) -> bool:
    return all(
        np.array_equal(getattr(one, part), getattr(other, part)) for part in ("vector", "pieces", "spans")
    )


def test_the_bundled_model_is_the_compiled_one_and_any_other_is_not() -> None:
    assert isinstance(model_named(), CompiledEmbedder)
    assert isinstance(model_named(BUNDLED), CompiledEmbedder)
    assert isinstance(model_named("/some/folder"), SentenceTransformerEmbedder)


def test_another_model_without_its_extra_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "sentence_transformers", None)
    assert isinstance(model_named(BUNDLED), CompiledEmbedder)
    with pytest.raises(ModelFault, match=r"run: pip install 'onrecord\[models\]'$"):
        model_named("/some/folder")


def test_it_is_named_by_the_hash_of_its_form(model: CompiledEmbedder) -> None:
    card = json.loads((PACKAGED / f"{PASSAGES}.json").read_text("utf-8"))
    assert model.model_id == f"{BUNDLED}@{card['sha256'][:16]}"
    assert model.model_id != SentenceTransformerEmbedder().model_id


def test_vectors_are_of_unit_length_and_know_meaning(model: CompiledEmbedder) -> None:
    texts = ["Dockers walked out at the port.", "A strike stopped the harbour.", "The recipe needs two eggs."]
    made = model.embed_passages(texts)
    vectors = np.stack([encoded.vector for encoded in made])
    assert vectors.shape == (3, 384)
    assert vectors.dtype == made[0].pieces.dtype == np.float32
    assert np.linalg.norm(vectors, axis=1) == pytest.approx([1, 1, 1], abs=1e-5)
    near, nearer, far = vectors @ model.embed_query("Is there industrial action in the docks?").vector
    assert min(near, nearer) > far + 0.2


def test_a_vector_does_not_depend_on_its_batch_nor_on_who_else_asks(model: CompiledEmbedder) -> None:
    alone = [model.embed_passages([text])[0] for text in ODD]
    assert all(map(same, alone, model.embed_passages(ODD)))
    assert all(map(same, reversed(alone), model.embed_passages(ODD[::-1])))
    questions = [model.embed_query(text) for text in ODD]
    with ThreadPoolExecutor(8) as crowd:
        asked = list(crowd.map(model.embed_query, ODD * 8))
    assert all(map(same, questions * 8, asked))
    assert model.embed_passages([]) == []


def test_a_question_is_read_by_a_model_of_its_own(model: CompiledEmbedder) -> None:
    text = "who walked out at the port?"
    question, (passage,) = model.embed_query(text), model.embed_passages([text])
    assert np.array_equal(question.spans, passage.spans)
    assert question.vector.shape == passage.vector.shape
    assert 0.5 < question.vector @ passage.vector < 0.999
    assert np.linalg.norm(question.vector) == pytest.approx(1, abs=1e-5)


@pytest.mark.parametrize("text", ODD)
def test_each_word_piece_has_its_vector_and_its_place(model: CompiledEmbedder, text: str) -> None:
    encoded, spans = model.embed_query(text), model.piece_spans(text)
    assert np.array_equal(encoded.spans, spans[: model.max_pieces])
    assert len(encoded.pieces) == len(encoded.spans)
    assert np.linalg.norm(encoded.pieces, axis=1) == pytest.approx(np.ones(len(encoded.pieces)), abs=1e-4)
    assert np.isfinite(encoded.vector).all()


def test_a_long_text_is_read_up_to_its_254th_word_piece(model: CompiledEmbedder) -> None:
    assert same(model.embed_query("long " * 254), model.embed_query("long " * 255))
    assert not same(model.embed_query("long " * 253), model.embed_query("long " * 254))


def test_a_processor_without_vnni_gives_the_same_vectors(
    model: CompiledEmbedder, monkeypatch: pytest.MonkeyPatch
) -> None:
    # The safe way gives the same whole numbers wherever the quick one is exact.
    if not has_vnni():
        pytest.skip("this processor takes the safe way already")
    monkeypatch.setattr(runtime, "has_vnni", lambda: False)
    other = CompiledEmbedder()
    assert all(map(same, model.embed_passages(ODD), other.embed_passages(ODD)))


def test_word_pieces_are_counted_without_the_model(tmp_path: Path) -> None:
    embedder = CompiledEmbedder(tmp_path)
    assert embedder.piece_spans("Dockers.").tolist() == [[0, 4], [4, 7], [7, 8]]
    assert embedder.piece_spans("").shape == (0, 2)
    assert len(embedder.piece_spans("word " * 1000)) == 1000
