"""Articles don't leave an index because they could not be looked at, nor many of them without a word."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager
from pathlib import Path

import pytest

from index.build.build import Report, build
from index.build.removals import RemovalRefused
from tests.newsroom import Newsroom


@pytest.fixture
def desk(newsroom: Newsroom) -> Newsroom:
    """Twelve articles in three folders."""
    for folder in ("east", "west", "north"):
        for n in range(3):
            newsroom.print(f"{folder}/{n}.txt", f"The {folder} ferry number {n} left. It is late.")
    newsroom.print_records(
        "west/feed.jsonl", [{"text": f"Report {n} of the west. It rains."} for n in range(3)]
    )
    newsroom.build()
    return newsroom


def ids(newsroom: Newsroom) -> set[str]:
    return {article.id for article in newsroom.generation().archive.articles()}


def refuse(monkeypatch: pytest.MonkeyPatch, folder: Path, fault: int) -> None:
    """Let the system refuse to look into a folder; tests may run as root, whom no permission stops."""
    scandir = os.scandir

    def refusing(place: int | str | Path) -> AbstractContextManager[Iterator[os.DirEntry[str]]]:
        named = Path(f"/proc/self/fd/{place}").readlink() if isinstance(place, int) else Path(place)
        if named == folder.resolve():
            raise OSError(fault, os.strerror(fault), str(folder))
        return scandir(place)

    monkeypatch.setattr(os, "scandir", refusing)


@pytest.mark.parametrize("fault", [errno.EACCES, errno.EIO, errno.ESTALE, errno.ETIMEDOUT])
def test_articles_of_a_folder_that_cannot_be_looked_into_are_kept(
    desk: Newsroom, monkeypatch: pytest.MonkeyPatch, fault: int
) -> None:
    before = ids(desk)
    refuse(monkeypatch, desk.articles / "west", fault)
    report = desk.build(allow_removal=False)
    assert ids(desk) == before
    assert (report.removed, report.unchanged, len(report.kept)) == (0, 12, 6)
    assert {place for place, _ in report.kept} == {id_ for id_ in before if id_.startswith("west/")}
    assert all(reason.startswith("west is a folder that ") for _, reason in report.kept)


def test_an_article_of_a_file_that_cannot_be_read_is_kept(
    desk: Newsroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    before, read = ids(desk), os.open

    def refusing(place: str, flags: int, mode: int = 0o777, *, dir_fd: int | None = None) -> int:
        if Path(place).name == "feed.jsonl":
            raise PermissionError(errno.EACCES, "Permission denied", str(place))
        return read(place, flags, mode, dir_fd=dir_fd)

    monkeypatch.setattr(os, "open", refusing)
    report = desk.build()
    assert ids(desk) == before
    assert [place for place, _ in report.kept] == [f"west/feed.jsonl#{n}" for n in (1, 2, 3)]


def test_what_was_looked_at_and_is_no_article_any_more_leaves(desk: Newsroom) -> None:
    (desk.articles / "west" / "0.txt").write_bytes(b"\xff\xfe\xfd")
    report = desk.build(allow_removal=False)
    assert (report.removed, report.kept) == (1, ())
    assert "west/0.txt" not in ids(desk)


def test_more_than_a_tenth_leaves_only_where_that_is_allowed(desk: Newsroom) -> None:
    before = ids(desk)
    desk.withdraw("east/0.txt")
    assert desk.build(allow_removal=False).removed == 1
    desk.withdraw("east/1.txt")
    desk.withdraw("east/2.txt")
    with pytest.raises(RemovalRefused, match=r"2 of 11 articles would leave .*--allow-removal"):
        desk.build(allow_removal=False)
    assert len(ids(desk)) == len(before) - 1
    assert desk.build(allow_removal=True).removed == 2


def test_articles_that_only_moved_are_not_gone(desk: Newsroom) -> None:
    (desk.articles / "west").rename(desk.articles / "south")
    report = desk.build(allow_removal=False)
    assert (report.removed, report.new) == (6, 6)


def roots(newsroom: Newsroom, names: Sequence[str]) -> Report:
    return build(newsroom.index, [newsroom.articles / name for name in names], newsroom.embedder)


def test_a_path_that_became_empty_is_asked_about_however_little_it_held(newsroom: Newsroom) -> None:
    for n in range(30):
        newsroom.print(f"large/{n}.txt", f"The ferry number {n} left.")
    newsroom.print("small/only.txt", "Gulls cried.")
    roots(newsroom, ["large", "small"])
    newsroom.withdraw("small/only.txt")
    with pytest.raises(RemovalRefused, match=r"1 of 31 .* small holds no article any more|small holds"):
        roots(newsroom, ["large", "small"])
    assert "only.txt" in ids(newsroom)


def test_another_archive_does_not_take_the_place_of_the_first(desk: Newsroom) -> None:
    before = ids(desk)
    desk.print("../other/new.txt", "Another desk.")
    with pytest.raises(RemovalRefused):
        roots(desk, ["../other"])
    assert ids(desk) == before
