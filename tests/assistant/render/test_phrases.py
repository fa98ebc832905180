"""What is said beside the quotes: who speaks, of which days, and how the question was read."""

from __future__ import annotations

from datetime import date

import pytest

from assistant.render import phrases
from assistant.types.answer import EventDate, Speaker, Spread, Understood
from assistant.types.request import Inquiry
from tests.assistant.telling_desk import COMPARING, COUNTED, TellingDesk, understood

MONDAY, FRIDAY = date(2020, 2, 3), date(2020, 2, 7)


def speaker(text: str = "Erdogan", **facts: object) -> Speaker:
    return Speaker.model_validate({"text": text, "start": 0, "end": len(text), "cue": "said", **facts})


def spoken_of(text: str, first: date | None, last: date | None, *, explicit: bool) -> EventDate:
    return EventDate(text=text, start=0, end=len(text), first=first, last=last, explicit=explicit)


@pytest.mark.parametrize(
    ("told", "words"),
    [
        (speaker(), "says: Erdogan"),
        (speaker("he", named_by="Erdogan"), "says: he (Erdogan)"),
        (speaker(stance="denies"), "denied by Erdogan"),
        (speaker(stance="silent"), "declines to speak: Erdogan"),
        (speaker("SANA", hedge="reportedly"), "says: SANA, “reportedly”"),
    ],
)
def test_who_speaks_is_said_as_printed(told: Speaker, words: str) -> None:
    assert phrases.spoken_by(told) == words


@pytest.mark.parametrize(
    ("event", "words"),
    [
        (spoken_of("3 February 2020", MONDAY, MONDAY, explicit=True), "speaks of 3 February 2020"),
        (
            spoken_of("on Monday", MONDAY, MONDAY, explicit=False),
            "speaks of 3 February 2020 (read from “on Monday”)",
        ),
        (
            spoken_of("this week", MONDAY, FRIDAY, explicit=False),
            "speaks of days from 3 February 2020 to 7 February 2020 (read from “this week”)",
        ),
        (
            spoken_of("since Monday", MONDAY, None, explicit=False),
            "speaks of days from 3 February 2020 on (read from “since Monday”)",
        ),
        (
            spoken_of("until 3 February 2020", None, MONDAY, explicit=True),
            "speaks of days until 3 February 2020",
        ),
        (spoken_of("recently", None, None, explicit=False), "speaks of “recently”"),
    ],
)
def test_days_that_are_spoken_of_are_said_with_what_they_were_read_from(event: EventDate, words: str) -> None:
    assert phrases.speaks_of(event) == words


def test_what_was_read_is_told_apart_from_what_was_chosen() -> None:
    read = Understood(sources=("SANA",), read=("Syrian Arab News Agency",), heard=("SANA",))
    assert phrases.read_line(read) == (
        "Understood: only SANA, because the question says “Syrian Arab News Agency”"
    )
    both = Understood(
        sources=("SANA",), read=("on February 3, 2020",), event_since=MONDAY, event_until=MONDAY
    )
    assert phrases.read_line(both) == (
        "Understood: only speaking of 3 February 2020, because the question says “on February 3, 2020”"
    )
    assert phrases.read_line(Understood(sources=("SANA",), since=MONDAY)) == ""
    assert phrases.read_line(Understood(since=MONDAY, read=("since Monday",))) == (
        "Understood: because the question says “since Monday”"
    )
    heard = Understood(sources=("SANA",), heard=("SANA",), read=("SANA", "3 February"))
    after = heard.model_copy(update={"since": MONDAY, "until": date(2020, 2, 10)})
    assert phrases.read_line(after) == (
        "Understood: only SANA · published from 3 February 2020 to 10 February 2020, because the question says"
        " “SANA” and “3 February”"
    )
    chosen = after.model_copy(update={"read": ("SANA",)})
    assert phrases.read_line(chosen) == "Understood: only SANA, because the question says “SANA”"


def test_what_was_read_at_first_and_given_up_is_told() -> None:
    told = Understood(unmet=("SANA", "last week"))
    assert (
        phrases.unmet_line(told) == "Nothing clearly answers this under “SANA” and “last week”; without that:"
    )
    assert phrases.unmet_line(Understood()) == ""


def test_what_was_taken_over_is_told() -> None:
    carried = Understood(follow_up_of="q", carried=("Idlib", "3 February 2020"), completed="Who, Idlib?")
    assert phrases.carried_line(carried) == ("Taken over from the question before: Idlib · 3 February 2020")
    assert phrases.completed_line(carried) == "Searched for: “Who, Idlib?”"
    assert phrases.carried_line(Understood()) == phrases.completed_line(Understood()) == ""


def test_texts_are_counted_where_they_were() -> None:
    assert phrases.spread_words(Spread(articles=5, origins=2)) == "5 articles, 2 independent texts"
    assert phrases.spread_words(None) == ""


def test_columns_are_the_sources_compared_and_lose_no_quote() -> None:
    desk = TellingDesk()
    compared = desk.answer(Inquiry(COMPARING))
    columns = phrases.columns(compared)
    assert [source for source, _ in columns] == ["Harbour Courier", "The Inland Post", "Wire Nine"]
    assert [len(held) for _, held in columns] == [2, 1, 0]
    assert list(phrases.notes(compared))[-1] == "Nothing found in Wire Nine"
    few = understood(desk.answer(Inquiry(COUNTED)), sources=("HARBOUR COURIER", "Wire Nine"), compared=True)
    columns = phrases.columns(few)
    assert sorted(number for _, held in columns for number, _ in held) == [1, 2, 3, 4]
    assert [source for source, _ in columns][:2] == ["HARBOUR COURIER", "Wire Nine"]
    assert [len(held) for _, held in columns][:2] == [2, 0]
    assert phrases.columns(desk.answer(Inquiry(COUNTED))) == []
