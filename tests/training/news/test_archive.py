"""Stories become an archive that can be indexed, and its questions' answers lie where they are printed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

from corpus.article import Article
from corpus.formats.read import read_archive
from training.news.archive import HELD_OUT, held_out, question_set
from training.news.stories import FOLDER, Answer, Question, Story, archives

STRIKE = Story(
    "Port strike",
    "The Tide",
    date(2031, 3, 2),
    "strike",
    ("Dockers left Ana Lune\u0301 😀.", "They want rest.", "Talks failed.", "It rained.", "Gulls cried."),
    (
        Question("who", "who left", (Answer(0, 0, 7, False), Answer(4, 0, 5, False))),
        Question("what", "what do they want", (Answer(1, 10, 14, True),)),
        Question("what", "what came down", (Answer(3, 3, 9, False),)),
        Question("name", "who stayed", ()),
    ),
)
FLOOD = Story("Nine villages", "Inland Post", None, "flood", ("The Sella rose.",), STRIKE.questions[3:])


def test_a_story_is_a_record_in_short_paragraphs() -> None:
    made = question_set("port", [STRIKE, FLOOD])
    assert made.name == "port"
    assert made.records == [
        {
            "title": "Port strike",
            "source": "The Tide",
            "published": "2031-03-02",
            "text": "Dockers left Ana Lune\u0301 😀. They want rest. Talks failed.\n\nIt rained. Gulls cried.",
        },
        {"title": "Nine villages", "source": "Inland Post", "text": "The Sella rose."},
    ]


def test_each_question_is_asked_of_its_story_with_the_places_that_answer() -> None:
    made = question_set("port", [FLOOD, STRIKE])
    text = made.records[1]["text"]
    assert [(a.question, a.place, a.part) for a in made.asked] == [
        ("who stayed", "port.jsonl#1", "fit"),
        ("who left", "port.jsonl#2", "fit"),
        ("what do they want", "port.jsonl#2", "fit"),
        ("what came down", "port.jsonl#2", "fit"),
        ("who stayed", "port.jsonl#2", "fit"),
    ]
    words = [[text[start:end] for _, start, end in asked.answers] for asked in made.asked]
    assert words == [[], ["Dockers", "Gulls"], ["rest"], ["rained"], []]
    assert all(place == asked.place for asked in made.asked for place, _, _ in asked.answers)


def test_what_another_story_of_the_event_answers_is_right_too() -> None:
    later = Story(
        "Port at rest", "The Tide", None, "strike", ("It is Monday.", "Pilots left."),
        (Question("who", "who left then", (Answer(1, 0, 6, False),), (Answer(0, 0, 7, False, story=0),)),),
    )  # fmt: skip
    made = question_set("port", [FLOOD, STRIKE, later])
    assert made.asked[-1].answers == (("port.jsonl#3", 14, 20), ("port.jsonl#2", 0, 7))


def test_events_of_two_files_that_are_called_alike_are_two() -> None:
    one, other = sorted(HELD_OUT)[:2]
    asked = Question("who", "who left then", (Answer(0, 0, 3, False),), (Answer(0, 0, 7, False, story=1),))
    first = Story("Calm", "The Tide", None, "strike", ("The rest left.",), (asked,))
    made = held_out({one: [FLOOD, STRIKE], other: [first, STRIKE]})
    (found,) = [a for a in made.asked if a.question == "who left then"]
    assert [place for place, _, _ in found.answers] == ["stories.jsonl#3", "stories.jsonl#4"]


def test_the_archive_that_is_indexed_has_the_answers_in_the_same_places(tmp_path: Path) -> None:
    made = held_out(archives())
    made.write(tmp_path)
    articles = {found.id: found for found in read_archive(tmp_path) if isinstance(found, Article)}
    assert len(articles) == len(made.records)
    words = {
        question.text: list(_words(s, [o for o in every if o.event == s.event], question))
        for every in (archives()[name] for name in sorted(HELD_OUT))
        for s in every
        for question in s.questions
    }
    assert {asked.question for asked in made.asked} == set(words)
    for asked in made.asked:
        found = [articles[place].text[start:end] for place, start, end in asked.answers]
        assert found == words[asked.question]


def _words(story: Story, event: list[Story], question: Question) -> Iterator[str]:
    for a in (*question.answers, *question.elsewhere):
        of = story if a.story is None else event[a.story]
        yield of.sentences[a.sentence][a.start : a.end]


def test_only_what_is_not_trained_on_is_held_out() -> None:
    (name, *_) = sorted(HELD_OUT)
    made = held_out({name: [STRIKE], "trained_on": [FLOOD]})
    assert [record["title"] for record in made.records] == ["Port strike"]
    assert made.name == "stories"
    assert held_out({"trained_on": [FLOOD]}).asked == []


def test_what_is_held_out_is_there() -> None:
    assert {path.stem for path in FOLDER.glob("*.txt")} > HELD_OUT
