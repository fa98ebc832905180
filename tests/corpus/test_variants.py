"""What a copy prints otherwise is found as places in both texts; nothing is reported where the words agree."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.variants import Variant, differences
from tests.odd_texts import ODD_TEXTS

BEFORE = "The shelling began before dawn and went on until the market had closed, residents said."
QUOTE = "At least 1,400 soldiers were killed near Derrin on Monday, two officials said."
AFTER = "Talks between the two sides are to open in the capital on Friday, the ministry announced."
TEXT = f"{BEFORE} {QUOTE} {AFTER}"
START, END = len(BEFORE) + 1, len(BEFORE) + 1 + len(QUOTE)


def shown(other: str) -> list[tuple[str, str | None]]:
    found = differences(TEXT, START, END, other)
    return [(TEXT[v.start : v.end], None if v.place is None else other[slice(*v.place)]) for v in found]


@pytest.mark.parametrize(
    "other",
    [
        TEXT,
        TEXT.upper().replace(",", " –").replace("1 –400", "1,400"),
        QUOTE,
        f"Another headline\n\n{QUOTE}\n\nBy our own reporter, in other words than those of the agency.",
        f"{BEFORE.replace('dawn', 'noon')} {QUOTE} {AFTER.replace('Friday', 'Sunday')}",
        f"{AFTER * 9} {QUOTE}",
    ],
)
def test_the_same_words_differ_in_nothing(other: str) -> None:
    assert shown(other) == []


@pytest.mark.parametrize(
    ("mine", "theirs", "expected"),
    [
        ("1,400", "1,900", [("1,400", "1,900")]),
        ("Monday", "Tuesday", [("Monday", "Tuesday")]),
        ("were killed", "were not killed", [("", "not")]),
        ("near Derrin ", "", [("near Derrin", "")]),
        ("At least", "About", [("At least", "About")]),
        ("two officials said", "the agency reported", [("two officials said", "the agency reported")]),
        ("said. Talks", "said on air. Talks", []),
    ],
)
@pytest.mark.parametrize("pad", ["", f"{AFTER.replace('Talks', 'Games')} " * 20])
def test_changed_words_are_named_in_both_texts(
    mine: str, theirs: str, expected: list[tuple[str, str]], pad: str
) -> None:
    assert shown(pad + TEXT.replace(mine, theirs)) == expected


def test_several_changes_come_in_order() -> None:
    assert shown(TEXT.replace("1,400", "30").replace("Monday", "Sunday")) == [
        ("1,400", "30"),
        ("Monday", "Sunday"),
    ]


def test_a_copy_cut_inside_the_passage_lacks_its_end() -> None:
    assert shown(TEXT[: TEXT.index(" on Monday")]) == [("on Monday, two officials said", "")]


@pytest.mark.parametrize(
    "other", ["", BEFORE, f"{BEFORE} {AFTER}", "At least on Monday the ministry said two things."]
)
def test_a_passage_that_a_copy_lacks_is_absent(other: str) -> None:
    (variant,) = differences(TEXT, START, END, other)
    assert variant == Variant(START, END, None)
    assert variant.absent


def test_a_currency_and_a_single_word_count() -> None:
    assert [v.place for v in differences("It cost $5 in all.", 8, 10, "It cost €5 in all.")] == [(8, 9)]
    assert differences("It cost $5 in all.", 3, 7, "It cost €5 in all.") == []
    assert differences("Words.", 5, 6, "") == []


@pytest.mark.parametrize("span", [(-1, 2), (3, 2), (0, 99)])
def test_a_span_outside_the_text_is_refused(span: tuple[int, int]) -> None:
    with pytest.raises(ValueError, match="outside a text of 6 characters"):
        differences("Words.", *span, "Words.")


@settings(max_examples=80, deadline=None)
@given(text=ODD_TEXTS, other=ODD_TEXTS, ends=st.tuples(st.integers(0, 400), st.integers(0, 400)))
def test_spans_lie_in_both_texts_in_order(text: str, other: str, ends: tuple[int, int]) -> None:
    start, end = sorted(min(at, len(text)) for at in ends)
    assert differences(text, start, end, text) == []
    at, there = 0, 0
    for variant in differences(text, start, end, other):
        assert at <= variant.start <= variant.end <= len(text)
        assert variant.absent or variant.start >= 0
        if variant.place:
            assert there <= variant.place[0] <= variant.place[1] <= len(other)
            there = variant.place[1]
        at = variant.end
