"""Stories are read as they are written; what can't be read is told with its file and line, and left out."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from training.news.stories import FOLDER, Answer, BadStory, Question, Story, archives, read_stories

STRIKE = """
== Port strike | The Tide | 2031-03-02 | #strike
1. About 1,400 dockers joined the strike at Port Caldry.
2. They want shorter nights.
3. Talks failed: the board left; nobody knows why.
+ how many | how many walked out? | 1: About 1,400 dockers ; 2: They
+ what | what do the dockers want | ^2: shorter nights
+ who | Who left? | 3:the board
- name | who leads the strike
"""
FLOOD = """
== Nine villages under water | Inland Post | undated | #flood
1. The river Sella flooded nine villages.
"""


@pytest.fixture
def written(tmp_path: Path) -> Path:
    return tmp_path / "port.txt"


def read(path: Path, text: str) -> tuple[list[Story], list[str]]:
    path.write_text(text, "utf-8")
    return read_stories(path)


def test_a_story_is_read_with_its_questions(written: Path) -> None:
    (story,), faults = read(written, STRIKE)
    assert faults == []
    assert (story.headline, story.outlet, story.event) == ("Port strike", "The Tide", "strike")
    assert story.published == date(2031, 3, 2)
    assert story.sentences == (
        "About 1,400 dockers joined the strike at Port Caldry.",
        "They want shorter nights.",
        "Talks failed: the board left; nobody knows why.",
    )
    assert story.questions == (
        Question("how many", "how many walked out?", (Answer(0, 0, 19, False), Answer(1, 0, 4, False))),
        Question("what", "what do the dockers want", (Answer(1, 10, 24, True),)),
        Question("who", "Who left?", (Answer(2, 14, 23, False),)),
        Question("name", "who leads the strike", ()),
    )


def test_answers_are_the_words_that_were_written(written: Path) -> None:
    (story,), _ = read(written, STRIKE)
    words = [[story.sentences[a.sentence][a.start : a.end] for a in q.answers] for q in story.questions]
    assert words == [["About 1,400 dockers", "They"], ["shorter nights"], ["the board"], []]


def test_stories_come_in_their_order_and_may_be_undated(written: Path) -> None:
    (strike, flood), faults = read(written, STRIKE + FLOOD)
    assert faults == []
    assert (strike.headline, flood.headline) == ("Port strike", "Nine villages under water")
    assert flood.published is None
    assert (flood.sentences, flood.questions) == (("The river Sella flooded nine villages.",), ())


LATER = """
== Port at rest | The Tide | 2031-03-04 | #strike
1. Some 1,350 stayed away on Monday.
+ what happened | what happened at the port on monday | 1: Some 1,350 stayed away ; ^1/2: They want shorter nights
"""


def test_an_answer_in_another_story_of_the_event_names_the_story(written: Path) -> None:
    text = STRIKE.replace("2: They\n", "2: They ; 2/1: Some 1,350\n")
    (strike, _, later), faults = read(written, text + FLOOD + LATER)
    assert faults == []
    assert strike.questions[0].answers == (Answer(0, 0, 19, False), Answer(1, 0, 4, False))
    assert strike.questions[0].elsewhere == (Answer(0, 0, 10, False, story=1),)
    assert later.questions[0].elsewhere == (Answer(1, 0, 24, True, story=0),)


@pytest.mark.parametrize(
    ("answer", "fault"),
    [
        ("3/1: Some 1,350", "no other story 3 of the event in “3/1: Some 1,350”"),
        ("1/1: About", "no other story 1 of the event in “1/1: About”"),
        ("0/1: Some", "no other story 0 of the event in “0/1: Some”"),
        ("2/9: Some", "no such sentence in “2/9: Some”"),
        ("2/1: About", "sentence 1 has no “About”"),
    ],
)
def test_an_answer_elsewhere_that_is_not_there_is_a_fault(written: Path, answer: str, fault: str) -> None:
    (strike, *_), faults = read(written, STRIKE.replace("2: They\n", f"2: They ; {answer}\n") + FLOOD + LATER)
    (line,) = faults
    assert line.startswith(f"port.txt:6: {fault}: ")
    assert strike.questions[0].text == "what do the dockers want"


def test_a_question_has_an_answer_in_its_own_story(written: Path) -> None:
    _, faults = read(written, STRIKE.replace("1: About 1,400 dockers ; 2: They", "2/1: Some 1,350") + LATER)
    assert faults[0].startswith("port.txt:6: no answer in the question's own story: ")


def test_letters_are_counted_as_code_points(written: Path) -> None:
    text = FLOOD + "2. Ana Lune\u0301 😀 left Zürich.\n+ where | where did she leave | 2: Zürich\n"
    (story,), faults = read(written, text)
    assert faults == []
    (answer,) = story.questions[0].answers
    assert story.sentences[answer.sentence][answer.start : answer.end] == "Zürich"


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("+ why | why | 4: nobody knows", "no such sentence in “4: nobody knows”"),
        ("+ why | why | 0: nobody knows", "no such sentence in “0: nobody knows”"),
        ("+ why | why | nobody knows", "no such sentence in “nobody knows”"),
        ("+ why | why | 3: somebody knows", "sentence 3 has no “somebody knows”"),
        ("+ why | why | 3: Nobody knows", "sentence 3 has no “Nobody knows”"),
        ("+ why | why | 3: nobody knows ; 9: why", "no such sentence in “9: why”"),
        ("+ why | why did the board leave", "not “+ kind | question | N: words” or “- kind | question”"),
        ("- name | why | 3: nobody knows", "not “+ kind | question | N: words” or “- kind | question”"),
        ("+ why did the board leave", "not “+ kind | question | N: words” or “- kind | question”"),
        ("-name | who", "not “+ kind | question | N: words” or “- kind | question”"),
        ("5. The ferry left.", "sentence 4 was expected"),
        ("3. The ferry left.", "sentence 4 was expected"),
        ("4.The ferry left.", "sentence 4 was expected"),
        ("The ferry left.", "sentence 4 was expected"),
    ],
)
def test_a_line_that_cannot_be_read_is_told_and_left_out(written: Path, line: str, told: str) -> None:
    (story, *_), faults = read(written, f"{STRIKE}\n{line}\n{FLOOD}")
    assert faults == [f"port.txt:11: {told}: {line}"]
    assert ([story], []) == read(written, STRIKE)


@pytest.mark.parametrize(
    "head",
    [
        "== Port strike | The Tide | 2031-03-02",
        "== Port strike | The Tide | #strike",
        "== Port strike | The Tide | 2 March 2031 | #strike",
        "== Port strike | The Tide | 2031-03-02 | strike",
        "== | The Tide | 2031-03-02 | #strike",
        "Port strike | The Tide | 2031-03-02 | #strike",
    ],
)
def test_a_story_without_a_proper_head_is_told_and_left_out(written: Path, head: str) -> None:
    text = FLOOD + STRIKE.replace("== Port strike | The Tide | 2031-03-02 | #strike", head)
    found, faults = read(written, text if head.startswith("==") else text[len(FLOOD) :])
    assert [story.headline for story in found] == ["Nine villages under water"] * head.startswith("==")
    (fault,) = faults
    line = 5 if head.startswith("==") else 2
    assert fault == f"port.txt:{line}: not “== headline | outlet | YYYY-MM-DD | #event”: {head}"


def test_a_day_that_no_calendar_has_is_told_and_its_story_left_out(written: Path) -> None:
    found, faults = read(written, FLOOD + STRIKE.replace("2031-03-02", "2031-02-30"))
    assert [story.headline for story in found] == ["Nine villages under water"]
    (fault,) = faults
    assert fault.startswith("port.txt:5: ")
    assert fault.endswith(": == Port strike | The Tide | 2031-02-30 | #strike")


def test_every_fault_is_told(written: Path) -> None:
    faults = read(written, STRIKE + "nothing\n- \n" + FLOOD + "3. No.\n")[1]
    assert [fault.split(":")[1] for fault in faults] == ["10", "11", "15"]


def test_archives_are_read_by_their_names(tmp_path: Path) -> None:
    read(tmp_path / "port.txt", STRIKE)
    read(tmp_path / "flood.txt", FLOOD)
    (tmp_path / "README.md").write_text("no story", "utf-8")
    found = archives(tmp_path)
    assert list(found) == ["flood", "port"]
    assert [story.headline for story in found["port"]] == ["Port strike"]


def test_no_archive_is_read_with_a_fault_in_it(tmp_path: Path) -> None:
    read(tmp_path / "flood.txt", FLOOD)
    read(tmp_path / "port.txt", STRIKE + "nothing\n- \n")
    with pytest.raises(BadStory, match=r"^port\.txt:10: sentence 4 was expected: nothing$"):
        archives(tmp_path)


def test_the_words_that_answer_stand_in_the_sentences_of_every_story() -> None:
    stories = [story for path in sorted(FOLDER.glob("*.txt")) for story in read_stories(path)[0]]
    assert any(question.answers for story in stories for question in story.questions)
    for story in stories:
        for answer in (answer for question in story.questions for answer in question.answers):
            sentence = story.sentences[answer.sentence]
            words = sentence[answer.start : answer.end]
            assert 0 <= answer.start < answer.end <= len(sentence)
            assert words == words.strip() != ""
