"""Whether an article was corrected is what its metadata says, in whatever format, and nothing more."""

from __future__ import annotations

import json
from datetime import date

import pytest

from corpus.article import Article, Rejected
from corpus.formats.jsonl import read_jsonl
from corpus.formats.markdown import read_markdown
from corpus.formats.table import read_table
from corpus.loading.labels import Label, parse_labels


def only(found: list[Article | Rejected]) -> Article:
    (article,) = found
    assert isinstance(article, Article)
    return article


def recorded(facts: dict[str, object], label: Label | None = None) -> Article:
    return only(list(read_jsonl(json.dumps({"text": "It rained.", **facts}), "a.jsonl", label or Label())))


@pytest.mark.parametrize(
    ("facts", "read"),
    [
        ({"corrected": True}, "yes"),
        ({"corrected": 1}, "yes"),
        ({"corrected": " Yes "}, "yes"),
        ({"corrected": False}, None),
        ({"corrected": "no"}, None),
        ({"corrected": None}, None),
        ({"corrected": " "}, None),
        ({"corrected": "2031-03-19"}, "2031-03-19"),
        ({"correction": "The figure\nwas wrong."}, "The figure was wrong."),
        ({"correction": "The figure was wrong.", "corrected": True}, "The figure was wrong."),
        ({"correction": "", "corrected": True}, "yes"),
        ({"correction": "none", "corrected": "2031-03-19"}, "2031-03-19"),
        ({"updated": "2031-03-19"}, None),
        ({"title": "Corrected: rain"}, None),
    ],
)
def test_a_record_says_so_or_it_was_not(facts: dict[str, object], read: str | None) -> None:
    article = recorded(facts)
    assert (article.corrected, article.warnings) == (read, ())


def test_what_can_be_no_correction_is_told() -> None:
    article = recorded({"corrected": ["2031-03-19"]})
    assert (article.corrected, article.warnings) == (None, ("corrected is not a text and was dropped",))


def test_front_matter_and_columns_say_it_too() -> None:
    front = "---\ncorrected: 2031-03-19\n---\nIt rained.\n"
    assert only(list(read_markdown(front, "a.md", Label()))).corrected == "2031-03-19"
    table = "text,correction,corrected\nIt rained.,,true\n"
    assert only(list(read_table(table, "a.csv", Label()))).corrected == "yes"
    columns = Label(columns={"corrected": "Fixed"})
    assert (
        only(list(read_table("text,fixed\nIt rained.,It snowed.\n", "a.csv", columns))).corrected
        == "It snowed."
    )


@pytest.mark.parametrize(
    ("written", "read"),
    [("true", "yes"), ("false", ""), ("2031-03-19", "2031-03-19"), ('"A note."', "A note.")],
)
def test_a_label_says_what_the_article_does_not(written: str, read: str) -> None:
    (entry,) = parse_labels(f'[[files]]\nmatch = "*"\ncorrected = {written}\n').files
    assert entry.label == Label(corrected=read)
    assert recorded({}, entry.label).corrected == (read or None)


def test_the_article_wins_over_its_label() -> None:
    article = recorded({"corrected": "no"}, Label(corrected="yes"))
    assert article.corrected is None
    assert article.warnings == ("labels.toml says corrected 'yes'; the article says '', which counts",)


@pytest.mark.parametrize("written", ["3", "[]", '""'])
def test_a_label_that_is_no_correction_is_refused(written: str) -> None:
    with pytest.raises(ValueError, match="corrected must be a text in quotes"):
        parse_labels(f'[[files]]\nmatch = "*"\ncorrected = {written}\n')


def test_a_day_of_a_label_is_written_as_days_are() -> None:
    (entry,) = parse_labels('[[files]]\nmatch = "*"\ncorrected = 2031-03-09\n').files
    assert entry.label.corrected == str(date(2031, 3, 9))
