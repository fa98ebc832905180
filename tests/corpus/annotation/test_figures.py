"""Figures are read as printed: number, hedge, unit, what is counted and what befell it; or not at all."""

from __future__ import annotations

import math
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from corpus.annotation.figures import Figure, figures
from corpus.annotation.hedges import half_step
from tests.odd_texts import ODD_TEXTS
from tests.timing import seconds

LINES = Path(__file__).with_name("figures.txt").read_text("utf-8").splitlines()
CASES = [line for line in LINES if not line.startswith("#")]


def read(text: str) -> list[Figure]:
    return figures(text, 0, len(text))


def written(text: str, figure: Figure) -> str:
    """A figure as the cases write it: "at least 76 fighters = 76.. of fighters, killed"."""
    high = "" if math.isinf(figure.high) else f"{figure.high:.10g}"
    low = f"{figure.low:.10g}"
    parts = [text[slice(*figure.whole)], "=", low if low == high else f"{low}..{high}", figure.unit]
    parts += ["of", figure.noun] if figure.noun else []
    return " ".join(filter(None, parts)) + (f", {figure.event}" if figure.event else "")


@pytest.mark.parametrize("case", CASES)
def test_a_sentence(case: str) -> None:
    sentence, *expected = case.split(" | ")
    assert [written(sentence, figure) for figure in read(sentence)] == expected


def test_there_are_cases_enough() -> None:
    assert len(set(CASES)) == len(CASES) > 150


def test_every_part_has_its_place() -> None:
    text = "They reportedly killed at least 70 pro-union fighters."
    (figure,) = read(text)
    assert text[figure.start : figure.end] == "at least 70"
    spans = (figure.hedge_span, figure.counted, figure.noun_span, figure.unconfirmed)
    words = ["at least", "pro-union fighters", "fighters", "reportedly"]
    assert [text[slice(*span)] for span in spans if span] == words
    assert (figure.hedge, figure.kind, figure.noun, figure.event) == (
        "at least",
        "count",
        "fighters",
        "killed",
    )


def test_only_the_span_is_read() -> None:
    text = "Shelling killed 12 men. Then 30 women fled. And 5 dogs died."
    start, end = text.index("Then"), text.index("And")
    (figure,) = figures(text, start, end)
    assert text[slice(*figure.whole)] == "30 women"


@pytest.mark.parametrize(
    ("text", "hedge"),
    [
        ("at least 30 men", "at least"), ("30 or more men", "at least"), ("more than 30 men", "more than"),
        ("over 30 men", "more than"), ("up to 30 men", "up to"), ("as many as 30 men", "up to"),
        ("less than 30 men", "fewer than"), ("some 30 men", "about"), ("30 or so men", "about"),
        ("almost 30 men", "nearly"), ("30 men", None), ("between 30 and 40 men", None),
    ],
)  # fmt: skip
def test_hedges(text: str, hedge: str | None) -> None:
    assert [figure.hedge for figure in read(text)] == [hedge]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("30 men", "count"), ("30%", "percent"), ("$30", "money"), ("30 euros", "money"), ("30 km", "distance"),
        ("30 kg", "weight"), ("30 hours", "duration"), ("30 hectares", "area"), ("30 litres", "volume"),
    ],
)  # fmt: skip
def test_kinds(text: str, kind: str) -> None:
    assert [figure.kind for figure in read(text)] == [kind]


@pytest.mark.parametrize(
    ("value", "half"),
    [
        (151_000, 500),
        (20, 5),
        (7, 0.5),
        (25, 2.5),
        (150, 25),
        (50, 5),
        (1.5, 0.05),
        (300_000, 50_000),
        (0, 0),
    ],
)
def test_what_is_rounded_to_a_number(value: float, half: float) -> None:
    assert half_step(value) == pytest.approx(half)


@pytest.mark.parametrize(
    "text",
    [
        "Sentence one ended.Twelve people died.", "He has 9" + "9" * 400 + " sheep.", "0 0 Tags", "22:41 99", "217-12",
        "See page 4017", "Base 46 fell.", "Resolutions 2301, 2302 and 2303", "13.04.2017", "one", "and a half",
        "hundred", "0 612 A woman was killed.",
    ],
)  # fmt: skip
def test_what_stands_around_the_news_is_no_figure(text: str) -> None:
    assert [figure.noun for figure in read(text) if figure.noun != "people"] == []


SCRAPS = (
    *(
        "12",
        "seven",
        "twenty-three",
        "a hundred",
        "dozens",
        "of",
        "30-40",
        "1,234",
        "$3",
        "billion",
        "5",
        "%",
        "18 km",
    ),
    *(
        "at least",
        "some",
        "between",
        "and",
        "to",
        "or more",
        "fighters",
        "people",
        "soldiers",
        "one",
        "child",
        "the",
    ),
    *(
        "killed",
        "were",
        "wounded",
        "left",
        "including",
        ",",
        ".",
        "(",
        ")",
        "toll",
        "number",
        "3 February",
        "2020",
        "-",
    ),
    *(
        "’",
        "“",
        "U.S.",
        "half",
        "and a half",
        "hundreds of",
        "thousands",
        "m",
        "9" * 20,
        "\u0661\u0662",
        "½",
        "²",
        "Ⅷ",
    ),
)


@given(st.lists(st.sampled_from(SCRAPS), max_size=40).map(" ".join) | ODD_TEXTS | st.text(), st.data())
@example("Ⅷ ² ½ 12² ٣ fighters", None)
@settings(max_examples=60, deadline=None)
def test_any_text(text: str, data: st.DataObject | None) -> None:
    start = data.draw(st.integers(0, len(text))) if data else 0
    end = data.draw(st.integers(start, len(text))) if data else len(text)
    found = figures(text, start, end)
    assert all(start <= f.start < f.end <= end and 0 <= f.low <= f.high for f in found)
    assert all(left.end <= right.start for left, right in pairwise(found))
    for figure in found:
        inside = (figure.noun_span, figure.counted, figure.hedge_span, figure.unconfirmed)
        assert all(start <= a < b <= end for a, b in (span for span in inside if span))
        assert figure.whole[1] <= end


HOSTILE = (
    *(
        "1",
        "1,",
        "one hundred ",
        "of ",
        "12 ",
        "twenty-",
        "(",
        "12 killed and ",
        "hundreds of ",
        "between 3 and ",
    ),
    *(
        "5 people, ",
        "a.b.",
        "12 red ",
        "1-",
        "1.1.1:1",
        "a-",
        " 000",
        "dead ",
        "was ",
        "half a ",
        "$",
        "5 (red) ",
    ),
)


@pytest.mark.parametrize("scrap", HOSTILE)
def test_time_is_linear(scrap: str) -> None:
    count = 8_000 // len(scrap)
    few = seconds(lambda: read("12 men " + scrap * (count // 8)))
    assert seconds(lambda: read("12 men " + scrap * count)) < 0.1 + 16 * few
