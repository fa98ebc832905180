"""Days in questions: read where they are plain, with the words that said so."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.annotation.question_days import days_without_year, question_days

TODAY = date(2026, 11, 22)  # a Sunday


@pytest.mark.parametrize(
    ("question", "words", "first", "last"),
    [
        ("What happened in early February 2020?", "early February 2020", "2020-02-01", "2020-02-15"),
        ("what was said on 3 february 2020", "3 february 2020", "2020-02-03", "2020-02-03"),
        ("Who broke it before 5 March 2020?", "before 5 March 2020", "None", "2020-03-04"),
        ("Who came before the truce of 5 March 2020?", "before the truce of 5 March 2020", "None", "2020-03-05"),
        ("Who left after the truce of 5 March 2020?", "after the truce of 5 March 2020", "2020-03-05", "None"),
        ("What happened since the 2011 uprising?", "since the 2011 uprising", "2011-01-01", "2026-11-22"),
        ("Who was killed last week?", "last week", "2026-11-09", "2026-11-15"),
        ("What was said yesterday?", "yesterday", "2026-11-21", "2026-11-21"),
        ("What has Turkey said since 2019?", "since 2019", "2019-01-01", "2026-11-22"),
        ("Who died between 3 and 6 February 2020?", "between 3 and 6 February 2020", "2020-02-03", "2020-02-06"),
        ("Who died between march 2019 and may 2020?", "between march 2019 and may 2020", "2019-03-01", "2020-05-31"),
        ("After 3 May 2020 and before June 2020?", "After 3 May 2020 and before June 2020", "2020-05-04", "2020-05-31"),
        ("Which towns fell in 2012?", "2012", "2012-01-01", "2012-12-31"),
    ],
)  # fmt: skip
def test_what_is_plain(question: str, words: str, first: str, last: str) -> None:
    asked = question_days(question, TODAY)
    assert asked is not None
    assert question[asked.start : asked.end] == words
    assert (str(asked.interval.first), str(asked.interval.last)) == (first, last)


@pytest.mark.parametrize(
    "question",
    [
        "Who signed the 2018 agreement?",
        "How many soldiers were killed on February 3?",  # of which year?
        "What happened in May?",
        "Why did they meet in 2018 and in 2020?",
        "What happened on 03/04/2019?",
        "may refugees march north?",
        "Who leads the ministry?",
    ],
)
def test_what_is_not_plain(question: str) -> None:
    assert question_days(question, TODAY) is None


@settings(deadline=None, max_examples=50)
@given(st.text(), st.dates())
def test_any_question(question: str, today: date) -> None:
    asked = question_days(question, today)
    assert asked is None or 0 <= asked.start < asked.end <= len(question)


@pytest.mark.parametrize(
    ("question", "words", "days"),
    [
        ("What happened in Tarvo on 3 February?", "3 February", [date(2031, 2, 3), date(2030, 2, 3)]),
        ("anything on march 7", "march 7", [date(2031, 3, 7), date(2030, 3, 7)]),
        ("who died in may", "may", [date(2031, 5, 1), date(2030, 5, 1)]),
    ],
)
def test_a_day_without_its_year_is_one_of_each_year(question: str, words: str, days: list[date]) -> None:
    found = days_without_year(question, [2031, 2030])
    assert [question[one.start : one.end] for one in found] == [words] * 2
    assert [one.interval.first for one in found] == days
    assert all(one.explicit for one in found)


@pytest.mark.parametrize(
    "question",
    [
        "What happened on 3 February 2031?",
        "Between 3 February and 5 March?",
        "Who may have died?",
        "Who fled?",
    ],
)
def test_where_no_single_day_lacks_its_year_there_is_none(question: str) -> None:
    assert days_without_year(question, [2031]) == []


def test_a_leap_day_is_only_of_leap_years() -> None:
    found = days_without_year("What happened on 29 February?", [2025, 2024])
    assert [one.interval.first for one in found] == [date(2024, 2, 29)]
