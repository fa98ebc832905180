"""What a copy prints otherwise is found as places in both texts; nothing is reported where the words agree."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.duplicates.variants import Change, Counterpart, Original
from tests.odd_texts import ODD_TEXTS

BEFORE = "The shelling began before dawn and went on until the market had closed, residents said."
QUOTE = "At least 1,400 soldiers were killed near Derrin on Monday, two officials said."
AFTER = "Talks between the two sides are to open in the capital on Friday, the ministry announced."
TEXT = f"{BEFORE} {QUOTE} {AFTER}"
START, END = len(BEFORE) + 1, len(BEFORE) + 1 + len(QUOTE)


def found_in(other: str) -> Counterpart:
    found = Original(TEXT, START, END).in_copy(other)
    assert found
    return found


def shown(other: str) -> list[tuple[str, str]]:
    return [(TEXT[c.start : c.end], other[slice(*c.place)]) for c in found_in(other).changes]


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
        (
            "killed near Derrin on",
            "buried by men of the army on",
            [("killed near Derrin", "buried by men of the army")],
        ),
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
def test_a_passage_that_a_copy_lacks_is_not_found(other: str) -> None:
    assert Original(TEXT, START, END).in_copy(other) is None


@pytest.mark.parametrize(
    "printed",
    [
        QUOTE,
        QUOTE.replace("1,400", "1,900"),
        QUOTE.replace("At least", "About").replace("officials said.", "officers have said!"),
        QUOTE.replace("At least 1,400", "1,400"),
        QUOTE.replace(", two officials said", ""),
        f"“{QUOTE[:-1]},” he said",
        QUOTE.upper(),
    ],
)
@pytest.mark.parametrize("after", [f" {AFTER}", ""])
@pytest.mark.parametrize("before", ["", f"{BEFORE} ", "Rain fell on the hills, as forecast. " * 30])
def test_a_passage_is_found_where_a_copy_prints_it(before: str, printed: str, after: str) -> None:
    other = before + printed + after
    start, end = found_in(other).place
    assert printed.removesuffix(" he said").startswith(other[start:end])
    assert len(printed) - (end - start) in ({0} if "he said" not in printed else {8})


@pytest.mark.parametrize(
    ("mine", "theirs"), [("1,400", "1,900"), ("At least", ""), (", two officials said", "")]
)
def test_lines_around_a_passage_that_a_copy_repeats_lead_nowhere(mine: str, theirs: str) -> None:
    changed = [(mine.lstrip(", "), theirs)]
    assert shown(f"{AFTER} " * 9 + QUOTE.replace(mine, theirs)) == changed


@pytest.mark.parametrize("before", ["", "Another headline\n\n", "CALDRY, 3 May (Wire) — ", "All was calm. "])
def test_words_at_the_edge_of_a_text_are_those_of_their_sentence(before: str) -> None:
    other = before + QUOTE.replace("At least 1,400 soldiers", "No fewer than 30 officers")
    found = Original(QUOTE, 0, len(QUOTE)).in_copy(other)
    assert found
    assert [(QUOTE[c.start : c.end], other[slice(*c.place)]) for c in found.changes] == [
        ("At least 1,400 soldiers", "No fewer than 30 officers")
    ]


def test_the_sentence_is_meant_and_not_the_headline_that_repeats_some_of_it() -> None:
    headline = "At least 1,400 soldiers were killed near Derrin"
    other = f"{headline}\n\n{QUOTE.replace('1,400', '1,900')} {AFTER}"
    assert shown(other) == [("1,400", "1,900")]
    assert found_in(other).place[0] == len(headline) + 2


def test_a_sentence_that_a_copy_puts_between_two_is_told() -> None:
    between = (
        "Their names were read out in the garrison church before the day was over, as is the custom there."
    )
    two = f"{QUOTE} {AFTER}"
    found = Original(two, 0, len(two)).in_copy(f"{QUOTE} {between} {AFTER}")
    assert found
    (change,) = found.changes
    assert (change.start, change.end) == (len(QUOTE) - 1, len(QUOTE) - 1)
    other = f"{QUOTE} {between} {AFTER}"
    assert other[slice(*change.place)] == between[:-1]


MEETING = "They met for the first time since October."
TALKS = "The talks go on."


@pytest.mark.parametrize(
    ("start", "end"), [(0, len(MEETING)), (len(MEETING) + 1, len(MEETING) + 1 + len(TALKS))]
)
def test_words_added_beside_a_passage_are_none_of_its_own(start: int, end: int) -> None:
    short, long = f"{MEETING} {TALKS}", f"{MEETING[:-1]}, the mediator said. {TALKS}"
    moved = len(long) - len(short) if start else 0
    for text, other, by in ((short, long, moved), (long, short, -moved)):
        first = start if text is short else start + moved
        last = end if text is short or not start else end + moved
        found = Original(text, first, last).in_copy(other)
        assert found
        assert found.changes == ()
        assert found.place[0] == first + by


def test_words_left_out_at_the_end_of_a_passage_are_its_own() -> None:
    text = "They met in May, the mediator said. The guns fell silent."
    found = Original(text, 0, 35).in_copy("They met in May. The guns fell silent.")
    assert found == Counterpart((0, 16), (Change(17, 34, (15, 15)),))
    after = Original(text, 36, len(text)).in_copy("They met in May. The guns fell silent, he said.")
    assert after == Counterpart((17, 38))


def test_words_that_could_stand_in_two_places_in_a_passage_are_one_change() -> None:
    other = TEXT.replace("were killed near Derrin", "were killed and were killed near Derrin")
    (change,) = found_in(other).changes
    assert change.start == change.end
    assert sorted(other[slice(*change.place)].split()) == ["and", "killed", "were"]


def test_a_currency_and_a_single_word_count() -> None:
    found = Original("It cost $5 in all.", 7, 10).in_copy("It cost €5 in all.")
    assert found
    assert [change.place for change in found.changes] == [(8, 9)]
    whole = Original("It cost $5 in all.", 3, 7).in_copy("It COST €5 in all.")
    assert whole == Counterpart((3, 7))
    assert Original("Words.", 5, 6).in_copy("") is None


@pytest.mark.parametrize("span", [(-1, 2), (3, 2), (0, 99)])
def test_a_span_outside_the_text_is_refused(span: tuple[int, int]) -> None:
    with pytest.raises(ValueError, match="outside a text of 6 characters"):
        Original("Words.", *span)


@settings(max_examples=200, deadline=None)
@given(text=ODD_TEXTS, other=ODD_TEXTS, ends=st.tuples(st.integers(0, 400), st.integers(0, 400)))
def test_spans_lie_in_both_texts_in_order(text: str, other: str, ends: tuple[int, int]) -> None:
    start, end = sorted(min(at, len(text)) for at in ends)
    original = Original(text, start, end)
    same = original.in_copy(text)
    assert same
    assert same.changes == ()
    found = original.in_copy(other)
    assert_in_order(found, (start, end), len(other))


WORDS = st.lists(
    st.sampled_from(["the", "a", "port", "Port", "strike", "1,400", "$5", "said", "."]), max_size=40
)


@settings(max_examples=300, deadline=None)
@given(words=WORDS, others=WORDS, ends=st.tuples(st.integers(0, 200), st.integers(0, 200)))
def test_spans_lie_in_both_texts_where_words_repeat(
    words: list[str], others: list[str], ends: tuple[int, int]
) -> None:
    text, other = " ".join(words), " ".join(others)
    start, end = sorted(min(at, len(text)) for at in ends)
    assert_in_order(Original(text, start, end).in_copy(other), (start, end), len(other))


def assert_in_order(found: Counterpart | None, passage: tuple[int, int], length: int) -> None:
    """The changes lie in the passage, a word's reach beyond it, and in its place in the copy, one after another."""
    if found is None:
        return
    at, (there, closes) = 0, found.place
    assert 0 <= there <= closes <= length
    for change in found.changes:
        assert at <= change.start <= change.end
        assert change.start < passage[1] or change.start == change.end
        assert there <= change.place[0] <= change.place[1] <= closes
        at, there = change.end, change.place[1]
