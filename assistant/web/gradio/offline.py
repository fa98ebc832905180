"""Gradio, imported only after everything that would call home is switched off.

Gradio and huggingface_hub read these variables when they are imported, so this module is the only
one that imports Gradio.
"""

from __future__ import annotations

import os

os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"
os.environ["HF_HUB_OFFLINE"] = "1"
os.environ["HF_HUB_DISABLE_TELEMETRY"] = "1"

# After each event Gradio would sum up all events so far, 10,000 at most, for a page that isn't served.
os.environ["GRADIO_ANALYTICS_MAX_EVENTS"] = "1"
os.environ["GRADIO_ANALYTICS_CACHE_FREQUENCY"] = str(10**12)

import gradio as gr
from gradio.block_function import BlockFunction
from gradio.events import api

__all__ = ["BlockFunction", "api", "gr"]
