"""The web chat, with settings from ONRECORD_*: `python app.py` does what `onrecord serve` does.

What it is put together from (index, retriever, assistant, server) stands in
assistant/cli/serving_commands.py, once for both.
"""

from __future__ import annotations

import sys

from assistant.cli.main import app


def main() -> None:
    """Serve the chat; options are those of `onrecord serve`."""
    app(["serve", *sys.argv[1:]], prog_name="onrecord")


if __name__ == "__main__":
    main()
