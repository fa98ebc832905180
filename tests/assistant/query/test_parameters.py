"""What can be meant is taken, in the same way everywhere; what can't is told in one line without being repeated."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

import pytest
from typer.testing import CliRunner

from assistant.assistant import Assistant
from assistant.cli.main import app
from assistant.query.parameters import BadRequest, read_filter
from assistant.types.answer import Cited
from index.filters import MOST_SOURCES, Filter
from tests.newsroom import Newsroom

QUESTION = "How many dockers joined the strike?"
DAY = date(2031, 3, 2)


@pytest.mark.parametrize(
    ("given", "meant"),
    [
        ({"since": "2031-03-02"}, Filter(since=DAY)),
        ({"since": DAY}, Filter(since=DAY)),
        ({"until": " 2031-03-02 ", "since": ""}, Filter(until=DAY)),
        ({"event_since": "2031-03-02", "event_until": DAY}, Filter(event_since=DAY, event_until=DAY)),
        ({"sources": "The Tide"}, Filter(sources=("The Tide",))),
        ({"sources": ["The Tide"]}, Filter(sources=("The Tide",))),
        ({"sources": iter(("A", "B"))}, Filter(sources=("A", "B"))),
        ({"sources": None}, Filter()),
        ({"sources": ""}, Filter()),
        ({"sources": "a\ud800"}, Filter(sources=("a?",))),
        ({"undated": "in"}, Filter(undated=True)),
        ({"undated": False}, Filter(undated=False)),
        ({"undated": ""}, Filter()),
    ],
)
def test_what_can_be_meant_is_taken(given: dict[str, Any], meant: Filter) -> None:
    assert read_filter(**given) == meant


WRONG: list[tuple[dict[str, Any], str]] = [
    ({"since": ["2031-03-02"]}, "“since” needs a date written as YYYY-MM-DD"),
    ({"until": 20310302}, "“until” needs a date"),
    ({"until": datetime(2031, 3, 2)}, "“until” needs a date"),
    ({"since": "secret"}, "“since” needs a date"),
    ({"since": "2031-02-30"}, "“since” is not a day of the calendar"),
    ({"event_since": {"secret": 1}}, "“event_since” needs a date"),
    ({"event_until": True}, "“event_until” needs a date"),
    ({"since": "2031-03-02", "until": "2031-03-01"}, "“since”, 2031-03-02, is after the one in “until”"),
    ({"sources": 7}, "“sources” needs names"),
    ({"sources": {"secret": 1}}, "“sources” needs names"),
    ({"sources": b"secret"}, "“sources” needs names"),
    ({"sources": ["A", None]}, "“sources” needs names"),
    ({"sources": [["secret"]]}, "“sources” needs names"),
    ({"sources": ["a"] * (MOST_SOURCES + 1)}, "1,001 sources are named"),
    ({"undated": "secret"}, "“undated” takes “in” or “out”"),
    ({"undated": 1}, "“undated” takes"),
    ({"undated": ["in"]}, "“undated” takes"),
]


@pytest.mark.parametrize(("given", "told"), WRONG)
def test_what_cannot_be_meant_is_told_in_one_line(given: dict[str, Any], told: str) -> None:
    with pytest.raises(BadRequest) as error:
        read_filter(**given)
    assert told in str(error.value)
    assert "secret" not in str(error.value)
    assert "\n" not in str(error.value)


@pytest.fixture(scope="module")
def assistant(standing: Newsroom) -> Assistant:
    return standing.assistant()


def test_python_takes_days_as_text_and_one_source_as_text(assistant: Assistant, standing: Newsroom) -> None:
    for ask in (assistant.ask, assistant.search, assistant.timeline):
        asked: Callable[..., Any] = ask
        told = asked("dockers strike", since="2031-03-02", until=DAY, sources="Halyard").understood
        assert (told.since, told.until, told.sources) == (DAY, DAY, ("Halyard",))
    hits: list[Cited] = standing.retriever().search(QUESTION, since="2031-03-02", until="2031-03-02")
    assert {hit.published for hit in hits} == {DAY}
    assert standing.retriever().search(QUESTION, sources="Halyard") == []


@pytest.mark.parametrize(
    ("given", "told"),
    [
        *WRONG,
        ({"k": 0}, "“k” needs a whole number"),
        ({"k": "3"}, "“k” needs a whole number"),
        ({"k": 2.0}, "“k” needs a whole number"),
    ],
)
def test_every_way_to_ask_in_python_says_the_same(
    assistant: Assistant, standing: Newsroom, given: dict[str, Any], told: str
) -> None:
    for ask in (assistant.ask, assistant.search, assistant.timeline, standing.retriever().search):
        asking: Callable[..., Any] = ask
        with pytest.raises(BadRequest, match=told):
            asking(QUESTION, **given)


@pytest.mark.parametrize("question", [None, 5, ["secret"], b"secret"])
def test_a_question_is_a_text(assistant: Assistant, standing: Newsroom, question: Any) -> None:
    for ask in (assistant.ask, assistant.search, assistant.timeline, standing.retriever().search):
        asking: Callable[..., Any] = ask
        with pytest.raises(BadRequest, match="needs a text"):
            asking(question)
    with pytest.raises(BadRequest, match="“after” needs a text"):
        assistant.ask(QUESTION, after=question)
    with pytest.raises(BadRequest, match="“literal” needs true or false"):
        assistant.ask(QUESTION, literal=question)


@pytest.mark.parametrize("command", ["ask", "search", "timeline"])
def test_the_command_line_says_the_same(command: str, standing: Newsroom) -> None:
    asked = [command, QUESTION, "--index", str(standing.index), "--since"]
    for day, told in (
        ("soon", "needs a date written as YYYY-MM-DD"),
        ("2031-02-30", "is not a day of the calendar"),
    ):
        result = CliRunner().invoke(app, [*asked, day])
        assert (result.exit_code, "Invalid value for '--since'" in result.stderr) == (2, True)
        assert told in " ".join(result.stderr.split())
