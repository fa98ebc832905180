"""Training goes through every example once in a pass, those of like length together, at a rate that rises and falls."""

from __future__ import annotations

import pytest

from assistant.selection.reader.encoding import Encoding
from training.reader.fit import STAGES, Stage, batches, rate
from training.reader.model import Target

STAGE = Stage("one", 1.0, 0.2, public=1.0, news=0)


def of_length(size: int) -> Target:
    return Target((Encoding([size] * size, [0] * size, [], []),), (), ())


def test_every_example_comes_once_in_a_pass() -> None:
    some = [of_length(1 + n % 200) for n in range(1000)]
    made = list(batches(some))
    assert sorted(len(t.encodings[0].ids) for batch in made for t in batch) == sorted(
        1 + n % 200 for n in range(1000)
    )
    assert {len(batch) for batch in made[:-1]} <= {24, 1000 % 24}
    assert list(batches([])) == []


def test_a_batch_has_examples_of_like_length_and_the_batches_no_order() -> None:
    (*made,) = batches([of_length(1 + n) for n in range(240)])
    lengths = [sorted(len(t.encodings[0].ids) for t in batch) for batch in made]
    assert all(found == list(range(found[0], found[0] + 24)) for found in lengths)
    assert lengths != sorted(lengths)
    assert made == list(batches([of_length(1 + n) for n in range(240)]))


def test_the_rate_goes_up_and_then_down_in_a_straight_line() -> None:
    rates = [rate(STAGE, step, 1000) for step in range(1000)]
    assert rates[0] == pytest.approx(1 / 51)
    assert rates[25] == pytest.approx(26 / 51)
    assert rates[50] == max(rates) == 1.0
    assert rates[525] == pytest.approx(0.6)
    assert rates[-1] == pytest.approx(0.2, abs=0.001)
    assert rates[:51] == sorted(rates[:51])
    assert rates[50:] == sorted(rates[50:], reverse=True)


def test_the_stages_have_names_of_their_own_and_end_with_the_stories() -> None:
    assert len({stage.name for stage in STAGES}) == len(STAGES)
    assert STAGES[-1].news > 0
    assert STAGES[-1].until == 1.0
