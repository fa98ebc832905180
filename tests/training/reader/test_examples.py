"""Windows hold whole sentences within a passage's length, and what answers is where it is said to be."""

from __future__ import annotations

import random
from collections import Counter
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.selection.reader.encoding import Window
from index.build import build
from tests.training.reader.dice import dice
from training.reader.examples import PASSAGE_PIECES, Example, Page, Right, answered, bare, count

# Seven sentences of 40 word pieces each: three of them fill a passage.
SEVEN = Page("Port strike", tuple(" ".join([f"{n}", *["word"] * 38]) + "." for n in range(7)))


def of_lengths(lengths: list[int]) -> Page:
    """A page whose sentences have so many word pieces, each with a number of its own."""
    return Page(
        "Port strike", tuple(" ".join([f"{n}", *["word"] * (size - 1)]) for n, size in enumerate(lengths))
    )


PAGES = st.lists(st.integers(1, 200), min_size=1, max_size=12).map(of_lengths)
DICE = st.integers(0, 1000).map(dice)


def pieces(window: Window) -> int:
    return sum(map(count, window.sentences))


def test_a_window_is_as_long_as_a_passage_of_an_index() -> None:
    assert PASSAGE_PIECES == build.PASSAGE_PIECES


def test_word_pieces_are_counted() -> None:
    assert [count(text) for text in ("Dockers.", "", "word " * 300)] == [3, 0, 300]
    assert {count(sentence) for sentence in SEVEN.sentences} == {40}


def test_a_page_is_cut_from_its_start() -> None:
    windows = SEVEN.windows(dice())
    assert [w.sentences for w in windows] == [SEVEN.sentences[:3], SEVEN.sentences[3:6], SEVEN.sentences[6:]]
    assert [w.lead for w in windows] == ["", SEVEN.sentences[2], SEVEN.sentences[5]]


def test_an_empty_page_has_no_window() -> None:
    assert Page("Port strike", ()).windows(dice()) == []


@settings(deadline=None)
@given(page=PAGES, rng=DICE)
def test_cut_windows_hold_each_sentence_once_and_are_full(page: Page, rng: random.Random) -> None:
    windows = page.windows(rng)
    assert [s for window in windows for s in window.sentences] == list(page.sentences)
    for window in windows:
        assert pieces(window) <= PASSAGE_PIECES or len(window.sentences) == 1
    for window, following in pairwise(windows):
        assert pieces(window) + count(following.sentences[0]) > PASSAGE_PIECES
        assert following.lead == window.sentences[-1]


@settings(deadline=None)
@given(page=PAGES, rng=DICE, at=st.integers(0, 11))
def test_a_window_around_a_sentence_holds_it_and_its_neighbours(
    page: Page, rng: random.Random, at: int
) -> None:
    at %= len(page.sentences)
    window, first = page.around(at, rng)
    last = first + len(window.sentences) - 1
    assert first <= at <= last
    assert window.sentences == page.sentences[first : last + 1]
    assert window.lead == (page.sentences[first - 1] if first else "")
    assert pieces(window) <= PASSAGE_PIECES or len(window.sentences) == 1
    room = PASSAGE_PIECES - pieces(window)
    for beside in (first - 1, last + 1):
        assert not 0 <= beside < len(page.sentences) or count(page.sentences[beside]) > room


def test_a_sentence_stands_anywhere_in_the_windows_around_it() -> None:
    places = Counter(3 - SEVEN.around(3, dice(seed))[1] for seed in range(200))
    assert set(places) == {0, 1, 2}
    assert min(places.values()) > 30


def test_a_sentence_longer_than_a_passage_stands_alone() -> None:
    page = of_lengths([5, 300, 5])
    window, first = page.around(1, dice())
    assert (window.sentences, first) == (page.sentences[1:2], 1)
    assert [len(w.sentences) for w in page.windows(dice())] == [1, 1, 1]


def test_one_window_in_five_comes_without_its_heading() -> None:
    rng = dice()
    headings = Counter(SEVEN.window(1, 2, rng).heading for _ in range(1000))
    assert set(headings) == {"Port strike", ""}
    assert 150 < headings[""] < 250


OTHER = Window("Flood", "", ("The river rose.",))


@pytest.mark.parametrize("seed", range(20))
def test_the_sentence_that_answers_is_where_right_says(seed: int) -> None:
    example = answered("who?", SEVEN, [(3, (0, 1)), (4, None), (0, (2, 6))], [OTHER], dice(seed))
    window, other = example.windows
    assert (example.question, other) == ("who?", OTHER)
    best, *others = example.right
    assert (best.window, window.sentences[best.sentence], best.words) == (0, SEVEN.sentences[3], (0, 1))
    told = {SEVEN.sentences[4]: None, SEVEN.sentences[0]: (2, 6)}
    assert [window.sentences[r.sentence] for r in others] == [s for s in told if s in window.sentences]
    assert all(told[window.sentences[r.sentence]] == r.words and r.window == 0 for r in others)


def test_an_answer_outside_of_the_window_is_left_out() -> None:
    page = of_lengths([100, 100])
    window, _ = page.around(1, dice())
    example = answered("who?", page, [(1, None), (0, (0, 1))], [], dice())
    assert example == Example("who?", (window,), (Right(0, 0, None),))


@pytest.mark.parametrize("seed", range(20))
def test_a_bare_example_has_single_sentences_and_the_right_one_among_them(seed: int) -> None:
    rng = dice(seed)
    windows = (
        Window("Port strike", "Before.", ("One.", "Two.", "Three.", "Four.")),
        Window("Bread", "", ("Five.",)),
        Window("", "", ("Six.", "Seven.", "Eight.")),
    )
    made = bare(Example("which", windows, (Right(0, 1, (0, 3)), Right(0, 2, None), Right(1, 0, (0, 4)))), rng)
    assert all(w.heading == w.lead == "" and len(w.sentences) == 1 for w in made.windows)
    found = {made.windows[r.window].sentences[r.sentence]: r.words for r in made.right}
    assert found == {"Two.": (0, 3), "Five.": (0, 4)}
    # What answers too but isn't the best is not shown as a wrong one.
    others = [w.sentences[0] for w in made.windows if w.sentences[0] not in found]
    assert set(others) <= {"One.", "Four.", "Six.", "Seven.", "Eight."}
    assert len(others) == len(set(others)) == 4
    assert bare(Example("which", windows, ()), rng).right == ()
