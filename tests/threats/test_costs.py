"""What is short to write and long to read is refused or cut off in a bounded time, and told in few lines."""

from __future__ import annotations

import tracemalloc
from collections.abc import Callable
from pathlib import Path

import pytest

from assistant.provenance.relocate import found_again, seal
from assistant.web.page.article_page import CANNOT_TELL, MOVED, NO_LONGER, Place, article_view
from corpus.article import Article, Rejected
from corpus.formats.jsonl import read_jsonl
from corpus.formats.many_records import MOST_TOLD
from corpus.formats.markdown import read_markdown
from corpus.formats.read import read_archive
from corpus.formats.table import read_table
from corpus.loading.bounded_toml import MOST_PARTS
from corpus.loading.decoding import text_encoding
from corpus.loading.fields import LONGEST_TEXT
from corpus.loading.labels import MOST_WILD, Label, parse_labels
from tests.threats.cases import GOOD
from tests.threats.conftest import Run
from tests.threats.rows import row, rows
from tests.timing import within

LONG_KEY = ".".join("a" * 20_000)
QUOTED_KEY = " . ".join(["'a=\"'", '"a\\"]"'] * 10_000)
PARTS = f"has a key of more than {MOST_PARTS} parts"


@pytest.mark.parametrize(
    ("toml", "reason"),
    [
        row("T15", "a key of 20,000 parts", f"{LONG_KEY} = 1", PARTS),
        row("T15", "a table of 20,000 parts", f"[{LONG_KEY}]", PARTS),
        row("T15", "parts in quotes", QUOTED_KEY + " = 1", PARTS),
        row("T15", "a key within a table", f"a = {{ {LONG_KEY} = 1 }}", PARTS),
        row("T15", "many keys", "a.a.a.a.a.a.a.a.a = 1\n" * 1_000, PARTS),
        row("T15", "keys that mean nothing", "".join(f"k{n} = 1\n" for n in range(9_000)), "and 8,988 more"),
        row("T15", "a number of 5,000 digits", f"a = {'9' * 5_000}", "is not valid TOML: Exceeds the limit"),
        row("T15", "a pattern too long", f'[[files]]\nmatch = "{"a" * 1_001}"', "match is longer than 1,000"),
        row("T15", "patterns too many", '[[files]]\nmatch = "x*"\n' * (MOST_WILD + 1), "at most 1,000 are read"),
    ],
)  # fmt: skip
def test_labels_that_would_take_long_are_refused(toml: str, reason: str) -> None:
    tracemalloc.start()
    try:
        with within(1), pytest.raises(ValueError, match=reason) as fault:
            parse_labels(toml)
        assert tracemalloc.get_traced_memory()[1] < 20_000_000
    finally:
        tracemalloc.stop()
    assert len(str(fault.value)) < 500


@rows("T15", "dots that part no key")
def test_dots_in_texts_comments_and_numbers_are_no_keys(case: str) -> None:
    dots = "a" + ".a" * 99
    toml = (
        f"# {dots}\n[[files]]\nmatch = '*' # {dots}\ntitle = '''{dots}\n{dots}'''\nsource = \"\\\"{dots}\"\n"
    )
    assert parse_labels(toml).label_for("x").source == f'"{dots}'
    assert parse_labels('[[files]]\nmatch = "*"\ncolumns.text = "body"').label_for("x").columns == {
        "text": "body"
    }


@pytest.mark.parametrize(
    "pattern",
    [
        row("T15", "patterns that fit nothing", "nothing{}*"),
        row("T15", "patterns that fit everything", "{}*"),
        row("T15", "patterns over folders", "**/x{}/**/*.txt"),
    ],
)
def test_many_patterns_and_files_take_little(tmp_path: Path, pattern: str) -> None:
    for number in range(100):
        (tmp_path / f"{number}.txt").write_text(GOOD, "utf-8")
    entries = "".join(f'[[files]]\nmatch = "{pattern.format(n)}"\nsource = "A"\n' for n in range(MOST_WILD))
    (tmp_path / "labels.toml").write_text(entries, "utf-8")
    with within(2):
        assert sum(isinstance(item, Article) for item in read_archive(tmp_path)) == 100


