"""The packaged reader is the trained one in another form: its graph, and what 8 bits make of it."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
import torch

from assistant.selection.reader.encoding import Window, encode
from assistant.selection.reader.reader import BundledReader, reading_of
from index.models.embedder import file_hash
from index.models.runtime import open_session
from training.bert_graph import build_reader
from training.forms import Exact
from training.news.stories import FOLDER
from training.reader import export
from training.reader.export import LEARNT_FROM, NotAlike, feed, package, weights_of
from training.reader.model import ReaderModel, padded

pytestmark = pytest.mark.slow

TEXTS = (
    "About 1,400 dockers joined the strike at Port Caldry.",
    "The bridge over the Ande is closed to lorries until the spring, the board said.",
    "A recipe for two needs three eggs.",
)
WINDOWS = [
    Window("Port strike", "It rained.", TEXTS),
    Window("", "", TEXTS[:1]),
    Window("", "", ("word " * 300,)),
    Window("Bread", "", (*TEXTS[1:], "")),
]
ENCODINGS = [
    encode(question, window) for question in ("How many dockers joined?", "Why?") for window in WINDOWS
]


def test_the_graph_is_the_model_s(untaught: ReaderModel, saved: Path) -> None:
    session = open_session(build_reader(weights_of(saved), Exact()).SerializeToString())
    for encoding in ENCODINGS:
        scores, ends = session.run(["scores", "ends"], feed(encoding))
        with torch.no_grad():
            expected, spans = untaught(*padded([encoding]))
        size = len(encoding.ids)
        assert (scores.shape, ends.shape) == ((size,), (size, 2))
        assert np.abs(scores - expected[0, :size].numpy()).max() < 1e-4
        assert np.abs(ends - spans[0, :size].numpy()).max() < 1e-4


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with something under each name of the public data, and few windows instead of the stories'."""
    for name in LEARNT_FROM:
        (tmp_path / "data" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "data" / name).write_text(name, "utf-8")
    monkeypatch.setattr(export, "some_encodings", lambda: ENCODINGS)
    monkeypatch.setattr(export, "_EVENED", 4)
    return tmp_path / "data"


@pytest.fixture
def out(tmp_path: Path) -> Path:
    (tmp_path / "out").mkdir()
    return tmp_path / "out"


def test_what_was_packaged_is_read_nearly_as_the_model_reads(
    untaught: ReaderModel, saved: Path, data: Path, out: Path
) -> None:
    off = package(saved, data, out)
    card = json.loads((out / "reader.json").read_text("utf-8"))
    assert 0 < off < 0.25
    assert card["mean difference to 32 bits"] == round(off, 4)
    assert card["made_from"] == {"weights": file_hash(saved)}
    stories = {f"training/news/{path.name}": file_hash(path) for path in FOLDER.glob("*.txt")}
    assert card["learnt_from"] == {name: file_hash(data / name) for name in LEARNT_FROM} | stories
    found = BundledReader(out).read("How many dockers joined?", WINDOWS)
    for reading, encoding, window in zip(found, ENCODINGS, WINDOWS, strict=False):
        with torch.no_grad():
            scores, spans = untaught(*padded([encoding]))
        exact = reading_of(encoding, len(window.sentences), scores[0].numpy(), spans[0].numpy())
        assert reading.log_odds == pytest.approx(exact.log_odds, abs=0.5)


def test_where_it_differs_nothing_is_written(
    saved: Path, data: Path, out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for least in (1e-9, float("nan")):
        monkeypatch.setattr(export, "FURTHEST", least)
        with pytest.raises(NotAlike, match="off on average, more than"):
            package(saved, data, out)
    assert list(out.iterdir()) == []
