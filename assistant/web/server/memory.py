"""Memory that is free goes back to the system while the server runs.

Every question makes and frees some megabytes of arrays, in whichever thread answers it. glibc keeps
what is freed between things that are still in use, in an arena for each of several threads, and so
a server that leaks nothing grows all the same: see malloc_trim(3), which gives it back. Before that, Python
looks for cycles among what was made since the start, which it does seldom by itself.
"""

from __future__ import annotations

import ctypes
import gc
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Event, Thread

# Seconds. A call took 2 to 23 ms (median of 15: 4) in a process of 770 MB, on two busy cores; looking for cycles
# before it 2 to 5, with 100 to 400 answers held.
EVERY = 60.0


def trimmer() -> Callable[[], object] | None:
    """Give what returns free memory to the system; None where the C library has no such thing."""
    try:
        trim = ctypes.CDLL(None).malloc_trim
    except (AttributeError, OSError, TypeError):  # musl, macOS, Windows
        return None
    return lambda: trim(0)


@contextmanager
def trimming(every: float = EVERY, trim: Callable[[], object] | None = None) -> Iterator[None]:
    """Give free memory back every so many seconds, for as long as the context is open."""
    give, ended = trim or trimmer(), Event()
    # What a server is made of stays; looking through all of it each time would make a question wait.
    gc.freeze()

    def keep_on() -> None:
        while not ended.wait(every):
            gc.collect()
            if give:
                give()

    Thread(target=keep_on, name="trimming", daemon=True).start()
    try:
        yield
    finally:
        ended.set()
        gc.unfreeze()
