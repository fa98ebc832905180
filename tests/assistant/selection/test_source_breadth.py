"""The best of a ranking, and the best of the sources that these lack."""

from __future__ import annotations

import pytest

from assistant.selection.ranking import PASSAGES
from assistant.selection.source_breadth import MORE, broadened
from assistant.types.request import MOST_QUOTES


def first(letters: str) -> str | None:
    return None if letters[0] == "-" else letters[0]


@pytest.mark.parametrize(
    ("ranked", "found"),
    [
        ("a1 a2 a3 b1 a4 b2 c1", "a1 a2 a3 b1 c1"),
        ("a1 b1 c1 a2 b2 c2", "a1 b1 c1"),
        ("a1 a2 a3 b1 c1 d1 e1 f1", "a1 a2 a3 b1 c1 d1"),  # at most three more
        ("a1 a2 a3 -1 -2 b1", "a1 a2 a3 b1"),  # no source stated is no further source
        ("a1 a2 a3 a4 a5 a6 a7 a8 a9 a10 a11 a12 b1", "a1 a2 a3"),  # too far down
        ("a1 a2 a3 a4 a5 a6 a7 a8 a9 a10 a11 b1 c1", "a1 a2 a3 b1"),  # four times as far down, and no further
        ("a1", "a1"),
        ("", ""),
    ],
)
def test_the_best_of_further_sources_join_the_best(ranked: str, found: str) -> None:
    assert broadened(ranked.split(), 3, first) == found.split()


def test_no_more_quotes_may_be_asked_for_than_passages_are_read() -> None:
    assert MOST_QUOTES <= PASSAGES + MORE
