"""Dates are read strictly or not at all."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.loading.stated_dates import compile_format, parse_date


@pytest.mark.parametrize(
    "text",
    [
        "2020-02-03",
        " 2020-02-03\n",
        "2020-02-03T10:00",
        "2020-02-03T23:59:59Z",
        "2020-02-03T23:59:59.123456-12:00",
        "2020-02-03 10:00:00 +0300",
        "2020-02-03 10:00 UTC",
    ],
)
def test_reads_iso_dates_as_printed(text: str) -> None:
    assert parse_date(text) == date(2020, 2, 3)


@pytest.mark.parametrize(
    "text",
    [
        "", "12", "May", "20200203", "2020-W01-1", "2020-02-31", "2020-13-01", "0000-01-01", "2020-2-3", "02/03/2020",
        "2020-02-03T", "2020-02-03Tgarbage", "2020-02-03 and more", "٢٠٢٠-٠٢-٠٣", "2020–02–03", "-2020-02-03", "today",
        "2020-02-03T10", "12020-02-03", "2020-02-03\x00",
    ],
)  # fmt: skip
def test_never_guesses(text: str) -> None:
    with pytest.raises(ValueError) as fault:
        parse_date(text)
    assert "\n" not in str(fault.value)


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("2/3/2020", "M/D/YYYY"),
        ("02/03/2020", "MM/DD/YYYY"),
        ("03.02.2020", "DD.MM.YYYY"),
        ("20200203", "YYYYMMDD"),
        ("3-2-2020", "D-M-YYYY"),
        ("2020, 2 3", "YYYY, M D"),
    ],
)
def test_reads_declared_forms(text: str, form: str) -> None:
    assert parse_date(text, form) == date(2020, 2, 3)


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("2020-02-03", "M/D/YYYY"),
        ("13/1/2020", "M/D/YYYY"),
        ("2/3/20", "M/D/YYYY"),
        ("2/3/2020 x", "M/D/YYYY"),
        ("2.3.2020", "M/D/YYYY"),
    ],
)
def test_a_declared_form_is_the_only_one(text: str, form: str) -> None:
    with pytest.raises(ValueError, match="is not a da"):
        parse_date(text, form)


@pytest.mark.parametrize(
    "form", ["", "YYYY", "YYYY-MM", "MM-DD-YYYY-DD", "YYYY-MM-DD hh", "MDYYYY", "%Y-%m-%d", "D/M/YY"]
)
def test_refuses_forms_that_leave_room(form: str) -> None:
    with pytest.raises(ValueError, match="date_format"):
        compile_format(form)


@given(st.dates(), st.sampled_from(["YYYY-MM-DD", "D/M/YYYY", "MM.DD.YYYY", "YYYYMMDD", "M-D-YYYY"]))
def test_every_day_comes_back(day: date, form: str) -> None:
    written = (
        form.replace("YYYY", f"{day.year:04}").replace("MM", f"{day.month:02}").replace("DD", f"{day.day:02}")
    )
    written = written.replace("M", str(day.month)).replace("D", str(day.day))
    assert parse_date(written, form) == day
