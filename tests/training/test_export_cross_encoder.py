"""The packaged cross-encoder is the trained one in another form: its graph, and what 8 bits make of it."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
import torch
from transformers import BertForSequenceClassification

from assistant.choosing.cross_encoder import CrossEncoder, Pair
from index.embedder import bundled_model, file_hash
from training import export_cross_encoder
from training.bert_graph import build_reader
from training.export_cross_encoder import LEARNT_FROM, NotAlike, logits, package, pair_of, weights_of
from training.forms import EightBit, Exact

pytestmark = pytest.mark.slow

TEXTS = [
    "About 1,400 dockers joined the strike at Port Caldry.",
    "",
    "A recipe for two needs three eggs.",
    "The bridge over the Ande is closed to lorries until the spring, the board said. " * 9,
]
PAIRS = [pair_of(question, text) for question in ("How many dockers joined?", "Why?") for text in TEXTS]


@pytest.fixture(scope="module")
def model() -> BertForSequenceClassification:
    """A cross-encoder before it was taught: the bundled weights, and a classifier by chance."""
    torch.manual_seed(1)
    made = BertForSequenceClassification.from_pretrained(str(bundled_model()), num_labels=1)
    with torch.no_grad():
        made.classifier.weight.mul_(20)
    made.train(mode=False)
    return made


@pytest.fixture(scope="module")
def trained(model: BertForSequenceClassification, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("trained")
    model.save_pretrained(folder)
    return folder


def test_the_graph_is_the_model_s(model: BertForSequenceClassification, trained: Path) -> None:
    found = logits(build_reader(weights_of(trained), Exact()), PAIRS)
    for pair, logit in zip(PAIRS, found, strict=True):
        given = {"input_ids": torch.tensor([pair.ids]), "token_type_ids": torch.tensor([pair.kinds])}
        with torch.no_grad():
            assert logit == pytest.approx(model(**given).logits.item(), abs=1e-4)


def test_eight_bits_say_nearly_the_same(trained: Path) -> None:
    exact, small = (
        logits(build_reader(weights_of(trained), form), PAIRS) for form in (Exact(), EightBit({}))
    )
    assert np.abs(exact - small).mean() < 0.1 * np.ptp(exact)
    assert not np.array_equal(exact, small)


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with something under each name of the public data, and pairs that stand for its own."""
    for name in LEARNT_FROM:
        (tmp_path / "data" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "data" / name).write_text(name, "utf-8")
    monkeypatch.setattr(export_cross_encoder, "taught", lambda _: PAIRS)
    return tmp_path / "data"


def test_what_was_packaged_is_read(
    trained: Path, data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(export_cross_encoder, "_FURTHEST", 100.0)
    out = tmp_path / "out"
    out.mkdir()
    off = package(trained, data, out)
    card = json.loads((out / "cross_encoder.json").read_text("utf-8"))
    assert card["mean difference to 32 bits"] == round(off, 4)
    assert card["made_from"]["model.safetensors"] == file_hash(trained / "model.safetensors")
    assert card["learnt_from"] == {name: file_hash(data / name) for name in LEARNT_FROM}
    (reading,) = CrossEncoder(out).read("How many dockers joined?", TEXTS[:1])
    assert reading == logits(build_reader(weights_of(trained), EightBit({})), PAIRS[:1])[0]


def test_where_it_differs_nothing_is_written(
    trained: Path, data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "out"
    out.mkdir()
    for least in (1e-9, float("nan")):
        monkeypatch.setattr(export_cross_encoder, "_FURTHEST", least)
        with pytest.raises(NotAlike, match=r"off on average, more than"):
            package(trained, data, out)
    assert list(out.iterdir()) == []


def test_a_pair_is_what_the_model_was_taught_with() -> None:
    assert pair_of("Who?", "He.") == Pair([101, 2040, 1029, 102, 2002, 1012, 102], [0, 0, 0, 0, 1, 1, 1])
