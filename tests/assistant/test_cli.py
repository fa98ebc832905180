"""The command line: results on stdout and nothing else there, one line for an error, three exit codes."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from assistant import assistant as assistant_module
from assistant import indexing, retriever
from assistant.cli import app
from index.generation import open_current, writing
from tests.fakes import BagOfWords
from tests.newsroom import BRIDGE, FLOOD, STRIKE, Newsroom, by_overlap

ROOT = Path(__file__).resolve().parents[2]
QUESTION = "How many dockers joined the strike at Port Caldry?"
NONSENSE = "Zwölf boxkämpfer jagen quer"
OBEYED = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]")

Run = Callable[..., Result]


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Run:
    """Runs a command with the bag of words for a model, in an empty folder."""
    monkeypatch.setattr(retriever, "SentenceTransformerEmbedder", lambda name: BagOfWords(f"{name}@1"))
    monkeypatch.setattr(indexing, "SentenceTransformerEmbedder", lambda name: BagOfWords(f"{name}@1"))
    monkeypatch.setattr(assistant_module, "Judge", by_overlap)
    monkeypatch.delenv("ONRECORD_INDEX", raising=False)
    monkeypatch.delenv("ONRECORD_MODEL", raising=False)
    (tmp_path / "elsewhere").mkdir()
    monkeypatch.chdir(tmp_path / "elsewhere")
    return lambda *arguments: CliRunner().invoke(app, [str(a) for a in arguments])


def fails(result: Result, words: str) -> None:
    """An error is exit code 2 and one line on stderr."""
    assert result.exit_code == 2, result.output
    assert result.stdout == ""
    assert result.stderr.startswith("onrecord: ")
    assert result.stderr.count("\n") == 1
    assert result.stderr.endswith("\n")
    assert words in result.stderr
    assert "Traceback" not in result.stderr


def misused(result: Result, words: str) -> None:
    """A wrong option is exit code 2 and told on stderr."""
    assert (result.exit_code, result.stdout) == (2, "")
    assert words in " ".join(re.sub("[│\n]", " ", result.stderr).split())
    assert "Traceback" not in result.stderr


def parsed(result: Result) -> Any:
    """The one JSON value that stdout holds."""
    assert result.stderr == ""
    assert result.stdout.endswith("\n")
    return json.loads(result.stdout)


def test_ask_prints_the_answer_as_json(run: Run, printed: Newsroom) -> None:
    result = run("ask", QUESTION, "--index", printed.index, "--json")
    assert result.exit_code == 0
    value = parsed(result)
    article = printed.generation().archive.article("strike.txt")
    assert value.pop("probability") == pytest.approx(value["quotes"][0].pop("score"), abs=1e-4)
    assert value == {
        "question": QUESTION,
        "understood": {"since": None, "until": None, "sources": [], "follow_up_of": None},
        "status": "answered",
        "reason": None,
        "quotes": [
            {
                "text": "About 1,400 dockers joined the strike at Port Caldry.",
                "article_id": "strike.txt",
                "start": 16,
                "end": 69,
                "prefix": "date 2031-03-02 ",
                "suffix": " Talks with the harbour board fa",
                "article_sha256": article.sha256,
                "title": None,
                "source": None,
                "published": "2031-03-02",
                "date_origin": "header",
                "url": None,
                "kind": None,
                "origin": {"articles": 1, "sources": []},
                "marks": [[16, 35]],
            }
        ],
        "near_misses": [],
        "coverage": {"articles": 3, "sources": 0, "undated": 0, "first": "2031-03-01", "last": "2031-03-03"},
    }
    assert list(value) == ["question", "understood", "status", "reason", "quotes", "near_misses", "coverage"]


def test_no_answer_is_exit_code_1_with_the_near_misses_in_the_same_shape(run: Run, printed: Newsroom) -> None:
    answered = parsed(run("ask", QUESTION, "--index", printed.index, "--json"))
    result = run("ask", NONSENSE, "--index", printed.index, "--json")
    assert result.exit_code == 1
    value = parsed(result)
    assert value.keys() == answered.keys()
    assert (value["status"], value["quotes"]) == ("no_answer", [])
    assert value["reason"] == "No sentence in the articles searched answers this question."
    assert all(near.keys() == answered["quotes"][0].keys() for near in value["near_misses"])
    assert value["near_misses"]


def test_search_prints_passages_in_the_same_shape(run: Run, printed: Newsroom) -> None:
    answered = parsed(run("ask", QUESTION, "--index", printed.index, "--json"))
    result = run("search", QUESTION, "--index", printed.index, "--json", "-k", 2)
    assert result.exit_code == 0
    value = parsed(result)
    assert list(value) == ["question", "understood", "hits", "coverage"]
    assert len(value["hits"]) == 2
    assert value["hits"][0].keys() == answered["quotes"][0].keys()
    assert value["hits"][0]["text"] == STRIKE
    assert run("search", QUESTION, "--index", printed.index, "--source", "Nobody").exit_code == 1


def test_filters_are_used_and_told(run: Run, printed: Newsroom) -> None:
    filters = ("--since", "2031-03-02", "--until", "2031-03-02", "--source", "A", "--source", "B")
    value = parsed(run("ask", QUESTION, "--index", printed.index, "--json", *filters))
    assert value["understood"] == {
        "since": "2031-03-02",
        "until": "2031-03-02",
        "sources": ["A", "B"],
        "follow_up_of": None,
    }
    assert value["reason"] == "The archive has no source named A or B; the sources stated are: none."
    value = parsed(run("ask", QUESTION, "--index", printed.index, "--json", *filters[:4]))
    assert value["coverage"]["articles"] == 1
    assert run("ask", QUESTION, "--index", printed.index, "--since", "2031-03-03").exit_code == 1


def test_k_bounds_the_quotes(run: Run, newsroom: Newsroom) -> None:
    for n, town in enumerate(("Korrun", "Caldry", "Nebrin")):
        newsroom.print(f"{n}.txt", f"Dockers joined the strike at {town}.")
    newsroom.embedder.model_id = "bag@1"
    newsroom.build()
    asked = ("ask", "Where did dockers join the strike?", "--index", newsroom.index, "--json", "-k")
    assert [len(parsed(run(*asked, k))["quotes"]) for k in (1, 2, 5)] == [1, 2, 3]
    for k in ("0", "6", "many"):
        misused(run(*asked, k), "Invalid value for '-k'")


@pytest.mark.parametrize("option", ["--since", "--until"])
@pytest.mark.parametrize("day", ["soon", "2031-02-30", "2031-3-1", "12", "2031-W01-1", "", "20310301"])
def test_a_bad_date_is_refused(run: Run, printed: Newsroom, option: str, day: str) -> None:
    misused(run("ask", QUESTION, "--index", printed.index, option, day), f"Invalid value for '{option}'")


def test_a_page_of_words(run: Run, printed: Newsroom) -> None:
    result = run("ask", QUESTION, "--index", printed.index)
    assert (result.exit_code, result.stderr) == (0, "")
    assert "1. “About 1,400 dockers joined the strike at Port Caldry.”\n" in result.stdout
    assert "source not stated · 2031-03-02 (header) · strike.txt, characters 16–69\n" in result.stdout
    result = run("ask", NONSENSE, "--index", printed.index)
    assert result.exit_code == 1
    assert "No answer. No sentence" in result.stdout
    assert "Not an answer" in result.stdout


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
    for command in (["ask", QUESTION], ["search", QUESTION], ["status"], ["check"]):
        fails(run(*command, "--index", printed.index, *json_), "run `onrecord index` on the articles again")


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


def test_index_reports_what_it_did(run: Run, newsroom: Newsroom) -> None:
    newsroom.print("bridge.txt", BRIDGE, "2031-03-01")
    newsroom.print("photo.jpg", "x")
    newsroom.print_records("feed.jsonl", [{"text": FLOOD, "date": "soon"}])
    result = run("index", newsroom.articles, "--index", newsroom.index)
    assert (result.exit_code, result.stderr) == (0, "")
    lines = [line for line in result.stdout.splitlines() if line.strip()]
    assert lines[0].startswith("2 articles in ")
    assert lines[0].endswith(": 2 new, 0 changed, 0 unchanged, 0 removed.")
    assert lines[1] == "2 passages: 2 embedded, 0 known already."
    assert lines[2] == "1 could not be read:"
    assert lines[3].startswith("  photo.jpg: ")
    assert lines[4] == "1 with a warning:"
    assert lines[5].startswith("  feed.jsonl#1: ")
    again = run("index", "--index", newsroom.index, "--json")
    value = json.loads(again.stdout)
    assert (value["articles"], value["unchanged"], value["embedded"], value["generation"]) == (
        2,
        2,
        0,
        "000002",
    )
    assert value["rejected"][0]["path"] == "photo.jpg"


def test_index_fails_in_one_line_and_leaves_the_index(run: Run, printed: Newsroom, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    fails(run("index", tmp_path / "empty", "--index", printed.index), "the index is as it was")
    fails(run("index", tmp_path / "none", "--index", printed.index), "check the path")
    fails(run("index", "--index", tmp_path / "no-index"), "make one with")
    with writing(printed.index):
        fails(run("index", printed.articles, "--index", printed.index), "another indexing run is in progress")
    assert open_current(printed.index).number == "000001"


HOSTILE = "\x1b[31m\x1b]8;;https://evil.example\x07 \x9b2J \x7f \u202egnp.exe\u202c \u2028 [bold]x[/bold]"

NAME = "[bold]Halyard \u202eevil\u202c[/bold]"


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


@pytest.mark.parametrize("article_id", ["strike.txt", "feed.jsonl#1"])
def test_verify_names_the_quote_that_fell(run: Run, newsroom: Newsroom, article_id: str) -> None:
    records = [{"text": STRIKE}, {"text": FLOOD}]
    newsroom.print("strike.txt", STRIKE) if article_id == "strike.txt" else newsroom.print_records(
        "feed.jsonl", records
    )
    newsroom.embedder.model_id = "bag@1"
    newsroom.build()
    saved = newsroom.articles.parent / "answer.json"
    saved.write_text(run("ask", QUESTION, "--index", newsroom.index, "--json").stdout, "utf-8")
    verified = run("verify", saved, "--index", newsroom.index)
    assert verified.exit_code == 0
    assert f"quotes[0], {article_id}, characters 0–53: stands\n" in verified.stdout
    file = newsroom.articles / article_id.partition("#")[0]
    file.write_bytes(file.read_bytes().replace(b"harbour board", b"HARBOUR board"))
    elsewhere = run("verify", saved, "--index", newsroom.index)
    assert (elsewhere.exit_code, "stands, but its article has changed" in elsewhere.stdout) == (0, True)
    file.write_bytes(file.read_bytes().replace(b"1,400", b"1,500"))
    changed = run("verify", saved, "--articles", newsroom.articles, "--json")
    assert changed.exit_code == 1
    (value,) = parsed(changed)
    assert (value["place"], value["stands"]) == ("quotes[0]", False)
    assert value["quote"]["article_id"] == article_id
    file.write_text('{"text": ""}\n' if "#" in article_id else "", "utf-8")
    gone = run("verify", saved, "--index", newsroom.index)
    assert gone.exit_code == 1
    assert f"quotes[0], {article_id}, characters 0–53: its article is gone\n" in gone.stdout


def test_verify_of_what_is_no_answer_is_one_line(run: Run, printed: Newsroom, tmp_path: Path) -> None:
    (tmp_path / "x.json").write_text("[]", "utf-8")
    fails(run("verify", tmp_path / "x.json", "--index", printed.index), "is not a saved answer")
    fails(run("verify", tmp_path / "none.json", "--index", printed.index), "can't be read")


def test_check_says_sound_or_names_the_faults(run: Run, newsroom: Newsroom) -> None:
    newsroom.print("strike.txt", STRIKE)
    newsroom.print("flood.txt", FLOOD)
    newsroom.build()
    sound = run("check", "--index", newsroom.index)
    assert (sound.exit_code, sound.stdout) == (0, "The index is sound and up to date.\n")
    newsroom.print("strike.txt", STRIKE + "!")
    newsroom.withdraw("flood.txt")
    stale = run("check", "--index", newsroom.index)
    assert stale.exit_code == 1
    assert stale.stdout.splitlines() == [
        "strike.txt: changed on disk since it was indexed",
        "flood.txt: in the index, no longer on disk",
    ]
    assert parsed(run("check", "--index", newsroom.index, "--json")) == {
        "sound": False,
        "faults": stale.stdout.splitlines(),
    }


def test_status_prints_the_counts(run: Run, printed: Newsroom) -> None:
    assert "Articles: 3 (3 passages)" in run("status", "--index", printed.index).stdout
    value = parsed(run("status", "--index", printed.index, "--json"))
    assert (value["articles"], value["undated"], value["first"], value["last"]) == (
        3,
        0,
        "2031-03-01",
        "2031-03-03",
    )


def onrecord(*arguments: object, **variables: str) -> subprocess.CompletedProcess[str]:
    """Run the command in a process of its own, on the project's own code."""
    code = "from assistant.cli import main; main()"
    return subprocess.run(
        [sys.executable, "-c", code, *map(str, arguments)],
        cwd=ROOT,
        env={**os.environ, **variables},
        check=False,
        capture_output=True,
        text=True,
    )


