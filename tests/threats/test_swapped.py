"""No folder that becomes a link while an archive is read leads out of it."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from corpus.article import Article, Rejected
from corpus.formats.read import read_archive, read_articles
from corpus.loading.files import MAX_DEPTH
from tests.newsroom import Newsroom
from tests.threats.cases import GOOD
from tests.threats.rows import row, rows

OUTSIDE = "What lies outside."
REPLACED = "was replaced while the archive was read"
LABELS = '[[files]]\nmatch = "*"\nsource = "{}"\n'


class Swapper:
    """An archive of `a.txt`, `b.txt` and `c/d/x.txt`, and a folder outside that has the same names."""

    def __init__(self, tmp_path: Path) -> None:
        self.inside, self.outside = tmp_path / "inside", tmp_path / "outside"
        for folder, text in ((self.inside, GOOD), (self.outside, OUTSIDE)):
            (folder / "c" / "d").mkdir(parents=True)
            for name in ("a.txt", "b.txt", "c/d/x.txt"):
                (folder / name).write_text(text, "utf-8")
            (folder / "c" / "labels.toml").write_text(LABELS.format(folder.name), "utf-8")

    def swap(self, name: str) -> None:
        """Put a link to the folder outside in the place of one inside; an empty name is the archive itself."""
        here = self.inside / name
        if not here.is_symlink():
            here.rename(here.with_name(".moved away"))
            here.symlink_to(self.outside / name)


@pytest.fixture
def swapper(tmp_path: Path) -> Swapper:
    return Swapper(tmp_path)


def before_opening(patch: pytest.MonkeyPatch, name: str, event: Callable[[], None]) -> None:
    """Let something happen just before a file or folder of this name is opened."""
    really_open = os.open

    def opening(place: str | Path, flags: int, mode: int = 0o777, *, dir_fd: int | None = None) -> int:
        if Path(place).name == name:
            event()
        return really_open(place, flags, mode, dir_fd=dir_fd)

    patch.setattr(os, "open", opening)


def found(root: Path) -> tuple[dict[str, str], dict[str, str]]:
    """Texts by id and reasons by path."""
    items = list(read_archive(root))
    texts = {item.id: item.text for item in items if isinstance(item, Article)}
    return texts, {item.path: item.reason for item in items if isinstance(item, Rejected)}


@pytest.mark.parametrize("name", [row("T20", f"{name}, read", name) for name in ("c", "c/d")])
def test_a_folder_swapped_between_listing_and_reading_leads_nowhere(
    swapper: Swapper, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    before_opening(monkeypatch, "b.txt", lambda: swapper.swap(name))
    texts, reasons = found(swapper.inside)
    assert texts == {"a.txt": GOOD, "b.txt": GOOD}
    assert reasons == {"c/d/x.txt": REPLACED}


@rows("T20", "a folder of labels")
def test_labels_of_a_swapped_folder_are_not_read(
    swapper: Swapper, monkeypatch: pytest.MonkeyPatch, case: str
) -> None:
    (swapper.inside / "a").mkdir()
    (swapper.inside / "a" / "labels.toml").write_text(LABELS.format("first"), "utf-8")
    before_opening(monkeypatch, "labels.toml", lambda: swapper.swap("c"))
    texts, reasons = found(swapper.inside)
    assert OUTSIDE not in texts.values()
    assert reasons["c/labels.toml"] == f"{REPLACED}; the articles are read without these labels"


@rows("T20", "a folder about to be listed")
def test_a_folder_swapped_before_it_is_listed_is_not_entered(
    swapper: Swapper, monkeypatch: pytest.MonkeyPatch, case: str
) -> None:
    before_opening(monkeypatch, "c", lambda: swapper.swap("c"))
    texts, reasons = found(swapper.inside)
    assert texts == {"a.txt": GOOD, "b.txt": GOOD}
    assert reasons == {"c": f"is a folder that {REPLACED}"}


@rows("T20", "the archive itself")
def test_an_archive_swapped_as_it_is_read_is_read_to_its_end(
    swapper: Swapper, monkeypatch: pytest.MonkeyPatch, case: str
) -> None:
    before_opening(monkeypatch, "a.txt", lambda: swapper.swap(""))
    texts, reasons = found(swapper.inside)
    assert (texts, reasons) == ({"a.txt": GOOD, "b.txt": GOOD, "c/d/x.txt": GOOD}, {})


@rows("T20", "verifying")
def test_articles_read_again_are_not_read_outside(
    swapper: Swapper, monkeypatch: pytest.MonkeyPatch, case: str
) -> None:
    before_opening(monkeypatch, "b.txt", lambda: swapper.swap("c"))
    assert read_articles(swapper.inside, ["b.txt", "c/d/x.txt"]).keys() == {"b.txt"}


@rows("T20", "nothing left open")
def test_nothing_is_left_open(swapper: Swapper, monkeypatch: pytest.MonkeyPatch, case: str) -> None:
    before = len(list(Path("/proc/self/fd").iterdir()))
    before_opening(monkeypatch, "b.txt", lambda: swapper.swap("c"))
    found(swapper.inside)
    next(read_archive(swapper.inside))
    assert (
        len(list(Path("/proc/self/fd").iterdir())) <= before
    )  # what tests before left may be closed meanwhile


@rows("T20", "folders in folders in folders")
def test_what_lies_too_deep_is_told_and_kept(newsroom: Newsroom, case: str) -> None:
    deep = "/".join(["f"] * MAX_DEPTH)
    newsroom.print(f"{deep}/near.txt", GOOD)
    newsroom.print(f"{deep}/f/far.txt", "Gulls cried.")
    (refused,) = newsroom.build().rejected
    reason = "is more than 100 folders deep, and not looked into; move it up"
    assert refused == Rejected(f"{deep}/f", reason, unseen=True)
    assert [article.id for article in newsroom.generation().archive.articles()] == [f"{deep}/near.txt"]
