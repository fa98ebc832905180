"""A small model that reads a question and a sentence together; runs through ONNX Runtime."""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from functools import cached_property
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from numpy.typing import NDArray

from index.embedder import ModelFault, bundled_tokenizer, file_hash

if TYPE_CHECKING:
    from onnxruntime import InferenceSession

# The longest pair it was taught with, in word pieces.
MAX_PIECES = 96
# Pairs that are padded to one length and read at once.
_BATCH = 4
# The special word pieces [CLS] and [SEP].
_START, _END = 101, 102
_MODEL = "cross_encoder.onnx"
_CARD = "cross_encoder.json"


class CrossEncoder:
    """Says of each text how clearly it answers a question: log-odds against saying nothing.

    The model is loaded at the first question. Safe to share between threads.
    """

    def __init__(self, folder: Path | None = None) -> None:
        """Take the model in a folder, by default the one that comes with the package."""
        self._folder = folder or Path(str(files("assistant.choosing")))

    def read(self, question: str, texts: Sequence[str]) -> NDArray[np.float64]:
        """The log-odds of each text: shape (texts,). Raises ModelFault when the model is damaged."""
        logits = np.zeros(len(texts))
        # A lone surrogate is no character to the tokenizer; it has no meaning to read either.
        clean = [text.encode("utf-8", "replace").decode() for text in (question, *texts)]
        tokenizer = bundled_tokenizer()
        asked, *given = (tokenizer.encode(text, add_special_tokens=False).ids for text in clean)
        pairs = [joined(asked, ids) for ids in given]
        order = sorted(range(len(texts)), key=lambda i: len(pairs[i].ids))
        for first in range(0, len(order), _BATCH):
            some = order[first : first + _BATCH]
            logits[some] = self._run([pairs[i] for i in some])
        return logits

    def _run(self, pairs: Sequence[Pair]) -> NDArray[np.float64]:
        longest = max(len(pair.ids) for pair in pairs)
        inputs = {
            name: np.array([_padded(values, longest) for values in columns], dtype=np.int64)
            for name, columns in (
                ("input_ids", [pair.ids for pair in pairs]),
                ("attention_mask", [[1] * len(pair.ids) for pair in pairs]),
                ("token_type_ids", [pair.kinds for pair in pairs]),
            )
        }
        (logits,) = self._session.run(["logits"], inputs)
        return np.asarray(logits, dtype=np.float64)[:, 0]

    @cached_property
    def _session(self) -> InferenceSession:
        from onnxruntime import InferenceSession, SessionOptions

        path = self._checked()
        options = SessionOptions()
        options.intra_op_num_threads = len(os.sched_getaffinity(0))
        options.log_severity_level = 3
        # A core that waits for the next sentence is not kept busy with waiting.
        options.add_session_config_entry("session.intra_op.allow_spinning", "0")
        return InferenceSession(path, options, providers=["CPUExecutionProvider"])

    def _checked(self) -> Path:
        """Where the model is, which must be the one that the card names."""
        path = self._folder / _MODEL
        try:
            found = file_hash(path)
            expected = json.loads((self._folder / _CARD).read_text("utf-8"))["sha256"]
        except (OSError, ValueError, KeyError) as error:
            raise ModelFault("the cross-encoder's files can't be read; install onrecord again") from error
        if found != expected:
            raise ModelFault(f"{_MODEL} is not the file that was packaged; install onrecord again")
        return path


class Pair(NamedTuple):
    """Word pieces of a question and a text as the model reads them, and which of the two each belongs to."""

    ids: list[int]
    kinds: list[int]


def joined(asked: Sequence[int], given: Sequence[int]) -> Pair:
    """Join the pieces of both; what is too long is cut at its end, the longer one first."""
    room = MAX_PIECES - 3
    half = (room + 1) // 2 if len(asked) > len(given) else room // 2
    asked_room = min(len(asked), max(half, room - len(given)))
    given_room = min(len(given), room - asked_room)
    first, second = [_START, *asked[:asked_room], _END], [*given[:given_room], _END]
    return Pair([*first, *second], [0] * len(first) + [1] * len(second))


def _padded(values: Sequence[int], length: int) -> list[int]:
    return [*values, *([0] * (length - len(values)))]
