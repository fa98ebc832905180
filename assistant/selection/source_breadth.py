"""Room for other sources beside the best: an event is what several outlets print of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

T = TypeVar("T")

# So many further sources are let in, and so far down a ranking they are looked for, in lengths of its head.
MORE = 3
DEEP = 4


def broadened(ranked: Sequence[T], size: int, source: Callable[[T], str | None]) -> list[T]:
    """The first `size` of a ranking, and the best of each of up to three sources that these lack.

    What has no source stated stands for none.
    """
    head = list(ranked[:size])
    heard = {source(one) for one in head} | {None}
    for one in ranked[size : DEEP * size]:
        if len(head) == size + MORE:
            break
        if source(one) not in heard:
            heard.add(source(one))
            head.append(one)
    return head
