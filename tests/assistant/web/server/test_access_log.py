"""The access log says that someone asked, and not what, unless it is told to."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from assistant.web.auth.authenticator import Doorkeeper
from assistant.web.auth.passwords import Cost, hashed
from assistant.web.auth.sessions import Accounts
from assistant.web.server.access_log import log_lines
from assistant.web.server.application import Access, create_app
from tests.assistant.desk import SmallDesk
from tests.assistant.running import PASSWORD

QUESTION = "How many dockers are on strike?"


def lines_of(
    requests: list[tuple[str, str, object]], *, questions: bool, users: Path | None = None
) -> list[str]:
    lines: list[str] = []
    door = Doorkeeper(Accounts(users)) if users else None
    app = create_app(SmallDesk(), access=Access(log=lines.append, log_questions=questions, door=door))
    with TestClient(app, base_url="http://127.0.0.1:7860") as client:
        for method, path, body in requests:
            client.request(method, path, json=body)
        if users:
            client.post("/login", data={"name": "anna", "password": PASSWORD})
    return lines


ASKED: list[tuple[str, str, object]] = [
    ("POST", "/gradio_api/call/v2/ask", {"question": QUESTION}),
    ("GET", "/desk/article?id=courier/strike.txt&start=1&end=2&sha256=x", None),
    ("GET", "/theme.css", None),
    ("GET", "/assets/none.js", None),
    ("GET", "/x%1b[31m%0aGET / 200 0" + "y" * 500, None),
]


def test_a_line_says_when_how_where_and_how_long_and_not_what() -> None:
    lines = lines_of(ASKED, questions=False)
    shape = r"20\d\d-\d\d-\d\dT\d\d:\d\d:\d\dZ (GET|POST) /\S* ?.*? \d{3} \d+"
    assert all(re.fullmatch(shape, line) for line in lines)
    assert [line.split()[1:3] for line in lines[:2]] == [["POST", ASKED[0][1]], ["GET", "/desk/article"]]
    assert [line.split()[3] for line in lines[:3]] == ["200", "400", "404"]
    text = "\n".join(lines)
    assert "dockers" not in text
    assert "strike.txt" not in text
    assert "theme.css" not in text
    assert "/assets/none.js 404" in text
    assert "\x1b" not in text
    assert len(lines) == 4
    assert max(map(len, lines)) < 400


def test_what_was_asked_is_in_it_when_that_is_wanted() -> None:
    lines = lines_of(ASKED, questions=True)
    assert lines[0].endswith(f'{{"question": "{QUESTION}"}}')
    assert "id=courier/strike.txt" in lines[1]


@pytest.mark.parametrize("questions", [False, True])
def test_a_password_is_never_in_it(tmp_path: Path, questions: bool) -> None:
    users = tmp_path / "users"
    users.touch(0o600)
    users.write_text(f"anna:{hashed(PASSWORD, Cost(ln=14, p=1))}\n", "utf-8")
    (line,) = lines_of([], questions=questions, users=users)[:1]
    assert " POST /login 303 " in line
    assert "Meridale" not in line


def test_a_file_is_its_owners_and_opened_anew_when_it_was_moved(tmp_path: Path) -> None:
    file = tmp_path / "access.log"
    write = log_lines(file)
    write("one")
    file.rename(tmp_path / "access.log.1")
    write("two")
    assert file.read_text("utf-8") == "two\n"
    assert (tmp_path / "access.log.1").read_text("utf-8") == "one\n"
    assert (tmp_path / "access.log.1").stat().st_mode & 0o077 == 0
    log_lines(None)
