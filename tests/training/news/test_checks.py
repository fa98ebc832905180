"""The checks tell what a file of stories must not have, and the files of the project have none of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from training.news import __main__ as command
from training.news.checks import Counts, counts, faults, repeated, shared_words
from training.news.stories import Answer, Question, Story, read_stories

SENTENCES = (
    "About 1,400 dockers joined the strike at Port Caldry.",
    "They want shorter nights.",
    "Talks with the harbour board failed.",
)
WRITTEN = """== Port strike | The Tide | 2031-03-02 | #strike
1. About 1,400 dockers joined the strike at Port Caldry.
2. They want shorter nights.
3. Talks with the harbour board failed.
+ how many | what number walked out? | 1: About 1,400 dockers
+ what | what are they after | ^2: shorter nights
+ who | whom did they meet? | 3: the harbour board
- name | who leads the Selmouth strike
- offtopic | how is bread baked
"""


def answered(text: str, kind: str = "what", sentence: int = 0, *, leans: bool = False) -> Question:
    return Question(kind, text, (Answer(sentence, 0, 5, leans),))


def open_question(text: str, kind: str = "name") -> Question:
    return Question(kind, text, ())


# Three in five have an answer and share no word with it, the others are near misses.
FEW_SHARED = (answered("who walked out?"), answered("what for?", sentence=1), answered("and who met?"))
NEAR = (open_question("who leads the Selmouth strike"), open_question("how many gulls flew", "number"))


def story(
    questions: Sequence[Question] = (*FEW_SHARED, *NEAR), sentences: Sequence[str] = SENTENCES
) -> Story:
    return Story("Port strike", "The Tide", None, "strike", tuple(sentences), tuple(questions))


def test_what_keeps_to_the_rules_has_no_fault() -> None:
    assert list(faults("port.txt", [story()])) == []
    assert list(faults("empty.txt", [])) == []


def test_stories_and_questions_are_counted() -> None:
    leaning = replace(
        story(), questions=(answered("why", sentence=1, leans=True), open_question("no", "offtopic"))
    )
    found = counts([story(), leaning])
    assert found == Counts(stories=2, answerable=4, unanswerable=3, near=2, few_shared=4, leaning=1)
    assert str(found) == (
        "2 stories, 7 questions: 0.43 unanswerable, of these 0.67 near misses; 1.00 of the answerable share at most "
        "2 words with their sentence; 1 lean on the one before"
    )
    assert str(counts([])).startswith("0 stories, 1 questions: 0.00 unanswerable")


@pytest.mark.parametrize(
    ("question", "shared"),
    [
        ("who walked out?", 0),
        ("which docker joined in?", 2),
        ("how many dockers joined strikes at Port Caldry", 5),
        ("how many dockers, dockers, dockers", 1),
    ],
)
def test_words_are_shared_by_their_stems(question: str, shared: int) -> None:
    assert shared_words(story(), answered(question)) == shared


def test_only_the_best_answer_s_sentence_shares_words() -> None:
    several = Question("what", "talks with the board", (Answer(1, 0, 4, False), Answer(2, 0, 5, False)))
    assert shared_words(story(), several) == 0


def told(*stories: Story) -> str:
    """The only fault of some stories."""
    (fault,) = faults("port.txt", stories)
    return fault


@pytest.mark.parametrize("number", [0, 1, 2, 21])
def test_a_story_too_short_or_too_long_is_told(number: int) -> None:
    questions = tuple(replace(q, answers=()) for q in NEAR)
    made = story((*questions, *FEW_SHARED) if number > 2 else (), [f"Gull {n} flew." for n in range(number)])
    assert told(made) == f"port.txt: “Port strike” has {number} sentences"


@pytest.mark.parametrize("number", [3, 20])
def test_three_to_twenty_sentences_are_right(number: int) -> None:
    assert list(faults("port.txt", [story(sentences=[f"Gull {n} flew." for n in range(number)])])) == []


@pytest.mark.parametrize("kind", ["whom", "offtopic", "name", "What", ""])
def test_an_unknown_kind_of_answerable_question_is_told(kind: str) -> None:
    fault = told(story((*FEW_SHARED[:2], answered("and who met?", kind), *NEAR)))
    assert fault.startswith(
        f"port.txt: no such kind: “{kind} | and who met?”; one of definition, disagree, how,"
    )


@pytest.mark.parametrize("kind", ["what", "who", "missing"])
def test_an_unknown_reason_why_nothing_answers_is_told(kind: str) -> None:
    near = (open_question("one", "year"), open_question("two", "detail"))
    fault = told(story((*FEW_SHARED, answered("why"), *near, open_question("gulls", kind))))
    assert fault.startswith(f"port.txt: no such kind: “{kind} | gulls”; one of day, detail, entity, name,")


@pytest.mark.parametrize(("answerable", "unanswerable"), [(7, 3), (4, 6), (3, 0), (0, 3)])
def test_too_few_or_too_many_questions_without_an_answer_are_told(answerable: int, unanswerable: int) -> None:
    questions = [answered(f"gull {n}") for n in range(answerable)]
    questions += [open_question(f"tern {n}") for n in range(unanswerable)]
    assert told(story(questions)) == (
        f"port.txt: {unanswerable} of {answerable + unanswerable} questions are unanswerable; "
        "between 0.35 and 0.5 should be"
    )


@pytest.mark.parametrize(("answerable", "unanswerable"), [(65, 35), (5, 5)])
def test_the_bounds_themselves_are_right(answerable: int, unanswerable: int) -> None:
    questions = [answered(f"gull {n}") for n in range(answerable)]
    questions += [open_question(f"tern {n}") for n in range(unanswerable)]
    assert list(faults("port.txt", [story(questions)])) == []


def test_too_few_near_misses_are_told() -> None:
    far = [open_question(f"tern {n}", "offtopic" if n % 2 else "entity") for n in range(3)]
    near = [open_question(f"crow {n}") for n in range(4)]
    questions = [*(answered(f"gull {n}") for n in range(9)), *near, *far]
    assert told(story([*questions, open_question("owl", "entity")])) == (
        "port.txt: only 4 of 8 unanswerable questions are near misses"
    )
    assert list(faults("port.txt", [story([*questions, open_question("owl", "place")])])) == []


def test_questions_that_repeat_their_sentence_are_told() -> None:
    parrot = [answered(f"how many dockers joined the strike, boat {n}") for n in range(2)]
    plain = [answered(f"gull {n}") for n in range(3)]
    near = [open_question(f"crow {n}") for n in range(4)]
    assert told(story([*parrot, *plain, *near])) == (
        "port.txt: only 3 of 5 answerable questions share at most 2 words with their sentence"
    )
    assert list(faults("port.txt", [story([*parrot, *plain, answered("gull"), *near])])) == []


TWICE = ["The ferry for Caldry left at noon.", "Terns flew.", "Terns flew."]


def test_a_question_that_comes_twice_is_told_in_whatever_form_of_its_words_it_comes() -> None:
    again = story([open_question("WHO LEADS Selmouth strikes??")], ["One.", "Two.", "Three."])
    assert list(repeated("port.txt", [story(), again])) == ["port.txt: 2 times: “who lead selmouth strike”"]


def test_a_question_of_no_word_that_counts_is_compared_as_it_is_written() -> None:
    some = story([open_question("?"), open_question("!"), open_question("?")])
    assert list(repeated("port.txt", [some])) == ["port.txt: 2 times: “?”"]


def test_a_sentence_that_comes_twice_is_told_but_for_short_ones() -> None:
    assert list(repeated("port.txt", [story((), TWICE), story((), TWICE[:1]), story((), TWICE[1:])])) == [
        "port.txt: 2 times: “The ferry for Caldry left at noon.”"
    ]
    assert list(repeated("port.txt", [story(), story((), TWICE)])) == []


def test_what_comes_twice_in_a_file_is_among_its_faults() -> None:
    twice = story((*FEW_SHARED, FEW_SHARED[0], *NEAR))
    assert any(" 2 times: " in fault for fault in faults("port.txt", [twice]))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    (tmp_path / "port.txt").write_text(WRITTEN, "utf-8")
    return tmp_path / "port.txt"


def test_a_file_without_fault_is_counted(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert command.main([str(path)]) == 1
    told = capsys.readouterr()
    assert told.out == f"port.txt: {counts(read_stories(path)[0])}\n"
    assert told.err == "port.txt: only 1 of 2 unanswerable questions are near misses\n"
    path.write_text(WRITTEN.replace("offtopic", "detail"), "utf-8")
    assert command.main([str(path)]) == 0
    assert capsys.readouterr().err == ""


def test_what_can_not_be_read_is_told_before_what_must_not_be(
    path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path.write_text(WRITTEN + "- name\n", "utf-8")
    assert command.main([str(path)]) == 1
    first, second = capsys.readouterr().err.splitlines()
    assert first.startswith("port.txt:10: not “+ kind")
    assert "near misses" in second


def test_what_comes_twice_is_looked_for_across_files(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path.write_text(WRITTEN.replace("offtopic", "detail"), "utf-8")
    other = path.with_name("other.txt")
    other.write_text(path.read_text("utf-8"), "utf-8")
    assert command.main([str(path), str(other)]) == 1
    told = capsys.readouterr()
    assert told.out.splitlines()[-1].startswith("all: 2 stories, 10 questions")
    assert len(told.err.splitlines()) == 5 + 2
    assert all(line.startswith("all files: 2 times: “") for line in told.err.splitlines())


def test_the_files_of_the_project_have_no_fault(capsys: pytest.CaptureFixture[str]) -> None:
    assert (command.main([]), capsys.readouterr().err) == (0, "")
