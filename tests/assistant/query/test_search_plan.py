"""An inquiry is read once: what is searched for, under which filters, in which order."""

from __future__ import annotations

from datetime import date

import pytest

from assistant.query.search_plan import Attempt, read_inquiry
from assistant.types.request import Inquiry
from corpus.annotation.intervals import Interval
from index.filters import Filter

NAMES = {"halyard": "Halyard", "the tide": "The Tide", "tide": "The Tide"}
TODAY = date(2031, 3, 20)


def read(
    question: str, wanted: Filter | None = None, after: str = "", *, literal: bool = False
) -> list[Attempt]:
    return read_inquiry(Inquiry(question, wanted or Filter(), after=after, literal=literal), NAMES, TODAY)


def filters(ways: list[Attempt]) -> list[tuple[tuple[str, ...], date | None, date | None]]:
    wanted = [attempt.wanted for attempt in ways]
    return [(w.sources, w.event_since, w.event_until) for w in wanted]


def test_a_plain_question_is_searched_for_as_it_is() -> None:
    found = read("How many dockers joined the strike?", Filter(since=date(2031, 3, 1)))
    assert [attempt.wanted for attempt in found] == [Filter(since=date(2031, 3, 1))]
    assert (found[0].follow_up, found[0].compared) == (None, False)


def test_a_source_is_tried_first_and_the_whole_archive_after() -> None:
    found = read("According to the Tide, who won?")
    assert filters(found) == [(("The Tide",), None, None), ((), None, None)]
    assert [attempt.read for attempt in found] == [("the Tide",), ()]
    assert [attempt.unmet for attempt in found] == [(), ("the Tide",)]
    assert [attempt.heard for attempt in found] == [True, False]
    assert [attempt.question.text for attempt in found] == [
        "who won?",
        "According to the Tide, who won?",
    ]


def test_days_of_a_question_are_days_spoken_of_never_of_publication() -> None:
    found = read("Who was hurt on 4 March 2031?")
    day = date(2031, 3, 4)
    assert filters(found) == [((), day, day), ((), None, None)]
    assert [attempt.read for attempt in found] == [("4 March 2031",)] * 2
    assert (found[0].days, found[0].any_event) == (Interval(day, day), False)


@pytest.mark.parametrize("question", ["What happened on 4 March 2031?", "What happened last week?"])
def test_a_question_for_what_happened_then_is_answered_by_any_event(question: str) -> None:
    assert [attempt.any_event for attempt in read(question)] == [True, False]


def test_last_week_is_counted_from_today() -> None:
    found = read("Who was hurt last week?")
    assert filters(found)[0] == ((), date(2031, 3, 10), date(2031, 3, 16))


def test_what_was_printed_soon_after_may_speak_of_the_days_unsaid() -> None:
    then, news = read("Who was hurt on 4 March 2031?")
    assert news.wanted == Filter(since=date(2031, 3, 4), until=date(2031, 3, 7))
    assert (news.days, news.any_event, news.unmet) == (then.days, False, ())
    assert (then.rival, news.rival) == (False, True)
    assert not read("What happened on 4 March 2031?")[1].rival


def test_what_was_printed_soon_after_stays_within_what_a_reader_has_chosen() -> None:
    chosen = Filter(since=date(2031, 3, 6), until=date(2031, 3, 7))
    asked = "Who was hurt on 4 March 2031?"
    assert read(asked, chosen)[1].wanted == Filter(since=date(2031, 3, 6), until=date(2031, 3, 7))
    assert len(read(asked, Filter(until=date(2031, 3, 3)))) == 1


@pytest.mark.parametrize("words", ["last week", "yesterday"])
def test_days_counted_from_today_are_given_up_and_that_is_told(words: str) -> None:
    found = read(f"Who was hurt {words}?")
    assert [bool(attempt.wanted) for attempt in found] == [True, False]
    assert [attempt.unmet for attempt in found] == [(), found[0].read]


def test_both_are_tried_together_then_the_source_and_the_days_alone() -> None:
    day = date(2031, 3, 4)
    found = read("According to Halyard, who was hurt on 4 March 2031?")
    assert filters(found) == [
        (("Halyard",), day, day),
        (("Halyard",), None, None),
        ((), day, day),
        ((), None, None),
    ]
    assert all(attempt.wanted for attempt in found)
    assert [attempt.unmet for attempt in found] == [(), (), ("Halyard",), ("Halyard",)]


def test_a_year_is_a_word_and_no_filter() -> None:
    assert filters(read("Who won in 2031?")) == [((), None, None)]


def test_what_a_reader_has_chosen_is_not_read_again() -> None:
    chosen = Filter(sources=("Halyard",), event_since=date(2031, 1, 1))
    assert [a.wanted for a in read("According to the Tide, who won on 4 March 2031?", chosen)] == [chosen]


def test_nothing_is_read_from_a_literal_question() -> None:
    found = read("And according to the Tide on 4 March 2031?", after="Who won?", literal=True)
    assert filters(found) == [((), None, None)]
    assert (found[0].follow_up, found[0].question.text) == (
        None,
        "And according to the Tide on 4 March 2031?",
    )


def test_a_question_that_leans_is_completed() -> None:
    found = read("And how many women?", after="How many dockers were hurt at Port Caldry?")
    assert [way.question.text for way in found] == [
        "How many women were hurt at Port Caldry?",
        "And how many women?",
    ]
    assert found[1].follow_up is None
    assert found[0].follow_up is not None
    assert found[0].follow_up.carried == ("hurt", "Port Caldry")


def test_a_comparison_asks_each_source_on_the_topic() -> None:
    found = read("How do Halyard and the Tide differ on the strike?")
    assert found[0].compared
    assert found[0].question.text == "the strike?"
    assert filters(found) == [(("Halyard", "The Tide"), None, None)]


@pytest.mark.parametrize("after", ["", "Who won?"])
def test_an_empty_question_is_refused(after: str) -> None:
    with pytest.raises(ValueError, match="empty"):
        read("  ", after=after)


def test_a_day_without_its_year_is_looked_for_in_the_years_of_the_archive() -> None:
    printed = Interval(date(2030, 5, 1), date(2031, 6, 1))
    ways = read_inquiry(Inquiry("What happened in Tarvo on 3 February?"), NAMES, TODAY, printed)
    days = [date(2031, 2, 3), date(2030, 2, 3)]
    assert [w.wanted.event_since for w in ways] == [days[0], None, days[1], None]
    assert [w.wanted.since for w in ways] == [None, days[0], None, days[1]]
    assert [w.rival for w in ways] == [False, True, True, True]
    assert not any(w.unmet for w in ways)


def test_in_an_archive_of_undated_articles_such_a_day_is_only_words() -> None:
    assert [way.read for way in read("What happened in Tarvo on 3 February?")] == [()]


def test_in_an_archive_of_many_years_such_a_day_is_given_up_in_the_end() -> None:
    printed = Interval(date(2000, 1, 1), date(2031, 6, 1))
    ways = read_inquiry(Inquiry("What happened in Tarvo on 3 February?"), NAMES, TODAY, printed)
    assert ways[-1].wanted == Filter()
    assert ways[-1].unmet == ("3 February",)
