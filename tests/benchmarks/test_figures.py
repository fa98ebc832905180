"""Figures of a small task, worked out by hand, for a system that falls silent and for one that never does."""

from __future__ import annotations

import math
from pathlib import Path
from typing import Literal

import pytest

from benchmarks.figures import (
    decided,
    off_topic_rate,
    possible,
    quote_figures,
    ranking_figures,
    shown_figures,
    silence_figures,
)
from benchmarks.measures import Reply, Span
from benchmarks.tasks import Query, Task
from benchmarks.units import Units
from corpus.article import Article

FIRST = Span("a", 0, 12, "Ten sailed. ")
SECOND = Span("a", 12, 23, "Two sank. ")
COPY = Span("b", 4, 15, "Two sank. ")
UNITS = Units(
    articles=(Article("a", "Ten sailed. Two sank. "), Article("b", "So: Two sank. ")),
    passages=(Span("a", 0, 23, "Ten sailed. Two sank. "), Span("b", 0, 15, "So: Two sank. ")),
    sentences=(FIRST, SECOND, COPY),
    quotes={},
)
SAILED = Query("answerable", "How many sailed?", (("a", 0, 3),))
SANK = Query("answerable", "How many sank?", (("a", 12, 15),))
BOTH = Query("answerable", "What was it all?", (("a", 0, 23),))
ODD = (Query("threshold", "who sang it"), Query("threshold", "who wrote it"))
STRANGE = (Query("off topic", "who won"), Query("off topic", "who lost"))


def task(*queries: Query, ranked: Literal["passages", "articles"] | None = "passages") -> Task:
    return Task("ships", "Ships", Path(), queries, ranked, quoted=True)


def replies(*sure: float, quote: Span = FIRST, answered: bool | None = None) -> list[Reply]:
    return [Reply((quote,), {"score": s, "rank": 1.0}, answered) for s in sure]


def test_a_passage_is_relevant_when_it_covers_an_answer() -> None:
    asked = task(SAILED, SANK)
    found = ranking_figures(asked, UNITS, [["a:0-23", "b:0-15"], ["b:0-15", "a:0-23"]])
    assert found["passages: hit@1"] == 0.5
    assert found["passages: MRR@10"] == 0.75


def test_an_article_is_relevant_when_it_holds_an_answer() -> None:
    asked = task(SAILED, SANK, ranked="articles")
    assert ranking_figures(asked, UNITS, [["a"], ["b"]])["articles: hit@1"] == 0.5


def test_a_system_that_ranks_something_else_is_not_measured() -> None:
    with pytest.raises(ValueError, match="a:0-5 was ranked"):
        ranking_figures(task(SAILED), UNITS, [["a:0-5"]])


def test_a_right_sentence_and_its_copies_are_right() -> None:
    asked = task(SAILED, SANK, SANK, *ODD)
    given = [
        Reply((SECOND, FIRST), {}),
        Reply((COPY,), {}),
        Reply((FIRST, FIRST, FIRST, SECOND), {}),
        *replies(1, 1),
    ]
    assert quote_figures(asked, UNITS, given) == pytest.approx(
        {
            "quotes: first is right": 1 / 3,
            "quotes: right among first 3": 2 / 3,
            "quotes: characters of the first": (10 + 10 + 12) / 3,
        }
    )
    shown = shown_figures(asked, UNITS, given, [True, False, True, True, True])
    assert shown == {"quotes: first is right and shown": 0}
    assert shown_figures(asked, UNITS, given, [True] * 5)["quotes: first is right and shown"] > 0


def test_an_answer_over_two_sentences_is_out_of_reach() -> None:
    assert possible(task(SAILED, BOTH), UNITS) == 0.5


def test_a_system_with_an_opinion_keeps_it() -> None:
    asked = task(SAILED, *ODD)
    given = [*replies(0.1, answered=True), *replies(0.9, answered=False), *replies(0.8, answered=True)]
    assert decided(asked, given, 0.0) == [True, False, True]
    assert off_topic_rate(asked, given) == 0.5


def test_a_system_without_one_gets_the_threshold_that_lets_this_rate_pass() -> None:
    asked = task(SAILED, SANK, *ODD, *STRANGE)
    given = replies(0.9, 0.3, 0.2, 0.5, 0.6, 0.1)
    assert decided(asked, given, 0.0) == [True, False, False, False, True, False]
    assert decided(asked, given, 0.5) == [True, True, False, True, True, False]


def test_of_several_scores_the_best_one_decides() -> None:
    asked = task(SAILED, *ODD)
    given = [Reply((), {"poor": p, "good": g}) for p, g in ((0.1, 0.9), (0.8, 0.2), (0.9, 0.3))]
    assert decided(asked, given, 0.0) == [True, False, False]


def test_without_questions_to_set_a_threshold_by_everything_is_answered() -> None:
    assert decided(task(SAILED, SANK), replies(0.1, 0.0), 0.05) == [True, True]
    assert off_topic_rate(task(SAILED), replies(0.1)) == 0.05


def test_silence_is_measured_by_kind_of_question() -> None:
    adversarial = Query("adversarial", "How many flew?")
    asked = task(SAILED, SANK, *ODD, *STRANGE, adversarial)
    given = replies(0.9, 0.4, 0.0, 0.0, 0.2, 0.5, 0.6)
    found = silence_figures(asked, given, [True, False, True, True, False, True, True])
    assert found == pytest.approx(
        {
            "answered: answerable": 0.5,
            "answered: off topic": 0.5,
            "answered: adversarial": 1.0,
            "ROC-AUC: off topic": 0.75,
            "ROC-AUC: adversarial": 0.5,
            "answerable answered at 5 % of off topic": 0.5,
        }
    )
    assert not any(math.isnan(value) for value in found.values())


def test_silence_is_not_measured_without_off_topic_questions() -> None:
    assert silence_figures(task(SAILED), replies(0.9), [True]) == {}