def test_an_error_in_a_process_of_its_own(tmp_path: Path) -> None:
    done = onrecord("ask", "Who?", "--json", ONRECORD_INDEX=str(tmp_path / "none"))
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.count("\n") == 1
    assert done.stderr.startswith("onrecord: there is no index at ")


@pytest.mark.slow
def test_from_articles_to_a_verified_answer_with_the_model(newsroom: Newsroom, tmp_path: Path) -> None:
    newsroom.print("bridge.txt", BRIDGE, "2031-03-01")
    newsroom.print("strike.txt", STRIKE, "2031-03-02")
    indexed = onrecord("index", newsroom.articles, "--index", newsroom.index)
    assert (indexed.returncode, indexed.stderr) == (0, "")
    asked = onrecord("ask", QUESTION, "--json", ONRECORD_INDEX=str(newsroom.index))
    assert (asked.returncode, asked.stderr) == (0, "")
    value = json.loads(asked.stdout)
    assert value["quotes"][0]["text"] == "About 1,400 dockers joined the strike at Port Caldry."
    (tmp_path / "answer.json").write_text(asked.stdout, "utf-8")
    assert onrecord("verify", tmp_path / "answer.json", "--index", newsroom.index).returncode == 0
    newsroom.withdraw("strike.txt")
    assert onrecord("verify", tmp_path / "answer.json", "--index", newsroom.index).returncode == 1
    silent = onrecord("ask", "Who won the chess final in Reykjavik in 1972?", "--index", newsroom.index)
    assert (silent.returncode, silent.stderr) == (1, "")
