"""What the stories must keep to, each as counts and faults; `python -m training.news` prints them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from index.words.bm25 import analyze
from training.news.stories import Question, Story

# fmt: off
KINDS = frozenset({
    "who", "what", "which", "how many", "how much", "how long", "when", "where", "why", "how", "said", "yes/no",
    "what happened", "latest", "disagree", "list", "definition",
})
NEAR = frozenset({"name", "year", "day", "place", "number", "relation", "detail", "negated"})
FAR = frozenset({"entity", "offtopic"})
# fmt: on
# At least two thirds of the answerable questions share at most so many content words with their sentence.
SHARED, SHARE = 2, 2 / 3
# Without an answer: two fifths, most of them near misses.
UNANSWERABLE, NEAR_MISSES = (0.35, 0.5), 0.6
_SENTENCES = range(3, 21)


@dataclass(frozen=True, slots=True)
class Counts:
    """How many there are: stories, answerable and other questions, near misses, and those that share few words."""

    stories: int
    answerable: int
    unanswerable: int
    near: int
    few_shared: int
    leaning: int

    def __str__(self) -> str:
        total = max(1, self.answerable + self.unanswerable)
        return (
            f"{self.stories} stories, {total} questions: {self.unanswerable / total:.2f} unanswerable, of these "
            f"{self.near / max(1, self.unanswerable):.2f} near misses; {self.few_shared / max(1, self.answerable):.2f} "
            f"of the answerable share at most {SHARED} words with their sentence; {self.leaning} lean on the one before"
        )


def counts(stories: Sequence[Story]) -> Counts:
    """Count what a file holds."""
    questions = [(story, question) for story in stories for question in story.questions]
    answerable = [(story, question) for story, question in questions if question.answers]
    return Counts(
        stories=len(stories),
        answerable=len(answerable),
        unanswerable=len(questions) - len(answerable),
        near=sum(not q.answers and q.kind in NEAR for _, q in questions),
        few_shared=sum(shared_words(s, q) <= SHARED for s, q in answerable),
        leaning=sum(any(a.leans for a in q.answers) for _, q in answerable),
    )


def shared_words(story: Story, question: Question) -> int:
    """How many content words an answerable question shares with the sentence that answers it best, by stem."""
    sentence = story.sentences[question.answers[0].sentence]
    return len({*analyze(question.text)} & {*analyze(sentence)})


def faults(name: str, stories: Sequence[Story]) -> Iterator[str]:
    """A line for each thing that a file must not have."""
    for story in stories:
        if len(story.sentences) not in _SENTENCES:
            yield f"{name}: “{story.headline}” has {len(story.sentences)} sentences"
        for question in story.questions:
            known = KINDS if question.answers else NEAR | FAR
            if question.kind not in known:
                yield f"{name}: no such kind: “{question.kind} | {question.text}”; one of {', '.join(sorted(known))}"
    yield from _shares(name, counts(stories))
    yield from repeated(name, stories)


def _shares(name: str, found: Counts) -> Iterator[str]:
    total = found.answerable + found.unanswerable
    low, high = UNANSWERABLE
    if not low * total <= found.unanswerable <= high * total:
        yield f"{name}: {found.unanswerable} of {total} questions are unanswerable; between {low} and {high} should be"
    if found.near < NEAR_MISSES * found.unanswerable:
        yield f"{name}: only {found.near} of {found.unanswerable} unanswerable questions are near misses"
    if found.few_shared < SHARE * found.answerable:
        yield (
            f"{name}: only {found.few_shared} of {found.answerable} answerable questions share at most {SHARED} words "
            "with their sentence"
        )


def repeated(name: str, stories: Iterable[Story]) -> Iterator[str]:
    """Questions and sentences that come twice."""
    stories = list(stories)
    questions = Counter(" ".join(analyze(q.text)) or q.text for story in stories for q in story.questions)
    sentences = Counter(s for story in stories for s in story.sentences if len(s.split()) > 5)
    for text, count in (questions + sentences).items():
        if count > 1:
            yield f"{name}: {count} times: “{text}”"
