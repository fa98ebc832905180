"""A source is heard under any name that a label file gives it."""

from __future__ import annotations

import pytest

from tests.newsroom import STRIKE, Newsroom

LABELS = """
[[files]]
match = "rope.txt"
source = "The Halyard"

[[files]]
match = "tide.txt"
source = "Tide"

[[sources]]
name = "the halyard"
aliases = ["NRG", "Northern Rope Gazette"]
"""


@pytest.mark.parametrize("name", ["NRG", "the Northern Rope Gazette", "Halyard", "the Halyard"])
def test_a_question_names_a_source_by_its_alias(newsroom: Newsroom, name: str) -> None:
    newsroom.print("rope.txt", STRIKE, "2031-03-01")
    newsroom.print("tide.txt", STRIKE.replace("1,400", "900"), "2031-03-02")
    (newsroom.articles / "labels.toml").write_text(LABELS, "utf-8")
    assert newsroom.build().rejected == ()
    question = f"According to {name}, how many dockers joined the strike at Port Caldry?"
    answer = newsroom.ask(question)
    assert answer.question == question
    assert answer.understood.sources == answer.understood.heard == ("The Halyard",)
    assert len(answer.understood.read) == 1
    assert answer.understood.read[0] in question
    assert {quote.source for quote in answer.quotes} == {"The Halyard"}
