"""A hidden component through which the page's own script sends events to the server."""

from __future__ import annotations

import json
from collections.abc import Sequence

from assistant.web.gradio.offline import gr

# Gradio runs this where the component is built, and passes `trigger`, which sends an event of the component.
_LISTEN = """
for (const name of %s)
  document.addEventListener(name, (event) => trigger(name, event.detail));
"""


def bridge(names: Sequence[str]) -> gr.HTML:
    """Make the component; an event of one of these names on the document becomes its event, with its detail."""
    return gr.HTML("", visible="hidden", js_on_load=_LISTEN % json.dumps(list(names)))
