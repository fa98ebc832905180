"""Stories as an archive that can be indexed and asked: records as JSON Lines, questions with places."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from benchmarks.public import Asked, QuestionSet
from training.news.stories import Story

# Archives that the reader is not trained on: the weights and the threshold are fitted on them.
HELD_OUT = frozenset({"town_life", "transcripts", "palace_church", "uprising"})
_TOGETHER = 3  # sentences of a paragraph


def held_out(archives: Mapping[str, Sequence[Story]]) -> QuestionSet:
    """The stories that the reader is not trained on, as one archive with its questions."""
    return question_set("stories", [s for name in sorted(HELD_OUT & set(archives)) for s in archives[name]])


def question_set(name: str, stories: Sequence[Story]) -> QuestionSet:
    """Stories as records of one file, and their questions; what each story's own sentences answer is right."""
    records: list[dict[str, str]] = []
    asked: list[Asked] = []
    for number, story in enumerate(stories, 1):
        text, starts = _joined(story.sentences)
        record = {"title": story.headline, "source": story.outlet, "text": text}
        if story.published:
            record["published"] = story.published.isoformat()
        records.append(record)
        place = f"{name}.jsonl#{number}"
        asked.extend(_asked(story, place, starts))
    return QuestionSet(name, records, asked)


def _joined(sentences: Sequence[str]) -> tuple[str, list[int]]:
    """Sentences as short paragraphs of one text, and where each begins."""
    text, starts = "", []
    for number, sentence in enumerate(sentences):
        text += "\n\n" if number and number % _TOGETHER == 0 else " " if number else ""
        starts.append(len(text))
        text += sentence
    return text, starts


def _asked(story: Story, place: str, starts: Sequence[int]) -> Iterator[Asked]:
    for question in story.questions:
        answers = tuple(
            (place, starts[a.sentence] + a.start, starts[a.sentence] + a.end) for a in question.answers
        )
        yield Asked(question.text, answers, "fit", place)
