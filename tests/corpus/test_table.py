"""CSV files as spreadsheets and databases write them."""

import csv
from io import StringIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.article import Article, Rejected
from corpus.formats.table import read_table
from corpus.loading.labels import Label


def read(text: str, label: Label | None = None) -> list[Article | Rejected]:
    return list(read_table(text, "a.csv", label or Label()))


def texts(found: list[Article | Rejected]) -> list[str]:
    return [item.text if isinstance(item, Article) else item.reason for item in found]


def test_quoted_newlines_and_doubled_quotes() -> None:
    found = read('title,text\nA,"He said ""go"",\n\nand left."\nB,Two.\n')
    assert texts(found) == ['He said "go",\n\nand left.', "Two."]
    assert [item.id for item in found if isinstance(item, Article)] == ["a.csv#1", "a.csv#2"]


@pytest.mark.parametrize(
    "text",
    [
        "Title;Text;Date\nA,b;One, two.;2020-02-03",
        "title\ttext\tdate\nA,b\tOne, two.\t2020-02-03",
        '"title","text"\n"A,b","One, two."',
    ],
)
def test_finds_the_delimiter(text: str) -> None:
    (article,) = read(text)
    assert isinstance(article, Article)
    assert (article.title, article.text) == ("A,b", "One, two.")


def test_empty_trailing_columns_and_rows() -> None:
    found = read("title,text,,,\nA,One.,,,\n,,,,\n\nB,Two.\n,,\n")
    assert texts(found) == ["One.", "Two."]
    assert [item.id for item in found if isinstance(item, Article)] == ["a.csv#1", "a.csv#2"]


def test_a_row_with_too_many_values_is_told() -> None:
    first, bad, last = read("title,text\nA,One.\nB,Two, and more.\nC,Three.")
    assert bad == Rejected("a.csv#2", "has 3 values, the header names 2 columns")
    assert isinstance(first, Article)
    assert isinstance(last, Article)


def test_a_row_without_text_is_told() -> None:
    assert texts(read("title,text\nA\nB,\nC,Three.")) == [
        "has no text under 'text' or 'body' or 'content'",
        "is empty",
        "Three.",
    ]


def test_a_quote_that_does_not_close_ends_the_reading() -> None:
    found = read('title,text\nA,One.\nB,"Two.\nC,Three.\n')
    assert texts(found)[0] == "One."
    assert texts(found)[1].startswith("row 2 can't be read (")
    assert len(found) == 2


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("title,story\nA,One.", r"has no text under .*; it has: 'title', 'story'.*columns"),
        ("text,text\nA,B", "states 'text' twice"),
        ("text,title\n", "has a header but no rows"),
        ("\n\n", "is empty"),
    ],
)
def test_a_file_that_cannot_be_read(text: str, reason: str) -> None:
    with pytest.raises(ValueError, match=reason):
        read(text)


def test_fields_longer_than_the_csv_module_allows_by_itself() -> None:
    (article,) = read("text\n" + "x" * 200_000)
    assert isinstance(article, Article)
    assert len(article.text) == 200_000


@given(
    st.lists(
        st.text(st.characters(exclude_characters="\0\r", exclude_categories=["Cs"])), min_size=1, max_size=6
    )
)
def test_every_text_comes_back_exactly(written: list[str]) -> None:
    file = StringIO(newline="")
    writer = csv.writer(file, lineterminator="\n", quoting=csv.QUOTE_ALL)
    writer.writerows([["title", "text"], *(["t", text] for text in written)])
    assert texts(read(file.getvalue())) == [text if text.strip() else "is empty" for text in written]
