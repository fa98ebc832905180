"""A real export, with columns of its own, an old encoding and American dates: FA-KES, 804 articles."""

import csv
import io
import shutil
from datetime import datetime
from pathlib import Path

import pytest

from corpus.article import Article, DateOrigin, Rejected
from corpus.formats.read import read_archive
from corpus.segmentation.passages import split_passages
from corpus.segmentation.sentences import split_sentences
from tests.shared import shared

pytestmark = pytest.mark.shared
UNASSIGNED = {0x81, 0x8D, 0x8F, 0x90, 0x9D}  # bytes without a character of their own in cp1252
LABELS = """
[[files]]
match = "*.csv"
encoding = "cp1252"
date_format = "M/D/YYYY"
columns = { title = "article_title", text = "article_content", source = "source", published = "date" }
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    shutil.copyfile(shared("data/fa-kes/FA-KES-Dataset.csv"), tmp_path / "export.csv")
    (tmp_path / "labels.toml").write_text(LABELS)
    return tmp_path


def test_all_articles_with_source_and_date(folder: Path) -> None:
    articles = [item for item in read_archive(folder) if isinstance(item, Article)]
    data = (folder / "export.csv").read_bytes()
    printed = "".join(chr(b) if b in UNASSIGNED else bytes([b]).decode("cp1252") for b in data)
    rows = list(csv.DictReader(io.StringIO(printed, newline="")))
    assert len(articles) == len(list(read_archive(folder))) == len(rows) == 804
    assert len({article.source for article in articles}) == 15
    for article, row in zip(articles, rows, strict=True):
        assert article.published == datetime.strptime(row["date"], "%m/%d/%Y").date()
        assert article.date_origin is DateOrigin.METADATA
        assert article.text == row["article_content"].replace("\r\n", "\n")


def test_without_the_declared_encoding_the_place_is_told(folder: Path) -> None:
    (folder / "labels.toml").write_text(LABELS.replace('encoding = "cp1252"', ""))
    (rejected,) = read_archive(folder)
    assert isinstance(rejected, Rejected)
    assert rejected.reason.startswith("is not UTF-8 at byte 214894 (0x95); declare")


def test_every_word_is_in_one_sentence_and_every_sentence_in_one_passage(folder: Path) -> None:
    opened_by_date_and_headline = 0
    for article in read_archive(folder):
        assert isinstance(article, Article)
        sentences = split_sentences(article.text, article.body_start, article.title)
        said = "".join(article.text[s.start : s.end] for s in sentences)
        assert "".join(said.split()) == "".join(article.body.split())
        opened_by_date_and_headline += [s.quotable for s in sentences[:2]] == [False, False]
        passages = split_passages(article, sentences, lambda text: len(text.split()), 120)
        covered = {number for passage in passages for number in range(passage.first, passage.last + 1)}
        assert {number for number, s in enumerate(sentences) if s.quotable} <= covered
        assert passages
    assert opened_by_date_and_headline > 200
