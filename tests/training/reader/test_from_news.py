"""Of each question of a story an example comes: with windows that answer, or with near ones that don't."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from assistant.selection.reader.encoding import Window
from index.models.embedder import Vectors
from tests.fakes import BagOfWords
from tests.training.reader.dice import dice
from training.news.stories import Answer, Question, Story
from training.reader import from_news, near
from training.reader.examples import Example
from training.reader.from_news import news, page_of


def embed(texts: Sequence[str]) -> Vectors:
    return np.stack([found.vector for found in BagOfWords().embed_passages(texts)])


@pytest.fixture(autouse=True)
def bag_of_words(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(near, "embedded", embed)
    monkeypatch.setattr(from_news, "embedded", embed)


def story(event: str, thing: str, day: int, outlet: str = "The Tide") -> Story:
    """A story of some windows whose sentences, and whose questions, are no other's."""
    town = f"Port {thing.title()}"
    sentences = (
        f"{event.title()} began at {town} on day {day} of the month.",
        *(
            f"The {event} at {town} of {outlet} took {n} hours, {'and more, ' * 12}they say."
            for n in range(2, 8)
        ),
        f"It ended at {thing.title()} in {1927 + 4 * day}.",
    )
    asked = (
        Question(
            "how long",
            f"how long was {outlet} shut by the {event} at {thing}",
            (_at(sentences, 2, "3 hours"),),
        ),
        Question(
            "when", f"when did {thing} end in {1927 + 4 * day}", (_at(sentences, 7, f"{1927 + 4 * day}"),)
        ),
        Question(
            "what", f"what of {event} says {outlet}", (_at(sentences, 0, town), _at(sentences, 1, "2 hours"))
        ),
        Question("name", f"who at {outlet} saw the {event} of Selmouth", ()),
    )
    return Story(f"{event.title()} at {town}", outlet, date(2031, 3, day), f"#{event}", sentences, asked)


def _at(sentences: Sequence[str], number: int, words: str) -> Answer:
    start = sentences[number].index(words)
    return Answer(number, start, start + len(words), leans=False)


STORIES = [story("strike", "caldry", 1), story("flood", "sella", 2), story("strike", "caldry", 3, "Halyard")]
# The first question of the first story, answered by the third story too.
STRIKE_ELSEWHERE = replace(
    STORIES[0],
    questions=(
        replace(
            STORIES[0].questions[0],
            elsewhere=(replace(_at(STORIES[2].sentences, 4, "5 hours"), story=1),),
        ),
        *STORIES[0].questions[1:],
    ),
)
BY_TEXT = {question.text: (one, question) for one in STORIES for question in one.questions}
HEADLINES = {one.headline: one for one in STORIES}
DRAWS = range(25)


def draw(seed: int) -> list[Example]:
    return news({"port": STORIES}, 0.5, dice(seed))


def owner(window: Window) -> Story:
    """The story a window was cut from."""
    (found,) = (one for one in STORIES if set(window.sentences) <= set(one.sentences))
    return found


def test_a_page_is_a_story_under_its_heading() -> None:
    page = page_of(STORIES[0])
    assert page.heading == "Strike at Port Caldry | The Tide | Saturday 1 March 2031"
    assert page.sentences == STORIES[0].sentences
    assert len(page.windows(dice())) > 1


@pytest.mark.parametrize("seed", DRAWS)
def test_every_question_comes_once_and_the_answered_ones_with_what_answers(seed: int) -> None:
    found = [e for e in draw(seed) if e.question in BY_TEXT]
    assert Counter(e.question for e in found) == Counter(q.text for one in STORIES for q in one.questions)
    for example in found:
        one, question = BY_TEXT[example.question]
        assert owner(example.windows[0]) == one
        if not question.answers:
            continue
        told = {(r.window, example.windows[0].sentences[r.sentence], r.words) for r in example.right}
        held = example.windows[0].sentences
        for answer in question.answers:
            sentence = one.sentences[answer.sentence]
            assert ((0, sentence, (answer.start, answer.end)) in told) is (sentence in held)
        assert 0 < len(told) == len(example.right)


@pytest.mark.parametrize("seed", DRAWS)
def test_the_best_answer_is_always_in_the_window(seed: int) -> None:
    for example in draw(seed):
        if example.question in BY_TEXT and BY_TEXT[example.question][1].answers:
            one, question = BY_TEXT[example.question]
            best = question.answers[0]
            right = example.right[0]
            assert right.window == 0
            sentence = example.windows[0].sentences[right.sentence]
            assert sentence == one.sentences[best.sentence]
            assert right.words == (best.start, best.end)


