"""The picture of an archive is its numbers: all of them, readable without the picture, and nobody's markup."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.web.page import coverage_chart as module
from assistant.web.page.coverage_chart import MOST_SOURCES, coverage_chart, dated, rows_of
from assistant.web.page.time_axis import axis_of
from index.sqlite.records import Month
from tests.assistant.payloads import PAYLOADS, seen
from tests.looped import each
from tests.newsroom import Newsroom

OWN_TAGS = {"figure", "figcaption", "div", "span", "bdi", "i", "svg", "line", "rect", "title", "text"}
MONTHS = st.builds("{:04}-{:02}".format, st.integers(1, 9999), st.integers(1, 12))
HELD = st.lists(
    st.builds(
        Month, st.none() | st.sampled_from("ABCDEFGHIJKLMNOPQ"), st.none() | MONTHS, st.integers(1, 10**6)
    ),
    max_size=40,
)

STYLE = (Path(module.__file__).parent / "static" / "coverage_chart.css").read_text("utf-8")


def drawn(months: list[Month]) -> list[tuple[str, int]]:
    """What the bars say when they are pointed at."""
    said = re.findall(r"<title>(.*?): ([\d,]+) articles?</title>", coverage_chart(months))
    return [(name, int(number.replace(",", ""))) for name, number in said]


def heights(months: list[Month]) -> list[float]:
    return [float(height) for height in re.findall(r'<rect [^>]*height="([\d.]+)"', coverage_chart(months))]


def spoken(months: list[Month]) -> list[str]:
    return re.findall(r'aria-label="(.*?)"', coverage_chart(months))


def labels(months: list[Month]) -> list[str]:
    return re.findall(r"<text[^>]*>(.*?)</text>", coverage_chart(months))


def years(first: int, last: int, source: str | None = "A") -> list[Month]:
    return [
        Month(source, f"{year}-{month:02}", 1) for year in range(first, last + 1) for month in range(1, 13)
    ]


def test_an_index_counts_its_articles_by_source_and_month(newsroom: Newsroom) -> None:
    printed = [("A", "2024-03-01"), ("a", "2024-03-31"), ("A", "2024-04-01"), ("B", ""), ("", "2024-03-02")]
    newsroom.print_records(
        "feed.jsonl",
        [{"text": f"Rain {n}.", "source": source, "date": day} for n, (source, day) in enumerate(printed)],
    )
    newsroom.build()
    assert newsroom.assistant().months() == [
        Month(None, "2024-03", 1),
        Month("A", "2024-03", 2),
        Month("A", "2024-04", 1),
        Month("B", None, 1),
    ]


def test_months_are_those_of_the_current_index(newsroom: Newsroom) -> None:
    newsroom.print("a.txt", "It rained.", "2024-03-01")
    newsroom.build()
    assistant = newsroom.assistant()
    assert assistant.months() == assistant.months() == [Month(None, "2024-03", 1)]
    newsroom.print("b.txt", "It snowed.", "2024-03-02")
    newsroom.build()
    assert assistant.months() == [Month(None, "2024-03", 2)]


def test_numbers_stand_beside_the_bars_and_are_read_out() -> None:
    months = [Month("Courier", "2023-12", 4), Month("Courier", "2024-02", 1200), Month("Courier", None, 3)]
    found = seen(coverage_chart(months))
    assert found.texts["span.or-chart-name"] == "Courier"
    assert found.texts["span.or-chart-count"] == "1,207 articles · 3 undated"
    assert spoken(months) == ["2023: 4; 2024: 1,200"]
    assert drawn(months) == [("December 2023", 4), ("February 2024", 1200)]
    assert (
        "The tallest bar is 1,200 articles. 3 undated articles not drawn."
        in found.texts["span.or-chart-note"]
    )


def test_an_archive_without_articles_draws_nothing() -> None:
    assert coverage_chart([]) == ""


def test_one_article_is_one_bar_of_a_whole_year() -> None:
    months = [Month("A", "2024-03", 1)]
    assert drawn(months) == [("March 2024", 1)]
    assert labels(months) == ["Jan 2024", "Dec 2024"]


def test_without_a_date_there_are_numbers_and_no_picture() -> None:
    chart = coverage_chart([Month("A", None, 3), Month(None, None, 2)])
    assert "<svg" not in chart
    assert "Articles by source, none of them dated" in chart
    assert seen(chart).texts["span.or-chart-count"] == "3 articles2 articles"
    assert "undated" not in seen(chart).texts["span.or-chart-count"]


def test_of_500_sources_the_largest_have_rows_and_the_others_share_one() -> None:
    months = [Month(f"S{n}", "2024-01", n) for n in range(1, 501)] + [Month(None, "2024-02", 7)]
    rows = rows_of(months)
    assert [row.name for row in rows[:2]] == ["S500", "S499"]
    assert [row.name for row in rows[MOST_SOURCES:]] == ["488 other sources", "source not stated"]
    assert rows[MOST_SOURCES].articles == sum(range(1, 489))
    note = "The tallest bar is 500 articles, that of the other sources, drawn to a scale of its own, 119,316."
    assert note in coverage_chart(months)
    assert heights(months)[0] == heights(months)[MOST_SOURCES] == 20


def test_one_article_is_seen_beside_many() -> None:
    assert heights([Month("A", "2024-01", 1), Month("A", "2024-02", 100_000)]) == [1.6, 20]


@pytest.mark.parametrize(
    ("first", "last", "unit", "ends"),
    [
        (2015, 2024, "month", ["Jan 2015", "Dec 2024"]),
        (2001, 2020, "quarter", ["Jan 2001", "Dec 2020"]),
        (1945, 2024, "year", ["1945", "2024"]),
        (1700, 2024, "five years", ["1700", "2024"]),
        (1, 9999, "century", ["1", "9999"]),
    ],
)
def test_long_times_have_wider_columns(first: int, last: int, unit: str, ends: list[str]) -> None:
    months = [Month("A", f"{first:04}-01", 1), Month("A", f"{last:04}-12", 1)]
    assert f"Articles by source and {unit}<" in coverage_chart(months)
    shown = labels(months)
    assert [shown[0], shown[-1]] == ends
    assert 2 <= len(shown) <= 6


def test_eighty_years_are_read_out_by_decade() -> None:
    assert spoken(years(1945, 2024)) == [
        "1940s: 60; 1950s: 120; 1960s: 120; 1970s: 120; 1980s: 120; 1990s: 120; 2000s: 120; 2010s: 120; 2020s: 60"
    ]


@settings(deadline=None, max_examples=50)
@given(HELD)
def test_no_article_is_lost_on_the_way_to_the_bars(months: list[Month]) -> None:
    rows = rows_of(months)
    stated = sum(m.articles for m in months if m.month)
    assert sum(row.articles for row in rows) == sum(m.articles for m in months)
    assert len(rows) <= MOST_SOURCES + 2
    said = re.search(r"([\d,]+) articles? dated .{7,26} (?:is|are) left out", coverage_chart(months))
    left_out = int(said[1].replace(",", "")) if said else 0
    assert sum(number for _, number in drawn(months)) + left_out == stated
    assert left_out <= max(2, stated // 100)
    axis = axis_of(dated(rows))
    assert (axis is None) == (stated == 0)
    if axis:
        assert axis.columns <= 120
        assert sum(n for month, n in dated(rows).items() if not axis.holds(month)) == left_out


def of_2024(articles: int, *others: str) -> list[Month]:
    return [Month("A", f"2024-{n % 12 + 1:02}", 1) for n in range(articles)] + [
        Month("A", month, 1) for month in others
    ]


@pytest.mark.parametrize(
    ("months", "said"),
    [
        (of_2024(3, "0001-01"), "1 article dated 0001-01 is left out of the picture."),
        (of_2024(12, "0001-01", "9999-12"), "2 articles dated 0001-01 and 9999-12 are left out"),
        (of_2024(500, *["1970-01"] * 3, "1900-02", "2524-03"), "from 1900-02 to 2524-03 are left out"),
    ],
)
def test_a_slip_of_a_date_is_said_and_does_not_squeeze_the_picture(months: list[Month], said: str) -> None:
    chart = coverage_chart(months)
    assert said in seen(chart).texts["span.or-chart-note"]
    assert labels(months) == ["Jan 2024", "Dec 2024"]
    assert {name[-4:] for name, _ in drawn(months)} == {"2024"}
    assert spoken(months)[0].startswith("2024: ")


@pytest.mark.parametrize(
    "months",
    [
        of_2024(2, "0001-01"),  # of so few, none can be told to be wrong
        of_2024(12, "1995-01"),  # old, but not far
        of_2024(50, *[f"19{n}-01" for n in range(10, 60)]),  # as many are old
        years(1945, 2024),
    ],
)
def test_what_may_well_be_right_is_drawn(months: list[Month]) -> None:
    assert "left out" not in coverage_chart(months)
    assert sum(number for _, number in drawn(months)) == len(months)


def test_a_row_of_slips_alone_says_so() -> None:
    assert spoken([*of_2024(12), Month("B", "0001-01", 1)])[1] == "No article in the picture"


@settings(deadline=None, max_examples=50)
@given(HELD)
def test_bars_lie_within_their_strip(months: list[Month]) -> None:
    for y, height in re.findall(r'y="([\d.]+)" width="0.84" height="([\d.]+)"', coverage_chart(months)):
        assert float(y) >= 0
        assert float(height) > 0
        assert float(y) + float(height) == pytest.approx(20, abs=0.06)


@each("payload", PAYLOADS)
def test_a_hostile_name_is_its_words(payload: str) -> None:
    found = seen(coverage_chart([Month(payload, "2024-01", 1), Month("Plain", "2024-02", 2)]))
    assert found.tags <= OWN_TAGS
    assert (found.stack, found.odd) == ([], [])
    assert found.texts["span.or-chart-name"] == "Plain" + payload
    assert {key for key, _ in found.attributes if key.startswith("on") or key in {"href", "style"}} == set()


def test_the_style_names_only_what_is_ours() -> None:
    assert all(
        name.startswith("or-") for name in re.findall(r"\.([a-z][\w-]*)", re.sub(r"/\*.*?\*/", "", STYLE))
    )
    assert not re.search(r"url\(|@import", STYLE)
