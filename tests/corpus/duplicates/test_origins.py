"""Copies of one text are one origin; the same event in other words is not."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.duplicates.origins import COPIED, Measure, group_copies
from corpus.duplicates.shingles import FREQUENT, Text

STORY = [
    "At least 30 soldiers were killed near the harbour town of Derrin on Monday, two officials said.",
    "The shelling began before dawn and went on until the market had closed, according to residents.",
    "A spokesman for the northern command denied that any of its guns had been moved in recent weeks.",
    "Aid workers counted more than four hundred families on the coast road by the late afternoon.",
    "Talks between the two sides are to open in the capital on Friday, the foreign ministry announced.",
    "Earlier rounds ended without a paper, and each side blamed the other for the broken truce.",
    "The price of bread has doubled since the bridge across the lower river was closed in autumn.",
    "Schools in the eastern districts will stay shut for a second week, the mayor told the radio.",
]
OTHER_WORDS = (
    "Officials put the number of soldiers who died at Derrin at thirty or more. Residents spoke of shells "
    "falling from before sunrise until after market hours, while the northern command said it had not moved "
    "a gun. Some four hundred families took to the coast road. On Friday, both sides will meet for talks."
)


FOOTER = (
    "You are reading the evening letter of the paper that is printed in this town for all who want to know. "
    "To get it each day, write to the office behind the station, or ask the driver of any tram for a card. "
    "Nothing in it may be printed elsewhere without the word of the board, which meets on the first of May."
)


def groups(*texts: str) -> list[int]:
    return group_copies(Text(text) for text in texts)


def test_copies_and_edited_copies_are_grouped() -> None:
    whole = " ".join(STORY)
    edited = whole.replace("Monday", "Tuesday").replace("two officials said", "the agency reported")
    shouted = whole.upper().replace(",", " ;").replace(" ", "\n\n")
    assert groups(OTHER_WORDS, whole, edited, "Unrelated words on the price of fish at noon.", shouted) == [
        0,
        1,
        1,
        3,
        1,
    ]


@pytest.mark.parametrize("sentences", [4, 3, 2])
def test_a_story_cut_at_the_end_is_a_copy(sentences: int) -> None:
    whole, cut = " ".join(STORY), " ".join(STORY[:sentences])
    assert groups(whole, cut) == groups(cut, whole) == [0, 0]
    assert groups(f"A line of another hand stands before it. {cut}", whole) == [0, 0]


def test_the_same_event_in_other_words_is_not_a_copy() -> None:
    assert groups(" ".join(STORY), OTHER_WORDS) == [0, 1]


def test_shared_sentences_of_a_report_are_no_copy() -> None:
    assert groups(" ".join(STORY[:4]), " ".join(STORY[3:])) == [0, 1]
    assert groups(" ".join(STORY), f"{OTHER_WORDS} {STORY[2]}") == [0, 1]


def test_a_short_text_is_a_copy_of_the_same_words_alone() -> None:
    assert groups("", "", "One two three four", "One two three four", "\n", "مرحبا") == [0, 1, 2, 3, 4, 5]
    assert groups("One two three four five", "one two, three four FIVE!") == [0, 0]
    assert groups(" ".join(STORY[0].split()[:13]), " ".join(STORY)) == [0, 1]
    assert groups(" ".join(STORY[0].split()[:14]), " ".join(STORY)) == [0, 0]
    assert groups() == []


def test_a_chain_of_copies_joins_no_different_stories() -> None:
    windows = [" ".join(STORY[at : at + 4]) for at in range(5)]
    assert groups(windows[0], windows[1]) == [0, 0]
    assert groups(*windows)[0] != groups(*windows)[4]


def test_a_round_up_joins_no_two_stories() -> None:
    one, other = " ".join(STORY[:5]), " ".join(STORY[5:])
    assert groups(f"{one} {other}", one, other) == [0, 0, 2]
    assert groups(one, other, f"{one} {other}", f"{other} Nothing else was known.") == [0, 1, 0, 1]


def test_what_an_outlet_prints_under_each_article_joins_none() -> None:
    texts = [Text(f"{sentence} {FOOTER}", "The Letter") for sentence in STORY]
    assert group_copies(texts) == list(range(len(STORY)))
    assert group_copies(texts[: FREQUENT - 1]) == [0] * (FREQUENT - 1)  # too few to know it by
    assert len(set(group_copies(Text(body) for body, _ in texts))) == len(STORY)


def test_a_story_that_an_outlet_prints_often_is_not_its_furniture() -> None:
    whole = " ".join(STORY)
    editions = [whole, *(f"{whole} Edition {n} of the day." for n in range(6)), " ".join(STORY[:4])]
    assert set(group_copies(Text(text, "The Letter") for text in editions)) == {0}
    assert set(group_copies(Text(text) for text in editions)) == {0}


def test_a_copy_is_found_under_another_outlet_s_furniture() -> None:
    texts = [Text(f"{sentence} {FOOTER}", "The Letter") for sentence in STORY]
    edited = OTHER_WORDS.replace("Friday", "Monday")
    found = group_copies([*texts, Text(f"{OTHER_WORDS} {FOOTER}", "The Letter"), Text(edited, "Halyard")])
    assert found == [*range(len(STORY)), len(STORY), len(STORY)]


def test_many_copies_are_one_group() -> None:
    whole = " ".join(STORY)
    assert set(groups(*(f"Edition {number} of the evening. {whole}" for number in range(200)))) == {0}


WORDS = [f"w{number}" for number in range(12)]
TEXTS = st.lists(
    st.lists(st.sampled_from(WORDS), max_size=60).map(" ".join)
    | st.tuples(st.integers(0, 6), st.integers(1, 8)).map(lambda cut: " ".join(STORY[cut[0] : sum(cut)])),
    max_size=9,
)


@settings(max_examples=40, deadline=None)
@given(texts=TEXTS)
def test_groups_are_named_by_their_first_text_and_hold_each_copy_of_the_same_words(texts: list[str]) -> None:
    found = groups(*texts)
    assert all(found[leader] == leader <= text for text, leader in enumerate(found))
    for one, other in zip(*np.triu_indices(len(texts), 1), strict=True):
        if texts[one] == texts[other] and len(texts[one].split()) >= 5:
            assert found[one] == found[other]


@settings(max_examples=40, deadline=None)
@given(texts=TEXTS)
def test_every_member_is_contained_in_its_group_s_longest(texts: list[str]) -> None:
    measure = Measure(least=1)
    found = group_copies([Text(text, str(n)) for n, text in enumerate(texts)], measure)
    for group in set(found):
        sets = sorted((runs(t) for t, g in zip(texts, found, strict=True) if g == group), key=len)
        assert all(len(member & sets[-1]) >= COPIED * len(member) for member in sets)
        assert all(
            len(one & other) >= measure.related * len(one) for n, one in enumerate(sets) for other in sets[n:]
        )


@settings(max_examples=40, deadline=None)
@given(texts=TEXTS, strange=st.permutations(OTHER_WORDS.split()))
def test_a_text_that_shares_nothing_changes_no_group(texts: list[str], strange: list[str]) -> None:
    assert groups(*texts, " ".join(word + "x" for word in strange)) == [*groups(*texts), len(texts)]


def runs(text: str) -> set[tuple[str, ...]]:
    words = "".join(c if c.isalnum() else " " for c in text.casefold()).split()
    return {tuple(words[at : at + 5]) for at in range(len(words) - 4)}
