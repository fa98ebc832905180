"""`passwd` makes users, and `serve` refuses in one line what would be open by mistake."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from app import main
from assistant.cli.main import app
from assistant.web.auth.passwords import matches, read_passwords
from assistant.web.server import process
from assistant.web.server.serving import Serving
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


@pytest.fixture
def served(monkeypatch: pytest.MonkeyPatch) -> list[Serving]:
    """What would be served, each time that it would be; nothing listens."""
    found: list[Serving] = []
    monkeypatch.setattr(process, "serve", lambda desk, serving, look: found.append(serving))
    return found


def test_variables_choose_as_options_do_and_app_py_serves_alike(
    run: Run, standing: Newsroom, served: list[Serving], monkeypatch: pytest.MonkeyPatch
) -> None:
    everywhere = "0.0.0.0"  # noqa: S104
    options = ("--host", everywhere, "--name", "a.example", "--name", "b", "--no-auth", "--log-questions")
    assert run("serve", "--index", standing.index, *options, "--access-log", "log").exit_code == 0
    chosen = {"HOST": everywhere, "NAMES": "a.example, b", "NO_AUTH": "1", "LOG_QUESTIONS": "1"}
    for name, value in {**chosen, "ACCESS_LOG": "log", "INDEX": str(standing.index)}.items():
        monkeypatch.setenv(f"ONRECORD_{name}", value)
    assert run("serve").exit_code == 0
    monkeypatch.setattr(sys, "argv", ["app.py"])
    with pytest.raises(SystemExit) as ended:
        main()
    assert ended.value.code == 0
    wanted = Serving(
        everywhere, 7860, ("a.example", "b"), no_auth=True, access_log=Path("log"), log_questions=True
    )
    assert served == [wanted] * 3
    assert run("serve", "--name", "c.example", "--port", "7861").exit_code == 0
    assert (served[-1].names, served[-1].port) == (("c.example",), 7861)


def test_a_variable_that_cannot_be_read_is_named(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ONRECORD_NO_AUTH", "perhaps")
    fails(run("serve"), "ONRECORD_NO_AUTH")
