"""Golden files: what each renderer makes of the same answers, kept beside the tests to be read and compared.

After an intended change of what is shown, write them anew and read what changed:

    ONRECORD_UPDATE_GOLDEN=1 pytest tests/assistant/render/test_golden.py
    git diff tests/assistant/render/golden
"""

from __future__ import annotations

import os
from pathlib import Path

FOLDER = Path(__file__).parent / "golden"
UPDATE = "ONRECORD_UPDATE_GOLDEN"


def assert_golden(name: str, rendered: str) -> None:
    """Compare what was rendered with the golden file of this name; with UPDATE set, write the file instead.

    Line ends are compared too. Raises AssertionError where they differ, and where there is no such file.
    """
    path = FOLDER / name
    if os.environ.get(UPDATE):
        path.write_bytes(rendered.encode())
    assert path.is_file(), f"{path.name} is missing: run the test with {UPDATE}=1"
    assert rendered == path.read_bytes().decode(), f"{path.name} differs: see {Path(__file__).name}"
