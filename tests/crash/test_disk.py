"""The simulated disk keeps what was synced, and may lose or tear anything else."""

from __future__ import annotations

import random
from collections.abc import Sequence

from tests.crash.disk import TOP, Disk, Make, Operation, Remove, Rename, Sync, Tree, Write

OLD_FILE, NEW_FILE, FOLDER = 1, 2, 3
WRITTEN = (Make(TOP, "new", NEW_FILE, is_folder=False), Write(NEW_FILE, b"12345678"))
KEPT = (
    *(Make(TOP, "old", OLD_FILE, is_folder=False), Write(OLD_FILE, b"abcdefgh"), Sync(OLD_FILE, "old")),
    Sync(TOP, "."),
)
MADE = (*KEPT, Make(TOP, "folder", FOLDER, is_folder=True), Sync(TOP, "."))


def found_after(operations: Sequence[Operation]) -> list[Tree]:
    disk = Disk()
    for operation in operations:
        disk.apply(operation)
    dice = random.Random(1)  # noqa: S311
    return [disk.after(choice) for choice in disk.choices(dice, 50)]


def contents(trees: Sequence[Tree], name: str) -> set[bytes | None]:
    return {tree[name] for tree in trees if name in tree}


def test_what_was_synced_with_its_name_is_kept() -> None:
    assert found_after((*WRITTEN, Sync(NEW_FILE, "new"), Sync(TOP, "."))) == [{"new": b"12345678"}] * 4


def test_a_file_without_fsync_is_lost_empty_torn_or_whole() -> None:
    trees = found_after(WRITTEN)
    assert {} in trees
    assert {b"", b"1234", b"1234\0\0\0\0", bytes(8), b"12345678"} <= contents(trees, "new")


def test_an_fsync_of_the_file_does_not_keep_its_name() -> None:
    trees = found_after((*WRITTEN, Sync(NEW_FILE, "new")))
    assert {} in trees
    assert contents(trees, "new") == {b"12345678"}


def test_an_fsync_of_the_folder_does_not_keep_its_files_content() -> None:
    trees = found_after((*WRITTEN, Sync(TOP, ".")))
    assert all("new" in tree for tree in trees)
    assert b"" in contents(trees, "new")


def test_an_overwritten_file_may_be_old_new_or_between() -> None:
    trees = found_after((*KEPT, Write(OLD_FILE, b"12345678")))
    assert {b"abcdefgh", b"1234efgh", b"", b"12345678"} <= contents(trees, "old")


def test_a_replaced_file_is_the_old_one_or_the_new_one_that_may_be_empty() -> None:
    replaced = Rename(TOP, "new", TOP, "old", NEW_FILE)
    synced = found_after((*KEPT, *WRITTEN, Sync(NEW_FILE, "new"), replaced))
    assert contents(synced, "old") == {b"abcdefgh", b"12345678"}
    assert b"" in contents(found_after((*KEPT, *WRITTEN, replaced)), "old")
    kept = found_after((*KEPT, *WRITTEN, Sync(NEW_FILE, "new"), replaced, Sync(TOP, ".")))
    assert all(tree == {"old": b"12345678"} for tree in kept)


def test_later_names_may_be_kept_and_earlier_ones_lost() -> None:
    later = Make(TOP, "later", 9, is_folder=False)
    assert {"later": b""} in found_after((*WRITTEN, Sync(NEW_FILE, "new"), later))


def test_a_removed_file_may_still_be_there() -> None:
    assert contents(found_after((*KEPT, Remove(TOP, "old", OLD_FILE))), "old") == {b"abcdefgh"}
    assert {} in found_after((*KEPT, Remove(TOP, "old", OLD_FILE)))


def test_a_rename_between_folders_is_kept_with_the_folder_it_leads_to() -> None:
    moved = Rename(TOP, "old", FOLDER, "old", OLD_FILE)
    before, after = {"old": b"abcdefgh", "folder": None}, {"folder": None, "folder/old": b"abcdefgh"}
    either = found_after((*MADE, moved))
    assert before in either
    assert after in either
    assert all(tree in (before, after) for tree in either)
    assert before in found_after((*MADE, moved, Sync(TOP, ".")))
    assert set(map(str, found_after((*MADE, moved, Sync(FOLDER, "folder"))))) == {str(after)}


def test_what_lies_in_a_folder_is_lost_with_its_name() -> None:
    inside = Make(FOLDER, "new", NEW_FILE, is_folder=False)
    folder = Make(TOP, "folder", FOLDER, is_folder=True)
    assert {} in found_after((folder, inside, Sync(FOLDER, "folder"), Sync(NEW_FILE, "folder/new")))
