"""The web chat, put together: index, retriever, assistant and server, with settings from ONRECORD_*.

`python app.py` and `onrecord serve` do the same.
"""

from assistant.assistant import Assistant
from assistant.retriever import Retriever
from assistant.settings import Settings
from assistant.web import serve


def main() -> None:
    """Serve the chat on the index that the settings name."""
    settings = Settings()
    serve(Assistant(Retriever.open(settings.index)), settings.host, settings.port)


if __name__ == "__main__":
    main()
