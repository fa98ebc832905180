"""A small model that reads a question and a sentence together; runs through ONNX Runtime."""

from __future__ import annotations

import json
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cached_property, partial
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from numpy.typing import NDArray

from index.cores import physical_cores
from index.embedder import ModelFault, bundled_tokenizer, file_hash
from index.runtime import open_session

if TYPE_CHECKING:
    from onnxruntime import InferenceSession

# The longest pair it was taught with, in word pieces.
MAX_PIECES = 96
# The special word pieces [CLS] and [SEP].
_START, _END = 101, 102
_MODEL = "cross_encoder.onnx"
_CARD = "cross_encoder.json"


class CrossEncoder:
    """Says of each text how clearly it answers a question: log-odds against saying nothing.

    The model is loaded at the first question. Each text is read by itself, by one core: what is said of
    it hangs on nothing beside it. Safe to share between threads.
    """

    def __init__(self, folder: Path | None = None) -> None:
        """Take the model in a folder, by default the one that comes with the package."""
        self._folder = folder or Path(str(files("assistant.choosing")))

    def read(self, question: str, texts: Sequence[str]) -> NDArray[np.float64]:
        """The log-odds of each text: shape (texts,). Raises ModelFault when the model is damaged."""
        if not texts:
            return np.zeros(0)
        # A lone surrogate is no character to the tokenizer; it has no meaning to read either.
        clean = [text.encode("utf-8", "replace").decode() for text in (question, *texts)]
        tokenizer = bundled_tokenizer()
        asked, *given = (tokenizer.encode(text, add_special_tokens=False).ids for text in clean)
        pairs = [joined(asked, ids) for ids in given]
        # The longest first, so that at the end no core waits long for another.
        order = sorted(range(len(pairs)), key=lambda i: -len(pairs[i].ids))
        logits = np.zeros(len(pairs))
        logits[order] = list(self._cores.map(partial(_logit, self._session), [pairs[i] for i in order]))
        return logits

    @cached_property
    def _cores(self) -> ThreadPoolExecutor:
        return ThreadPoolExecutor(physical_cores())

    @cached_property
    def _session(self) -> InferenceSession:
        return open_session(self._checked())

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


def _logit(session: InferenceSession, pair: Pair) -> float:
    given = {"ids": np.array(pair.ids, dtype=np.int64), "kinds": np.array(pair.kinds, dtype=np.int64)}
    (logit,) = session.run(["logit"], given)
    return float(logit.item())
