"""Examples from the invented stories: their windows, other stories of their world, and questions nothing answers."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from assistant.selection.reader.encoding import Window, heading
from index.models.embedder import Vectors
from training.news.stories import Answer, Question, Story
from training.reader.examples import Example, Page, Right, answered
from training.reader.near import Pool, embedded
from training.reader.swaps import Swap

_REST = 0.5  # how often another window of the own story does, where that holds no answer
_OWN = 2  # windows of a story at most where nothing in it answers
_TOPIC = 0.5  # the share of the stories whose headline is asked as a topic
_OFF_TOPIC = 0.06  # … that come again with near windows of another archive
_EXCHANGED = 0.3  # the share of questions that come again with a name or number exchanged, where they can


def news(archives: Mapping[str, Sequence[Story]], others: float, rng: random.Random) -> list[Example]:
    """An example for each question of each archive, and some for headlines, exchanged names and other archives.

    `others` is how many near windows stand beside the own ones, on average where it is below 1.
    """
    found: list[Example] = []
    former: Pool | None = None
    for stories in archives.values():
        archive = _Archive.of(stories, rng)
        asked = [(n, question) for n, story in enumerate(stories) for question in story.questions]
        vectors = embedded([question.text for _, question in asked])
        for (number, question), vector in zip(asked, vectors, strict=True):
            found += _asked(archive, number, question, vector, int(others + rng.random()), rng)
            if former and rng.random() < _OFF_TOPIC:
                found.append(Example(question.text, tuple(former.near(vector, 2, _any, rng)), ()))
        found += (_topic(story, rng) for story in stories if rng.random() < _TOPIC)
        former = archive.pool
    return found


@dataclass(frozen=True, slots=True)
class _Archive:
    """Stories with their pages, all windows of these, and the names in them."""

    stories: Sequence[Story]
    pages: list[Page]
    pool: Pool
    swap: Swap

    @classmethod
    def of(cls, stories: Sequence[Story], rng: random.Random) -> _Archive:
        pages = [page_of(story) for story in stories]
        pool = Pool([window for page in pages for window in page.windows(rng)])
        return cls(stories, pages, pool, Swap.of(s for story in stories for s in story.sentences))


def _asked(
    archive: _Archive, number: int, question: Question, vector: Vectors, others: int, rng: random.Random
) -> Iterator[Example]:
    """A question of the story of this number, and perhaps the same with something exchanged."""
    answers = _answering(archive.stories, number, question)
    held = {archive.pages[n].sentences[answer.sentence] for n, answer in answers}
    near = archive.pool.near(vector, others, _without(archive.pool.windows, held), rng)
    page = archive.pages[number]
    if not answers:
        yield _unanswerable(page, question, near, rng)
        return
    yield _answerable(archive.pages, answers, question, near, rng)
    best = question.answers[0].sentence
    changed = archive.swap.exchange(question.text, page.sentences[best], " ".join(page.sentences), rng)
    if changed and rng.random() < _EXCHANGED:
        yield Example(changed, (page.around(best, rng)[0],), ())


def page_of(story: Story) -> Page:
    """A story as a page under its heading."""
    return Page(heading(story.headline, story.outlet, story.published), story.sentences)


def _any(_: int) -> bool:
    return True


def _without(windows: Sequence[Window], sentences: set[str]) -> Callable[[int], bool]:
    return lambda at: not sentences & {*windows[at].sentences}


def _answering(stories: Sequence[Story], number: int, question: Question) -> list[tuple[int, Answer]]:
    """Every answer to a question of a story, with the number of the story that has it; its own come first."""
    event = [n for n, story in enumerate(stories) if story.event == stories[number].event]
    own = [(number, answer) for answer in question.answers]
    return own + [(event[answer.story or 0], answer) for answer in question.elsewhere]


def _answerable(
    pages: Sequence[Page],
    found: Sequence[tuple[int, Answer]],
    question: Question,
    near: Sequence[Window],
    rng: random.Random,
) -> Example:
    own = found[0][0]
    page = pages[own]
    marked = [(a.sentence, (a.start, a.end)) for n, a in found if n == own]
    held = {page.sentences[at] for at, _ in marked}
    example = answered(question.text, page, marked, near, rng)
    # The rest of the story, where it holds no other answer, is the nearest that a wrong window can be.
    rest = [window for window in page.windows(rng) if not held & set(window.sentences)]
    more = rng.sample(rest, min(rng.random() < _REST, len(rest)))
    windows = [*example.windows, *more]
    right = list(example.right)
    for number, answer in rng.sample(found, 1):
        if number != own:
            window, first = pages[number].around(answer.sentence, rng)
            right.append(Right(len(windows), answer.sentence - first, (answer.start, answer.end)))
            windows.append(window)
    return Example(question.text, tuple(windows), tuple(right))


def _unanswerable(page: Page, question: Question, others: Sequence[Window], rng: random.Random) -> Example:
    own = page.windows(rng)
    return Example(question.text, (*rng.sample(own, min(_OWN, len(own))), *others), ())


def _topic(story: Story, rng: random.Random) -> Example:
    """A story's headline asked as a topic, of which its first sentence tells; the story comes without it."""
    page = replace(page_of(story), heading=heading(None, story.outlet, story.published))
    return Example(story.headline, (page.around(0, rng)[0],), (Right(0, 0, None),))
