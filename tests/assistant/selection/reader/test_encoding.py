"""What the reader sees: a mark before each sentence, and of each word piece the exact place it came from."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.selection.reader.encoding import LONGEST, MARK, Encoding, Window, encode, heading
from index.models.embedder import bundled_tokenizer
from tests.odd_texts import ODD_TEXTS

START, END = 101, 102
QUESTION = "How many dockers joined the strike?"
STRIKE = "About 1,400 dockers joined the strike at Port Caldry."
TALKS = "Talks with the harbour board failed."


def pieces(text: str) -> list[int]:
    return list(bundled_tokenizer().encode(text, add_special_tokens=False).ids)


def words(encoding: Encoding, sentence: int, text: str) -> list[str]:
    """What stands in a sentence where its word pieces are said to be."""
    return [text[start:end] for start, end in encoding.spans[sentence]]


def read(*sentences: str) -> Encoding:
    return encode(QUESTION, Window("Port strike", "It rained.", sentences))


def test_a_mark_stands_before_each_sentence_and_its_pieces_behind_it() -> None:
    found = read(STRIKE, TALKS)
    assert [found.ids[mark] for mark in found.marks] == [MARK, MARK]
    for mark, spans, text in zip(found.marks, found.spans, (STRIKE, TALKS), strict=True):
        assert found.ids[mark + 1 : mark + 1 + len(spans)] == pieces(text)


def test_question_heading_lead_and_sentences_are_joined_in_this_order() -> None:
    found = read(STRIKE, TALKS)
    asked = [START, *pieces(QUESTION), END]
    around = [*pieces("Port strike"), *pieces("It rained.")]
    window = [*around, MARK, *pieces(STRIKE), MARK, *pieces(TALKS), END]
    assert found.ids == [*asked, *window]
    assert found.kinds == [0] * len(asked) + [1] * len(window)


def test_without_heading_and_lead_the_first_mark_follows_the_question() -> None:
    found = encode(QUESTION, Window("", "", (STRIKE,)))
    assert found.marks == [len(pieces(QUESTION)) + 2]
    assert found.ids[found.marks[0] :] == [MARK, *pieces(STRIKE), END]


def test_a_window_without_a_sentence_has_no_mark() -> None:
    found = encode("", Window("", "", ()))
    assert found == Encoding([START, END, END], [0, 0, 1], [], [])


def test_an_empty_sentence_has_a_mark_and_no_pieces() -> None:
    found = read("", TALKS)
    assert found.marks[1] == found.marks[0] + 1
    assert found.spans[0] == []
    assert words(found, 1, TALKS)[0] == "Talks"


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("Dockers left.", ["Dock", "ers", "left", "."]),
        ("Ana Lune\u0301 left Zu\u0308rich.", ["Ana", "Lu", "ne", "left", "Zu\u0308rich", "."]),
        ("😀 😀😀 won", ["😀", "😀😀", "won"]),
        ("👩‍👩‍👧 fled", ["👩‍👩‍👧", "fled"]),
        ("中文 3", ["中", "文", "3"]),
        ("\ufb01re \u00ad\u200bx", ["\ufb01", "re", "x"]),
        ("İstanbul left", ["İstanbul", "left"]),
    ],
)
def test_pieces_lead_back_to_the_code_points_they_came_from(text: str, places: list[str]) -> None:
    assert words(read(TALKS, text), 1, text) == places


def test_a_lone_surrogate_is_read_as_a_question_mark_in_its_place() -> None:
    found, plain = read("Ana\ud800Lund \udfff"), read("Ana?Lund ?")
    assert found == plain
    assert words(found, 0, "Ana\ud800Lund \udfff") == ["Ana", "\ud800", "Lund", "\udfff"]
    assert encode("\ud800", Window("\ud800", "\ud800", ())) == encode("?", Window("?", "?", ()))


@pytest.mark.parametrize("typed", ["[unused1]", "[CLS] [SEP] [MASK] [PAD]", "[ unused1 ] \x02"])
def test_nobody_can_type_a_mark(typed: str) -> None:
    found = encode(typed, Window(typed, typed, (typed, f"{typed}{typed}")))
    assert found.ids.count(MARK) == 2
    assert [n for n, piece in enumerate(found.ids) if piece == MARK] == found.marks
    assert [piece for piece in found.ids if piece in {0, 101, 102, 103}] == [101, 102, 102]


def test_what_is_too_long_is_cut_at_its_end() -> None:
    long = "word " * 400
    found = read(STRIKE, long, TALKS)
    assert len(found.ids) == len(found.kinds) == LONGEST
    assert found.ids[-1] == END
    assert len(found.marks) == 2
    assert words(found, 0, STRIKE)[-1] == "."
    assert len(found.spans[1]) == LONGEST - 2 - found.marks[1]
    assert set(words(found, 1, long)) == {"word"}


@pytest.mark.parametrize(("left", "marks"), [(10, 2), (9, 2), (8, 2), (7, 1), (1, 1), (0, 1)])
def test_a_sentence_of_which_too_little_would_be_read_has_no_mark(left: int, marks: int) -> None:
    around = 3 + 2  # the special pieces and the two marks
    asked = encode("who", Window("", "", ("word " * (LONGEST - around - 1 - left), "word " * 20)))
    assert len(asked.marks) == marks
    assert sum(len(spans) for spans in asked.spans[1:]) == (left if marks == 2 else 0)


def test_a_short_sentence_is_read_where_it_just_fits() -> None:
    for left, marks in ((3, 2), (2, 1)):
        found = encode("who", Window("", "", ("word " * (LONGEST - 6 - left), "It broke.")))
        assert len(found.marks) == marks
    assert len(pieces("It broke.")) == 3


def test_nothing_is_read_behind_a_sentence_that_has_no_room() -> None:
    found = encode("who", Window("", "", ("word " * (LONGEST - 6 - 4), "word " * 20, "No.")))
    assert len(found.marks) == 1


def test_of_a_long_question_and_heading_the_beginning_is_read_and_of_a_lead_the_end() -> None:
    found = encode("who " * 200, Window("port " * 200, "word " * 200 + "rain", (STRIKE,)))
    assert found.kinds.index(1) == 50
    (mark,) = found.marks
    before = found.ids[50:mark]
    assert before == [*pieces("port " * 40), *pieces("word " * 39 + "rain")]
    assert words(found, 0, STRIKE)[-1] == "."


@pytest.mark.parametrize(
    ("title", "source", "published", "told"),
    [
        ("Port strike", "The Tide", date(2031, 3, 2), "Port strike | The Tide | Sunday 2 March 2031"),
        ("Port strike", None, None, "Port strike"),
        (None, "The Tide", date(2031, 3, 12), "The Tide | Wednesday 12 March 2031"),
        ("", "", None, ""),
        (None, None, None, ""),
    ],
)
def test_a_heading_says_what_is_known(
    title: str | None, source: str | None, published: date | None, told: str
) -> None:
    assert heading(title, source, published) == told


ANY_TEXT = ODD_TEXTS | st.text() | st.text(st.characters(categories=["Cs", "Mn", "So"])) | st.just("")


@settings(deadline=None)
@given(
    question=ANY_TEXT,
    window=st.builds(Window, ANY_TEXT, ANY_TEXT, st.lists(ANY_TEXT, max_size=6).map(tuple)),
    times=st.sampled_from([1, 1, 20]),
)
def test_of_any_text_every_mark_and_every_piece_has_its_place(
    question: str, window: Window, times: int
) -> None:
    window = Window(window.heading, window.lead, tuple(text * times for text in window.sentences))
    found = encode(question, window)
    assert len(found.ids) == len(found.kinds) <= LONGEST
    assert found.kinds == sorted(found.kinds)
    assert [n for n, piece in enumerate(found.ids) if piece == MARK] == found.marks
    assert len(found.marks) == len(found.spans) <= len(window.sentences)
    for text, mark, spans in zip(window.sentences, found.marks, found.spans, strict=False):
        told = found.ids[mark + 1 : mark + 1 + len(spans)]
        assert told == pieces(text.encode("utf-8", "replace").decode())[: len(spans)]
        assert all(0 <= start < end <= len(text) for start, end in spans)
        assert all(one[0] <= other[0] and one[1] <= other[1] for one, other in pairwise(spans))
        for piece, span in zip(told, spans, strict=True):
            assert_holds(text[slice(*span)], piece)


def assert_holds(text: str, piece: int) -> None:
    """A word piece is made of the letters that stand in its place; one without letters of its own is of some."""
    tokenizer = bundled_tokenizer()
    letters = str(tokenizer.id_to_token(piece)).removeprefix("##")
    told = tokenizer.normalizer.normalize_str(text.encode("utf-8", "replace").decode())
    assert letters in {"[UNK]", text} or letters in told
