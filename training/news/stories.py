"""Read the stories of `training/news`: numbered sentences, and questions with the words that answer them.

A story in a file:

    == headline | outlet | 2031-04-02 | #event
    1. One sentence.
    2. It leans on the one before.
    + how many | how many turned up | 1: words of the sentence ; ^2: words ; 3/7: words
    - name | who met the mayor of another town

The day may be `undated`. `+` lines are answerable: each answer is a sentence's number and the words of it that
answer, best first; `^` marks a sentence that answers only together with the one before it; `3/7` is sentence 7 of the
third story of the same event in the file. Every sentence of the event's stories that answers is listed. `-` lines have
no answer in the whole file; their first field says why.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

FOLDER = Path(__file__).parent
_HEAD = re.compile(r"== (.+?) \| (.+?) \| (\d{4}-\d\d-\d\d|undated) \| #(\S+)")
_SENTENCE = re.compile(r"(\d+)\. (\S.*)")
_QUESTION = re.compile(r"([+-]) ([^|]+?) \| ([^|]+?)(?: \| (.+))?")
_ANSWER = re.compile(r"(\^?)(?:(\d+)/)?(\d+): ?(.+)")


class BadStory(ValueError):
    """Something in a file of stories that can't be read; the message names the file and the line."""


@dataclass(frozen=True, slots=True)
class Answer:
    """Words that answer: [start, end) in code points of the sentence at `sentence`, counted from 0.

    `leans`: only together with the sentence before. `story` is None for a sentence of the question's own story, else
    the place of another one among the stories of the event, counted from 0.
    """

    sentence: int
    start: int
    end: int
    leans: bool
    story: int | None = None


@dataclass(frozen=True, slots=True)
class Question:
    """A question as typed. `kind` is what it asks for or, without answers, why nothing answers it.

    `answers` are in the question's own story, `elsewhere` are those in other stories of its event.
    """

    kind: str
    text: str
    answers: tuple[Answer, ...]
    elsewhere: tuple[Answer, ...] = ()


@dataclass(frozen=True, slots=True)
class Story:
    """A news story with its questions; stories of one `event` may answer each other's questions."""

    headline: str
    outlet: str
    published: date | None
    event: str
    sentences: tuple[str, ...]
    questions: tuple[Question, ...]


def archives(folder: Path = FOLDER) -> dict[str, list[Story]]:
    """Every file's stories by the file's name, in order; raises BadStory at the first fault."""
    found = {}
    for path in sorted(folder.glob("*.txt")):
        found[path.stem], faults = read_stories(path)
        if faults:
            raise BadStory(faults[0])
    return found


def read_stories(path: Path) -> tuple[list[Story], list[str]]:
    """The stories of a file, and a line for each fault; what is faulty is left out."""
    faults: list[Line] = []
    found = [_story(block, faults) for block in _blocks(path.read_text("utf-8"))]
    stories = [(story, asked) for story, asked in found if story]
    events: dict[str, list[Story]] = {}
    for story, _ in stories:
        events.setdefault(story.event, []).append(story)
    made = [
        replace(story, questions=tuple(_questions(story, events[story.event], asked, faults)))
        for story, asked in stories
    ]
    return made, [f"{path.name}:{number}: {fault}" for number, fault in sorted(faults)]


Line = tuple[int, str]


def _blocks(text: str) -> Iterator[list[Line]]:
    """The numbered lines of each story."""
    block: list[Line] = []
    for number, line in enumerate(text.splitlines(), 1):
        if line.startswith("==") and block:
            yield block
            block = []
        if line.strip():
            block.append((number, line.strip()))
    if block:
        yield block


def _story(block: Sequence[Line], faults: list[Line]) -> tuple[Story | None, list[Line]]:
    """A story without its questions, and the lines of these."""
    number, line = block[0]
    head = _HEAD.fullmatch(line)
    if head is None:
        faults.append((number, f"not “== headline | outlet | YYYY-MM-DD | #event”: {line[:60]}"))
        return None, []
    try:
        published = None if head[3] == "undated" else date.fromisoformat(head[3])
    except ValueError as error:
        faults.append((number, f"{error}: {line[:60]}"))
        return None, []
    sentences: list[str] = []
    asked = [one for one in block[1:] if one[1][0] in "+-"]
    for number, line in block[1:]:
        if (number, line) not in asked:
            try:
                sentences.append(_sentence(line, len(sentences) + 1))
            except BadStory as fault:
                faults.append((number, f"{fault}: {line[:70]}"))
    return Story(head[1], head[2], published, head[4], tuple(sentences), ()), asked


def _sentence(line: str, expected: int) -> str:
    found = _SENTENCE.fullmatch(line)
    if found is None or int(found[1]) != expected:
        raise BadStory(f"sentence {expected} was expected")
    return found[2]


def _questions(
    story: Story, event: Sequence[Story], lines: Sequence[Line], faults: list[Line]
) -> Iterator[Question]:
    for number, line in lines:
        try:
            yield _question(line, story, event)
        except BadStory as fault:
            faults.append((number, f"{fault}: {line[:70]}"))


def _question(line: str, story: Story, event: Sequence[Story]) -> Question:
    found = _QUESTION.fullmatch(line)
    if found is None or (found[1] == "+") != bool(found[4]):
        raise BadStory("not “+ kind | question | N: words” or “- kind | question”")
    answers = [_answer(part, story, event) for part in (found[4] or "").split(" ; ") if part]
    own = tuple(answer for answer in answers if answer.story is None)
    if answers and not own:
        raise BadStory("no answer in the question's own story")
    return Question(found[2], found[3], own, tuple(answer for answer in answers if answer.story is not None))


def _answer(part: str, story: Story, event: Sequence[Story]) -> Answer:
    found = _ANSWER.fullmatch(part.strip())
    number = int(found[2]) - 1 if found and found[2] else None
    if number is not None and (number not in range(len(event)) or event[number] is story):
        raise BadStory(f"no other story {number + 1} of the event in “{part}”")
    sentences = story.sentences if number is None else event[number].sentences
    if found is None or not 0 < int(found[3]) <= len(sentences):
        raise BadStory(f"no such sentence in “{part}”")
    at = int(found[3]) - 1
    start = sentences[at].find(found[4])
    if start < 0:
        raise BadStory(f"sentence {at + 1} has no “{found[4]}”")
    return Answer(at, start, start + len(found[4]), bool(found[1]), number)
