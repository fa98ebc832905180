"""Sentences: exact spans, cut where news text needs it, and what can't be quoted set apart."""

from itertools import product

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from corpus.segmentation.boundaries import LONGEST_SENTENCE, shadow
from corpus.segmentation.sentences import split_sentences
from tests.timing import within


def split(text: str, title: str | None = None) -> list[str]:
    """Write quotable sentences as they are, and the others behind a ~."""
    return [("" if s.quotable else "~") + text[s.start : s.end] for s in split_sentences(text, 0, title)]


PARTED = [
    ["They operate.", "Assad forces left."],
    ["It attacked Saraqib itself.", "Earlier it had not."],
    ["There is a lot to “sniff.”", "Then they left."],
    ['He said "sniff."', "Then they left."],
    ["The rebels (SDF).", "The army in 2017.", "The OPCW.", "That is all."],
    ["Он ушел.", "Она осталась."],
    ["中文句子。", "另一句！", "“好。”", "End."],
    ["Same again.", "Same again.", "Same again."],
]
# Without a blank these run together.
PARTED_BY_BLANKS = [
    ["He left!", "She stayed?", "They went…", "“Good.”", "Yes."],
    ["مرحبا بكم.", "هذا نص؟", "نعم۔"],
    ["Children 😀 died.", "Café e\u0301 burned.", "👩‍👩‍👧 fled."],
]
BLANKS = [" ", "\n\n", " \u2028 "]


@pytest.mark.parametrize(
    ("sentences", "between"),
    [*product(PARTED, ["", *BLANKS]), *product(PARTED_BY_BLANKS, BLANKS)],
)
def test_sentences_are_split(sentences: list[str], between: str) -> None:
    assert split("It began.\n\n" + between.join(sentences))[1:] == sentences


@pytest.mark.parametrize(
    "sentence",
    [
        "Seedlings planted by Mr. al-Julani and Mr. Assad grew.",
        "Lt. Gen. Smith and Col. J. R. Doe met Dr. Lee in St. Petersburg.",
        "U.S. officials and the U.S. Army told U.N. staff so on Feb. 3 at 5 p.m. Monday.",
        "It is approx. 7 km, i.e. far, e.g. from No. 10.",
        "Node.js, U.S.Army, http://a.example/b.Cd?e.F=1, a.b@Example.Org and 3.5M at 1.5 percent.",
        'He said "stand in our way" and left.',
        "“Yes. I do,” he said.",
        "The army of the government and its many allies moved on the town of\nSaraqib on Monday, after\nit had rained.",
        "7km from Idlib they stopped.",
    ],
)
def test_a_sentence_stays_whole(sentence: str) -> None:
    assert split(f"It began.\n\n{sentence}\n\nIt ended.") == ["It began.", sentence, "It ended."]


@pytest.mark.parametrize(
    "line",
    [
        "© Mikhail DOE / SPUTNIK / AFP",
        "Photo: Jane Doe",
        "PHOTO: AFP/Getty Images",
        "Image credit: Jane Doe",
        "File photo: Reuters",
        "(Photo by Jane Doe/Getty Images)",
        "[Photo/Agency]",
        "[Xinhua Photo]",
        "Jane Doe / AFP",
        "© 2020 Meridian Wire. All rights reserved.",
        "By Jane Doe",
        "By Jane Doe and John al-Bab, Reuters",
        "---",
        "***",
        "# Heading",
        "- REUTERS",
        "(AFP)",
    ],
)
@pytest.mark.parametrize("end", ["\n", "\n\n"])
def test_furniture_on_its_own_line_is_not_quotable(line: str, end: str) -> None:
    assert split(f"It began.{end}{line}{end}It ended.") == ["It began.", "~" + line, "It ended."]
    assert split(f"{line}{end}It ended.") == ["~" + line, "It ended."]


