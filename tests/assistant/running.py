"""A chat that is served as `onrecord serve` does it, in a thread of the test's process."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from fastapi import FastAPI

from assistant.web.server.process import MOST_OF_ADDRESS, configured
from assistant.web.server.timeouts import PromptServer

PASSWORD = "a long way to Meridale"  # noqa: S105 - of nobody
JSON_TYPE = {"content-type": "application/json"}
FORM_TYPE = {"content-type": "application/x-www-form-urlencoded"}


@contextmanager
def running(
    app: FastAPI, proxies: Sequence[str] = (), most_of_address: int = MOST_OF_ADDRESS
) -> Iterator[str]:
    """Serve an application; gives its address."""
    with socket.create_server(("127.0.0.1", 0), backlog=512) as bound:
        server = PromptServer(configured(app, proxies, most_of_address))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [bound]}, daemon=True)
        thread.start()
        while not server.started:
            time.sleep(0.01)
        yield f"http://127.0.0.1:{bound.getsockname()[1]}"
        server.should_exit = True
        thread.join(10)
