"""The web chat, put together: index, retriever, assistant and server, with settings from ONRECORD_*.

`python app.py` and `onrecord serve` do the same.
"""

from __future__ import annotations

import sys

from pydantic import ValidationError

from assistant.assistant import Assistant
from assistant.retriever import Retriever
from assistant.server.health import looking
from assistant.settings import Settings
from index.hits import IndexFault


def main() -> None:
    """Serve the chat on the index that the settings name."""
    try:
        settings = Settings()
        serving = settings.serving()
        from assistant.server.process import serve

        retriever = Retriever.open(settings.index)
        serve(Assistant(retriever), serving, looking(retriever))
    except ValidationError as error:
        first = error.errors()[0]
        sys.exit(f"onrecord: ONRECORD_{str(first['loc'][0]).upper()}: {first['msg']}")
    except (IndexFault, ValueError, OSError) as error:
        sys.exit(f"onrecord: {error}")


if __name__ == "__main__":
    main()
