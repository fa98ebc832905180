"""Who speaks, where the sentence beside tells it: quotations of several sentences, and pronouns."""

from __future__ import annotations

import pytest

from corpus.annotation.speakers import speakers
from corpus.segmentation.boundaries import split_sentences_of


def read(text: str, sentence: str) -> list[tuple[str, str, str]]:
    """Speaker, cue and words said of a sentence of the text."""
    start = text.index(sentence)
    found = speakers(text, start, start + len(sentence), split_sentences_of(text, 0, len(text)))
    return [(text[slice(*a.speaker)], text[slice(*a.cue)], text[slice(*a.said)]) for a in found]


QUOTED = "“We left at dawn. We did not look back. It was over,” Ana Lund said. “There was no road.”"
OPEN = "Lund said: “We left at dawn. We did not look back.” The road was shut."
PARAGRAPHS = "“We left at dawn,” said Ana Lund.\n\n“We never came back,” Ford said."


@pytest.mark.parametrize(
    ("text", "sentence", "expected"),
    [
        (QUOTED, "“We left at dawn.", ("Ana Lund", "said", "“We left at dawn.")),
        (QUOTED, "We did not look back.", ("Ana Lund", "said", "We did not look back.")),
        (QUOTED, "“There was no road.”", ("Ana Lund", "said", "“There was no road.”")),
        (OPEN, "We did not look back.”", ("Lund", "said", "We did not look back.”")),
        (PARAGRAPHS, "“We never came back,” Ford said.", ("Ford", "said", "“We never came back,”")),
        ('"We left at dawn" Lund said. "It was dark." "We ran."', '"We ran."', ("Lund", "said", '"We ran."')),
    ],
)
def test_a_quotation_may_span_sentences(text: str, sentence: str, expected: tuple[str, str, str]) -> None:
    assert read(text, sentence) == [expected]


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        (OPEN, "The road was shut."),
        ("“We left at dawn,” said Ana Lund.\n\n“We never came back.”", "“We never came back.”"),
        ("The road was shut. “We never came back.”", "“We never came back.”"),
        ("Lund said so and Ford said no. “We never came back.”", "“We never came back.”"),
    ],
)
def test_words_beside_a_quotation_have_no_speaker(text: str, sentence: str) -> None:
    assert read(text, sentence) == []


@pytest.mark.parametrize(
    ("before", "sentence", "name"),
    [
        ("Ana Lund said the dam was safe.", "He said it was dry.", "Ana Lund"),
        ("“The dam is safe,” Ana Lund said.", "“It is quite dry,” she added.", "Ana Lund"),
        (
            "The Harbour Observatory said nine had died.",
            "It said three were children.",
            "The Harbour Observatory",
        ),
        ("The Harbour Observatory said nine had died.", "He said three were children.", None),
        ("Ana Lund said nine had died.", "It said three were children.", None),
        ("Ana Lund said it was safe and Omar Ford said it was not.", "He said it was dry.", None),
        ("Ana Lund left the dam.", "She said it was dry.", None),
        ("The minister said the dam was safe.", "He said it was dry.", None),
        ("Ana Lund said the dam was safe.", "Ford said it was dry.", None),
    ],
)
def test_a_pronoun_may_be_named_by_the_sentence_before(before: str, sentence: str, name: str | None) -> None:
    text = f"{before} {sentence}"
    (found,) = speakers(text, len(before) + 1, len(text), [(0, len(before))])
    assert (text[slice(*found.named_by)] if found.named_by else None) == name
