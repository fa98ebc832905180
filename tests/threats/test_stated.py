"""What files state of dates, ids and links is taken as it stands or not at all, and told; nothing is guessed."""

from __future__ import annotations

import codecs
import json
import os
from datetime import date
from pathlib import Path

import pytest

from corpus.formats.read import read_articles
from index.generation.generation import open_current
from tests.newsroom import Newsroom, assert_exact
from tests.threats.cases import GOOD
from tests.threats.conftest import Run
from tests.threats.rows import row, rows

PRINTED = " One – “Überfall”.\r\n\r\nTwo\x85\u200b\u202e\x1b[0m \x9b2J 😀e\u0301.\rThree. \n"
STORED = PRINTED.replace("\r\n", "\n").replace("\r", "\n")
LATIN = " One – “Überfall”.\r\nTwo."


@pytest.mark.parametrize(
    ("data", "encoding", "stored"),
    [
        row("T08", "UTF-8", PRINTED.encode(), "", STORED),
        row("T08", "UTF-8 with its mark", codecs.BOM_UTF8 + PRINTED.encode(), "", STORED),
        row("T08", "UTF-16", PRINTED.encode("utf-16"), "", STORED),
        row("T08", "UTF-16 big end first", codecs.BOM_UTF16_BE + PRINTED.encode("utf-16-be"), "", STORED),
        row("T08", "UTF-16 declared", PRINTED.encode("utf-16-le"), "utf-16-le", STORED),
        row("T08", "cp1252 declared", LATIN.encode("cp1252"), "cp1252", LATIN.replace("\r\n", "\n")),
        row("T04", "C1 controls are kept", b"a \xc2\x9b2J b.", "", "a \x9b2J b."),
    ],
)
def test_offsets_count_characters_of_the_stored_text(
    newsroom: Newsroom, data: bytes, encoding: str, stored: str
) -> None:
    (newsroom.articles / "a.txt").write_bytes(data)
    if encoding:
        labels = f'[[files]]\nmatch = "a.txt"\nencoding = "{encoding}"\n'
        (newsroom.articles / "labels.toml").write_text(labels, "utf-8")
    assert newsroom.build().rejected == ()
    article = newsroom.generation().archive.article("a.txt")
    assert article.text == stored
    hits = newsroom.retriever().search("one two", 5)
    assert hits
    for hit in hits:
        assert_exact(hit, article)


DAY = date(2020, 2, 3)
UNREAL = "date not used: '{}' is not a day of the calendar"
FORM = "date not used: '{}' is not a date of the form YYYY-MM-DD"
TWO = "two dates are stated, `published` and `date`; `published` counts"
LABEL = "labels.toml says date '2020-02-06'; the article says '2020-02-03', which counts"
# A name, the file's end, its content, the date taken, the warning.
DATES: tuple[tuple[str, str, str, date | None, str], ...] = (
    ("none", ".txt", "The army left on 3 February 2020.", None, ""),
    ("as it should be", ".txt", "date 2020-02-03 The army left.", DAY, ""),
    ("no such day", ".txt", "date 2020-02-31 The army left.", None, UNREAL.format("2020-02-31")),
    ("two in a row", ".txt", "date 2020-02-03 date 2020-02-06 The army left.", DAY, ""),
    ("digits alone", ".txt", "date 20200101 The army left.", None, FORM.format("20200101")),
    ("a number", ".txt", "date 12 The army left.", None, FORM.format("12")),
    ("a month", ".txt", "date May The army left.", None, ""),
    ("a week", ".txt", "date 2020-W01-1 The army left.", None, FORM.format("2020-W01-1")),
    ("slashes", ".txt", "date 2020/02/03 The army left.", None, FORM.format("2020/02/03")),
    ("to come", ".txt", "date 2999-12-31 The army left.", date(2999, 12, 31), ""),
    ("number 12", ".jsonl", '{"text": "a", "date": 12}', None, FORM.format("12")),
    ("May", ".jsonl", '{"text": "a", "date": "May"}', None, FORM.format("May")),
    ("eight digits", ".jsonl", '{"text": "a", "date": 20200101}', None, FORM.format("20200101")),
    ("week of ISO", ".jsonl", '{"text": "a", "date": "2020-W01-1"}', None, FORM.format("2020-W01-1")),
    ("31 February", ".jsonl", '{"text": "a", "date": "2020-02-31"}', None, UNREAL.format("2020-02-31")),
    ("other digits", ".jsonl", '{"text": "a", "date": "٢٠٢٠-٠٢-٠٣"}', None, FORM.format("٢٠٢٠-٠٢-٠٣")),
    ("today", ".jsonl", '{"text": "a", "date": "today"}', None, FORM.format("today")),
    ("a list", ".jsonl", '{"text": "a", "date": ["2020-02-03"]}', None, "date not used: it is not a text"),
    ("with a time", ".jsonl", '{"text": "a", "date": "2020-02-03T23:59:59+05:00"}', DAY, ""),
    ("two that differ", ".jsonl", '{"text": "a", "date": "2020-02-06", "published": "2020-02-03"}', DAY, TWO),
    ("front matter", ".md", "---\ndate: 2020-02-31\n---\nText.", None, UNREAL.format("2020-02-31")),
    ("against the label", ".txt", "date 2020-02-03 The army left.", DAY, LABEL),
)


