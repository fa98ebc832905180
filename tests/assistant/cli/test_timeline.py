"""`timeline`: days in a column, who said so and when, the words; or JSON; and an exit code that tells."""

from __future__ import annotations

from io import StringIO
from pathlib import Path

import pytest
from rich.console import Console

from assistant.assistant import Assistant
from assistant.cli.timeline_lines import show_timeline
from tests.assistant.cli.results import Run, fails, misused, parsed
from tests.newsroom import Newsroom

TOLD = (
    "The port of Korrun has been shut since 2015. It was raining. Korrun\u202e fell on Monday, Ada Kern said. "
    "Nobody came back to Korrun."
)


@pytest.fixture(scope="module")
def korrun(tmp_path_factory: pytest.TempPathFactory) -> Newsroom:
    """One article that speaks of Korrun three times: to be read, never written."""
    newsroom = Newsroom(tmp_path_factory.mktemp("korrun"))
    newsroom.print_records(
        "feed.jsonl", [{"text": TOLD, "date": "2020-02-05", "source": "Courier", "title": "K"}]
    )
    newsroom.build()
    return newsroom


def test_a_page_of_days(run: Run, korrun: Newsroom) -> None:
    result = run("timeline", "Korrun", "--index", korrun.index)
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout == (
        "since 2015  published 2020-02-05 (metadata) · Courier\n"
        "            “The port of Korrun has been shut since 2015.”\n"
        "            K · feed.jsonl#1, characters 0–44\n\n"
        "2020-02-03  published 2020-02-05 (metadata) · Courier\n"
        "            “Korrun<U+202E> fell on Monday, Ada Kern said.”\n"
        "            K · feed.jsonl#1, characters 61–99\n\n"
        "3 sentences speak of “korrun”, with 2 mentions of days.\n"
        "Searched: 1 article · 1 named source · 5 February 2020\n"
    )


def test_the_words_of_time_are_stressed_on_a_terminal(korrun: Newsroom) -> None:
    written = StringIO()
    console = Console(file=written, markup=False, width=200, force_terminal=True, color_system="standard")
    show_timeline(console, korrun.assistant().timeline("Korrun"))
    assert "\x1b[1;4msince 2015\x1b[0m" in written.getvalue()


def test_what_is_left_out_is_told_with_the_way_to_it(run: Run, korrun: Newsroom) -> None:
    shown = run("timeline", "Korrun", "--index", korrun.index, "-k", 1).stdout
    assert "1 later one is left out; see more with -k 2, or go on with --event-since 2015-01-01.\n" in shown


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("Nebrin",), "No sentence of the articles searched speaks of “nebrin”."),
        (("nobody",), "1 sentence speaks of “nobody”, but none names a day."),
        (
            ("Korrun", "--event-since", "2020-02-06"),
            "3 sentences speak of “korrun”, but none names a day among those asked for.",
        ),
        (("Korrun", "--event-since", "2020-02-06"), "Only what is said of days since 2020-02-06.\n"),
        (("Korrun", "--source", "Post"), "Only articles from Post."),
    ],
)
def test_nothing_is_exit_code_1_and_says_why(
    run: Run, korrun: Newsroom, arguments: tuple[str, ...], said: str
) -> None:
    result = run("timeline", *arguments, "--index", korrun.index)
    assert (result.exit_code, said in result.stdout) == (1, True), result.stdout
    assert result.stdout.count("Only ") <= 1


def test_json_is_the_same_and_is_verified(run: Run, korrun: Newsroom, tmp_path: Path) -> None:
    result = run("timeline", "Korrun", "--index", korrun.index, "--json", "--event-until", "2020-02-03")
    value = parsed(result)
    keys = ["query", "understood", "sought", "entries", "left_out", "sentences", "coverage"]
    assert (result.exit_code, list(value)) == (0, keys)
    assert value["understood"]["event_until"] == "2020-02-03"
    assert [entry["event_date"]["first"] for entry in value["entries"]] == ["2015-01-01", "2020-02-03"]
    saved = tmp_path / "timeline.json"
    saved.write_text(result.stdout, "utf-8")
    stands = run("verify", saved, "--index", korrun.index)
    assert (stands.exit_code, stands.stdout.splitlines()[-1]) == (0, "2 of 2 quotes stand.")


def test_what_is_wrong_is_told_in_a_line(run: Run, korrun: Newsroom) -> None:
    fails(run("timeline", "who", "--index", korrun.index), "no word to look for")
    days = ("--event-since", "2020-02-04", "--event-until", "2020-02-03")
    fails(run("timeline", "Korrun", "--index", korrun.index, *days), "swap them")
    misused(run("timeline", "Korrun", "--index", korrun.index, "--event-since", "soon"), "--event-since")
    misused(run("timeline", "Korrun", "--index", korrun.index, "-k", 0), "'-k'")


def test_it_asks_no_model(korrun: Newsroom, monkeypatch: pytest.MonkeyPatch) -> None:
    assistant: Assistant = korrun.assistant()
    monkeypatch.setattr(type(korrun.embedder), "embed_query", lambda *_: pytest.fail("a model was asked"))
    assert len(assistant.timeline("Korrun").entries) == 2
