"""`index`, `status`, `check` and `verify`: what they did or found, in words and as JSON."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from index.generation.generation import open_current, writing
from tests.assistant.cli.results import QUESTION, Run, fails, parsed
from tests.newsroom import BRIDGE, FLOOD, STRIKE, Newsroom


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
    (value,) = parsed(changed)["quotes"]
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
