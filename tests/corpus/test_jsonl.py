"""JSON Lines: good records become articles, bad ones are told one by one."""

import json
from datetime import date

import pytest

from corpus.article import Article, DateOrigin, Rejected
from corpus.formats.jsonl import read_jsonl
from corpus.loading.labels import Label


def read(*lines: str, label: Label | None = None) -> list[Article | Rejected]:
    return list(read_jsonl("\n".join(lines), "feed.jsonl", label or Label()))


GOOD = '{"text": "The army left.", "date": "2020-02-03"}'


def test_a_record_with_everything() -> None:
    record = {
        "title": "A\n B",
        "source": "W",
        "url": "http://a.example",
        "author": "J",
        "kind": "news",
        "date": "2020-02-03",
    }
    (article,) = read(json.dumps(record | {"text": " Überfall\r\n😀\u2028x "}))
    assert article == Article(
        id="feed.jsonl#http://a.example",
        text=" Überfall\n😀\u2028x ",
        title="A B",
        source="W",
        published=date(2020, 2, 3),
        date_origin=DateOrigin.METADATA,
        url="http://a.example",
        author="J",
        kind="news",
    )


def test_other_names_and_counting() -> None:
    found = read(
        '{"body": "One."}',
        "",
        "  ",
        '{"content": "Two.", "published": "2020-02-03T10:00Z"}',
        '{"Text ": "Three."}',
    )
    assert [item.id for item in found if isinstance(item, Article)] == [
        "feed.jsonl#1",
        "feed.jsonl#2",
        "feed.jsonl#3",
    ]
    assert [item.text for item in found if isinstance(item, Article)] == ["One.", "Two.", "Three."]


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("not json", "line 2 is not valid JSON: Expecting value at character 0"),
        ("[1]", "line 2 is not a JSON object"),
        ('{"text": NaN}', "line 2: NaN is not valid JSON"),
        ('{"text": "a", "x": -Infinity}', "line 2: -Infinity is not valid JSON"),
        ('{"text": "a", "x": ' + "9" * 5_000 + "}", "line 2: Exceeds the limit"),
        (
            '{"text": "a", "x": ' + "[" * 100_000 + "]" * 100_000 + "}",
            "line 2 is not valid JSON: nested too deeply",
        ),
        ('{"text": "a", "text": "b"}', "line 2: states 'text' twice"),
        ('{"text": "a", "x": {"y": 1, "y": 2}}', "line 2: states 'y' twice"),
        ('{"title": "a"}', "has no text under 'text' or 'body' or 'content'"),
        ('{"text": null}', "has no text under"),
        ('{"text": " \\n"}', "is empty"),
        ('{"text": 7}', "has a text field that is not a text"),
        ('{"text": ["a"]}', "has a text field that is not a text"),
        ('{"text": "a\\u0000b"}', "holds a NUL character (character 1)"),
        ('{"text": "a\\ud800b"}', "holds half of a surrogate pair (character 1)"),
    ],
)
def test_a_bad_record_is_told_and_the_others_are_read(line: str, reason: str) -> None:
    first, bad, last = read(GOOD, line, GOOD)
    assert isinstance(first, Article)
    assert isinstance(bad, Rejected)
    assert isinstance(last, Article)
    assert (bad.path, last.id) == ("feed.jsonl#2", "feed.jsonl#3")
    assert bad.reason.startswith(reason)
    assert "\n" not in bad.reason


def test_a_text_over_the_limit_is_refused_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("corpus.loading.fields.LONGEST_TEXT", 20)
    first, bad = read(GOOD, json.dumps({"text": "x" * 21}))
    assert isinstance(first, Article)
    assert bad == Rejected("feed.jsonl#2", "has a text of 21 characters, at most 20 are read; split it")


def test_no_text_field_anywhere_is_one_fault_of_the_file() -> None:
    with pytest.raises(
        ValueError, match=r"has no text under 'text' .*; it has: 'story', 'day'\..*columns = "
    ) as fault:
        read('{"story": "a"}', '{"day": "b"}')
    assert "\n" not in str(fault.value)


def test_a_pretty_printed_file_is_one_fault() -> None:
    with pytest.raises(ValueError, match="no line that is a JSON object"):
        read("[", ' {"text":', '  "a"}', "]")


def test_declared_columns() -> None:
    label = Label(columns={"text": "Story", "published": "day"}, date_format="D.M.YYYY")
    (article,) = read('{"story": "One.", "day": "3.2.2020", "text": "not this"}', label=label)
    assert isinstance(article, Article)
    assert (article.text, article.published) == ("One.", date(2020, 2, 3))


def test_a_declared_column_that_is_not_there_is_a_fault_of_the_file() -> None:
    with pytest.raises(
        ValueError, match=r"has no 'Headline', which labels.toml names for title; it has: 'text', 'date'"
    ):
        read(GOOD, label=Label(columns={"title": "Headline"}))


def test_metadata_that_cannot_be_right() -> None:
    (article,) = read(
        '{"text": "a", "url": "javascript:x", "title": {"a": 1}, "date": "May", "kind": 3, "author": "\\ud800"}'
    )
    assert isinstance(article, Article)
    assert (article.url, article.title, article.published, article.kind, article.author) == (
        None,
        None,
        None,
        "3",
        None,
    )
    assert len(article.warnings) == 4


def test_a_number_may_be_a_date_when_declared_so() -> None:
    (article,) = read('{"text": "a", "date": 20200203}', label=Label(date_format="YYYYMMDD"))
    assert isinstance(article, Article)
    assert article.published == date(2020, 2, 3)
