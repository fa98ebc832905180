"""A folder is read to its end; what is refused in it is the matter of tests/threats."""

import os
from collections.abc import Mapping
from pathlib import Path

import pytest

from corpus.article import Article, DateOrigin, Rejected
from corpus.formats.read import read_aliases, read_archive, read_articles
from corpus.loading.aliases import Alias
from corpus.loading.identity import file_of


def write(root: Path, files: Mapping[str, str | bytes]) -> Path:
    for path, content in files.items():
        place = root / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(content if isinstance(content, bytes) else content.encode())
    return root


def reasons(root: Path) -> dict[str, str]:
    return {item.path: item.reason for item in read_archive(root) if isinstance(item, Rejected)}


def ids(root: Path) -> list[str]:
    return [item.id for item in read_archive(root) if isinstance(item, Article)]


TEXT = "date 2020-02-03 The army left."
FEED = '{"text": "One."}\n{"text": "Two."}\n{"text": "Three."}'


def test_a_folder_in_order_of_path(tmp_path: Path) -> None:
    files = {
        "b.txt": TEXT,
        "a/z.md": "Text.",
        "a.TXT": TEXT,
        "a/feed.jsonl": FEED,
        "a/é.txt": TEXT,
        ".git/x.txt": TEXT,
    }
    write(tmp_path, files | {".hidden.txt": TEXT, "t.csv": "text\nOne."})
    expected = [
        "a.TXT",
        "a/feed.jsonl#1",
        "a/feed.jsonl#2",
        "a/feed.jsonl#3",
        "a/z.md",
        "a/é.txt",
        "b.txt",
        "t.csv#1",
    ]
    assert ids(tmp_path) == expected
    assert reasons(tmp_path) == {}
    assert list(read_archive(tmp_path)) == list(read_archive(tmp_path))


def test_one_file(tmp_path: Path) -> None:
    write(
        tmp_path,
        {"x/a.txt": TEXT, "x/b.txt": TEXT, "x/labels.toml": '[[files]]\nmatch = "a.txt"\nsource = "Wire"'},
    )
    (article,) = read_archive(tmp_path / "x/a.txt")
    assert isinstance(article, Article)
    assert (article.id, article.source) == ("a.txt", "Wire")
    assert reasons(tmp_path / "x/b.txt") == {}


def test_a_root_that_is_a_link(tmp_path: Path) -> None:
    write(tmp_path, {"real/a.txt": TEXT})
    (tmp_path / "link").symlink_to("real")
    assert ids(tmp_path / "link") == ["a.txt"]


def test_a_root_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match="There is no folder or file"):
        list(read_archive(tmp_path / "none"))
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(NotADirectoryError, match="neither a folder nor a file"):
        list(read_archive(tmp_path / "pipe"))


def test_an_empty_folder(tmp_path: Path) -> None:
    assert list(read_archive(tmp_path)) == []


@pytest.mark.parametrize("content", ["", " \n\t\r\n", "\ufeff", "\ufeff \n"])
@pytest.mark.parametrize("name", ["a.txt", "a.md", "a.jsonl", "a.csv"])
def test_an_empty_file_is_told(tmp_path: Path, name: str, content: str) -> None:
    assert reasons(write(tmp_path, {name: content, "b.txt": TEXT})) == {name: "is empty"}


def test_text_keeps_all_but_its_line_ends(tmp_path: Path) -> None:
    printed = " date 2020-02-03 One.\r\n\r\nTwo\x85\u200b\u202e\x1b[0m 😀e\u0301.\rThree. \n"
    write(tmp_path, {"a.txt": b"\xef\xbb\xbf" + printed.encode()})
    (article,) = read_archive(tmp_path)
    assert isinstance(article, Article)
    assert article.text == printed.replace("\r\n", "\n").replace("\r", "\n")
    assert article.body.startswith("One.")


def test_a_bad_record_does_not_stop_its_file(tmp_path: Path) -> None:
    write(
        tmp_path,
        {"f.jsonl": FEED + '\nbroken\n{"text": "Five."}', "g.jsonl": '{"story": "x"}', "h.txt": TEXT},
    )
    assert ids(tmp_path) == ["f.jsonl#1", "f.jsonl#2", "f.jsonl#3", "f.jsonl#5", "h.txt"]
    assert sorted(reasons(tmp_path)) == ["f.jsonl#4", "g.jsonl"]


def test_labels_of_all_folders_on_the_way(tmp_path: Path) -> None:
    write(
        tmp_path,
        {
            "labels.toml": '[[files]]\nmatch = "**/*.txt"\nsource = "Wire"\nkind = "news"\npublished = "2020-02-06"',
            "x/labels.toml": '[[files]]\nmatch = "*.txt"\nkind = "satire"',
            "x/a.txt": "The army left.",
            "y/b.txt": TEXT,
        },
    )
    first, second = read_archive(tmp_path)
    assert isinstance(first, Article)
    assert isinstance(second, Article)
    assert (first.source, first.kind, first.date_origin) == ("Wire", "satire", DateOrigin.LABEL_FILE)
    assert (second.source, second.kind, second.date_origin) == ("Wire", "news", DateOrigin.HEADER)
    assert len(second.warnings) == 1