@pytest.mark.parametrize(
    "dateline",
    [
        "DAMASCUS, Feb 3 (Reuters) -",
        "DAMASCUS (Reuters) -",
        "IDLIB, Syria —",
        "LONDON (AP) —",
        "NEW YORK, Feb. 3, 2020 (AFP) --",
        "Beirut (AFP) –",
        "Beirut, Lebanon (AP) —",
        "Damascus, SANA -",
        "IDLIB —",
        "Wed 05 Apr 2017",
        "Published August 3 2015",
        "13 Jun 2016",
        "Monday, 3 February 2020 10:15 GMT",
        "© Jane Doe / AFP",
    ],
)
def test_what_opens_a_line_is_set_apart(dateline: str) -> None:
    assert split(f"{dateline} The army left. It rained.") == ["~" + dateline, "The army left.", "It rained."]


def test_credits_in_brackets_between_sentences() -> None:
    text = (
        "Smoke rises.(Reuters Photo) Thirty died. He held a picture (photo by Doe) of it. (Photo by Jane Doe)"
    )
    assert split(text) == [
        "Smoke rises.",
        "~(Reuters Photo)",
        "Thirty died.",
        "He held a picture (photo by Doe) of it.",
        "~(Photo by Jane Doe)",
    ]


@pytest.mark.parametrize(
    "prose",
    [
        "Photographs by Jane Doe show 30 dead.",
        "By Monday the army had left.",
        "Copyright law was changed on Monday.",
        "NATO — the alliance — said no.",
        "IDLIB is a city.",
        "13 June 2016 saw the army leave.",
        "Reuters said 30 died.",
        "A photo: it shows 30 dead.",
        "3 February 2020, a Monday, was cold.",
        "SANA said 30 died.",
        "AP Photographer Jane Doe was killed.",
        "PA Chairman Mahmoud Abbas left.",
        "AFP 24 said 30 died.",
        "Images of 30 dead were shown.",
        "30 soldiers / 2 civilians died.",
    ],
)
def test_prose_stays_quotable(prose: str) -> None:
    assert split(f"{prose} It rained.\n\n{prose}") == [prose, "It rained.", prose]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Army leaves Idlib. It left.", ["~Army leaves Idlib.", "It left."]),
        ("ARMY LEAVES IDLIB\nIt left.", ["~ARMY LEAVES IDLIB", "It left."]),
        ("“Army leaves Idlib” .  It left.", ["~“Army leaves Idlib” .", "It left."]),
        ("# Army leaves Idlib\n\nIt left.", ["~# Army leaves Idlib", "It left."]),
        ("Army leaves Idlib, it says. It left.", ["Army leaves Idlib, it says.", "It left."]),
        ("Army leaves Idlib and Homs. It left.", ["Army leaves Idlib and Homs.", "It left."]),
        ("It left. Army leaves Idlib. Yes.", ["It left.", "Army leaves Idlib.", "Yes."]),
        ("3 Feb 2020 Army leaves Idlib. It left.", ["~3 Feb 2020", "~Army leaves Idlib.", "It left."]),
    ],
)
def test_the_headline_repeated(text: str, expected: list[str]) -> None:
    assert split(text, "Army leaves Idlib") == expected


def test_the_headline_repeated_beside_a_printed_date() -> None:
    title = "Strikes kill 56 civilians in Syria"
    assert split(f"{title} AFP Friday 3 Jun 2016 At least 56 died.", title)[-1] == "At least 56 died."
    assert split(f"3 Jun 2016 {title} At least 56 died.", title)[-1] == "At least 56 died."
    assert split(f"{title} At least 56 died.", title) == [f"{title} At least 56 died."]


def test_a_title_line_opens_a_text_without_title() -> None:
    text = "Army leaves Idlib\n\nIt left.\n\nWhat next\n\nNobody knows."
    assert split(text) == ["~Army leaves Idlib", "It left.", "What next", "Nobody knows."]
    assert split("It left") == ["It left"]
    assert split("30 dead in Idlib\n\n© Doe / AFP") == ["30 dead in Idlib", "~© Doe / AFP"]
    assert split("30 dead in Idlib", "30 dead in Idlib") == ["30 dead in Idlib"]
    assert split("It left. It rained\n\nYes.") == ["It left.", "It rained", "Yes."]


