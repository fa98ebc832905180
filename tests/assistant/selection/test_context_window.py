"""A quote starts early enough to say whom it speaks of, and never grows beyond its paragraph."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.selection.context_window import LONGEST_QUOTE, leans, widened
from corpus.article import Sentence
from corpus.segmentation.sentences import split_sentences
from tests.odd_texts import ODD_TEXTS
from tests.timing import within

LEANING = (
    "He said the dam was safe.",
    "But it was never opened.",
    "In 1920 they moved to Korrun.",
    "In Korrun, he opened a school.",
    "In 2014, the group moved to Korrun.",
    "After petitioning the council in May, they settled in Korrun.",
    "That road remains shut.",
    "moved to Korrun in May.",
    "The road is shut, the source said.",
    "Two years later she resigned.",
    "The attack killed nine.",
    "These figures were disputed.",
    "Both were arrested.",
    "The latter denied it.",
    "His successor, Ana Lund, reversed the policy.",
    "Others fled to the coast.",
    "Most went to the islands.",
    "In this way the town was supplied.",
    "There Ford built a mill.",
    "Since then the road has been closed.",
    "On Monday, her lawyer appealed.",
    "Officials said he was ill.",
    "“We will stay.”",
    "We will stay,” he said.",
    "“We will stay,” he said.",
    "The following day the port reopened.",
    "The road is shut, it added.",
    "Citing a source, it said the road was shut.",
    "It was built in 1950 to hold back the river.",
)
STANDING = (
    "It is raining in Korrun.",
    "It was the first time that the port had closed.",
    "It is not clear whether the dam will hold.",
    "It was Ana Lund who opened the dam.",
    "It was reported that the dam would hold.",
    "Ana Lund said she would resign.",
    "The minister said he would resign.",
    "When he arrived in Korrun, Ford refused to speak.",
    "The attack on Korrun killed nine.",
    "The council voted to close its harbour.",
    "This week the port reopened.",
    "Those who stayed were fed.",
    "Both Ford and Lund resigned.",
    "There were nine ships in the roads.",
    "“We will stay,” said Ana Lund.",
    "Ana Lund said: “We will stay.”",
    "Nine people were hurt on 12 May.",
    "For his part, Ford denied the claim.",
    "Residents say they saw smoke.",
    "Lund, a teacher, lost her job.",
    "al-Watan reported nine dead.",
    "That the dam would hold was never in doubt.",
    "Korrun TV said it had no figures for May.",
)


@pytest.mark.parametrize("text", LEANING)
def test_a_sentence_that_names_nobody_leans(text: str) -> None:
    assert leans(text)


@pytest.mark.parametrize("text", STANDING)
def test_a_sentence_that_names_whom_it_means_stands(text: str) -> None:
    assert not leans(text)


def quoted(text: str, wanted: str) -> str:
    """The quote around the sentence that holds some words."""
    sentences = split_sentences(text, 0, None)
    at = next(n for n, s in enumerate(sentences) if s.start <= text.index(wanted) < s.end)
    first, last = widened(sentences, at, text)
    assert first <= at <= last
    return text[sentences[first].start : sentences[last].end]


NAMED = (
    "Ana Lund is the mayor of Korrun. She took office in 2019. She had been a teacher. The dam fell in May."
)


@pytest.mark.parametrize(
    ("text", "wanted", "expected"),
    [
        (NAMED, "The dam", "The dam fell in May."),
        (NAMED, "took", "Ana Lund is the mayor of Korrun. She took office in 2019."),
        (NAMED, "teacher", NAMED[: NAMED.index(" The dam")]),
        ("One. She was late. She was ill. She left.", "left", "She was late. She was ill. She left."),
        ("“We will stay. We have food,” Lund said.", "stay", "“We will stay. We have food,” Lund said."),
        ("“We will stay. We have food,” Lund said.", "food", "“We will stay. We have food,” Lund said."),
        (
            'Lund spoke. "We stay. We eat. We sleep," she said.',
            "eat",
            'Lund spoke. "We stay. We eat. We sleep," she said.',
        ),
        ("Ana Lund resigned.\n\nShe was ill.", "ill", "She was ill."),
        ("Ana Lund resigned.\nShe was ill.", "ill", "Ana Lund resigned.\nShe was ill."),
        ("She was ill.", "ill", "She was ill."),
    ],
)
def test_how_far_a_quote_reaches(text: str, wanted: str, expected: str) -> None:
    assert quoted(text, wanted) == expected


def test_attribution_that_follows_belongs_to_the_quote() -> None:
    text = "The dam broke. “We have no water.” said Ana Lund. The road is shut."
    cuts = [(0, 14), (15, 34), (35, 49), (50, len(text))]
    sentences = [Sentence(*cut) for cut in cuts]
    assert widened(sentences, 1, text) == (1, 2)


def test_what_cannot_be_quoted_is_not_added() -> None:
    text = "Photo: Ana Lund. She was ill."
    sentences = [Sentence(0, 16, quotable=False), Sentence(17, len(text))]
    assert widened(sentences, 1, text) == (1, 1)


@pytest.mark.parametrize(("length", "widens"), [(600, True), (601, False)])
def test_a_quote_grows_to_600_characters(length: int, widens: bool) -> None:
    ends = " in Korrun. She was ill."
    text = "Ana Lund spoke " + "x" * (length - len("Ana Lund spoke " + ends)) + ends
    assert len(text) == length
    assert quoted(text, "ill") == (text if widens else "She was ill.")


def test_a_quote_does_not_grow_too_long() -> None:
    long = "Ana Lund spoke " + "again and again " * 40 + "in Korrun."
    text = f"{long} She was ill."
    assert quoted(text, "ill") == "She was ill."
    assert quoted("Ana Lund is the mayor. She was " + "very " * 130 + "ill.", "ill").startswith("She was")


@settings(deadline=None)
@given(ODD_TEXTS, st.data())
def test_any_quote_is_whole_sentences_of_one_paragraph(text: str, data: st.DataObject) -> None:
    sentences = split_sentences(text, 0, None)
    if not sentences:
        return
    at = data.draw(st.integers(0, len(sentences) - 1))
    first, last = widened(sentences, at, text)
    assert at - 2 <= first <= at <= last <= at + 1
    if first < last:
        assert sentences[last].end - sentences[first].start <= LONGEST_QUOTE
        assert all(sentence.quotable for sentence in sentences[first : last + 1])
        gaps = zip(sentences[first:last], sentences[first + 1 : last + 1], strict=True)
        assert all(text[a.end : b.start].count("\n") < 2 for a, b in gaps)


@pytest.mark.parametrize(
    "text",
    [
        "a" * 100_000,
        "In the " * 15_000,
        "“" * 100_000,
        '" ' * 50_000,
        "A " * 50_000 + "he",
        "the the " * 12_000 + "he",
        "It was " + "very " * 20_000,
        "Walked " + "a " * 50_000,
        "\n" * 100_000 + "he",
        "x of " * 20_000 + "this",
    ],
)
def test_no_pattern_takes_longer_than_the_text_is_long(text: str) -> None:
    with within(1):
        leans(text)
        widened([Sentence(0, len(text) // 2), Sentence(len(text) // 2, len(text))], 1, text)
