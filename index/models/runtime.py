"""How the packaged models are run: by ONNX Runtime, a text on one core."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from index.models.cores import has_vnni

if TYPE_CHECKING:
    from onnxruntime import InferenceSession


def open_session(model: Path | bytes, *, safe: bool | None = None) -> InferenceSession:
    """Load a model, a file that was checked or its bytes; each call of `run` takes the core that asks.

    `safe` takes 8-bit products in the way that no x86 overflows on; by default only where the processor needs it.
    """
    from onnxruntime import InferenceSession, SessionOptions

    options = SessionOptions()
    options.intra_op_num_threads = 1
    options.log_severity_level = 3
    if safe if safe is not None else not has_vnni():
        # Such an x86 overflows on 8-bit products unless it takes them another, slower way.
        options.add_session_config_entry("session.x64quantprecision", "1")
    return InferenceSession(model, options, providers=["CPUExecutionProvider"])