@pytest.fixture(scope="module")
def dated(run: Run, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[str], list[str]]:
    """An index of all those, what the run told of it, and what the status tells."""
    root = tmp_path_factory.mktemp("dates")
    (root / "articles").mkdir()
    for name, end, content, _, _ in DATES:
        (root / "articles" / f"{name}{end}").write_text(content, "utf-8")
    labels = '[[files]]\nmatch = "against*"\npublished = 2020-02-06\n'
    (root / "articles" / "labels.toml").write_text(labels, "utf-8")
    told = run("index", root / "articles", "--index", root / "index")
    assert told.exit_code == 0
    status = run("status", "--index", root / "index")
    return root / "index", told.stdout.splitlines(), status.stdout.splitlines()


@pytest.mark.parametrize(
    ("name", "taken", "warning"),
    [row("T10", name, name + end, taken, warning) for name, end, _, taken, warning in DATES],
)
def test_a_date_is_taken_as_stated_or_the_article_is_undated(
    dated: tuple[Path, list[str], list[str]], name: str, taken: date | None, warning: str
) -> None:
    index, told, status = dated
    article_id = name + "#1" * name.endswith(".jsonl")
    article = open_current(index).archive.article(article_id)
    assert article.published == taken
    assert article.warnings == ((warning,) if warning else ())
    if warning:
        assert f"  {article_id}: {warning}" in told
        assert f"  {article_id}: {warning}" in status


@rows("T11", "one id from two folders")
def test_a_second_use_of_an_id_is_told(run: Run, tmp_path: Path, case: str) -> None:
    for folder, text in (("one", GOOD), ("two", "Another text of the same name.")):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "a.txt").write_text(text, "utf-8")
    told = run("index", tmp_path / "one", tmp_path / "two", "--index", tmp_path / "index")
    status = run("status", "--index", tmp_path / "index")
    line = "  a.txt: another article has this id; index the folder that holds both instead"
    assert line in told.stdout.splitlines()
    assert line in status.stdout.splitlines()
    assert open_current(tmp_path / "index").archive.article("a.txt").text == GOOD


@rows("T11", "an id with another text")
def test_another_text_under_an_id_replaces_it_and_is_told(run: Run, articles: Path, case: str) -> None:
    index = articles.parent / "index"
    run("index", articles, "--index", index)
    (articles / "good.txt").write_text("The talks failed.", "utf-8")
    told = run("index", articles, "--index", index)
    assert ": 0 new, 1 changed, 0 unchanged, 0 removed." in told.stdout
    assert open_current(index).archive.article("good.txt").text == "The talks failed."


IDS = ("../secret.txt", "/etc/passwd", "x/../good.txt", "good.txt\0", "", "#1", "./good.txt", "javascript:x")


@pytest.mark.parametrize("article_id", [row("T13", f"id {id_!a}", id_) for id_ in IDS])
def test_an_id_never_becomes_a_path(run: Run, articles: Path, article_id: str) -> None:
    secret, index = articles.parent / "secret.txt", articles.parent / "index"
    secret.write_text(GOOD, "utf-8")
    assert read_articles(articles, [article_id, str(secret)]) == {}
    run("index", articles, "--index", index)
    quote = {"text": GOOD, "article_id": article_id, "start": 0, "end": len(GOOD), "article_sha256": "00"}
    saved = articles.parent / "saved.json"
    saved.write_text(json.dumps({"quotes": [quote]}), "utf-8")
    verified = run("verify", saved, "--index", index)
    assert verified.exit_code == 1
    assert "its article is gone" in verified.stdout


@rows("T13", "a name of articles that is no UTF-8", "a name of an index that is no UTF-8")
def test_a_folder_whose_name_is_no_text_is_refused_before_anything_is_done(
    run: Run, articles: Path, case: str
) -> None:
    odd = articles.parent / os.fsdecode(b"\xff")
    archive, index = (odd, articles.parent / "index") if "articles" in case else (articles, odd)
    articles.rename(archive)
    told = run("index", archive, "--index", index)
    assert (told.exit_code, told.stdout) == (2, "")
    assert told.stderr == f"onrecord: The path {articles.parent}/\\udcff is not UTF-8: rename the folder.\n"


LINKS = (
    "javascript:alert(1)",
    "JavaScript://x/%0Aalert(1)",
    "data:text/html,<script>alert(1)</script>",
    "file:///etc/passwd",
    "//evil.example",
    "/etc/passwd",
    "https:evil.example",
    "http://",
    "https://a.example/ b",
    "https://a.example/\u0000",
    "vbscript:x",
)


@pytest.mark.parametrize("url", [row("T13", f"link {url!a}", url) for url in LINKS])
def test_only_links_of_http_and_https_are_taken(newsroom: Newsroom, url: str) -> None:
    newsroom.print_records(
        "a.jsonl", [{"text": GOOD, "url": url}, {"text": GOOD, "url": "HTTPS://a.example/x"}]
    )
    report = newsroom.build()
    first, second = newsroom.generation().archive.articles()
    assert (first.url, second.url) == (None, "HTTPS://a.example/x")
    assert [place for place, warning in report.warnings if warning.startswith("url ")] == ["a.jsonl#1"]
