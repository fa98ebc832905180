"""What a model's outputs say of sentences and their words; a model that is not the packaged one is refused."""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor
from importlib.resources import files
from math import exp, log
from pathlib import Path

import numpy as np
import onnx
import pytest
from onnx import TensorProto, helper

from assistant.selection.reader import reader as module
from assistant.selection.reader.encoding import Encoding, Span, Window, encode
from assistant.selection.reader.reader import UNREAD, BundledReader, Reading, reading_of
from index.models.embedder import ModelFault, file_hash
from tests.newsroom import BRIDGE, FLOOD, STRIKE

QUESTION = "How many dockers joined the strike?"
PACKAGED = Path(str(files("assistant.selection.reader")))
WINDOWS = [
    Window(
        "Port strike | The Tide", "", ("It rained.", "About 1,400 dockers joined the strike at Port Caldry.")
    ),
    Window("", "It rained. " * 9, (BRIDGE, FLOOD, STRIKE * 9)),
    Window("", "", ()),
    Window("", "", ("word " * 300, "This is never read.")),
    Window("\ud800", "👩‍👩‍👧", ("", "قال الاتحاد إن الإضراب مستمر.")),
]

# “Ana Lund left” and “No.”, behind marks in the places 3 and 7; 0 is no piece of theirs.
ANA: list[Span] = [(0, 3), (4, 8), (9, 13)]
ENCODING = Encoding([0] * 10, [0] * 10, [3, 7], [ANA, [(0, 2), (2, 3)]])


def ends(begins: dict[int, float], closes: dict[int, float], pieces: int = 10) -> module.Floats:
    """Outputs that are 0 but in some places."""
    made = np.zeros((pieces, 2), np.float32)
    for column, some in enumerate((begins, closes)):
        made[list(some), column] = [10 * value for value in some.values()]
    return made


def words(begins: dict[int, float], closes: dict[int, float]) -> tuple[Span, ...]:
    return reading_of(ENCODING, 2, np.zeros(10, np.float32), ends(begins, closes)).words


def test_a_sentence_s_score_is_read_at_its_mark() -> None:
    scores = np.arange(10, dtype=np.float32)
    assert reading_of(ENCODING, 2, scores, ends({}, {})).log_odds == (3.0, 7.0)


def test_the_likeliest_stretch_of_each_sentence_is_its_answer() -> None:
    assert words({5: 2, 8: 1}, {6: 2, 8: 1}) == ((4, 13), (0, 2))
    assert words({4: 2, 9: 1}, {4: 2, 9: 1}) == ((0, 3), (2, 3))
    assert words({4: 2, 8: 1}, {5: 2, 9: 1}) == ((0, 8), (0, 3))


def test_beginning_and_end_are_chosen_together(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_SURE", 0.0)
    # Alone, an answer would begin at the last piece (3) or end at the first (3): each leaves nothing but itself.
    assert words({6: 3, 4: 2}, {4: 1, 5: 2.5})[0] == (0, 8)
    assert words({6: 3}, {4: 2.9})[0] == (9, 13)


def test_what_is_likely_outside_of_a_sentence_counts_nothing_in_it() -> None:
    # The mark before it, the next one's mark and pieces.
    assert words({3: 9, 5: 1, 7: 9, 8: 9}, {3: 9, 5: 1, 7: 9, 9: 9})[0] == (4, 8)


def test_words_that_are_not_clear_are_none() -> None:
    assert words({4: 0.2, 5: 0.2}, {6: 1})[0] == (0, 13)
    assert words({4: 0.2, 5: 0.2, 6: 0.2}, {6: 0.1, 5: 0.1})[0] == (0, 0)


def test_an_answer_has_at_most_forty_pieces(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_SURE", 0.0)
    spans = [(n, n + 1) for n in range(60)]
    encoding = Encoding([0] * 62, [0] * 62, [0], [spans])
    scores = np.zeros(62, np.float32)
    for last, expected in ((41, (1, 41)), (42, (1, 2))):
        found = reading_of(encoding, 1, scores, ends({2: 5, 30: 0.5}, {last: 3, 2: 1}, 62))
        assert found.words == (expected,)


def test_a_sentence_without_pieces_has_no_words() -> None:
    found = reading_of(Encoding([0] * 4, [0] * 4, [2], [[]]), 1, np.ones(4, np.float32), ends({}, {}, 4))
    assert found == Reading((1.0,), ((0, 0),))


def test_sentences_past_the_end_of_what_is_read_are_unlikely_and_have_no_words() -> None:
    found = reading_of(ENCODING, 4, np.ones(10, np.float32), ends({}, {}))
    assert found.log_odds == (1.0, 1.0, UNREAD, UNREAD)
    assert found.words[2:] == ((0, 0), (0, 0))
    nothing = Encoding([0], [0], [], [])
    assert reading_of(nothing, 1, np.ones(1, np.float32), ends({}, {}, 1)) == Reading((UNREAD,), ((0, 0),))


def test_that_nothing_answers_is_as_likely_as_the_sentences_leave_it() -> None:
    assert Reading((0.0,), ((0, 1),)).nothing == 0.0
    assert Reading((0.0, 0.0), ((0, 1), (0, 1))).nothing == pytest.approx(-log(2))
    assert Reading((2.0, -1.0), ((0, 1), (0, 1))).nothing == pytest.approx(-log(exp(2) + exp(-1)))
    assert Reading((), ()).nothing == -UNREAD
    assert Reading((UNREAD,), ((0, 0),)).nothing == pytest.approx(-UNREAD)


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """A model with its card that adds up what it reads: a mark's score is the sum of the pieces up to it."""
    nodes = [
        helper.make_node("Add", ["ids", "kinds"], ["both"]),
        helper.make_node("Cast", ["both"], ["numbers"], to=TensorProto.FLOAT),
        helper.make_node("CumSum", ["numbers", "first"], ["scores"]),
        helper.make_node("Unsqueeze", ["numbers", "last"], ["column"]),
        helper.make_node("Concat", ["column", "column"], ["ends"], axis=1),
    ]
    graph = helper.make_graph(
        nodes,
        "adds up",
        [helper.make_tensor_value_info(name, TensorProto.INT64, ["pieces"]) for name in ("ids", "kinds")],
        [
            helper.make_tensor_value_info("scores", TensorProto.FLOAT, ["pieces"]),
            helper.make_tensor_value_info("ends", TensorProto.FLOAT, ["pieces", 2]),
        ],
        [
            helper.make_tensor("first", TensorProto.INT64, [], [0]),
            helper.make_tensor("last", TensorProto.INT64, [1], [1]),
        ],
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 18)], ir_version=9)
    onnx.save(model, tmp_path / "reader.onnx")
    card = {"sha256": file_hash(tmp_path / "reader.onnx")}
    (tmp_path / "reader.json").write_text(json.dumps(card), "utf-8")
    return tmp_path


