"""Plain text articles: the header in all its forms, and prose that only looks like one."""

from datetime import date

import pytest

from corpus.article import Article, DateOrigin
from corpus.formats.text import read_text
from corpus.loading.labels import Label
from corpus.segmentation.sentences import split_sentences


def read(text: str, label: Label | None = None) -> Article:
    (article,) = read_text(text, "a.txt", label or Label())
    return article


def quotable(article: Article) -> list[str]:
    found = split_sentences(article.text, article.body_start, article.title)
    return [article.text[s.start : s.end] for s in found if s.quotable]


@pytest.mark.parametrize(
    ("text", "title", "body"),
    [
        (" date 2020-02-03 The army left.", None, "The army left."),
        ("date 2020-02-03\nThe army left.", None, "The army left."),
        ("\n\n date 2020-02-03\n\n\nThe army left.\n", None, "The army left.\n"),
        ("Army leaves date 2020-02-03 The army left.", "Army leaves", "The army left."),
        (
            "U.S. leaves. What next? date 2020-02-03 “Never,” he said.",
            "U.S. leaves. What next?",
            "“Never,” he said.",
        ),
        ("Army leaves\ndate 2020-02-03 The army left.", "Army leaves", "The army left."),
        ("Army leaves\nafter a  week\n\ndate 2020-02-03\nit left.", "Army leaves after a week", "it left."),
        ("date 2020-02-03 date 2020-02-06 The army left.", None, "date 2020-02-06 The army left."),
    ],
)
def test_header(text: str, title: str | None, body: str) -> None:
    article = read(text)
    assert (article.title, article.body, article.text) == (title, body, text)
    assert (article.published, article.date_origin) == (date(2020, 2, 3), DateOrigin.HEADER)
    assert article.warnings == ()


@pytest.mark.parametrize(
    "text",
    [
        "The army left on Monday.",
        "It was due by the date 2020-02-03 The Hague had set.",
        "The closing date 2020-02-03 passed without a word.",
        "update 2020-02-03 The army left.",
        "Army leaves. Date 2020-02-03 The army left.",
        "date 2020-02-031 The army left.",
        "date 2020-02-03, the army left.",
        "The army left. " * 30 + "date 2020-02-03 The army came back.",
        "One.\nTwo.\nThree.\nFour.\nFive.\nSix.\ndate 2020-02-03 Seven.",
    ],
)
def test_prose_is_no_header(text: str) -> None:
    article = read(text)
    assert (article.published, article.date_origin, article.title) == (None, DateOrigin.NONE, None)
    assert article.body == text


IN_PROSE = [
    "The council met at City Hall on the agreed date 2020-02-03 Mayor Ann Lee spoke.",
    "Halm Water named its recall date 2020-02-03 (a Monday) as too late.",
    "The court named the trial date 2020-02-03 – a Monday – in haste.",
    "The council met. It set the hearing date 2020-02-03 Mayor Ann Lee said.",
    "The council met. It rained hard that day on every date 2020-02-03 Lee said.",
    "The council met on Monday.\nIt set the opening for a later\ndate 2020-02-03 and went home.",
    "It moved the vote to a new\ndate 2020-02-03\nand went home.",
    "The council met on Monday.\ndate 2020-02-03 Mayor Ann Lee spoke.",
    "Officials of both water boards " * 5 + "named date 2020-02-03 Then they left.",
]


@pytest.mark.parametrize("text", IN_PROSE)
def test_a_date_that_shares_its_line_with_prose_is_prose(text: str) -> None:
    article = read(text)
    assert (article.published, article.title, article.body) == (None, None, text)
    assert "date 2020-02-03" in " ".join(quotable(article))


def test_a_date_in_prose_that_could_be_meant_for_a_header_is_told() -> None:
    (told,) = read(IN_PROSE[0]).warnings
    assert told.startswith(
        "date not used: 'date 2020-02-03' stands in prose; a date of the article's own goes on"
    )
    assert read(IN_PROSE[0], Label(published=date(2020, 2, 6))).warnings == ()
    assert read("The closing date 2020-02-03 passed without a word.").warnings == ()


@pytest.mark.parametrize(
    ("above", "said"),
    [
        (
            "The council met on Monday.\nIt agreed to sell.\n\n",
            ["The council met on Monday.", "It agreed to sell."],
        ),
        ("Pier sold\nThe council met on Monday.\n", ["The council met on Monday."]),
        (
            f"The council met {'and met again ' * 10}on Monday.\n",
            [f"The council met {'and met again ' * 10}on Monday."],
        ),
    ],
)
def test_prose_above_the_date_line_can_be_quoted(above: str, said: list[str]) -> None:
    article = read(f"{above}date 2020-02-03\nThe mayor spoke.")
    assert (article.published, article.date_origin, article.title) == (
        date(2020, 2, 3),
        DateOrigin.HEADER,
        None,
    )
    assert quotable(article) == [*said, "The mayor spoke."]


def test_a_title_with_a_date_in_it_and_a_byline_above_the_date_line() -> None:
    article = read("Court sets trial date 2021-05-01 for Halm\nBy Ann Lee\ndate 2020-02-03\nIt rained.")
    assert (article.title, str(article.published)) == (
        "Court sets trial date 2021-05-01 for Halm",
        "2020-02-03",
    )
    assert article.body == "It rained."


@pytest.mark.parametrize("day", ["2020-02-31", "2020-13-01", "0000-01-01"])
def test_a_day_that_does_not_exist_leaves_the_article_undated(day: str) -> None:
    article = read(f"Army leaves date {day} The army left.")
    assert (article.published, article.title, article.body) == (None, "Army leaves", "The army left.")
    assert article.warnings == (f"date not used: '{day}' is not a day of the calendar",)


@pytest.mark.parametrize(
    "text", ["date 20200203 Text.", "date 3.2.2020 Text.", " date: 2020/02/03 Text.", "date 12 Text."]
)
def test_a_date_in_another_form_is_told(text: str) -> None:
    article = read(text)
    assert article.published is None
    assert article.body == text
    assert "not a date of the form YYYY-MM-DD" in article.warnings[0]


def test_header_wins_over_label_and_the_difference_is_told() -> None:
    label = Label(published=date(2020, 2, 6), source="Meridian Wire", title="Other")
    article = read("Army leaves date 2020-02-03 The army left.", label)
    assert (article.published, article.date_origin) == (date(2020, 2, 3), DateOrigin.HEADER)
    assert (article.title, article.source) == ("Army leaves", "Meridian Wire")
    assert len(article.warnings) == 2
    assert all("labels.toml says" in warning for warning in article.warnings)


def test_label_fills_the_gap_of_a_missing_or_bad_date() -> None:
    label = Label(published=date(2020, 2, 6))
    for text, warnings in (("The army left.", 0), ("date 2020-02-31 The army left.", 1)):
        article = read(text, label)
        assert (article.published, article.date_origin) == (date(2020, 2, 6), DateOrigin.LABEL_FILE)
        assert len(article.warnings) == warnings


@pytest.mark.parametrize("text", [" date 2020-02-03 \n", "Title date 2020-02-03"])
def test_a_header_without_text_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="has no text after its header"):
        read(text)


def test_a_title_with_a_control_character_is_dropped() -> None:
    article = read("Army\x1b[31m date 2020-02-03 The army left.")
    assert article.title is None
    assert article.warnings == ("title holds a control character and was dropped",)
