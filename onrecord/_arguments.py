"""The arguments of the public functions, checked; what is wrong is a BadRequest that says what to give instead."""

from __future__ import annotations

from collections.abc import Sequence
from os import PathLike, fspath
from pathlib import Path

from assistant.query.parameters import BadRequest, read_switch, read_text
from index.models.embedder import BUNDLED

__all__ = ["read_model", "read_path", "read_paths", "read_switch"]


def read_paths(value: object, name: str) -> list[Path]:
    """One path or several; at least one."""
    if isinstance(value, str | PathLike):
        return [read_path(value, name)]
    if not isinstance(value, Sequence) or isinstance(value, bytes) or not value:
        raise BadRequest(f"“{name}” needs a path, or a list of paths.")
    return [read_path(one, name) for one in value]


def read_path(value: object, name: str) -> Path:
    """A path as text or as any object that stands for one."""
    path = fspath(value) if isinstance(value, str | PathLike) else None
    if not isinstance(path, str) or not path:
        raise BadRequest(f"“{name}” needs a path: a text or a pathlib.Path.")
    return Path(path)


def read_model(value: object) -> str:
    """The name or folder of a model; None is the bundled one."""
    return BUNDLED if value is None else read_text(value, "model")
