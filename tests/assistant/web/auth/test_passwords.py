"""Passwords are kept as scrypt hashes, in a file that is its owner's alone and whole at every moment."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.web.auth import passwords
from assistant.web.auth.passwords import BadPasswords, Cost, hashed, matches, read_passwords, set_password
from tests.assistant.running import PASSWORD

CHEAP = Cost(ln=14, p=1)


@settings(max_examples=5, deadline=None)
@given(st.text(st.characters(exclude_categories=["Cc", "Cs"]), min_size=10, max_size=40), st.integers(0, 9))
def test_a_password_matches_its_hash_and_no_other(password: str, at: int) -> None:
    line = hashed(password, CHEAP)
    assert matches(password, line)
    assert not matches(password[:at] + "\u2603" + password[at:], line)
    assert not matches(password[:-1], line)


def test_the_same_password_has_another_hash_each_time_and_states_its_cost() -> None:
    assert hashed(PASSWORD) != hashed(PASSWORD)
    assert hashed(PASSWORD).startswith("$scrypt$ln=15,r=8,p=3$")


def test_letters_are_one_however_they_are_typed() -> None:
    assert matches("Zu\u0308rich im Regen", hashed("Z\u00fcrich im Regen", CHEAP))


def test_nobody_has_no_password() -> None:
    assert not matches("", None)
    assert not matches(PASSWORD, None)


@pytest.mark.parametrize(
    ("password", "words"), [("", "10"), ("short", "10"), ("x" * 1025, "1,024"), ("with a\0NUL", "control")]
)
def test_a_password_that_cannot_be_used_says_why(password: str, words: str) -> None:
    with pytest.raises(BadPasswords, match=words):
        hashed(password)


def test_a_line_is_made_and_replaced_and_the_others_stay(tmp_path: Path) -> None:
    file = tmp_path / "users"
    assert set_password(file, "anna", PASSWORD)
    assert set_password(file, "ben@desk.example", PASSWORD + "!")
    before = read_passwords(file)
    assert not set_password(file, "anna", "another long one")
    after = read_passwords(file)
    assert list(after) == ["anna", "ben@desk.example"]
    assert after["ben@desk.example"] == before["ben@desk.example"]
    assert matches("another long one", after["anna"])
    assert not matches(PASSWORD, after["anna"])
    assert file.stat().st_mode & 0o777 == 0o600
    assert [path.name for path in tmp_path.iterdir()] == ["users"]


@pytest.mark.parametrize("user", ["", "a:b", "a b", "-a", "a\n", "x" * 65, "ä"])
def test_a_name_that_cannot_be_used_makes_no_file(tmp_path: Path, user: str) -> None:
    with pytest.raises(BadPasswords, match="a user's name"):
        set_password(tmp_path / "users", user, PASSWORD)
    assert not (tmp_path / "users").exists()


def test_a_write_that_fails_leaves_the_file_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "users"
    set_password(file, "anna", PASSWORD)
    before = file.read_bytes()

    def full(path: Path) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(passwords, "sync", full)
    with pytest.raises(OSError, match="No space"):
        set_password(file, "ben", PASSWORD)
    assert file.read_bytes() == before
    assert len(list(tmp_path.iterdir())) == 1


GOOD = hashed(PASSWORD, CHEAP)


@pytest.mark.parametrize(
    "text",
    [
        "anna",
        "anna:",
        f"anna:{PASSWORD}",
        f"anna:{GOOD}x",
        f"anna:{GOOD}\nanna:{GOOD}",
        f"an na:{GOOD}",
        "anna:" + GOOD.replace("ln=14", "ln=30"),
        "anna:" + GOOD.replace("ln=14", "ln=2"),
        "anna:" + GOOD.replace("p=1", "p=99"),
        "anna:$2b$12$" + "x" * 53,
    ],
)
def test_a_line_that_was_not_written_by_the_command_is_told_with_its_number(
    tmp_path: Path, text: str
) -> None:
    file = tmp_path / "users"
    file.write_text("# who may ask\n\n" + text, "utf-8")
    file.chmod(0o600)
    with pytest.raises(BadPasswords, match=r"line [34] of .*users is not what `onrecord passwd` writes"):
        read_passwords(file)


def test_a_file_that_names_nobody_or_is_open_to_others_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "users"
    file.touch(0o600)
    with pytest.raises(BadPasswords, match="names nobody: add a user with onrecord passwd"):
        read_passwords(file)
    file.write_text(f"anna:{GOOD}\n", "utf-8")
    for mode in (0o604, 0o620, 0o602):
        os.chmod(file, mode)  # noqa: PTH101
        with pytest.raises(BadPasswords, match="chmod 600"):
            read_passwords(file)
    file.chmod(0o640)
    assert list(read_passwords(file)) == ["anna"]
