"""Measures of retrieval over what a real index finds, and over rankings worked out by hand."""

from __future__ import annotations

import math
import sys

import pytest

from assistant.evaluation.questions import Gold, GoldQuestion
from assistant.evaluation.retrieval import CannotMeasure, Lookup, Ranking, look_up, retrieval
from tests.assistant.evaluation.outcomes import GOLD, TEXT
from tests.newsroom import BRIDGE, FLOOD, STRIKE, Newsroom

QUESTION = "How many dockers joined the strike at Port Caldry?"
NAMES = ["nDCG@10", "RR@10", "R@10", "Success@1", "Success@5"]


def ranking(found: str, relevant: str) -> Ranking:
    """Names of one letter each."""
    return Ranking(tuple(found), frozenset(relevant))


def measured(*rankings: Ranking) -> dict[str, float | None]:
    """The measures of these rankings of passages."""
    pytest.importorskip("ir_measures")
    found = retrieval([Lookup(r, ranking("", "x"), 0) for r in rankings])
    return found.passages


def test_the_measures_of_one_ranking() -> None:
    # Two relevant, the one found is second.
    gain, ideal = 1 / math.log2(3), 1 + 1 / math.log2(3)
    assert measured(ranking("xa", "ab")) == {
        "nDCG@10": round(gain / ideal, 4),
        "RR@10": 0.5,
        "R@10": 0.5,
        "Success@1": 0.0,
        "Success@5": 1.0,
    }


def test_the_measures_are_means_and_nothing_found_counts() -> None:
    values = measured(ranking("a", "a"), ranking("xyzuva", "a"), ranking("", "a"), ranking("x", "a"))
    assert values == {
        "nDCG@10": round((1 + 1 / math.log2(7)) / 4, 4),
        "RR@10": round((1 + 1 / 6) / 4, 4),
        "R@10": 0.5,
        "Success@1": 0.25,
        "Success@5": 0.25,
    }


def test_what_comes_after_the_tenth_does_not_count() -> None:
    late = ranking("bcdefghijka", "a")
    assert late.rank == 11
    assert set(measured(late).values()) == {0.0}


def test_the_order_found_is_the_order_measured() -> None:
    assert measured(ranking("zyxwa", "z"))["RR@10"] == 1.0
    assert measured(ranking("awxyz", "z"))["RR@10"] == 0.2


def test_without_lookups_there_is_no_mean() -> None:
    pytest.importorskip("ir_measures")
    found = retrieval([])
    assert list(found.passages) == list(found.articles) == NAMES
    assert {*found.passages.values(), *found.articles.values()} == {None}
    assert found.unsearchable == 0


def test_without_its_extra_measuring_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "ir_measures", None)
    with pytest.raises(CannotMeasure, match=r"run: pip install 'onrecord\[eval\]'$"):
        retrieval([Lookup(ranking("a", "a"), ranking("a", "a"), 0)])


def test_a_passage_is_relevant_when_it_covers_a_gold_place(standing: Newsroom) -> None:
    found = look_up(standing.retriever(), GoldQuestion(id="q", question=QUESTION, answers=(GOLD,)))
    name = f"strike.txt:16-{16 + len(STRIKE)}"
    assert (found.passages.found[0], *found.passages.relevant) == (name, name)
    assert (found.articles.found[0], *found.articles.relevant) == ("strike.txt", "strike.txt")
    assert (found.passages.rank, found.articles.rank, found.unsearchable) == (1, 1, 0)


def test_a_place_in_no_passage_is_relevant_and_never_found(standing: Newsroom) -> None:
    header = Gold(article_id="strike.txt", start=5, end=27, text=TEXT[5:27])
    found = look_up(standing.retriever(), GoldQuestion(id="q", question=QUESTION, answers=(GOLD, header)))
    assert (len(found.passages.relevant), found.passages.rank, found.unsearchable) == (2, 1, 1)
    assert found.articles.relevant == {"strike.txt"}
    pytest.importorskip("ir_measures")
    values = retrieval([found])
    assert (values.passages["R@10"], values.articles["R@10"], values.unsearchable) == (0.5, 1.0, 1)


def test_filters_of_a_question_are_used(standing: Newsroom) -> None:
    asked = GoldQuestion.model_validate({
        "id": "q", "question": QUESTION, "answers": [GOLD], "since": "2031-03-03",
    })  # fmt: skip
    found = look_up(standing.retriever(), asked)
    assert (found.articles.found, found.articles.rank, found.passages.rank) == (("flood.txt",), None, None)


def test_an_article_counts_once_at_its_best_passage(newsroom: Newsroom) -> None:
    filler = " ".join(["Nothing of note was said that day about anything at all."] * 30)
    newsroom.print("strike.txt", f"{STRIKE} {filler} {STRIKE}")
    newsroom.print("bridge.txt", BRIDGE)
    newsroom.print("flood.txt", FLOOD)
    newsroom.build()
    places = (6, len(STRIKE) + len(filler) + 8)
    answers = tuple(Gold(article_id="strike.txt", start=n, end=n + 5, text="1,400") for n in places)
    found = look_up(newsroom.retriever(), GoldQuestion(id="q", question=QUESTION, answers=answers))
    assert len(found.passages.relevant) == 2
    assert sum(name.startswith("strike.txt:") for name in found.passages.found) > 1
    assert found.articles.found[0] == "strike.txt"
    assert sorted(found.articles.found) == ["bridge.txt", "flood.txt", "strike.txt"]
