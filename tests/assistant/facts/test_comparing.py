"""How near in time and in words two quotes must be for their figures to be compared as of one event."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from assistant.facts.figure_rows import table
from assistant.query.question import read_question
from assistant.types.answer import Quote
from corpus.article import Article, DateOrigin
from tests.assistant.desk import quote_of

QUESTION = read_question("How many soldiers were killed?")
FIRST = date(2031, 3, 1)


def quote(text: str, source: str, number: int = 0, after: int = 0) -> Quote:
    """A sentence that a source prints so many days after the first of March."""
    day = FIRST + timedelta(days=after)
    article = Article(
        f"{source}{number}.txt", text, source=source, published=day, date_origin=DateOrigin.HEADER
    )
    return quote_of(article, 0, len(text))


def kind(*quotes: Quote) -> str:
    found = table(QUESTION, quotes)
    assert found
    (comparison,) = found.comparisons
    return comparison.kind


@pytest.mark.parametrize(("days", "expected"), [(0, "disagree"), (7, "disagree"), (8, "different")])
def test_two_sources_disagree_within_a_week(days: int, expected: str) -> None:
    one = quote("Raids killed 30 soldiers.", "A")
    assert kind(one, quote("Raids killed 76 soldiers.", "B", after=days)) == expected


@pytest.mark.parametrize(("days", "expected"), [(1, "update"), (31, "update"), (32, "different")])
def test_one_source_updates_its_figure_within_a_month(days: int, expected: str) -> None:
    one = quote("Raids killed 30 soldiers.", "A")
    assert kind(one, quote("Raids killed 76 soldiers.", "A", 1, after=days)) == expected


LONG = "Shelling of a market, a bridge, a tunnel and a river convoy killed 30 soldiers."
ELSEWHERE = "Shelling of a depot, a ferry, a harbour and a school killed 76 soldiers."


def test_two_long_quotes_must_share_two_words() -> None:
    assert kind(quote(LONG, "A"), quote(ELSEWHERE, "B")) == "different"
    assert kind(quote(LONG, "A"), quote(ELSEWHERE.replace("depot", "market"), "B")) == "disagree"


def test_one_shared_word_is_enough_for_a_short_quote() -> None:
    assert kind(quote("Shelling killed 30 soldiers.", "A"), quote(ELSEWHERE, "B")) == "disagree"
    assert kind(quote("A mine killed 30 soldiers.", "A"), quote(ELSEWHERE, "B")) == "different"


def test_a_table_has_twenty_rows_at_most() -> None:
    found = table(QUESTION, [quote(f"Raids killed {n} soldiers.", "A", n) for n in range(10, 35)])
    assert found
    assert [row.low for row in found.rows] == list(range(10, 30))
