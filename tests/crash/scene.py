"""The articles of a first and of a second build, and what a reader is told after each."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path

from assistant.types.answer import Answer
from tests.newsroom import BRIDGE, FLOOD, STRIKE, Newsroom, shown

QUESTION = "How many dockers joined the strike?"
MORE_STRIKE = "About 2,600 dockers have joined the strike at Port Caldry. The harbour board will not talk."
TRAM = "A tram derailed at noon near the market. Its driver was unhurt."


class State(StrEnum):
    """What a whole index can hold, in the order in which readers may see it."""

    NONE = "no index"
    OLD = "the first build's"
    NEW = "the second build's"


def first_articles(room: Path) -> Path:
    """Write what the first build indexes; returns its folder."""
    newsroom = Newsroom(room / "first")
    newsroom.print("bridge.txt", BRIDGE, "2031-03-01")
    newsroom.print("strike.txt", STRIKE, "2031-03-02")
    newsroom.print("flood.txt", FLOOD, "2031-03-03")
    return newsroom.articles


def second_articles(room: Path) -> Path:
    """Write what the second build indexes: one article as it was, one changed, one gone, one new."""
    newsroom = Newsroom(room / "second")
    newsroom.print("bridge.txt", BRIDGE, "2031-03-01")
    newsroom.print("strike.txt", MORE_STRIKE, "2031-03-02")
    newsroom.print("tram.txt", TRAM, "2031-03-04")
    return newsroom.articles


def told(answer: Answer) -> str:
    """All that an answer to QUESTION says of the archive, but for its scores."""
    quotes = ((q.article_id, q.article_sha256, q.start, q.text) for q in shown(answer))
    return repr((answer.status, *quotes, answer.coverage))
