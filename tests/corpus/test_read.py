"""A folder is read to its end, whatever lies in it, and nothing is left out in silence."""

import errno
import os
import time
from collections.abc import Mapping
from pathlib import Path

import pytest

from corpus.article import Article, DateOrigin, Rejected
from corpus.files import MAX_BYTES
from corpus.read import file_of, read_archive, read_articles


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


def test_what_is_no_regular_file_is_told_and_not_followed(tmp_path: Path) -> None:
    secret = write(tmp_path, {"secret.txt": TEXT}) / "secret.txt"
    root = write(tmp_path / "archive", {"a.txt": TEXT, "z.txt": TEXT})
    (root / "out.txt").symlink_to(secret)
    (root / "loop").symlink_to(root)
    (root / "self.txt").symlink_to("self.txt")
    (root / "gone.txt").symlink_to("nowhere")
    os.mkfifo(root / "pipe.txt")
    assert ids(root) == ["a.txt", "z.txt"]
    found = reasons(root)
    assert sorted(found) == ["gone.txt", "loop", "out.txt", "pipe.txt", "self.txt"]
    assert found.pop("pipe.txt") == "is not a regular file"
    assert {reason.split(",")[0] for reason in found.values()} == {"is a link"}


def test_a_link_put_in_place_of_a_file_meanwhile_is_not_followed(tmp_path: Path) -> None:
    root = write(tmp_path, {"archive/a.txt": TEXT, "archive/b.txt": TEXT, "secret": TEXT}) / "archive"
    reading = read_archive(root)
    assert isinstance(next(reading), Article)
    (root / "b.txt").unlink()
    (root / "b.txt").symlink_to("../secret")
    (rejected,) = reading
    assert isinstance(rejected, Rejected)
    assert rejected.reason.startswith("is a link")


def test_a_file_that_vanishes_meanwhile(tmp_path: Path) -> None:
    write(tmp_path, {"a.txt": TEXT, "b.txt": TEXT, "c.txt": TEXT})
    reading = read_archive(tmp_path)
    next(reading)
    (tmp_path / "b.txt").unlink()
    rejected, last = reading
    assert rejected == Rejected("b.txt", "vanished while the archive was read")
    assert isinstance(last, Article)


@pytest.mark.skipif(
    os.geteuid() == 0, reason="root may read everything, so nothing is unreadable to this test"
)
def test_what_may_not_be_read_is_told(tmp_path: Path) -> None:
    write(tmp_path, {"a.txt": TEXT, "b.txt": TEXT, "c/x.txt": TEXT})
    (tmp_path / "a.txt").chmod(0)
    (tmp_path / "c").chmod(0)
    assert ids(tmp_path) == ["b.txt"]
    found = reasons(tmp_path)
    (tmp_path / "c").chmod(0o700)
    assert "may not be read by you" in found["a.txt"]
    assert "may not be read by you" in found["c"]


def test_a_file_that_is_denied_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path, {"a.txt": TEXT, "b.txt": TEXT})
    really_open = os.open

    def deny(place: Path, flags: int) -> int:
        if place.name == "a.txt":
            raise PermissionError(errno.EACCES, "Permission denied")
        return really_open(place, flags)

    monkeypatch.setattr(os, "open", deny)
    assert reasons(tmp_path) == {"a.txt": "may not be read by you; change its permissions"}


def test_a_file_over_the_limit_is_refused_before_it_is_read(tmp_path: Path) -> None:
    write(tmp_path, {"a.txt": TEXT})
    with (tmp_path / "big.txt").open("wb") as file:
        file.truncate(MAX_BYTES + 1)
    started = time.perf_counter()
    assert reasons(tmp_path) == {
        "big.txt": f"is too big: {MAX_BYTES + 1:,} bytes, at most {MAX_BYTES:,} are read; split it"
    }
    assert time.perf_counter() - started < 0.5