def added_up(window: Window) -> list[float]:
    encoding = encode(QUESTION, window)
    sums = np.cumsum(np.array(encoding.ids) + encoding.kinds)
    unread = len(window.sentences) - len(encoding.marks)
    return [*(float(sums[mark]) for mark in encoding.marks), *[UNREAD] * unread]


def test_each_window_is_read_with_its_question_and_in_its_place(small: Path) -> None:
    found = BundledReader(small).read(QUESTION, WINDOWS)
    assert [list(reading.log_odds) for reading in found] == [added_up(window) for window in WINDOWS]
    assert [len(reading.words) for reading in found] == [len(window.sentences) for window in WINDOWS]


def test_a_reading_does_not_depend_on_what_is_read_beside_it(small: Path) -> None:
    reader = BundledReader(small)
    together = reader.read(QUESTION, WINDOWS)
    assert [reader.read(QUESTION, [window])[0] for window in WINDOWS] == together
    assert reader.read(QUESTION, WINDOWS[::-1]) == together[::-1]
    assert reader.read(QUESTION, []) == []


def test_several_may_read_at_once(small: Path) -> None:
    reader = BundledReader(small)
    with ThreadPoolExecutor(4) as readers:
        found = list(readers.map(lambda _: reader.read(QUESTION, WINDOWS), range(12)))
    assert found == [BundledReader(small).read(QUESTION, WINDOWS)] * 12


def test_what_is_missing_is_told_at_the_first_question_and_no_sooner(tmp_path: Path) -> None:
    reader = BundledReader(tmp_path)
    with pytest.raises(ModelFault):
        reader.read(QUESTION, WINDOWS)


@pytest.fixture(scope="module")
def packaged() -> BundledReader:
    return BundledReader()


ALIKE = (
    "The strike of the dockers was the longest in memory.",
    "About 1,400 dockers joined the strike at Port Caldry.",
    "A recipe for two needs three eggs.",
)


def test_the_answer_reads_best_and_what_is_foreign_is_none(packaged: BundledReader) -> None:
    (found,) = packaged.read(QUESTION, [Window("", "", ALIKE)])
    like, answer, foreign = found.log_odds
    assert answer > like + 1
    assert answer > 0 > foreign
    words = ALIKE[1][slice(*found.words[1])]
    assert not words or "1,400" in words  # marked only where it is sure


def test_a_question_that_the_text_contradicts_reads_worse(packaged: BundledReader) -> None:
    def read(port: str) -> float:
        question = f"How many dockers joined the strike at Port {port}?"
        return packaged.read(question, [Window("", "", ALIKE[1:2])])[0].log_odds[0]

    assert read("Caldry") > read("Selmouth")


def test_a_processor_without_vnni_reads_the_same(packaged: BundledReader) -> None:
    expected = packaged.read(QUESTION, WINDOWS)
    assert BundledReader(safe=True).read(QUESTION, WINDOWS) == expected


def test_long_and_odd_windows_are_read(packaged: BundledReader) -> None:
    odd = [Window(text, text, (text, text)) for text in ("", " ", "😀" * 500, "word " * 900, "قال الاتحاد")]
    readings = packaged.read("?" * 2000, odd)
    assert len(readings) == len(odd)
    for reading in readings:
        assert np.isfinite(reading.log_odds).all()


def test_the_model_is_small_enough_for_the_package() -> None:
    assert (PACKAGED / "reader.onnx").stat().st_size < 25_000_000
    assert json.loads((PACKAGED / "reader.json").read_text("utf-8"))["learnt_from"]
