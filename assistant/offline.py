"""Gradio, imported only after everything that would call home is switched off.

Gradio and huggingface_hub read these variables when they are imported, so this module is the only
one that imports Gradio.
"""

from __future__ import annotations

import os

os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"
os.environ["HF_HUB_OFFLINE"] = "1"
os.environ["HF_HUB_DISABLE_TELEMETRY"] = "1"

import gradio as gr
from gradio.events import api

__all__ = ["api", "gr"]
