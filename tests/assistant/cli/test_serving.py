"""`passwd` makes users, and `serve` refuses in one line what would be open by mistake."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner

from assistant.cli import app
from assistant.server.passwords import matches, read_passwords
from tests.assistant.cli.results import Run, fails
from tests.newsroom import Newsroom


def test_a_password_is_read_from_a_pipe_and_replaced(tmp_path: Path) -> None:
    file = tmp_path / "users"
    for password, told in (
        ("a long way to Meridale", "Added anna"),
        ("another long one", "Changed the password"),
    ):
        result = CliRunner().invoke(app, ["passwd", str(file), "anna"], input=f"{password}\n")
        assert result.exit_code == 0, result.output
        assert told in result.stdout
        assert password not in result.output
        assert matches(password, read_passwords(file)["anna"])


@pytest.mark.parametrize(
    ("user", "password"), [("anna", "short"), ("anna", ""), ("an:na", "a long way to Meridale")]
)
def test_a_user_that_cannot_be_made_says_why(tmp_path: Path, user: str, password: str) -> None:
    file = tmp_path / "users"
    fails(CliRunner().invoke(app, ["passwd", str(file), user], input=password), "a")
    assert not file.exists()


def test_a_folder_that_is_not_there_is_told(tmp_path: Path) -> None:
    result = CliRunner().invoke(app, ["passwd", str(tmp_path / "none" / "users"), "anna"], input="x" * 12)
    fails(result, "No such file or directory")


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (("--host", "192.0.2.1"), "add --auth-file FILE"),
        (("--auth-file", "users", "--no-auth"), "choose one of them"),
        (("--name", "http://desk.example"), "such as news.example"),
        (("--index", "nowhere"), "there is no index at nowhere"),
    ],
)
def test_what_cannot_be_served_is_told_in_one_line(
    run: Run, standing: Newsroom, options: tuple[str, ...], words: str
) -> None:
    fails(run("serve", "--index", standing.index, *options), words)