@pytest.mark.parametrize("seed", DRAWS)
def test_a_window_that_answers_is_marked_right(seed: int) -> None:
    for example in draw(seed):
        if example.question in BY_TEXT:
            held = answering(*BY_TEXT[example.question])
            for at, window in enumerate(example.windows):
                right = {window.sentences[r.sentence] for r in example.right if r.window == at}
                assert right <= held
                assert bool(right) is bool(held & set(window.sentences))


def answering(one: Story, question: Question) -> set[str]:
    event = [other for other in STORIES if other.event == one.event]
    own = {one.sentences[a.sentence] for a in question.answers}
    return own | {event[a.story or 0].sentences[a.sentence] for a in question.elsewhere}


def test_stories_of_the_same_event_stand_beside_one_another() -> None:
    found = {
        (owner(example.windows[0]).outlet, owner(window).outlet)
        for seed in DRAWS
        for example in draw(seed)
        for window in example.windows[1:]
        if owner(window).event == owner(example.windows[0]).event
    }
    assert found == {(a, b) for a in ("The Tide", "Halyard") for b in ("The Tide", "Halyard")}


def test_an_answer_in_another_story_comes_with_its_window() -> None:
    first = STRIKE_ELSEWHERE.questions[0]
    drawn = [e for seed in DRAWS for e in news({"port": [STRIKE_ELSEWHERE, *STORIES[1:]]}, 0.5, dice(seed))]
    found = [{r.window for r in e.right} for e in drawn if e.question == first.text]
    assert len(found) == len(DRAWS)
    assert {len(windows) for windows in found} == {1, 2}
    (words,) = {
        e.windows[r.window].sentences[r.sentence][slice(*(r.words or (0, 0)))]
        for e in drawn
        if e.question == first.text
        for r in e.right
        if r.window
    }
    assert words == "5 hours"


def test_an_unanswerable_question_comes_with_windows_of_its_own_story_and_sometimes_of_another() -> None:
    others = Counter[int]()
    for seed in DRAWS:
        for example in draw(seed):
            if example.question in BY_TEXT and not BY_TEXT[example.question][1].answers:
                assert example.right == ()
                assert all(owner(window) == BY_TEXT[example.question][0] for window in example.windows[:2])
                others[len(example.windows) - 2] += 1
    assert set(others) == {0, 1}
    assert min(others.values()) > 15


def test_some_headlines_are_asked_of_their_story_which_comes_without_them() -> None:
    found = [example for seed in DRAWS for example in draw(seed) if example.question in HEADLINES]
    assert len(DRAWS) < len(found) < 2 * len(DRAWS)
    for example in found:
        (window,), (right,) = example.windows, example.right
        assert example.question not in window.heading
        assert window.heading in {"", _heading_without(owner(window))}
        assert (right.window, right.words) == (0, None)
        assert window.sentences[right.sentence] == owner(window).sentences[0]


def _heading_without(one: Story) -> str:
    day = {1: "Saturday 1", 2: "Sunday 2", 3: "Monday 3"}[one.published.day if one.published else 0]
    return f"{one.outlet} | {day} March 2031"


def test_a_question_with_a_name_or_number_exchanged_comes_with_the_window_that_no_longer_answers() -> None:
    found = [
        e for seed in DRAWS for e in draw(seed) if e.question not in BY_TEXT and e.question not in HEADLINES
    ]
    assert len(found) > len(DRAWS)
    for example in found:
        assert example.right == ()
        assert len(example.windows) == 1
        words = example.question.split()
        assert any(
            len(words) == len(text.split())
            and sum(a != b for a, b in zip(words, text.split(), strict=True)) == 1
            for text in BY_TEXT
        )


def test_archives_do_not_mix() -> None:
    for seed in DRAWS:
        alone = news({"one": STORIES[:1], "other": STORIES[1:2]}, 0.5, dice(seed))
        assert alone
        assert all(len({owner(window).event for window in example.windows}) == 1 for example in alone)


def test_the_same_dice_make_the_same_examples() -> None:
    assert draw(3) == draw(3) != draw(4)
    assert news({}, 0.5, dice()) == []
