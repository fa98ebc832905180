"""A model that comes with the package: a file and a card with its hash, checked before anything reads it."""

from __future__ import annotations

import json
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from index.models.embedder import ModelFault, file_hash
from index.models.runtime import open_session

if TYPE_CHECKING:
    from onnxruntime import InferenceSession


class PackagedModel:
    """`NAME.onnx` and its card `NAME.json` in a folder; loaded when its session is first asked for."""

    def __init__(self, folder: Path, name: str, *, safe: bool | None = None) -> None:
        """Name the model; `safe` as in `index.models.runtime.open_session`."""
        self.path = folder / f"{name}.onnx"
        self._card = folder / f"{name}.json"
        self._safe = safe

    @cached_property
    def sha256(self) -> str:
        """The hash that the card states; raises ModelFault."""
        try:
            return str(json.loads(self._card.read_text("utf-8"))["sha256"])
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise ModelFault(f"{self._card.name} can't be read; install onrecord again") from error

    @cached_property
    def session(self) -> InferenceSession:
        """The model, loaded; raises ModelFault where it is not the file that the card names."""
        try:
            found = file_hash(self.path)
        except OSError as error:
            raise ModelFault(f"{self.path.name} can't be read; install onrecord again") from error
        if found != self.sha256:
            raise ModelFault(f"{self.path.name} is not the file that was packaged; install onrecord again")
        return open_session(self.path, safe=self._safe)
