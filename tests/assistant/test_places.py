"""The place beside a figure is the nearest that its sentence names as one where things happen."""

from __future__ import annotations

import pytest
from hypothesis import given

from assistant.facts.places import place_beside
from tests.odd_texts import ODD_TEXTS


def beside(text: str, figure: str) -> str | None:
    at = text.index(figure)
    found = place_beside(text, (at, at + len(figure)), (0, len(text)))
    return text[slice(*found)] if found else None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Shells killed 26 people in Korrun on Monday.", "in Korrun"),
        ("Shells killed 26 people in the northern town of Korrun.", "in the northern town of Korrun"),
        ("A day after raids in Sella, mines killed 26 people near Korrun.", "near Korrun"),
        ("The raid in Korrun killed 26 people, and ships left for the Sella delta.", "in Korrun"),
        ("26 people were killed in October.", None),
        ("26 people were killed on Monday.", None),
        ("26 people were killed, the mayor told Reuters.", None),
        ("26 people fled to Korrun.", None),
        ("A source at Harbour House said 26 people died.", None),
        ("26 people of the Islamic State in Sarvane died.", None),
        ("26 people were killed by the Front (outlawed in Sarvane).", None),
        ("26 People Killed in Rocket Attacks in Korrun", "in Korrun"),
        ("26 people died at Korrun Hospital.", None),
        ("26 people were killed in Ravine-led strikes near Korrun.", "near Korrun"),
        ("In Korrun 26 people were killed, officials said in Sella.", "In Korrun"),
        ("In Korrun the shelling killed 26 people.", "In Korrun"),
    ],
)
def test_the_nearest_place_is_named(text: str, expected: str | None) -> None:
    assert beside(text, "26 ") == expected


def test_other_sentences_name_no_place_of_it() -> None:
    text = "They met in Sella. The shelling killed 26 people. It rained in Korrun."
    start = text.index("The shelling")
    assert (
        place_beside(text, (text.index("26"), text.index("26") + 2), (start, text.index(" It rained")))
        is None
    )


@given(ODD_TEXTS)
def test_any_text(text: str) -> None:
    found = place_beside(text, (0, min(3, len(text))), (0, len(text)))
    assert found is None or 0 <= found[0] < found[1] <= len(text)
