"""A name asked for fits the speaker it names, and not who only belongs to it."""

from __future__ import annotations

import pytest
from hypothesis import given, settings

from corpus.annotation.naming import spoken_by
from tests.odd_texts import ODD_TEXTS
from tests.timing import within


@pytest.mark.parametrize(
    ("name", "speaker", "fits"),
    [
        ("Lund", "Ana Lund", True),
        ("Ana Lund", "Lund", True),
        ("Lund", "Mayor Ana Lund", True),
        ("President Tarsi", "Meridia’s President Omar Tarsi", True),
        ("Julani", "Omar al-Julani", True),
        ("the union", "The union", True),
        ("the Observatory for Human Rights", "the Observatory for Human Rights", True),
        ("SOHR", "the Syrian Observatory for Human Rights (SOHR)", True),
        ("Ford", "Lund and Ford", True),
        ("Russia", "Moscow", True),
        ("Russia", "the Russian Defense Ministry", True),
        ("Turkey", "Turkey’s foreign minister", True),
        ("Moscow", "the Russian Defense Ministry", True),
        ("Russia", "a Russian doctor", False),
        ("Syria", "the Syrian opposition", False),
        ("Lund", "Lund’s lawyer", False),
        ("Lund", "a spokesman for Lund", False),
        ("Lund", "the Lund government", False),
        ("Lund", "Lundberg", False),
        ("Ana Lund", "Omar Lund", False),
        ("Assad", "the government of President Assad", False),
        ("Lund", "she", False),
        ("the", "the", False),
    ],
)
def test_a_name_fits_a_speaker(name: str, speaker: str, fits: bool) -> None:
    assert spoken_by(name, speaker) is fits


@settings(deadline=None, max_examples=40)
@given(name=ODD_TEXTS, speaker=ODD_TEXTS)
def test_any_names_can_be_compared(name: str, speaker: str) -> None:
    assert spoken_by(name, speaker) in {True, False}


@pytest.mark.parametrize("scrap", ["A", "A ", "’", "(", "a’b", "and ", "-"])
def test_no_name_takes_longer_than_it_is_long(scrap: str) -> None:
    text = scrap * (40_000 // len(scrap))
    with within(1):
        spoken_by(text, text)
