"""Whatever is wrong is one line on stderr that says what to do, and nothing hostile reaches the terminal."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.assistant.cli.results import QUESTION, Run, fails, misused, parsed
from tests.newsroom import Newsroom

OBEYED = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]")


HOSTILE = "\x1b[31m\x1b]8;;https://evil.example\x07 \x9b2J \x7f \u202egnp.exe\u202c \u2028 [bold]x[/bold]"


NAME = "[bold]Halyard \u202eevil\u202c[/bold]"


@pytest.mark.parametrize("command", ["ask", "search", "status", "check", "eval", "verify"])
def test_no_index_is_one_line_that_says_what_to_do(run: Run, tmp_path: Path, command: str) -> None:
    (tmp_path / "file.json").write_text('{"id": "1", "question": "x"}\n', "utf-8")
    arguments: dict[str, list[object]] = {
        "ask": ["x"],
        "search": ["x"],
        "eval": [tmp_path / "file.json"],
        "verify": [tmp_path / "file.json"],
    }
    result = run(command, *arguments.get(command, []), "--index", tmp_path / "none")
    fails(result, "make one with: onrecord index ARTICLES --index")


@pytest.mark.parametrize("json_", [[], ["--json"]])
def test_a_damaged_index_is_one_line_that_says_what_to_do(
    run: Run, printed: Newsroom, json_: list[str]
) -> None:
    (printed.index / "generations" / "000001" / "archive.sqlite").write_bytes(b"")
    for command in (["ask", QUESTION], ["search", QUESTION], ["status"]):
        fails(run(*command, "--index", printed.index, *json_), "run `onrecord index` on the articles again")


@pytest.mark.parametrize("json_", [[], ["--json"]])
def test_a_damaged_index_is_what_check_looks_for(run: Run, printed: Newsroom, json_: list[str]) -> None:
    for name in ("archive.sqlite", "vectors.faiss"):
        (printed.index / "generations" / "000001" / name).write_bytes(b"")
    found = run("check", "--index", printed.index, *json_)
    assert (found.exit_code, found.stderr) == (1, "")
    for name in ("archive.sqlite", "vectors.faiss"):
        assert f"{name} is not the file that was written; run `onrecord index`" in found.stdout


def test_an_empty_question_is_one_line(run: Run, printed: Newsroom) -> None:
    fails(run("ask", "  ", "--index", printed.index), "the question is empty; ask something")
    misused(run("ask", "--index", printed.index), "Missing argument")


def test_the_index_is_named_by_the_environment_and_the_flag_wins(
    run: Run, printed: Newsroom, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    fails(run("ask", QUESTION), ".onrecord/index")
    monkeypatch.setenv("ONRECORD_INDEX", str(printed.index))
    assert run("ask", QUESTION).exit_code == 0
    fails(run("ask", QUESTION, "--index", tmp_path / "none"), str(tmp_path / "none"))


def test_a_bad_setting_is_named(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ONRECORD_PORT", "none")
    fails(run("serve"), "ONRECORD_PORT: ")


def test_hostile_articles_never_reach_the_terminal_raw(run: Run, newsroom: Newsroom) -> None:
    text = f"About 1,400 dockers {HOSTILE} joined the strike at Port Caldry."
    records = [{"text": text, "source": NAME, "title": HOSTILE, "date": HOSTILE, "kind": HOSTILE}]
    newsroom.print_records("feed.jsonl", records)
    newsroom.print("\x1b[2J\u202e.pdf", "x")
    newsroom.embedder.model_id = "bag@1"
    newsroom.build()
    saved = newsroom.articles.parent / "saved.json"
    asked = run("ask", QUESTION, "--index", newsroom.index, "--json")
    saved.write_text(asked.stdout, "utf-8")
    quote = parsed(asked)["quotes"][0]
    assert quote["text"] in text
    assert quote["source"] == NAME
    commands = (["ask", QUESTION], ["search", QUESTION], ["status"], ["check"], ["verify", saved])
    for command in (*commands, ["ask", HOSTILE, "--source", NAME], ["index", newsroom.articles]):
        for form in ([], ["--json"]):
            result = run(*command, "--index", newsroom.index, *form)
            assert not OBEYED.search(result.stdout + result.stderr), command
    page = run("search", QUESTION, "--index", newsroom.index).stdout
    assert "␛[31m␛]8;;https://evil.example␇ <U+009B>2J <U+007F> <U+202E>gnp.exe<U+202C>" in page
    assert "[bold]x[/bold]" in page
