"""A packaged model that is damaged, missing or without its card is refused before anything reads it."""

from __future__ import annotations

import json
import shutil
from importlib.resources import files
from pathlib import Path

import pytest

from assistant.selection.reader import reader
from index.models.compiled import PASSAGES, QUESTIONS
from index.models.embedder import ModelFault
from index.models.packaged import PackagedModel

FOLDERS = {PASSAGES: "index.models", QUESTIONS: "index.models", reader.NAME: "assistant.selection.reader"}


@pytest.fixture(params=FOLDERS)
def copied(tmp_path: Path, request: pytest.FixtureRequest) -> PackagedModel:
    """A model of the package with its card, in a folder of its own."""
    name: str = request.param
    for suffix in ("onnx", "json"):
        shutil.copy(Path(str(files(FOLDERS[name]))) / f"{name}.{suffix}", tmp_path)
    return PackagedModel(tmp_path, name)


def refused(model: PackagedModel, monkeypatch: pytest.MonkeyPatch, reason: str) -> None:
    monkeypatch.setattr("onnxruntime.InferenceSession", None)  # to load it would be an error
    with pytest.raises(ModelFault, match=f"^{reason}; install onrecord again$"):
        _ = model.session


def test_a_model_is_loaded_that_is_what_its_card_says(copied: PackagedModel) -> None:
    card = json.loads(copied.path.with_suffix(".json").read_text("utf-8"))
    assert copied.sha256 == card["sha256"]
    assert {given.name for given in copied.session.get_inputs()} <= {"ids", "kinds"}
    assert copied.path.stat().st_size < 25_000_000


@pytest.mark.parametrize("place", [0.0, 0.5, 1.0])
def test_a_flipped_bit_is_refused(
    copied: PackagedModel, monkeypatch: pytest.MonkeyPatch, place: float
) -> None:
    data = bytearray(copied.path.read_bytes())
    data[int(place * (len(data) - 1))] ^= 1
    copied.path.write_bytes(data)
    refused(copied, monkeypatch, f"{copied.path.name} is not the file that was packaged")


@pytest.mark.parametrize("suffix", [".onnx", ".json"])
def test_a_missing_file_is_refused(
    copied: PackagedModel, monkeypatch: pytest.MonkeyPatch, suffix: str
) -> None:
    copied.path.with_suffix(suffix).unlink()
    refused(copied, monkeypatch, f"{copied.path.stem}{suffix} can't be read")


@pytest.mark.parametrize("card", ["", "[]", "{}", "\xff"])
def test_a_card_that_says_nothing_is_refused(
    copied: PackagedModel, monkeypatch: pytest.MonkeyPatch, card: str
) -> None:
    copied.path.with_suffix(".json").write_text(card, "latin-1")
    refused(copied, monkeypatch, f"{copied.path.stem}.json can't be read")
