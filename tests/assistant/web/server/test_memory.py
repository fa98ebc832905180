"""Free memory is given back while a server runs, and not after."""

from __future__ import annotations

import gc
import sys
from threading import Event
from weakref import ref

import pytest

from assistant.web.server.memory import trimmer, trimming


def test_it_is_given_back_again_and_again_until_the_end() -> None:
    given: list[int] = []
    thrice = Event()

    def trim() -> None:
        given.append(1)
        if len(given) == 3:
            thrice.set()

    with trimming(0.001, trim):
        assert thrice.wait(10)
    count = len(given)
    assert not Event().wait(0.05)
    assert len(given) <= count + 1  # one may have been under way


def test_what_only_holds_itself_goes_first() -> None:
    class Held:
        """Something that holds itself."""

    before = Held()
    before.own = before  # type: ignore[attr-defined]
    kept = ref(before)
    del before
    told: list[ref[Held]] = []
    went = Event()

    def trim() -> None:
        if told and told[0]() is None:
            went.set()

    with trimming(0.001, trim):
        made = Held()
        made.own = made  # type: ignore[attr-defined]
        told.append(ref(made))
        assert not went.wait(0.02)
        del made
        assert went.wait(10)
    gc.collect()
    assert kept() is None  # what was there before is looked through again at the end


@pytest.mark.skipif(sys.platform != "linux", reason="malloc_trim is glibc's")
def test_the_c_library_takes_it() -> None:
    trim = trimmer()
    if trim is None:
        pytest.skip("this C library has no malloc_trim")
    assert trim() in {0, 1}  # whether there was something to give back
