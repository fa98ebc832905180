"""What the benchmark of origins counts: pairs that belong together, pairs found, pairs wrongly put together."""

from __future__ import annotations

from itertools import islice
from random import Random

import pytest

from benchmarks.edited import EDITS
from benchmarks.origins import Printed, Score, basil_events, by_edit, fa_kes, same_print, sample, scored
from corpus.duplicates.origins import Measure
from corpus.duplicates.shingles import Text
from tests.newsroom import BRIDGE, FLOOD, STRIKE
from tests.shared import shared

STORY = " ".join([STRIKE, FLOOD, BRIDGE, STRIKE[::-1], FLOOD[::-1]])


def test_pairs_are_counted_by_story_and_by_print() -> None:
    whole, again = Text(STORY), Text(f"{STORY} Again.")
    assert scored([Printed(whole, "1"), Printed(again, "1")], Measure()) == Score(1, 1, 0)
    assert scored([Printed(whole, "1"), Printed(again, "2")], Measure()) == Score(0, 0, 1)
    assert scored([Printed(whole, "1", print="a"), Printed(again, "2", print="a")], Measure()) == Score(
        0, 0, 0
    )
    apart = [Printed(whole, "1"), Printed(Text("Nothing was said of it."), "1", "cut")]
    missed = scored(apart, Measure())
    assert (missed, missed.recall, missed.precision) == (Score(1, 0, 0), 0.0, 1.0)
    assert by_edit(apart, Measure()) == {"cut": (0, 1)}


def test_texts_with_25_words_in_a_row_in_common_are_one_print() -> None:
    row = " ".join(f"w{n}" for n in range(25))
    assert same_print([f"a {row}", "b", f"{row} c", row[3:], f"b {STORY}"]) == ["0", "1", "0", "3", "4"]


@pytest.mark.parametrize("edit", EDITS)
def test_an_edit_keeps_the_opening_and_is_the_same_each_time(edit: str) -> None:
    body = " ".join(f"Word {n} is word number {n} of the text." for n in range(40))
    once, again = Random(7), Random(7)  # noqa: S311 - the same each time
    made = [EDITS[edit]("A headline", body, random, ["other", "words"]) for random in (once, again)]
    assert made[0] == made[1] != body
    assert ("A headline" in made[0]) == ("headline" not in edit)
    shares = {"first half": 0.5, "first third": 0.34, "first paragraph": 0.2}
    assert len(made[0]) < len(body) * shares.get(edit, 1.0) + 80


def test_the_sample_archive_s_wire_story_is_one_origin() -> None:
    assert scored(list(sample()), Measure()) == Score(11, 11, 0)


@pytest.mark.shared
@pytest.mark.slow
def test_edited_copies_are_found_and_no_other_report_is_one() -> None:
    data = shared("data")
    some = islice(fa_kes(data, 1), 900)
    edited, events = (scored(list(read), Measure()) for read in (some, basil_events(data)))
    assert (edited.wrong, events.wrong) == (0, 0)
    assert edited.recall >= 0.94
