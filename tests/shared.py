"""Where tests find data that is not part of the project."""

from __future__ import annotations

from pathlib import Path

import pytest

_ROOT = Path(__file__).resolve().parents[2] / "shared"


def shared(path: str) -> Path:
    """Return a file or folder of `../shared`, beside the repository; skip the test where it is not there."""
    place = _ROOT / path
    if not place.exists():
        pytest.skip(f"needs ../shared/{path} beside the repository, which is not there")
    return place
