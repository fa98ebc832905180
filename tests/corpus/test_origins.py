"""Copies of one text are one origin; the same event in other words is not."""

import subprocess
import sys

import numpy as np

from corpus.origins import PERMUTATIONS, group_copies, signature

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


def groups(*texts: str) -> list[int]:
    return group_copies([signature(text) for text in texts])


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


def test_half_of_a_story_is_a_copy() -> None:
    whole = " ".join(STORY)
    assert groups(whole, " ".join(STORY[:4])) == [0, 0]
    assert groups(" ".join(STORY[:4]) + " " + OTHER_WORDS[:80], whole) == [0, 0]


def test_the_same_event_in_other_words_is_not_a_copy() -> None:
    assert groups(" ".join(STORY), OTHER_WORDS) == [0, 1]


def test_one_shared_sentence_is_no_copy() -> None:
    assert groups(" ".join(STORY[:4]), " ".join(STORY[3:])) == [0, 1]


def test_short_and_empty_texts_are_copies_of_nothing() -> None:
    assert groups("", "", "One two three four", "One two three four", "\n", "مرحبا") == [0, 1, 2, 3, 4, 5]
    assert groups("One two three four five", "one two, three four FIVE!") == [0, 0]
    assert groups() == []


def test_a_chain_of_copies_is_one_group() -> None:
    texts = [" ".join(STORY[at : at + 4]) for at in range(4)]
    assert groups(*texts) == [0, 0, 0, 0]
    assert groups(texts[0], texts[3]) == [0, 1]


def test_a_signature_is_the_same_in_every_process() -> None:
    here = signature(STORY[0])
    code = "import sys; from corpus.origins import signature; print(signature(sys.argv[1]).tobytes().hex())"
    there = subprocess.run([sys.executable, "-c", code, STORY[0]], capture_output=True, text=True, check=True)
    assert there.stdout.strip() == here.tobytes().hex()
    assert here.shape == (PERMUTATIONS,)
    assert here.dtype == np.uint32
    assert here[:3].tolist() == signature(STORY[0].upper())[:3].tolist()


def test_many_copies_are_one_group() -> None:
    whole = " ".join(STORY)
    texts = [f"Edition {number} of the evening. {whole}" for number in range(200)]
    assert set(groups(*texts)) == {0}