def test_a_broken_label_file_is_told_and_the_articles_are_read(tmp_path: Path) -> None:
    write(tmp_path, {"a.txt": TEXT, "labels.toml": '[[files]]\nmatch = "a.txt"\nsource = Wire'})
    (article, rejected) = read_archive(tmp_path)
    assert isinstance(article, Article)
    assert article.source is None
    assert isinstance(rejected, Rejected)
    assert rejected.path == "labels.toml"
    assert "line 3" in rejected.reason
    assert rejected.reason.endswith("the articles are read without these labels")


def test_a_label_that_fits_no_file_is_told(tmp_path: Path) -> None:
    entries = '[[files]]\nmatch = "a.txt"\nsource = "Wire"\n[[files]]\nmatch = "wire/*.txt"\nkind = "news"'
    write(tmp_path, {"a.txt": TEXT, "labels.toml": entries})
    assert reasons(tmp_path) == {
        "labels.toml": "no file fits match = 'wire/*.txt'; the other entries are in force"
    }
    assert read_articles(tmp_path, ["a.txt"])["a.txt"].source == "Wire"


def test_names_of_sources_from_all_label_files_and_a_bad_one_stops_nothing(tmp_path: Path) -> None:
    names = '[[sources]]\nname = "Wire"\naliases = ["W", "the Wire"]\n'
    bad = '[[sources]]\nname = "Wire"\n[[sources]]\nname = "Sea"\naliases = ["S"]\n[[files]]\nmatch = "{}"\n'
    bad += 'kind = "news"'
    write(
        tmp_path,
        {
            "labels.toml": names,
            "a.txt": TEXT,
            "x/labels.toml": bad.format("b.txt"),
            "x/b.txt": TEXT,
            "y/labels.toml": bad.format("*.md"),
            "z/labels.toml": "[[sources",
        },
    )
    assert read_aliases(tmp_path) == [
        Alias("Wire", "W", "labels.toml"),
        Alias("Wire", "the Wire", "labels.toml"),
        Alias("Sea", "S", "x/labels.toml"),
        Alias("Sea", "S", "y/labels.toml"),
    ]
    assert read_aliases(tmp_path / "x/b.txt") == [Alias("Sea", "S", "")]
    told = reasons(tmp_path)
    assert sorted(told) == ["x/labels.toml", "y/labels.toml", "z/labels.toml"]
    first = (
        "[[sources]] 1: `aliases` is missing; write name = 'Meridian Wire' and aliases = ['MW', 'the Wire']"
    )
    assert told["x/labels.toml"] == f"{first}; the other entries are in force"
    assert told["y/labels.toml"] == f"{first}; no file fits match = '*.md'; the other entries are in force"
    assert read_articles(tmp_path, ["x/b.txt"])["x/b.txt"].kind == "news"


def test_a_broken_label_file_beside_one_file_is_told(tmp_path: Path) -> None:
    write(tmp_path, {"a.txt": TEXT, "labels.toml": "[[files"})
    article, rejected = read_archive(tmp_path / "a.txt")
    assert (isinstance(article, Article), isinstance(rejected, Rejected)) == (True, True)
    assert reasons(tmp_path / "labels.toml").keys() == {"labels.toml"}


def test_articles_read_again_by_id(tmp_path: Path) -> None:
    write(
        tmp_path,
        {
            "a.txt": TEXT,
            "x/f.jsonl": FEED,
            "x#1.txt": TEXT,
            "labels.toml": '[[files]]\nmatch="*.txt"\nkind="news"',
        },
    )
    everything = {item.id: item for item in read_archive(tmp_path) if isinstance(item, Article)}
    assert read_articles(tmp_path, everything.keys()) == everything
    wanted = ["x/f.jsonl#2", "a.txt", "x/f.jsonl#9", "none.txt", "x#1.txt"]
    assert sorted(read_articles(tmp_path, wanted)) == ["a.txt", "x#1.txt", "x/f.jsonl#2"]


def test_only_the_files_asked_for_are_opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path, {"a.txt": TEXT, "b.txt": TEXT, "f.jsonl": FEED})
    opened: list[str] = []
    really_open = os.open

    def note(place: str | Path, flags: int, mode: int = 0o777, *, dir_fd: int | None = None) -> int:
        if not flags & os.O_DIRECTORY:
            opened.append(Path(place).name)
        return really_open(place, flags, mode, dir_fd=dir_fd)

    monkeypatch.setattr(os, "open", note)
    assert sorted(read_articles(tmp_path, ["f.jsonl#3", "b.txt"])) == ["b.txt", "f.jsonl#3"]
    assert opened == ["b.txt", "f.jsonl"]


def test_the_file_of_an_id() -> None:
    assert [file_of(name) for name in ("a.txt", "f.jsonl#42", "x#1.txt", "F.CSV#x", "a#1/f.csv#2")] == [
        "a.txt", "f.jsonl", "x#1.txt", "F.CSV", "a#1/f.csv",
    ]  # fmt: skip
    assert file_of("f.jsonl#b/c.txt") == "f.jsonl#b/c.txt"  # a folder of that name; records end otherwise
