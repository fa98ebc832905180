"""Groups hold a right text and wrong ones, or wrong ones alone."""

from __future__ import annotations

import json
import random
from pathlib import Path

import numpy as np
import pytest

from benchmarks.public import Asked, Part, QuestionSet
from index.embedder import Vectors
from tests.fakes import BagOfWords
from training.groups import Group, Swap, clapnq, judged, squad_articles

BIRDS = (
    "Terns",
    "Gulls",
    "Geese",
    "Swans",
    "Ducks",
    "Crows",
    "Owls",
    "Hawks",
    "Larks",
    "Finches",
    "Storks",
    "Rooks",
)
SWAP = Swap(("caldry", "korrun", "sella"))


def dice(seed: int = 1) -> random.Random:
    return random.Random(seed)  # noqa: S311 - not for secrets


def embed(texts: object) -> Vectors:
    assert isinstance(texts, list)
    return np.stack([e.vector for e in BagOfWords().embed_passages(texts)])


def exchanged(question: str, text: str) -> set[str | None]:
    """What comes of an exchange, over many draws."""
    return {SWAP.exchange(question, text, dice(seed)) for seed in range(200)}


def test_a_shared_name_is_exchanged_for_another_name() -> None:
    # None is the draw of the name itself, which the text holds.
    assert exchanged("who struck at caldry", "dockers struck at caldry") == {
        "who struck at korrun",
        "who struck at sella",
        None,
    }


def test_no_exchange_is_answered_by_the_text() -> None:
    assert exchanged("who left caldry", "they left caldry for korrun") == {"who left sella", None}


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("who struck", "dockers struck at caldry in 1931"),
        ("who struck at caldry in 1931", "dockers struck"),
        ("who struck at night", "dockers struck at night"),
    ],
)
def test_without_a_shared_name_or_number_nothing_is_exchanged(question: str, text: str) -> None:
    assert exchanged(question, text) == {None}


def test_a_year_is_exchanged_for_one_near_it() -> None:
    found = exchanged("who struck in 1931?", "in 1931 dockers struck") - {None}
    years = {int(str(question).removeprefix("who struck in ").removesuffix("?")) for question in found}
    assert years == {1931 + sign * gap for sign in (-1, 1) for gap in (1, 2, 3, 5, 10, 20, 50)}


def test_another_number_keeps_its_length() -> None:
    found = exchanged("which 350 ships", "the 350 ships") - {None}
    numbers = {int(str(question).split()[1]) for question in found}
    assert len(numbers) > 20
    assert 350 not in numbers
    assert {len(str(number)) for number in numbers} == {3}


def test_one_of_several_shared_words_is_exchanged_whichever() -> None:
    words = ["how", "many", "of", "350", "ships", "left", "caldry", "for", "sella"]
    places = set()
    for found in exchanged(" ".join(words), "350 ships left caldry for sella") - {None}:
        (place,) = (n for n, word in enumerate(str(found).split()) if word != words[n])
        places.add(place)
    assert places == {words.index("350"), words.index("caldry"), words.index("sella")}


def questions(*judgements: tuple[str, bool], part: Part = "read") -> QuestionSet:
    return QuestionSet("set", [], [Asked("who?", (), part, judged=judgements)])


def test_judged_sentences_become_a_right_text_and_two_wrong_ones() -> None:
    asked = questions(("a", False), ("b", True), ("c", False), ("d", True), ("e", False))
    found = [judged(asked, dice(seed)) for seed in range(50)]
    assert {len(groups) for groups in found} == {1}
    for (group,) in found:
        assert (group.question, group.answered, len(group.texts)) == ("who?", True, 3)
        assert group.texts[0] in {"b", "d"}
        assert set(group.texts[1:]) < {"a", "c", "e"}
    assert {groups[0].texts[0] for groups in found} == {"b", "d"}


def test_judged_sentences_without_a_right_one_teach_silence() -> None:
    (group,) = judged(questions(("a", False), ("b", False), ("c", False)), dice())
    assert not group.answered
    assert len(set(group.texts)) == 2
    assert judged(questions(), dice()) == []


@pytest.mark.parametrize("part", ["fit", "test"])
def test_questions_for_fitting_or_testing_are_never_learnt_from(part: Part) -> None:
    assert judged(questions(("a", True), ("b", False), part=part), dice()) == []


def paragraph(title: str) -> dict[str, object]:
    """A paragraph and questions on it: answered, not answered, answered by two sentences together."""
    text = f"The {title} ferry sank at noon. " + " ".join(f"{bird} cried." for bird in BIRDS)
    answers = {
        f"When did the {title} ferry sink?": "noon",
        "Who built the Islamism ferry?": "",
        "?": "noon. Terns",
    }
    asked = [
        {"question": question, "answers": [{"answer_start": text.index(a), "text": a}] if a else []}
        for question, a in answers.items()
    ]
    return {"context": text, "qas": asked}


@pytest.fixture
def squad_data(tmp_path: Path) -> Path:
    """Four articles, of which two are set aside for learning to read."""
    titles = ("Huguenot", "Normans", "Islamism", "Sella")
    articles = [{"title": title, "paragraphs": [paragraph(title)]} for title in titles]
    (tmp_path / "squad2_dev_part.json").write_text(json.dumps({"data": articles}), "utf-8")
    return tmp_path


def test_squads_articles_set_aside_become_groups_with_and_without_an_answer(squad_data: Path) -> None:
    for seed in range(9):
        found = squad_articles(squad_data, embed, dice(seed))
        assert [(g.question, g.answered) for g in found] == [
            ("When did the Huguenot ferry sink?", True),
            ("Who built the Islamism ferry?", False),
            ("When did the Islamism ferry sink?", True),
            ("Who built the Islamism ferry?", False),
        ]
        for group, title in ((found[0], "Huguenot"), (found[2], "Islamism")):
            assert group.texts[0] == f"The {title} ferry sank at noon."
            assert (len(group.texts), group.texts.count(group.texts[0])) == (3, 1)
        assert not any("Normans" in text or "Sella" in text for g in found for text in g.texts)


def test_silence_is_learnt_from_the_paragraph_that_was_asked_before_others(squad_data: Path) -> None:
    _, silent, _, _ = squad_articles(squad_data, embed, dice())
    assert silent.texts[0] == "The Huguenot ferry sank at noon."
    assert len(set(silent.texts)) == 2


def test_every_second_question_of_clapnq_is_learnt_from(tmp_path: Path) -> None:
    folder = tmp_path / "clapnq" / "annotated_data" / "dev"
    folder.mkdir(parents=True)
    for kind, right in (("answerable", ["They sank ."]), ("unanswerable", [])):
        lines: list[dict[str, object]] = [
            {
                "input": f"{kind} {n}",
                "passages": [{"sentences": ["They sank .", "Gulls cried .", " "]}],
                "output": [{"selected_sentences": right}] if right else [{}],
            }
            for n in range(3)
        ]
        (folder / f"clapnq_dev_{kind}.jsonl").write_text("\n".join(map(json.dumps, lines)), "utf-8")
    found = clapnq(tmp_path, dice())
    assert found[:2] == [Group(f"answerable {n}", ("They sank.", "Gulls cried."), True) for n in (0, 2)]
    assert [(g.question, g.answered, sorted(g.texts)) for g in found[2:]] == [
        (f"unanswerable {n}", False, ["Gulls cried.", "They sank."]) for n in (0, 2)
    ]