def test_one_article_over_the_limit(tmp_path: Path) -> None:
    write(tmp_path, {"a.txt": "x" * 5_000_001, "b.txt": TEXT})
    assert reasons(tmp_path) == {
        "a.txt": "has a text of 5,000,001 characters, at most 5,000,000 are read; split it"
    }
    assert ids(tmp_path) == ["b.txt"]


@pytest.mark.parametrize("content", ["", " \n\t\r\n", "\ufeff", "\ufeff \n"])
@pytest.mark.parametrize("name", ["a.txt", "a.md", "a.jsonl", "a.csv"])
def test_an_empty_file_is_told(tmp_path: Path, name: str, content: str) -> None:
    assert reasons(write(tmp_path, {name: content, "b.txt": TEXT})) == {name: "is empty"}


def test_other_kinds_of_file_are_told(tmp_path: Path) -> None:
    write(tmp_path, {"a.pdf": "x", "README": "x", "a.txt~": "x", "bomb.zip": "x"})
    assert set(reasons(tmp_path).values()) == {"is not of a kind that is read: .txt, .md, .jsonl, .csv"}
    assert len(reasons(tmp_path)) == 4


def test_names_that_cannot_be_shown_are_told(tmp_path: Path) -> None:
    write(tmp_path, {"a\nb.txt": TEXT, "c\x1b[31m.txt": TEXT})
    (Path(os.fsdecode(os.fsencode(tmp_path) + b"/d\xff.txt"))).write_text(TEXT)
    found = reasons(tmp_path)
    assert sorted(found) == ["a\\nb.txt", "c\\x1b[31m.txt", "d\\udcff.txt"]
    assert all("rename it" in reason for reason in found.values())
    assert all(path.isprintable() for path in found)


def test_undecodable_text_is_told_with_its_place(tmp_path: Path) -> None:
    write(
        tmp_path, {"a.txt": b"date 2020-02-03 \xdcberfall", "b.txt": b"a\0b", "c.txt": "Ü".encode("utf-16")}
    )
    found = reasons(tmp_path)
    assert found["a.txt"].startswith("is not UTF-8 at byte 16 (0xdc); declare")
    assert found["b.txt"] == "holds a NUL character (character 1)"
    assert ids(tmp_path) == ["c.txt"]


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


@pytest.mark.parametrize(
    "article_id",
    ["../secret.txt", "/etc/passwd", "x/../a.txt", "a.txt\0", "", "#1", "./a.txt", "javascript:x"],
)
def test_an_id_never_becomes_a_path(tmp_path: Path, article_id: str) -> None:
    root = write(tmp_path, {"archive/a.txt": TEXT, "secret.txt": TEXT}) / "archive"
    assert read_articles(root, [article_id, str(tmp_path / "secret.txt")]) == {}


def test_only_the_files_asked_for_are_opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path, {"a.txt": TEXT, "b.txt": TEXT, "f.jsonl": FEED})
    opened: list[str] = []
    really_open = os.open

    def note(place: Path, flags: int) -> int:
        opened.append(place.name)
        return really_open(place, flags)

    monkeypatch.setattr(os, "open", note)
    assert sorted(read_articles(tmp_path, ["f.jsonl#3", "b.txt"])) == ["b.txt", "f.jsonl#3"]
    assert opened == ["b.txt", "f.jsonl"]


def test_the_file_of_an_id() -> None:
    assert [file_of(name) for name in ("a.txt", "f.jsonl#42", "x#1.txt", "f.jsonl#x", "a#1/f.csv#2")] == [
        "a.txt", "f.jsonl", "x#1.txt", "f.jsonl#x", "a#1/f.csv",
    ]  # fmt: skip


@pytest.mark.slow
def test_a_hundred_thousand_small_files(tmp_path: Path) -> None:
    for folder in range(100):
        (tmp_path / str(folder)).mkdir()
        for number in range(1000):
            (tmp_path / str(folder) / f"{number}.txt").write_text(TEXT)
    found = ids(tmp_path)
    assert len(found) == 100_000
    assert found == sorted(found)
