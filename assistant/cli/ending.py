"""A command as a process of its own: how little it does besides, and how it ends."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Callable
from pathlib import Path

# Objects made before they are looked through for cycles; Python's own figure is 700.
_LOOKED_THROUGH = 200_000
# What may have something of its own to clear away at the end.
_THOROUGH = {"gradio", "torch"}


def run_to_the_end(app: Callable[[], object]) -> None:
    """Run a command line that ends by SystemExit; does not return."""
    # Most of what a short command makes, modules above all, lives to its end: looking through it again
    # and again for what could be given back costs a tenth of its time, and giving it back one by one a seventh.
    gc.set_threshold(_LOOKED_THROUGH)
    # A shell may have closed either: then nobody listens.
    sys.stdout, sys.stderr = (s or Path(os.devnull).open("w") for s in (sys.stdout, sys.stderr))  # noqa: SIM115
    try:
        app()
    except SystemExit as ended:
        if isinstance(ended.code, int) and not _THOROUGH & sys.modules.keys():
            _leave(ended.code)
        raise


def _leave(code: int) -> None:
    """End the process at once, all it said being out; where that can't be said, leave it to Python to tell."""
    try:
        sys.stdout.flush()
        sys.stderr.flush()
    except OSError:
        return
    os._exit(code)
