"""In short what `python -m benchmarks.load` measures at length: twenty readers at once, sixty questions."""

from __future__ import annotations

from assistant.web.server.application import create_app
from benchmarks.load import BOUND, measure
from tests.assistant.running import running
from tests.newsroom import BRIDGE, Newsroom

QUESTIONS = ("How many dockers joined the strike?", "Which river flooded?", BRIDGE, "Who won the cup?")


def test_twenty_readers_at_once_are_all_answered(standing: Newsroom) -> None:
    with running(create_app(standing.assistant())) as address:
        load = measure(address, QUESTIONS, users=20, asked=60)
    assert (load.questions, load.answered, load.busy, load.errors) == (60, 60, 0, 0)
    assert load.p50 <= load.p99
    assert load.ratio <= 2 * BOUND  # seconds of a busy machine: at length it is held to BOUND
