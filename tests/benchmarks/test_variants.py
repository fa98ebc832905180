"""The benchmark knows which words of a copy were changed, and counts what is told of them."""

from __future__ import annotations

from benchmarks.edited import EDITS
from benchmarks.variants import exactness

STORY = (
    "About 1,400 dockers joined the strike at Port Caldry on Monday, the harbour board said in a statement. "
    "Talks with the union failed after nine hours in the old customs house beside the grain elevators."
)


def test_what_is_told_of_copies_is_counted() -> None:
    told = dict.fromkeys(EDITS, "same words") | {"first third": "lacks it", "first half": "other words"}
    prints = {"same words": STORY, "lacks it": "Another text.", "other words": STORY.replace("o", "u")}
    lines = list(exactness([{"": STORY, **{edit: prints[what] for edit, what in told.items()}}]))
    assert lines[:-2] == [f"{edit}: {what} 1" for edit, what in told.items()]
    assert lines[-2] == "changed words told: 2 of 2, told though not changed: 0"
    assert lines[-1].startswith("milliseconds of CPU a copy: median 0.")