@rows("T15", "an entry for each file")
def test_files_named_one_by_one_are_looked_up(tmp_path: Path, case: str) -> None:
    for number in range(1_000):
        (tmp_path / f"{number}.txt").write_text(GOOD, "utf-8")
    entries = "".join(f'[[files]]\nmatch = "{n}.txt"\nsource = "{n}"\n' for n in range(1_000))
    (tmp_path / "labels.toml").write_text(entries, "utf-8")
    with within(4):
        sources = {item.id: item.source for item in read_archive(tmp_path) if isinstance(item, Article)}
    assert sources == {f"{n}.txt": str(n) for n in range(1_000)}


@pytest.mark.parametrize(
    "name",
    [
        row("T16", name, name)
        for name in (
            "punycode", "idna", "unicode_escape", "raw_unicode_escape", "undefined", "charmap", "rot_13", "hex",
            "base64", "bz2", "zlib", "uu", "quopri", "mbcs", "../x", "a.b", "", "utf-8\0", "x" * 10_000,
        )
    ],
)  # fmt: skip
def test_only_text_encodings_can_be_declared(name: str) -> None:
    with pytest.raises(ValueError, match="is not a text encoding that is read") as fault:
        text_encoding(name)
    assert len(str(fault.value)) < 150


@pytest.mark.parametrize(
    ("declared", "known"),
    [
        row("T16", f"{declared} can be declared", declared, known)
        for declared, known in (
            ("cp1252", "cp1252"), ("Windows-1251", "cp1251"), ("latin1", "iso8859-1"), ("UTF8", "utf-8"),
            ("utf_16", "utf-16"), ("SJIS", "shift_jis"), ("KOI8-R", "koi8-r"), ("macintosh", "mac-roman"),
            ("GB18030", "gb18030"), ("windows-1256", "cp1256"), ("utf-8-sig", "utf-8-sig"),
        )
    ],
)  # fmt: skip
def test_text_encodings_go_by_all_their_names(declared: str, known: str) -> None:
    assert text_encoding(declared) == known


DEEP, MANY = "is nested more than 20 deep", "has more than 10,000 keys and values"


@pytest.mark.parametrize(
    ("front", "reason"),
    [
        row("T17", "lists in lists", f"a: {'[' * 20_000}{']' * 20_000}", DEEP),
        row("T17", "lists that stay open", f"a: {'[' * 49_000}", DEEP),
        row("T17", "tables in tables", f"a: {'{a: ' * 10_000}", DEEP),
        row("T17", "lists by lines", f"a:\n {'- ' * 20_000}x", DEEP),
        row("T17", "keys that are keys", f"a: 1\n{'? ' * 20_000}", DEEP),
        row("T17", "a long list", f"a: [{'1,' * 24_000}]", MANY),
        row("T17", "an escape of no character", 'a: "\\UFFFFFFFF"', "is not valid YAML"),
        row("T17", "an escape past Unicode", 'a: "\\U00110000"', "is not valid YAML"),
    ],
)
def test_front_matter_that_would_take_long_is_refused(front: str, reason: str) -> None:
    with within(1), pytest.raises(ValueError, match=reason):
        list(read_markdown(f"---\n{front}\n---\nText.", "a.md", Label()))


@rows("T17", "aliases of aliases")
def test_aliases_are_not_followed(case: str) -> None:
    bomb = "b0: &b0 [x]\n" + "".join(f"b{n}: &b{n} [{f'*b{n - 1},' * 9}]\n" for n in range(1, 200))
    with within(1):
        (article,) = read_markdown(f"---\n{bomb}title: A\n---\nText.", "a.md", Label())
    assert article.title == "A"


def _lines(line: str) -> Callable[[], list[Article | Rejected]]:
    return lambda: list(read_jsonl('{"text": "One."}\n' + f"{line}\n" * 50_000, "f.jsonl", Label()))


def _rows(line: str) -> Callable[[], list[Article | Rejected]]:
    return lambda: list(read_table("text,title\nOne.,A\n" + f"{line}\n" * 50_000, "f.csv", Label()))


