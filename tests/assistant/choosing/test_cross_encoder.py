"""The cross-encoder tells an answer from a look-alike, the same way each time; a damaged one is refused."""

from __future__ import annotations

import json
import shutil
from concurrent.futures import ThreadPoolExecutor
from importlib.resources import files
from pathlib import Path

import numpy as np
import pytest
from tokenizers import Tokenizer

from assistant.choosing.cross_encoder import MAX_PIECES, CrossEncoder, joined
from index import runtime
from index.cores import has_vnni
from index.embedder import ModelFault, bundled_model, bundled_tokenizer

PACKAGED = Path(str(files("assistant.choosing")))
QUESTION = "How many dockers joined the strike?"
TEXTS = [
    "About 1,400 dockers joined the strike at Port Caldry.",
    "The strike of the dockers was the longest in memory.",
    "A recipe for two needs three eggs.",
]


@pytest.fixture(scope="module")
def reader() -> CrossEncoder:
    return CrossEncoder()


def test_the_answer_reads_best_and_what_is_foreign_is_none(reader: CrossEncoder) -> None:
    answer, like, foreign = reader.read(QUESTION, TEXTS)
    assert answer > like + 1
    assert answer > 0 > foreign


def test_a_question_that_the_text_contradicts_reads_worse(reader: CrossEncoder) -> None:
    right, wrong = (
        reader.read(f"How many dockers joined the strike at Port {port}?", TEXTS[:1])[0]
        for port in ("Caldry", "Selmouth")
    )
    assert right > wrong


def test_no_texts_have_no_readings(reader: CrossEncoder) -> None:
    assert reader.read(QUESTION, []).shape == (0,)


def test_a_reading_does_not_depend_on_what_is_read_beside_it(reader: CrossEncoder) -> None:
    long = "The dockers. " * 40
    together = reader.read(QUESTION, [TEXTS[0], long, *TEXTS[1:]])
    alone = [reader.read(QUESTION, [text])[0] for text in (TEXTS[0], long, *TEXTS[1:])]
    assert together.tolist() == alone


def test_a_processor_without_vnni_reads_the_same(
    reader: CrossEncoder, monkeypatch: pytest.MonkeyPatch
) -> None:
    if not has_vnni():
        pytest.skip("this processor takes the safe way already")
    expected = reader.read(QUESTION, TEXTS).tolist()
    monkeypatch.setattr(runtime, "has_vnni", lambda: False)
    assert CrossEncoder().read(QUESTION, TEXTS).tolist() == expected


def test_several_may_read_at_once(reader: CrossEncoder) -> None:
    alone = reader.read(QUESTION, TEXTS).tolist()
    with ThreadPoolExecutor(4) as readers:
        found = list(readers.map(lambda _: reader.read(QUESTION, TEXTS).tolist(), range(12)))
    assert found == [alone] * 12


def test_long_and_odd_texts_are_read(reader: CrossEncoder) -> None:
    odd = ["", " ", "😀" * 500, "word " * (3 * MAX_PIECES), "قال الاتحاد"]
    assert np.isfinite(reader.read("?" * 2000, odd)).all()


@pytest.mark.parametrize("asked", [0, 1, 45, 46, 47, 92, 93, 94, 200])
@pytest.mark.parametrize("given", [0, 1, 45, 46, 47, 92, 93, 94, 200])
def test_pairs_are_joined_and_cut_as_it_was_taught(asked: int, given: int) -> None:
    taught = Tokenizer.from_file(str(bundled_model() / "tokenizer.json"))
    taught.no_padding()
    taught.enable_truncation(MAX_PIECES)
    question, text = "who " * asked, "port " * given
    expected = taught.encode(question, text)
    pieces = [bundled_tokenizer().encode(words, add_special_tokens=False).ids for words in (question, text)]
    assert joined(*pieces) == (expected.ids, expected.type_ids)


@pytest.fixture
def copied(tmp_path: Path) -> Path:
    for name in ("cross_encoder.onnx", "cross_encoder.json"):
        shutil.copy(PACKAGED / name, tmp_path / name)
    return tmp_path


def test_a_flipped_byte_is_refused(copied: Path) -> None:
    data = bytearray((copied / "cross_encoder.onnx").read_bytes())
    data[len(data) // 2] ^= 1
    (copied / "cross_encoder.onnx").write_bytes(data)
    with pytest.raises(ModelFault, match="install onrecord again"):
        CrossEncoder(copied).read(QUESTION, TEXTS)


def test_a_missing_model_is_refused(copied: Path) -> None:
    (copied / "cross_encoder.onnx").unlink()
    with pytest.raises(ModelFault, match="install onrecord again"):
        CrossEncoder(copied).read(QUESTION, TEXTS)


def test_the_model_is_small_enough_for_the_package() -> None:
    assert (PACKAGED / "cross_encoder.onnx").stat().st_size < 25_000_000
    assert json.loads((PACKAGED / "cross_encoder.json").read_text("utf-8"))["learnt_from"]
