"""A name or number that a question shares with its sentence is exchanged for another one."""

from __future__ import annotations

import pytest

from tests.training.reader.dice import dice
from training.reader.swaps import Swap

SWAP = Swap(("caldry", "korrun", "sella"))


def exchanged(question: str, sentence: str, around: str = "") -> set[str | None]:
    """What comes of an exchange, over many draws."""
    return {SWAP.exchange(question, sentence, around, dice(seed)) for seed in range(200)}


def test_a_shared_name_is_exchanged_for_another_name() -> None:
    # None is the draw of the name itself, which the sentence holds.
    assert exchanged("who struck at caldry", "Dockers struck at Caldry.") == {
        "who struck at korrun",
        "who struck at sella",
        None,
    }


def test_the_rest_of_the_question_stays_as_it_was_typed() -> None:
    found = exchanged("Who struck at Caldry, and WHY?", "Dockers struck at Caldry.")
    assert found == {"Who struck at korrun, and WHY?", "Who struck at sella, and WHY?", None}


def test_no_exchange_is_answered_by_the_sentence() -> None:
    assert exchanged("who left caldry", "They left Caldry for Korrun.") == {"who left sella", None}


def test_a_name_of_the_text_around_comes_more_often() -> None:
    swap = Swap(("caldry", "korrun", *(f"town{letter}" for letter in "abcdefghij")))
    draws = [
        swap.exchange("who left caldry", "They left Caldry.", "In Korrun it rained on Caldry.", dice(seed))
        for seed in range(200)
    ]
    assert 80 < draws.count("who left korrun") < 140
    assert len(set(draws)) > 5


@pytest.mark.parametrize(
    ("question", "sentence"),
    [
        ("who struck", "Dockers struck at Caldry in 1931."),
        ("who struck at caldry in 1931", "Dockers struck."),
        ("who struck at night", "Dockers struck at night."),
        ("", ""),
    ],
)
def test_without_a_shared_name_or_number_nothing_is_exchanged(question: str, sentence: str) -> None:
    assert exchanged(question, sentence, "Korrun and Sella in 1931.") == {None}


def test_a_year_is_exchanged_for_one_near_it() -> None:
    found = exchanged("who struck in 1931?", "In 1931 dockers struck.") - {None}
    years = {int(str(question).removeprefix("who struck in ").removesuffix("?")) for question in found}
    assert years == {1931 + sign * gap for sign in (-1, 1) for gap in (1, 2, 3, 5, 10, 20, 50)}


@pytest.mark.parametrize("number", ["350", "41,400"])
def test_another_number_keeps_its_length(number: str) -> None:
    found = exchanged(f"which {number} ships", f"The {number} ships.") - {None}
    numbers = {str(question).split()[1] for question in found}
    assert len(numbers) > 20
    assert number not in numbers
    assert {len(other) for other in numbers} == {len(number.replace(",", ""))}


def test_one_of_several_shared_words_is_exchanged_whichever() -> None:
    words = ["how", "many", "of", "350", "ships", "left", "caldry", "for", "sella"]
    places = set()
    for found in exchanged(" ".join(words), "350 ships left Caldry for Sella.") - {None}:
        (place,) = (n for n, word in enumerate(str(found).split()) if word != words[n])
        places.add(place)
    assert places == {words.index("350"), words.index("caldry"), words.index("sella")}


@pytest.mark.parametrize(
    ("texts", "names"),
    [
        (["They left Caldry.", "He saw, Caldry said."], ("caldry",)),
        (["They left Caldry."], ()),  # once may be chance
        (["Caldry is wet.", "Caldry is dry."], ()),  # at the start of a sentence every word has a capital
        (["I met Rose and Rose.", "A rose."], ()),
        (["I met Rose." * 9, "A rose."], ("rose",)),
        (["He left Sella for Caldry.", "In Sella or Caldry it rained."], ("caldry", "sella")),
        ([], ()),
    ],
)
def test_a_name_is_what_is_printed_with_a_capital_inside_sentences(
    texts: list[str], names: tuple[str, ...]
) -> None:
    assert Swap.of(texts).names == names
