"""Stories as an archive that can be indexed and asked: records as JSON Lines, questions with places."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from benchmarks.public import Asked, QuestionSet
from training.news.stories import Story

# Archives that the reader is not trained on: the weights and the threshold are fitted on them.
HELD_OUT = frozenset({"town_life", "transcripts", "palace_church", "uprising"})
_TOGETHER = 3  # sentences of a paragraph


def held_out(archives: Mapping[str, Sequence[Story]]) -> QuestionSet:
    """The stories that the reader is not trained on, as one archive with its questions."""
    names = sorted(HELD_OUT & set(archives))
    # An event's name is the event's only within its file.
    together = [replace(s, event=f"{name} {s.event}") for name in names for s in archives[name]]
    return question_set("stories", together)


def question_set(name: str, stories: Sequence[Story]) -> QuestionSet:
    """Stories as records of one file, and their questions with what answers them in the stories of their event."""
    records: list[dict[str, str]] = []
    events: dict[str, list[_Place]] = {}
    for number, story in enumerate(stories, 1):
        text, starts = _joined(story.sentences)
        record = {"title": story.headline, "source": story.outlet, "text": text}
        if story.published:
            record["published"] = story.published.isoformat()
        records.append(record)
        events.setdefault(story.event, []).append(_Place(story, f"{name}.jsonl#{number}", starts))
    asked = [one for event in events.values() for place in event for one in _asked(place, event)]
    return QuestionSet(name, records, asked)


class _Place(NamedTuple):
    """Where a story is in the archive, and where each of its sentences begins in its text."""

    story: Story
    article: str
    starts: list[int]


def _joined(sentences: Sequence[str]) -> tuple[str, list[int]]:
    """Sentences as short paragraphs of one text, and where each begins."""
    text, starts = "", []
    for number, sentence in enumerate(sentences):
        text += "\n\n" if number and number % _TOGETHER == 0 else " " if number else ""
        starts.append(len(text))
        text += sentence
    return text, starts


def _asked(place: _Place, event: Sequence[_Place]) -> Iterator[Asked]:
    for question in place.story.questions:
        answers = (
            (place if a.story is None else event[a.story], a)
            for a in (*question.answers, *question.elsewhere)
        )
        spans = tuple(
            (at.article, at.starts[a.sentence] + a.start, at.starts[a.sentence] + a.end) for at, a in answers
        )
        yield Asked(question.text, spans, "fit", place.article)