def test_lines_of_their_own() -> None:
    text = (
        "It began.\n- one item\n- another item\n1. first\nA heading\nThe army left, it was said,\non Monday."
    )
    assert split(text) == [
        "It began.", "- one item", "- another item", "1. first", "A heading", "The army left, it was said,\non Monday.",
    ]  # fmt: skip


def test_a_start_is_kept_to() -> None:
    text = "Header. The army left. It rained."
    assert [text[s.start : s.end] for s in split_sentences(text, 8)] == ["The army left.", "It rained."]
    assert split_sentences(text, len(text)) == []
    assert split_sentences("") == []


def test_long_sentences_are_cut_at_clauses_lines_and_blanks() -> None:
    clause = "and the army of the north moved on, "
    pieces = split(clause * 200)
    assert all(len(piece) <= LONGEST_SENTENCE for piece in pieces)
    assert all(piece.endswith(",") for piece in pieces[:-1])
    assert all(piece.endswith("word") for piece in split("word " * 2000))
    assert [len(piece) for piece in split("x" * 4500)] == [2000, 2000, 500]
    assert all(piece.startswith("e") for piece in split("e\u0301" * 3001))


def test_a_broken_quotation_does_not_swallow_the_text() -> None:
    text = (
        'A "broken quote stands here. '
        + "The army left the town at noon. " * 20
        + 'And a "second one. It ended.'
    )
    assert len(split(text)) == 23


SCRAPS = [
    *"\"”“'().!?…。؟ \n\t,7aB\u0301©\u00a0\u2028\u2029\u200b\u202e\x85\x0b\x1c\ufeff",
    *["\n\n", "---", "# ", "- ", "\x1b[0m", "😀", "👩‍👧", "🇸🇾", "e\u0301", "مرحبا", "नमस्ते", "中文"],
    *["The army left.", "operate.Assad", "Mr. ", "U.S. ", "http://a.example/b?c.D"],
    *["Photo: ", "(Photo by X) ", "By Jane Doe", "DAMASCUS (AFP) - ", "3 Feb 2020 "],
]


@given(
    st.lists(
        st.sampled_from(SCRAPS) | st.text(st.characters(exclude_categories=["Cs"]), max_size=8), max_size=30
    ),
    st.integers(0, 12),
    st.sampled_from([None, "a B", "The army left"]),
)
@example(["a", "\u2028", "B", "."], 0, None)
@example(["É\u2028A.\u2028 B"], 0, None)
def test_every_character_is_in_exactly_one_sentence(scraps: list[str], start: int, title: str | None) -> None:
    text = "".join(scraps)
    start = min(start, len(text))
    sentences = split_sentences(text, start, title)
    reached = start
    for sentence in sentences:
        piece = text[sentence.start : sentence.end]
        assert piece == piece.strip()
        assert 0 < len(piece) <= LONGEST_SENTENCE
        assert not text[reached : sentence.start].strip()
        reached = sentence.end
    assert not text[reached:].strip()
    assert not any(s.quotable and not any(c.isalnum() for c in text[s.start : s.end]) for s in sentences)


@given(st.text())
def test_the_shadow_is_ascii_and_as_long(text: str) -> None:
    assert shadow(text).isascii()
    assert len(shadow(text)) == len(text)


@pytest.mark.parametrize(
    "scrap",
    ["a", ". ", '"A b. ', "(Photo ", "© ", "Photo by ", "AB ", "By A ", "ab.Cd", "\n", "A b.\n", "ABC, "],
)
def test_time_grows_with_length_only(scrap: str) -> None:
    with within(3):
        split_sentences(scrap * (200_000 // len(scrap)))
