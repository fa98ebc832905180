"""Markdown articles and their front matter, hostile front matter included."""

from datetime import date

import pytest

from corpus.article import Article, DateOrigin
from corpus.formats.markdown import parse_front_matter, read_markdown
from corpus.loading.labels import Label
from tests.timing import within


def read(text: str, label: Label | None = None) -> Article:
    (article,) = read_markdown(text, "a.md", label or Label())
    return article


def test_front_matter() -> None:
    front = "---\ntitle: 'Army: leaves'\ndate: 2020-02-03\nsource: Meridian Wire\nurl: https://a.example/x\n"
    text = front + "author: Jane Doe\nkind: news\ntags: [a, b]\n---\nThe army left.\n"
    article = read(text)
    assert (article.title, article.source, article.url) == (
        "Army: leaves",
        "Meridian Wire",
        "https://a.example/x",
    )
    assert (article.author, article.kind) == ("Jane Doe", "news")
    assert (article.published, article.date_origin) == (date(2020, 2, 3), DateOrigin.FRONT_MATTER)
    assert (article.text, article.body, article.warnings) == (text, "The army left.\n", ())


@pytest.mark.parametrize(
    "written", ["2020-02-03", "'2020-02-03'", "2020-02-03T10:00:00Z", "2020-02-03 23:30:00 -0500"]
)
def test_dates_are_taken_as_printed(written: str) -> None:
    assert read(f"---\ndate: {written}\n---\nText.").published == date(2020, 2, 3)


@pytest.mark.parametrize(
    "written", ["2020-02-31", "20200203", "12", "May", "2020-W01-1", "[2020-02-03]", "yes"]
)
def test_a_bad_date_is_a_warning(written: str) -> None:
    article = read(f"---\ntitle: A\ndate: {written}\n---\nText.")
    assert (article.published, article.title) == (None, "A")
    assert article.warnings[0].startswith("date not used: ")


def test_published_wins_over_date() -> None:
    article = read("---\ndate: 2020-02-06\npublished: 2020-02-03\n---\nText.")
    assert article.published == date(2020, 2, 3)
    assert article.warnings == ("two dates are stated, `published` and `date`; `published` counts",)


@pytest.mark.parametrize(
    ("line", "warning"),
    [
        ("url: javascript:alert(1)", "url is not a link of http or https and was dropped"),
        ("url: /etc/passwd", "url is not a link of http or https and was dropped"),
        ("url: 'https://a.example/ b'", "url is not a link of http or https and was dropped"),
        ('title: "a\\0b"', "title holds a control character and was dropped"),
        ('source: "a\\eb"', "source holds a control character and was dropped"),
        ("author: [A, B]", "author is not a text and was dropped"),
        ("source: " + "x" * 1001, "source is longer than 1,000 characters and was dropped"),
    ],
)
def test_a_fact_that_cannot_be_right_is_dropped(line: str, warning: str) -> None:
    article = read(f"---\n{line}\n---\nText.")
    assert (article.url, article.title, article.source, article.author) == (None, None, None, None)
    assert article.warnings == (warning,)


@pytest.mark.parametrize("value", ["", "~", "null", "''"])
def test_nothing_stated_is_no_warning(value: str) -> None:
    article = read(f"---\ntitle: {value}\ndate: {value}\nsource: {value}\n---\nText.")
    assert (article.title, article.published, article.source, article.warnings) == (None, None, None, ())


@pytest.mark.parametrize(
    ("text", "title", "body"),
    [
        ("# Army leaves\n\nIt left.", "Army leaves", "\nIt left."),
        ("\n# Army leaves #\nIt left.", "Army leaves", "It left."),
        ("---\nsource: A\n---\n\n# Army leaves\nIt left.", "Army leaves", "It left."),
        ("---\ntitle: A\n---\n# Army leaves\nIt left.", "A", "# Army leaves\nIt left."),
        ("It left.\n# Army leaves", None, "It left.\n# Army leaves"),
        ("---\n\nIt left.\n\n---\nIt came back.", None, "---\n\nIt left.\n\n---\nIt came back."),
        ("---\n---\nIt left.", None, "It left."),
        ("---\nNote: the army left.\n---\nIt rained.", None, "---\nNote: the army left.\n---\nIt rained."),
        ("---\nlayout: post\n---\nIt rained.", None, "It rained."),
        ("---\nTitle: The army left.\n---\nIt rained.", "The army left.", "It rained."),
    ],
)
def test_heading_and_body(text: str, title: str | None, body: str) -> None:
    article = read(text)
    assert (article.title, article.body, article.text) == (title, body, text)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("---\ntitle: A\nIt left.", "without a closing line"),
        ("---\ntitle: 'A\n---\nText.", "not valid YAML: .*line"),
        ("---\ntitle: A\ntitle: B\n---\nText.", "states 'title' twice"),
        ("---\na: [\n---\nText.", "not valid YAML"),
        ("---\ntitle: A\n---\n \n", "no text after its header"),
        ("---\na: " + "[" * 20_000 + "\n---\nText.", "nested more than 20 deep"),
    ],
)
def test_broken_front_matter_is_refused(text: str, reason: str) -> None:
    with pytest.raises(ValueError, match=reason) as fault:
        read(text)
    assert "\n" not in str(fault.value)


def test_aliases_do_not_explode_and_tags_do_nothing() -> None:
    bomb = "a0: &a0 [x, x]\n" + "".join(f"a{n}: &a{n} [*a{n - 1}, *a{n - 1}]\n" for n in range(1, 60))
    with within(1):
        stated = parse_front_matter(
            bomb + "title: !!python/object/apply:os.system ['false']\nsource: !!int A"
        )
    assert (stated["a59"], stated["title"], stated["source"]) == ((), (), "A")
