"""What looks the same compares the same: letters of other scripts, what isn't drawn, other ways to write a letter."""

from __future__ import annotations

from unicodedata import normalize

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.duplicates.origins import group_copies
from corpus.duplicates.shingles import Text
from corpus.duplicates.variants import Original
from corpus.folding import fold, is_latin, skeletons
from tests.odd_texts import ODD_TEXTS

STORY = (
    "The café by the old pier in Skelmouth was closed on Monday after officials found that its roof had shifted. "
    "Workmen put 1,400 sandbags along the quay, and a passer-by said that it had been coming since autumn. "
    "Nobody was hurt, the fire brigade said, and the owners expect to open again before the end of the week."
)
_LIKE = {"a": "а", "c": "с", "e": "е", "i": "і", "o": "о", "p": "р", "x": "х", "y": "у", "s": "ѕ", "T": "Т"}


def disguised(text: str, letters: str) -> str:
    """A text with some of its letters typed in Cyrillic."""
    return text.translate({ord(letter): _LIKE[letter] for letter in letters})


DISGUISES = {
    "homoglyphs in words": disguised(STORY, "oes"),
    "homoglyphs, whole words": disguised(STORY, "aceiopxysT"),
    "Greek": STORY.replace("o", "ο").replace("T", "Τ"),
    "Armenian": STORY.replace("o", "օ").replace("n", "ո"),
    "decomposed": normalize("NFD", STORY),
    "a Cyrillic letter under a mark": normalize("NFD", STORY).replace("e", "е"),
    "zero-width": "\u200b".join(STORY),
    "soft hyphens": STORY.replace("th", "t\xadh").replace("ff", "f\xadf"),
    "variation selectors": STORY.replace("e", "e\ufe0f").replace("o", "o\U000e0101"),
    "tags": STORY.replace(" ", "\U000e0041 "),
    "a joiner that splits a mark": normalize("NFD", STORY).replace("\u0301", "\u034f\u0301"),
    "ligatures": STORY.replace("fi", "ﬁ").replace("ffi", "ﬃ"),
    "full width": STORY.translate({code: code + 0xFEE0 for code in range(ord("A"), ord("z") + 1)}),
    "hard spaces": STORY.replace(" ", "\xa0"),
}


@pytest.mark.parametrize("name", DISGUISES)
def test_a_copy_in_disguise_is_a_copy(name: str) -> None:
    assert DISGUISES[name] != STORY
    texts = [Text(STORY, "A"), Text("Other words stand in this one about the price of bread.", "B")]
    assert group_copies([*texts, Text(DISGUISES[name], "C")]) == [0, 1, 0]


@pytest.mark.parametrize("name", DISGUISES)
def test_a_copy_in_disguise_prints_the_same_words_and_its_places_are_its_own(name: str) -> None:
    copy = DISGUISES[name]
    start, end = STORY.index("Workmen"), STORY.index(" Nobody")
    found = Original(STORY, start, end).in_copy(copy)
    assert found is not None
    assert found.changes == ()
    assert fold(copy[slice(*found.place)]).rstrip(".") == STORY[start : end - 1]


def test_another_figure_is_told_in_a_copy_in_disguise() -> None:
    copy = disguised(STORY, "oes").replace("1,400", "9,\u200b400")
    start, end = STORY.index("Workmen"), STORY.index(" Nobody")
    found = Original(STORY, start, end).in_copy(copy)
    assert found is not None
    assert [copy[slice(*change.place)] for change in found.changes] == ["9,\u200b400"]


@pytest.mark.parametrize(
    "text",
    [
        "Море было тихо, и рыбаки вышли на берег у села.",
        "Η θάλασσα ήταν ήρεμη.",
        "هوا سرد بود.",
        "ทะเล",
        "A café said “yes”.",
    ],
)
def test_words_of_another_script_stay(text: str) -> None:
    assert fold(text) == normalize("NFKC", text)


def test_a_latin_letter_in_a_word_of_another_script_is_one_of_that_script() -> None:
    assert fold("мoрe и тoлпa") == "море и толпа"
    assert fold("θάλaσσα") == "θάλασσα"


def test_two_texts_of_another_script_are_not_made_alike() -> None:
    one = "Море было тихо, и рыбаки вышли на берег у села, где их ждали."
    assert group_copies([Text(one), Text(one.replace("рыбаки", "моряки").replace("берег", "пирс"))]) == [0, 1]
    assert group_copies([Text(one), Text(one.upper())]) == [0, 0]


@given(text=ODD_TEXTS)
def test_folding_again_changes_nothing_that_is_compared(text: str) -> None:
    folded = fold(text)
    assert fold(folded) == folded
    assert isinstance(is_latin(text), bool)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Halyard", "Нalyard"),
        ("Halyard", "Hal\u200byard"),
        ("Halyard", "HaIyard"),
        ("Halyard", "Ha1yard"),
        ("The Tide", "TheTide"),
        ("ТАСС", "TACC"),
        ("Правда", "Правдa"),
        ("Café", "Cafe\u0301"),
        ("AFP", "ＡＦＰ"),
    ],
)
def test_names_that_look_alike_share_a_skeleton(one: str, other: str) -> None:
    assert skeletons(one) & skeletons(other)


@given(names=st.sampled_from([("Halyard", "Halfyard"), ("Tide", "Tyde"), ("Правда", "Право"), ("A", "B")]))
def test_names_that_read_otherwise_share_none(names: tuple[str, str]) -> None:
    assert not skeletons(names[0]) & skeletons(names[1])
