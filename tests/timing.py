"""Processor time in tests: of this thread alone, with no garbage collected meanwhile.

A collection walks everything that is loaded, the model's library too, and takes
most of a second wherever it falls; other threads' work is none of the test's.
"""

import gc
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager


def seconds(call: Callable[[], object]) -> float:
    """What ``call`` takes of the processor."""
    gc.disable()
    try:
        began = time.thread_time()
        call()
        return time.thread_time() - began
    finally:
        gc.enable()


@contextmanager
def within(limit: float) -> Iterator[None]:
    """Fails where the block takes ``limit`` seconds of the processor or more."""
    gc.disable()
    try:
        began = time.thread_time()
        yield
        taken = time.thread_time() - began
    finally:
        gc.enable()
    assert taken < limit, f"{taken:.2f} s of the processor, {limit} allowed"
