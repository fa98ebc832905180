"""The seam behind which a question and passages are read, and the bundled model behind it."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from assistant.selection.reader.encoding import Encoding, Span, Window, encode
from index.models.cores import physical_cores
from index.models.packaged import PackagedModel

Floats = NDArray[np.float32]

NAME = "reader"
# The most word pieces that the words which answer may have.
_WORDS = 40
# How likely they must be, first and last piece together: chosen on SQuAD's part for fitting, see docs/quality.md.
_SURE = 0.25
# What is said of a sentence that lies past the end of what is read.
UNREAD = -30.0


@dataclass(frozen=True, slots=True)
class Reading:
    """What was read in one window: of each of its sentences how clearly it answers, and its answering words.

    `log_odds` are against “nothing here answers”, higher is better. `words` are [start, end) in code points of the
    sentence: what would answer if the sentence does, empty where that isn't clear.
    """

    log_odds: tuple[float, ...]
    words: tuple[Span, ...]

    @property
    def nothing(self) -> float:
        """The log-odds that none of the sentences answers."""
        return -float(np.logaddexp.reduce(self.log_odds)) if self.log_odds else -UNREAD


class Reader(Protocol):
    """Reads a question and passages together."""

    def read(self, question: str, windows: Sequence[Window]) -> list[Reading]:
        """Read each window by itself; the readings are in the order of the windows."""


class BundledReader:
    """The model that comes with the package, in 8 bits; safe to share between threads.

    It is loaded at the first question. Each window is read by itself, by one core, so that what is said of it
    depends on nothing beside it. Raises ModelFault when a file of it is not the one that was packaged.
    """

    def __init__(self, folder: Path | None = None, *, safe: bool | None = None) -> None:
        """Take the model in a folder, by default the package's; `safe` as in `index.models.runtime.open_session`."""
        self._model = PackagedModel(folder or Path(__file__).parent, NAME, safe=safe)

    def read(self, question: str, windows: Sequence[Window]) -> list[Reading]:
        """Read each window by itself."""
        if not windows:
            return []
        encodings = [encode(question, window) for window in windows]
        # The longest first, so that at the end no core waits long for another.
        order = sorted(range(len(encodings)), key=lambda i: -len(encodings[i].ids))
        _ = self._model.session  # loaded once, not by each thread
        found = dict(zip(order, self._cores.map(self._read, [encodings[i] for i in order]), strict=True))
        return [
            reading_of(encodings[i], len(window.sentences), *found[i]) for i, window in enumerate(windows)
        ]

    def _read(self, encoding: Encoding) -> tuple[Floats, Floats]:
        given = {
            "ids": np.array(encoding.ids, dtype=np.int64),
            "kinds": np.array(encoding.kinds, dtype=np.int64),
        }
        scores, ends = self._model.session.run(["scores", "ends"], given)
        return scores, ends

    @cached_property
    def _cores(self) -> ThreadPoolExecutor:
        return ThreadPoolExecutor(physical_cores())


def reading_of(encoding: Encoding, sentences: int, scores: Floats, ends: Floats) -> Reading:
    """What a model's outputs say of a window's sentences.

    `scores` of shape (pieces,) count at the marks; `ends` of shape (pieces, 2) say where an answer begins and ends.
    """
    log_odds = [float(scores[mark]) for mark in encoding.marks]
    words = [
        _words(spans, ends[mark + 1 : mark + 1 + len(spans)])
        for mark, spans in zip(encoding.marks, encoding.spans, strict=True)
    ]
    unread = sentences - len(log_odds)
    return Reading((*log_odds, *[UNREAD] * unread), (*words, *[(0, 0)] * unread))


def _words(spans: Sequence[Span], ends: Floats) -> Span:
    """The likeliest stretch of a sentence's pieces, as code points; empty where it isn't likely enough."""
    if not spans:
        return 0, 0
    pairs = ends[:, 0][:, None] + ends[:, 1][None]
    size = len(spans)
    rows, columns = np.indices((size, size))
    allowed = (columns >= rows) & (columns < rows + _WORDS)
    first, last = divmod(int(np.argmax(np.where(allowed, pairs, -np.inf))), size)
    sure = np.exp(pairs[first, last] - np.logaddexp.reduce(ends, axis=0).sum())
    return (spans[first][0], spans[last][1]) if sure >= _SURE else (0, 0)
