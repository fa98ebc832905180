"""`ask` and `search`: the answer alone on stdout, as a page or as JSON, and an exit code that tells."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.assistant.cli.results import NONSENSE, QUESTION, UNANSWERED, Run, fails, misused, parsed
from tests.newsroom import STRIKE, Newsroom

# What is understood of a question without filters.
UNDERSTOOD: dict[str, object] = {
    **dict.fromkeys(("since", "until", "follow_up_of", "undated", "event_since", "event_until", "completed")),
    "sources": [],
    "read": [],
    "heard": [],
    "unmet": [],
    "carried": [],
    "compared": False,
}


def test_ask_prints_the_answer_as_json(run: Run, printed: Newsroom) -> None:
    result = run("ask", QUESTION, "--index", printed.index, "--json")
    assert result.exit_code == 0
    value = parsed(result)
    article = printed.generation().archive.article("strike.txt")
    assert value.pop("probability") == pytest.approx(value["quotes"][0].pop("score"), abs=1e-4)
    figures = value.pop("figures")
    assert [(row["printed"], row["quote"]) for row in figures["rows"]] == [("About 1,400 dockers", 0)]
    assert value == {
        "question": QUESTION,
        "understood": UNDERSTOOD,
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
                "marks": [[16, 21]],
                "speaker": None,
                "event_date": None,
                "variants": None,
                "corrected": None,
                "correction": None,
                "claims": [],
                "looks_like": [],
            }
        ],
        "near_misses": [],
        "coverage": {"articles": 3, "sources": 0, "undated": 0, "first": "2031-03-01", "last": "2031-03-03"},
        "timeline": [],
        "spread": {"articles": 1, "origins": 1},
        "unheard": None,
        "on_topic": None,
    }
    keys = ["question", "understood", "status", "reason", "quotes", "near_misses", "coverage"]
    assert list(value) == [*keys, "timeline", "spread", "unheard", "on_topic"]


def test_no_answer_is_exit_code_1_with_the_near_misses_in_the_same_shape(run: Run, printed: Newsroom) -> None:
    answered = parsed(run("ask", QUESTION, "--index", printed.index, "--json"))
    result = run("ask", UNANSWERED, "--index", printed.index, "--json")
    assert result.exit_code == 1
    value = parsed(result)
    assert value.keys() == answered.keys()
    assert (value["status"], value["quotes"]) == ("no_answer", [])
    assert (value["reason"], value["on_topic"]) == ("No article searched names Selmouth.", True)
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
    asked = {"since": "2031-03-02", "until": "2031-03-02", "sources": ["A", "B"]}
    assert value["understood"] == {**UNDERSTOOD, **asked}
    assert value["reason"] == "The archive has no source named A or B; the sources stated are: none."
    value = parsed(run("ask", QUESTION, "--index", printed.index, "--json", *filters[:4]))
    assert value["coverage"]["articles"] == 1
    assert run("ask", QUESTION, "--index", printed.index, "--since", "2031-03-03").exit_code == 1


@pytest.mark.parametrize("command", ["ask", "search"])
def test_undated_articles_are_in_or_out_as_asked(run: Run, newsroom: Newsroom, command: str) -> None:
    newsroom.print("dated.txt", STRIKE, "2031-03-02")
    newsroom.print("undated.txt", STRIKE)
    newsroom.build()

    def searched(*filters: str) -> int:
        result = run(command, QUESTION, "--index", newsroom.index, "--json", *filters)
        return int(parsed(result)["coverage"]["articles"])

    dates = ("--since", "2031-03-01")
    assert [searched(*chosen) for chosen in ((), ("--undated",), ("--no-undated",))] == [2, 2, 1]
    assert [searched(*dates, *chosen) for chosen in ((), ("--undated",), ("--no-undated",))] == [1, 2, 1]
    shown = run("ask", QUESTION, "--index", newsroom.index, "--no-undated").stdout
    assert shown.startswith("Only dated articles.\n")


@pytest.mark.parametrize("command", ["ask", "search"])
def test_days_spoken_of_are_asked_for_apart_from_days_of_publication(
    run: Run, newsroom: Newsroom, command: str
) -> None:
    newsroom.print("then.txt", "On 3 May 2030 nine dockers joined the strike at Port Caldry.", "2031-03-02")
    newsroom.print("now.txt", "Today nine dockers joined the strike at Port Caldry.", "2031-03-05")
    newsroom.print("never.txt", "Some say two dockers joined no strike at Port Caldry.", "2031-03-05")
    newsroom.build()

    def found(*filters: str) -> dict[str, object]:
        value = parsed(run(command, QUESTION, "--index", newsroom.index, "--json", *filters))
        return {**value, "ids": {c["article_id"] for c in value["quotes" if command == "ask" else "hits"]}}

    then = found("--event-since", "2030-05-01", "--event-until", "2030-05-31")
    asked = {"event_since": "2030-05-01", "event_until": "2030-05-31"}
    assert (then["ids"], then["understood"]) == ({"then.txt"}, {**UNDERSTOOD, **asked})
    assert found("--event-since", "2031-03-05")["ids"] == {"now.txt"}
    assert found("--event-until", "2031-03-05", "--until", "2031-03-04")["ids"] == {"then.txt"}
    assert not found("--event-since", "2031-03-06")["ids"]
    fails(
        run(command, QUESTION, "--index", newsroom.index, "--event-since", "2031-03-06", "--event-until", "2031-03-05"),
        "swap them",
    )  # fmt: skip


def test_k_bounds_the_quotes(run: Run, newsroom: Newsroom) -> None:
    for n, town in enumerate(("Korrun", "Caldry", "Nebrin")):
        newsroom.print(f"{n}.txt", f"Dockers joined the strike at {town}.")
    newsroom.embedder.model_id = "bag@1"
    newsroom.build()
    asked = ("ask", "Where did dockers join the strike?", "--index", newsroom.index, "--json", "-k")
    assert [len(parsed(run(*asked, k))["quotes"]) for k in (1, 2, 5)] == [1, 2, 3]
    for k in ("0", "10", "many"):
        misused(run(*asked, k), "Invalid value for '-k'")


@pytest.mark.parametrize("option", ["--since", "--until", "--event-since", "--event-until"])
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
    assert "Nothing in the archive is about this. No passage" in result.stdout
    assert "closest" not in result.stdout
    result = run("ask", UNANSWERED, "--index", printed.index)
    assert result.exit_code == 1
    assert "Nothing clearly answers this. No article searched names Selmouth." in result.stdout
    assert "The closest passages:" in result.stdout


def test_quotes_are_cited_and_answers_exported(run: Run, printed: Newsroom, tmp_path: Path) -> None:
    cited = run("ask", QUESTION, "--index", printed.index, "--cite", "ris")
    assert cited.exit_code == 0
    assert cited.stdout.startswith("TY  - NEWS")
    fails(run("ask", QUESTION, "--index", printed.index, "--cite", "mla"), "choose one of: text, markdown")
    saved = tmp_path / "answer.json"
    saved.write_text(run("ask", QUESTION, "--index", printed.index, "--json").stdout, "utf-8")
    written = run("export", saved, saved, "--as", "html", "--title", "Strike")
    assert (written.exit_code, written.stdout.count("</blockquote>")) == (0, 2)
    both = tmp_path / "both.json"
    both.write_text(run("export", saved, saved, "--as", "json").stdout, "utf-8")
    stands = run("verify", both, "--index", printed.index)
    assert (stands.exit_code, "turns[1].quotes[0]" in stands.stdout) == (0, True)
    fails(run("export", both), "is not a saved answer")


def test_the_question_before_is_given_and_nothing_is_read_from_a_literal_one(
    run: Run, printed: Newsroom
) -> None:
    asked = ("ask", QUESTION, "--index", printed.index, "--after", "Who drowned?", "--json")
    assert parsed(run(*asked))["quotes"] == parsed(run(*asked, "--literal"))["quotes"]
    assert parsed(run(*asked, "--literal"))["understood"] == UNDERSTOOD
