"""Offsets and hashes are those that docs/citations.md promises, for any line ends, marks and encodings."""

from __future__ import annotations

import codecs
import csv
import hashlib
import json
from itertools import product
from pathlib import Path

import pytest

from corpus.article import Article
from corpus.formats.read import read_archive
from corpus.segmentation.sentences import split_sentences

LINES = (
    "date 2020-02-03",
    "",
    "“Über 😀 30,” he said.",
    "Cafe\u0301 bur\u200bned\u2028 down.",
    "",
    "It rained.",
)
SAID = ["“Über 😀 30,” he said.", "Cafe\u0301 bur\u200bned\u2028 down.", "It rained."]
UTF8, LITTLE, BIG = codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE
FORMS = [
    (b"", "utf-8", "utf-8-sig"),
    (UTF8, "utf-8", "utf-8-sig"),
    (LITTLE, "utf-16-le", "utf-16"),
    (BIG, "utf-16-be", "utf-16"),
]


def quotes(article: Article) -> list[tuple[int, int]]:
    return [(s.start, s.end) for s in split_sentences(article.text, article.body_start) if s.quotable]


def only(folder: Path) -> Article:
    (article,) = read_archive(folder)
    assert isinstance(article, Article)
    return article


@pytest.mark.parametrize(("end", "form"), product(["\n", "\r\n", "\r"], FORMS))
@pytest.mark.parametrize("name", ["a.txt", "a.md"])
def test_python_s_own_reading_has_each_quote_at_its_place(
    tmp_path: Path, end: str, form: tuple[bytes, str, str], name: str
) -> None:
    mark, written, read = form
    path = tmp_path / name
    path.write_bytes(mark + end.join(LINES).encode(written))
    article, shown = only(tmp_path), path.open(encoding=read).read()
    found = [shown[start:stop] for start, stop in quotes(article)]
    assert found[-3:] == SAID
    assert article.text == shown
    assert article.sha256 == hashlib.sha256(shown.encode()).hexdigest()
    same = (end, mark, written) == ("\n", b"", "utf-8")
    assert (article.sha256 == hashlib.sha256(path.read_bytes()).hexdigest()) is same


@pytest.mark.parametrize("form", FORMS[1:])
def test_of_two_marks_the_second_is_a_character(tmp_path: Path, form: tuple[bytes, str, str]) -> None:
    mark, written, read = form
    path = tmp_path / "a.txt"
    path.write_bytes(mark + "\ufeffIt rained.".encode(written))
    assert only(tmp_path).text == path.open(encoding=read).read() == "\ufeffIt rained."


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_a_record_s_line_ends_count_one(tmp_path: Path, end: str) -> None:
    text = end.join(LINES[2:])
    (tmp_path / "json").mkdir()
    (tmp_path / "json" / "f.jsonl").write_text(json.dumps({"text": text}) + end, "utf-8", newline="")
    (tmp_path / "csv").mkdir()
    with (tmp_path / "csv" / "f.csv").open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file, lineterminator=end).writerows([["text"], [text]])
    stored = "\n".join(LINES[2:])
    for folder in ("json", "csv"):
        article = only(tmp_path / folder)
        assert (article.text, article.sha256) == (stored, hashlib.sha256(stored.encode()).hexdigest())
        assert [stored[start:stop] for start, stop in quotes(article)] == SAID
