"""Days as TIMEX3, and their scores, on a document made up for it."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import get_args

import pytest

from benchmarks.event_dates import Document, found_in, load, measured, read, value
from corpus.annotation.intervals import Unit
from tests.shared import shared

MARKED = """<TimeML><DCT><TIMEX3 tid="t0" type="DATE" value="2020-02-06">02/06/2020</TIMEX3></DCT>
<TEXT>They <EVENT eid="e1">met</EVENT> on <TIMEX3 tid="t1" type="DATE" value="2020-02-03">Monday</TIMEX3>
&amp; between <TIMEX3 tid="t2" type="DATE" value="2015">2015</TIMEX3> and <TIMEX3 tid="t3" type="DATE"
value="2017">2018</TIMEX3>, and <TIMEX3 tid="t4" type="DATE" value="PRESENT_REF">now</TIMEX3> talk for
<TIMEX3 tid="t5" type="DURATION" value="P3D">three days</TIMEX3>.</TEXT></TimeML>"""


@pytest.fixture
def document(tmp_path: Path) -> Document:
    path = tmp_path / "made-up.tml"
    path.write_text(MARKED, "utf-8")
    return read(path)


def test_marks_become_places_in_the_plain_text(document: Document) -> None:
    assert document.published == date(2020, 2, 6)
    words = [document.text[timex.start : timex.end] for timex in document.gold]
    assert words == ["Monday", "2015", "2018", "now", "three days"]


def test_a_range_is_written_as_its_two_ends(document: Document) -> None:
    assert [timex.value for timex in found_in(document)] == ["2020-02-03", "2015", "2018"]


def test_scores(document: Document) -> None:
    scores = measured([document])
    every, calendar = scores["DATE"], scores["DATE in the calendar"]
    assert (every.annotated, every.found, every.matched, every.right) == (4, 3, 3, 2)
    assert (calendar.recall, calendar.f1) == (1, 1)
    assert calendar.value_f1 == pytest.approx(2 / 3)
    assert scores["all types"].recall == pytest.approx(3 / 5)


def test_values_of_timex3() -> None:
    day = date(2019, 8, 31)
    assert [value(unit, day) for unit in get_args(Unit)] == [
        "2019-08-31", "2019-W35-WE", "2019-W35", "2019-08", "2019-Q3", "2019-SU", "2019-H2", "2019", "201", "20",
    ]  # fmt: skip


FLOOR = 0.79  # measured: 0.801


@pytest.mark.shared
@pytest.mark.slow
def test_the_held_out_half_keeps_its_level() -> None:
    _, held_out = load(shared("data/timebank_aquaint"))
    assert measured(held_out)["DATE in the calendar"].value_f1 >= FLOOR
