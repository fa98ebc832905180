"""Words that were quoted are found again in another text wherever they stand in it, and nowhere else."""

from __future__ import annotations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from assistant.provenance.relocate import found_again, found_by_seal, seal
from tests.odd_texts import ODD_TEXTS

WORDS = "He left. She stayed."


@pytest.mark.parametrize(
    ("text", "near", "found"),
    [
        (WORDS, 0, (0, 20)),
        (f"Yesterday:{WORDS}More.", 0, (10, 30)),
        (f"“{WORDS}” {WORDS}", 30, (23, 43)),
        (f"“{WORDS}” {WORDS}", 2, (1, 21)),
        ("He left.  She stayed.", 0, None),
        ("he left. She stayed.", 0, None),
        ("", 0, None),
    ],
)
def test_words_are_found_where_they_stand_nearest(
    text: str, near: int, found: tuple[int, int] | None
) -> None:
    assert found_again(text, WORDS, near) == found
    assert found_by_seal(text, seal(WORDS), len(WORDS), near) == found


@given(before=ODD_TEXTS, words=ODD_TEXTS, after=ODD_TEXTS)
def test_words_between_blanks_are_found_by_their_seal(before: str, words: str, after: str) -> None:
    words = words.strip()
    assume(words)
    text = f"{before} {words} {after}"
    start, end = found_by_seal(text, seal(words), len(words), len(before) + 1) or (0, 0)
    assert text[start:end] == words
    assert found_again(text, words, len(before) + 1) == (len(before) + 1, len(before) + 1 + len(words))


@given(text=ODD_TEXTS, length=st.integers(1, 40), near=st.integers(0, 99))
def test_a_seal_of_other_words_is_found_nowhere(text: str, length: int, near: int) -> None:
    assert found_by_seal(text, seal(f"{text} and more"), length, near) is None


def test_longer_words_than_any_quote_are_not_looked_for() -> None:
    with pytest.raises(ValueError, match="not looked for"):
        found_by_seal("x" * 9_000, seal("x" * 6_000), 6_000, 0)
