"""Days in texts: what is read, what is left alone, and that it takes no longer than it must."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.annotation.days import DayMention, days
from corpus.annotation.intervals import Interval
from tests.timing import seconds

PUBLISHED = date(2020, 2, 6)  # a Thursday


def read(text: str, published: date | None = PUBLISHED) -> list[tuple[str, str]]:
    """What is read in a text: the words, and the days as `first..last`."""
    return [(text[m.start : m.end], shown(m.interval)) for m in days(text, 0, len(text), published)]


def shown(interval: Interval) -> str:
    if interval.first == interval.last:
        return str(interval.first)
    return f"{interval.first or ''}..{interval.last or ''}"


STATED = [
    ("signed on February 3, 2020 in", "February 3, 2020", "2020-02-03"),
    ("signed on Feb. 3, 2020.", "Feb. 3, 2020", "2020-02-03"),
    ("on 3 February 2020,", "3 February 2020", "2020-02-03"),
    ("on the 3rd of February, 2020", "the 3rd of February, 2020", "2020-02-03"),
    ("Wed 05 Apr 2017 Syria", "Wed 05 Apr 2017", "2017-04-05"),
    ("Thu Dec 14 2017 US", "Thu Dec 14 2017", "2017-12-14"),
    ("Monday, 3 February 2020", "Monday, 3 February 2020", "2020-02-03"),
    ("since 2020-02-03T10:00", "since 2020-02-03", "2020-02-03..2020-02-06"),
    ("on 25/12/2019 and", "25/12/2019", "2019-12-25"),
    ("on 12/25/2019 and", "12/25/2019", "2019-12-25"),
    ("in February 2020 the", "February 2020", "2020-02-01..2020-02-29"),
    ("in early February 2020 the", "early February 2020", "2020-02-01..2020-02-15"),
    ("in late June 2019", "late June 2019", "2019-06-16..2019-06-30"),
    ("the 2018 agreement", "2018", "2018-01-01..2018-12-31"),
    ("by the end of 2018", "by the end of 2018", "..2018-12-31"),
    ("From 2015 onward, Moscow", "From 2015 onward", "2015-01-01.."),
    ("before 2011 it", "before 2011", "..2010-12-31"),
    ("after March 2019 it", "after March 2019", "2019-04-01.."),
    ("from 2015 to 2018", "from 2015 to 2018", "2015-01-01..2018-12-31"),
    ("in 2015-2018", "2015-2018", "2015-01-01..2018-12-31"),
    ("in 2015–18", "2015–18", "2015-01-01..2018-12-31"),
    ("in the 1990s", "1990s", "1990-01-01..1999-12-31"),
    ("the early 1990s", "early 1990s", "1990-01-01..1994-12-31"),
    ("in the 19th century", "19th century", "1800-01-01..1899-12-31"),
    ("in the third quarter of 2019", "third quarter of 2019", "2019-07-01..2019-09-30"),
    ("in Q3 2019", "Q3 2019", "2019-07-01..2019-09-30"),
    ("the first half of 2019", "first half of 2019", "2019-01-01..2019-06-30"),
    ("in the summer of 2015", "summer of 2015", "2015-06-01..2015-08-31"),
    ("in winter 2015-16", "winter 2015-16", "2015-12-01..2016-02-29"),
    ("in nineteen ninety-four", "nineteen ninety-four", "1994-01-01..1994-12-31"),
    ("on Christmas Day, 2019", "Christmas Day, 2019", "2019-12-25"),
    ("between 3 and 6 February 2019", "between 3 and 6 February 2019", "2019-02-03..2019-02-06"),
    ("on February 3-6, 2019", "February 3-6, 2019", "2019-02-03..2019-02-06"),
    ("from 3 February to 6 March 2019", "from 3 February to 6 March 2019", "2019-02-03..2019-03-06"),
    ("from December to March 2019", "from December to March 2019", "2018-12-01..2019-03-31"),
    ("between March and May 2019", "between March and May 2019", "2019-03-01..2019-05-31"),
]
INFERRED = [
    ("On February 3, they", "February 3", "2020-02-03"),
    ("On December 3 they fled", "December 3", "2019-12-03"),
    ("talks will be held on March 5", "March 5", "2020-03-05"),
    ("They fled on Monday.", "Monday", "2020-02-03"),
    ("They said on Thursday", "Thursday", "2020-02-06"),
    ("They will meet on Tuesday", "Tuesday", "2020-02-11"),
    ("Monday, Feb. 3, they", "Monday, Feb. 3", "2020-02-03"),
    ("killed on Wednesday night", "Wednesday night", "2020-02-05"),
    ("killed today by", "today", "2020-02-06"),
    ("killed yesterday", "yesterday", "2020-02-05"),
    ("the day before yesterday", "the day before yesterday", "2020-02-04"),
    ("shelled last night", "last night", "2020-02-05"),
    ("killed last week", "last week", "2020-01-27..2020-02-02"),
    ("fled over the weekend", "the weekend", "2020-02-01..2020-02-02"),
    ("earlier this month", "earlier this month", "2020-02-01..2020-02-06"),
    ("later this year", "later this year", "2020-02-06..2020-12-31"),
    ("three days ago", "three days ago", "2020-02-03"),
    ("two months ago", "two months ago", "2019-12-01..2019-12-31"),
    ("a year ago", "a year ago", "2019-01-01..2019-12-31"),
    ("two days before Friday", "Friday", "2020-01-31"),
    ("by May", "by May", "..2020-05-31"),
    ("since Friday they", "since Friday", "2020-01-31..2020-02-06"),
    ("last April it", "last April", "2019-04-01..2019-04-30"),
    ("last summer", "last summer", "2019-06-01..2019-08-31"),
    ("by the end of the year", "by the end of the year", "..2020-12-31"),
    ("the March talks failed", "March", "2019-03-01..2019-03-31"),
    ("He fled on New Year’s Eve", "New Year’s Eve", "2019-12-31"),
    ("rescued on Thanksgiving Day", "Thanksgiving Day", "2019-11-28"),
    ("On March 3 last year", "March 3 last year", "2019-03-03"),
    ("seized in May this year", "May this year", "2020-05-01..2020-05-31"),
    ("in the ’90s", "’90s", "1990-01-01..1999-12-31"),
    ("third-quarter profit fell", "third-quarter", "2019-07-01..2019-09-30"),
]
NOTHING = [
    "for three years, a two-hour talk at 10:30 a.m., aged 45",
    "on 3/4/2019",
    "on 31/02/2019, on February 30, 2019",
    "2000 people, 2018 soldiers, 1,998 and $1998",
    "They may march. May we? April Jones said so; Fridays; Good Friday; the Sunday Times",
    "the last week of talks, the past year, a few days ago, more than a week ago",
    "in fiscal 2019",
    "last Monday, said on a Friday, every Monday",
    "the winter of 2015",
    "in 2015-08",
    "they scored in the third quarter",
    "the March 14 Alliance, the first quarter of the city",
    "the same day",
    "in her nineties, of nineteen ten men, since twenty four",
    "On March 20 the army attacked.",  # printed in February: a deed of last year would be given its year
]


@pytest.mark.parametrize(("text", "words", "interval"), STATED)
def test_what_is_fully_stated_needs_no_publication_date(text: str, words: str, interval: str) -> None:
    assert read(text) == [(words, interval)]
    (alone,) = days(text, 0, len(text), None)
    assert alone.explicit
    assert alone.interval.first == days(text, 0, len(text), PUBLISHED)[0].interval.first


@pytest.mark.parametrize(("text", "words", "interval"), INFERRED)
def test_what_is_inferred_needs_the_publication_date(text: str, words: str, interval: str) -> None:
    assert read(text) == [(words, interval)]
    assert not days(text, 0, len(text), PUBLISHED)[0].explicit
    assert read(text, None) == []


@pytest.mark.parametrize("text", NOTHING)
def test_nothing_is_guessed(text: str) -> None:
    assert read(text) == []


def test_words_refer_to_the_day_before_them() -> None:
    text = "On January 28 they left. On the same day rebels came, and went the following day."
    assert read(text) == [
        ("January 28", "2020-01-28"),
        ("the same day", "2020-01-28"),
        ("the following day", "2020-01-29"),
    ]


def test_a_date_takes_the_year_of_the_full_date_before_it() -> None:
    text = "The deal was signed on September 17, 2018. On October 7 the militants withdrew."
    assert read(text)[1] == ("October 7", "2018-10-07")


def test_a_list_shares_its_year() -> None:
    assert read("in March and April 2018") == [
        ("March", "2018-03-01..2018-03-31"),
        ("April 2018", "2018-04-01..2018-04-30"),
    ]


def test_a_span_is_read_in_its_place() -> None:
    text = "They left on January 28. On the same day rebels came."
    start = text.index("On the")
    (found,) = days(text, start, len(text), PUBLISHED)
    assert (found.start, found.end) == (start + 3, start + 15)
    assert found.interval.first == date(2020, 1, 28)
    assert days(text, 0, 12, PUBLISHED) == []


def test_kind_and_unit_say_what_was_named() -> None:
    text = "before 2011, since March 2019, from 3 to 6 May 2018, on 1 May 2017"
    found = days(text, 0, len(text), PUBLISHED)
    assert [(m.kind, m.unit) for m in found] == [
        ("before", "year"),
        ("since", "month"),
        ("range", "day"),
        ("date", "day"),
    ]


def test_the_ends_of_the_calendar_are_no_error() -> None:
    assert read("yesterday, last week, two decades ago", date.min) == []
    assert read("tomorrow, next year, next week", date.max) == []


_PIECES = st.sampled_from(
    [case[0] for case in STATED + INFERRED]
    + NOTHING
    + ["February 30", "since", "-", "–", "the", "of", "\n\n", "’", "5"]
)
_TEXTS = st.one_of(st.text(), st.lists(_PIECES).map(" ".join))


@settings(deadline=None, max_examples=60)
@given(_TEXTS, st.one_of(st.none(), st.dates()), st.data())
def test_any_text_at_any_date(text: str, published: date | None, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    at = start
    for mention in days(text, start, end, published):
        assert at <= mention.start < mention.end <= end
        assert published is not None or mention.explicit
        assert in_order(mention)
        at = mention.end


def in_order(mention: DayMention) -> bool:
    first, last = mention.interval.first, mention.interval.last
    return first is None or last is None or first <= last


HOSTILE = [
    "the " * 20,
    "February ",
    "a year earlier, compared with ",
    "1999-",
    "early late mid ",
    "on the same day ",
    "Monday, ",
    "9" * 50,
    "the quarter ",
    "[a-z]ed will \n",
    "between 3 and ",
    "’90",
]


@pytest.mark.parametrize("piece", HOSTILE)
def test_hostile_text_takes_linear_time(piece: str) -> None:
    """Ten times the text takes some ten times as long, not a hundred."""
    short = piece * (1_000 // len(piece))
    once = seconds(lambda: days(short, 0, len(short), PUBLISHED))
    long = short * 10
    assert seconds(lambda: days(long, 0, len(long), PUBLISHED)) < 30 * max(once, 0.002)


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("They left the 2018 nuclear agreement.", True),
        ("A 1996 law named for him stands.", True),
        ("They signed it in 2018 there.", False),
        ("They signed in the 2018 of old.", False),
        ("It was the highest of 2018 there.", False),
    ],
)
def test_a_year_that_tells_which_thing_is_meant_is_told_apart(text: str, named: bool) -> None:
    assert [mention.named for mention in days(text, 0, len(text), PUBLISHED)] == [named]