@pytest.mark.parametrize(
    "read",
    [
        row("T18", "lines that are no JSON", _lines("x")),
        row("T18", "lines that open an object", _lines("{")),
        row("T18", "numbers", _lines("1")),
        row("T18", "objects without a text", _lines("{}")),
        row("T18", "rows of too many values", _rows("a,b,c")),
        row("T18", "rows without a text", _rows(",b")),
    ],
)
def test_what_is_refused_by_the_thousands_is_told_as_a_number(
    read: Callable[[], list[Article | Rejected]],
) -> None:
    with within(4):
        number, article, *refused = read()
    assert isinstance(article, Article)
    assert [isinstance(item, Rejected) for item in refused] == [True] * MOST_TOLD
    assert isinstance(number, Rejected)
    assert "#" not in number.path
    assert number.reason == "50,000 of 50,001 records could not be read; the first 100 are told here"


@pytest.mark.parametrize("name", [row("T18", f"too long a {end}", f"f.{end}") for end in ("jsonl", "csv")])
def test_a_file_of_too_many_lines_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    for module in ("many_records", "jsonl", "table"):
        monkeypatch.setattr(f"corpus.formats.{module}.MOST_RECORDS", 1_000)
    (tmp_path / name).write_text("text\n" + "x\n" * 1_001, "utf-8")
    (item,) = read_archive(tmp_path)
    assert item == Rejected(name, "has more than 1,000 lines or rows; split it")


@rows("T18", "the run and the status")
def test_the_run_tells_of_a_million_in_one_line(run: Run, articles: Path, case: str) -> None:
    (articles / "feed.jsonl").write_text('{"text": "One."}\n' + "x\n" * 99_999, "utf-8")
    told = run("index", articles, "--index", articles.parent / "index")
    status = run("status", "--index", articles.parent / "index")
    line = "  feed.jsonl: 99,999 of 100,000 records could not be read; the first 100 are told here"
    assert told.stdout.splitlines().count(line) == status.stdout.splitlines().count(line) == 1
    assert len(told.stdout.splitlines()) < 40
    assert len(status.stdout.splitlines()) < 140


def _changed(text: str, words: str, at: int) -> str:
    return article_view(
        Article("a.txt", text), Place("a.txt", at, at + len(words), "0" * 64, (), seal(words))
    )


@pytest.mark.parametrize(
    ("filling", "length"),
    [
        row("T19", "words", "ab ", 100),
        row("T19", "long quotes", "ab ", 5_000),
        row("T19", "marks alone", ".", 100),
        row("T19", "long quotes of marks", ".", 5_000),
        row("T19", "one word", "x", 100),
    ],
)
def test_a_long_article_is_shown_soon_however_it_changed(filling: str, length: int) -> None:
    text = (filling * LONGEST_TEXT)[:LONGEST_TEXT]
    with within(2):
        assert CANNOT_TELL in _changed(text, "y" * length, LONGEST_TEXT // 2)


@rows("T19", "words that moved in a long article")
def test_words_that_moved_are_found_near_their_place_in_a_long_article(case: str) -> None:
    words = "The bridge fell."
    filling = "They met again today. " * 100_000
    with within(2):
        assert MOVED in _changed(f"{filling}{words} {filling}", words, len(filling) - 100_000)
    assert NO_LONGER in _changed(filling[:100_000], words, 50_000)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        row("T19", "in a text of one letter", "a" * LONGEST_TEXT, "a" * 200),
        row("T19", "words that nearly stand there", "a" * LONGEST_TEXT, "a" * 2_500 + "b" + "a" * 2_499),
        row("T19", "words that nearly begin there", "a" * LONGEST_TEXT, "b" + "a" * 4_999),
    ],
)
def test_verifying_a_quote_of_a_long_article_takes_little(text: str, words: str) -> None:
    with within(1):
        found = found_again(text, words, LONGEST_TEXT // 2)
    assert found == ((LONGEST_TEXT // 2, LONGEST_TEXT // 2 + 200) if "b" not in words else None)
