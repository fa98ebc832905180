"""A saved answer that was changed by hand does not stand, and what was changed is named."""

from __future__ import annotations

import copy
import json
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from assistant.integrity.saved import read_saved
from assistant.integrity.verify import Verified, verify, verify_lines
from index.generation.generation import open_current
from index.sqlite.archive import Archive
from tests.forging import (
    Steps,
    forged_value,
    named,
    of_quotes,
    save,
    value_at,
    values,
    with_value,
)
from tests.newsroom import Newsroom
from tests.threats.conftest import Run
from tests.threats.rows import row, rows

# What hangs on the question, and what was searched then: an index does not hold it. See docs/citations.md.
ASKED = {
    *(
        "score",
        "probability",
        "question",
        "query",
        "understood",
        "status",
        "reason",
        "coverage",
        "unheard",
        "on_topic",
    ),
    *("sought", "left_out", "sentences", "title", "exported", "unanswered", "format", "version"),
}
FORMS = ("answer", "near misses", "search", "timeline", "conversation", "csl-json", "web-annotation")


@cache
def _archive(index: Path) -> Archive:
    return open_current(index).archive


def verified(desk: Newsroom, path: Path, value: object) -> Verified:
    """What `verify` says of a file that holds this."""
    return verify(read_saved(save(path, value)), [desk.articles], _archive(desk.index))


LISTED = {"turns", "quotes", "near_misses", "hits", "entries"}


def is_compared(steps: Steps) -> bool:
    """Whether a field is one of an article's, or follows from the quotes."""
    keys = [step for step in steps if isinstance(step, str) and step not in LISTED]
    if (LISTED - {"turns"}) & set(steps):
        of_question = keys[:1] == ["score"] or (keys[:1] == ["marks"] and "quotes" in steps)
        return bool(keys) and not of_question
    return isinstance(steps[0], int) or keys[0] not in ASKED


def is_told_as_moved(steps: Steps, lines: list[str]) -> bool:
    """Whether an id that no record has is told with the one of its file that has the text, as of one that moved."""
    of_record = steps[-1] == "article_id" or steps[-2:] == ("source", "id")
    return of_record and any(": stands: its article is now wire.jsonl#" in line for line in lines)


@rows("V01", *FORMS)
def test_what_nobody_changed_stands(desk: Newsroom, forms: dict[str, Any], tmp_path: Path, case: str) -> None:
    found = verified(desk, tmp_path / "saved.json", forms[case])
    assert list(verify_lines(found))[-1].endswith(" stand."), list(verify_lines(found))
    assert found.stands


def test_the_genuine_answer_states_all_that_can_be_stated(forms: dict[str, Any]) -> None:
    answer = forms["answer"]
    (quote,) = (q for q in answer["quotes"] if q["source"] == "The Halyard")
    assert {name for name, value in quote.items() if value in (None, [])} <= {
        "speaker",
        "claims",
        "looks_like",
    }
    assert any(q["speaker"] for q in answer["quotes"])
    assert answer["figures"]["comparisons"]
    assert answer["spread"]
    assert forms["near misses"]["near_misses"]
    assert forms["timeline"]["entries"]


@rows("V01", *FORMS)
def test_every_value_that_is_changed_is_named(
    desk: Newsroom, forms: dict[str, Any], tmp_path: Path, case: str
) -> None:
    genuine, path = forms[case], tmp_path / "saved.json"
    unnoticed = []
    for steps in filter(is_compared, values(genuine)):
        try:
            found = verified(desk, path, with_value(genuine, steps, forged_value(value_at(genuine, steps))))
        except ValueError:
            continue  # it is no saved answer any more, which `verify` says
        lines = list(verify_lines(found))
        place = named(steps[:1] if isinstance(steps[0], int) else steps[:2])
        told = any(place in line for line in lines)
        if not told or (found.stands and not is_told_as_moved(steps, lines)):
            unnoticed.append((named(steps), lines))
    assert unnoticed == []


FIELDS: list[tuple[str, Any]] = [
    ("source", "Daily Mirror Image"),
    ("source", None),
    ("published", "2001-01-01"),
    ("published", None),
    ("date_origin", "header"),
    ("title", "Port as busy as ever"),
    ("url", "https://evil.example/"),
    ("kind", "news"),
    ("corrected", None),
    ("correction", None),
    ("prefix", "It is not true that "),
    ("suffix", " But that was wrong."),
    ("speaker", None),
    ("event_date", None),
    ("origin", {"articles": 40, "sources": ["Wire Nine"]}),
    ("variants", None),
    ("article_sha256", "0" * 64),
]


@pytest.mark.parametrize(("field", "value"), [row("V01", f"{f} is {str(v)[:12]!a}", f, v) for f, v in FIELDS])
def test_a_field_is_named_with_what_is_saved_and_what_the_index_has(
    run: Run, desk: Newsroom, forms: dict[str, Any], tmp_path: Path, field: str, value: Any
) -> None:
    answer = copy.deepcopy(forms["answer"])
    number = next(n for n, q in enumerate(answer["quotes"]) if q[field] != value)
    was = answer["quotes"][number][field]
    answer["quotes"][number][field] = value
    told = run("verify", save(tmp_path / "saved.json", answer), "--index", desk.index)
    assert told.exit_code == 1
    lines = [line for line in told.stdout.splitlines() if line.startswith(f"  quotes[{number}].{field}")]
    assert lines, told.stdout
    if isinstance(value, str) and isinstance(was, str):
        assert value[:40] in lines[0]
        assert was[:40] in lines[0]
    assert "is what the index has" in told.stdout


def test_words_of_a_sentence_without_its_beginning_are_no_quote(
    desk: Newsroom, forms: dict[str, Any], tmp_path: Path
) -> None:
    """What "A denied that B" becomes without its first words is printed there, and is not what was said."""
    answer = copy.deepcopy(forms["answer"])
    quote = answer["quotes"][0]
    for at in (4, len(quote["text"]) - 9):
        cut = quote | {"text": quote["text"][at:], "start": quote["start"] + at}
        found = verified(desk, tmp_path / "saved.json", answer | {"quotes": [cut]})
        lines = "\n".join(verify_lines(found))
        assert f"quotes[0].start: saved {cut['start']}, the index has {quote['start']}" in lines


NO_ANSWERS: dict[str, Any] = {
    "an empty object": {},
    "an empty list": [],
    "no turns": {"turns": []},
    "no quotes": {"quotes": []},
    "null for quotes": {"quotes": None},
    "a number": 7,
    "a text for a quote": {"quotes": ["x"]},
    "a quote without a word": lambda a: of_quotes(a, text="", start=0, end=0),
    "a quote of blanks": lambda a: of_quotes(a, text=" \n", start=0, end=2),
    "a number for words": lambda a: of_quotes(a, text=7),
    "a text for a place": lambda a: of_quotes(a, start="0"),
    "true for a place": lambda a: of_quotes(a, start=True),
    "a place below 0": lambda a: of_quotes(a, start=-1),
    "a list for an id": lambda a: of_quotes(a, article_id=["wire.jsonl#1"]),
    "null for a hash": lambda a: of_quotes(a, article_sha256=None),
    "NaN": lambda a: json.dumps(a | {"probability": float("nan")}),
    "a number beyond all": lambda a: json.dumps(a).replace('"probability": ', '"probability": 1e999, "x": '),
    "5,000 digits": lambda a: json.dumps(a).replace('"start": ', '"start": ' + "9" * 5000),
    "a key twice": lambda a: json.dumps(a).replace('"text": ', '"text": "All is well.", "text": ', 1),
    "half a pair": lambda a: of_quotes(a, source="\ud800"),
    "a depth of 100,000": "[" * 100_000,
}


@rows("V02", *NO_ANSWERS)
def test_what_is_no_saved_answer_is_told_in_a_line(
    run: Run, desk: Newsroom, forms: dict[str, Any], tmp_path: Path, case: str
) -> None:
    value = NO_ANSWERS[case]
    path = save(tmp_path / "saved.json", value(forms["answer"]) if callable(value) else value)
    for command in ("verify", "export"):
        told = run(command, path, "--index", desk.index)
        assert (told.exit_code, told.stdout) == (2, ""), case
        assert told.stderr.count("\n") == 1
        assert "is not a saved answer" in told.stderr
        assert "save one with: onrecord ask QUESTION --json > saved.json" in told.stderr


def elsewhere(answer: dict[str, Any]) -> dict[str, Any]:
    return of_quotes(answer, article_id="wire.jsonl#5")


FORGED: dict[str, Any] = {
    "another article's id": elsewhere,
    "an article that is none": lambda a: of_quotes(a, article_id="none.txt"),
    "an id that is a path": lambda a: of_quotes(a, article_id="../wire.jsonl"),
    "a place moved on": lambda a: of_quotes(
        a, start=a["quotes"][0]["start"] + 1, end=a["quotes"][0]["end"] + 1
    ),
    "an end beyond the text": lambda a: of_quotes(a, end=10**30),
    "a place beyond the text": lambda a: of_quotes(a, start=10**30, end=10**30 + 1),
    "another word": lambda a: of_quotes(a, text="x" + a["quotes"][0]["text"][1:]),
    "a quote twice": lambda a: a | {"quotes": [*a["quotes"], a["quotes"][0]]},
    "a near miss beside quotes": lambda a: (
        a | {"near_misses": [a["quotes"][0] | {"marks": [], "variants": None, "source": "X"}]}
    ),
    "a field of no meaning": lambda a: of_quotes(a, author="Nobody"),
    "a key of no meaning": lambda a: a | {"verified": True},
    "a conversation in an answer": lambda a: a | {"turns": [a]},
    "a conversation in a turn": lambda a: {"title": "T", "turns": [a | {"turns": [elsewhere(a)]}]},
    "a list for a source": lambda a: of_quotes(a, source=["The Halyard"]),
    "true for a title": lambda a: of_quotes(a, title=True),
    "a huge score": lambda a: of_quotes(a, score="9" * 400),
    "marks outside": lambda a: of_quotes(a, marks=[[10**9, 10**9 + 1]]),
    "a text for what was searched": lambda a: a | {"coverage": "everything"},
    "quotes and no answer": lambda a: a | {"status": "no_answer"},
    "a figure of no quote": lambda a: with_value(a, ("figures", "rows", 0, "quote"), 99),
    "a figure for another": lambda a: with_value(a, ("figures", "rows", 0, "low"), 14_000.0),
    "a figure with other words": lambda a: with_value(a, ("figures", "rows", 0, "printed"), "x" * 11),
    "a comparison made up": lambda a: with_value(a, ("figures", "comparisons", 0, "words"), "All agree."),
    "no comparison": lambda a: with_value(a, ("figures", "comparisons"), []),
    "an order of time made up": lambda a: a | {"timeline": [*reversed(a["timeline"])] or [{"quote": 0}]},
    "more texts than there are": lambda a: a | {"spread": {"articles": 90, "origins": 80}},
    "a copy's words": lambda a: with_value(a, variant(a, "text"), "x" * 9),
    "a copy's source": lambda a: with_value(a, variant(a, "source"), "Evil Wire"),
    "a copy left out": lambda a: with_value(a, variant(a)[:-1], []),
}


def variant(answer: dict[str, Any], *below: str) -> Steps:
    number = next(n for n, q in enumerate(answer["quotes"]) if q["variants"] and q["variants"]["others"])
    return ("quotes", number, "variants", "others", 0, *below)


@rows("V03", *FORGED)
def test_a_forged_answer_does_not_stand(
    run: Run, desk: Newsroom, forms: dict[str, Any], tmp_path: Path, case: str
) -> None:
    path = save(tmp_path / "saved.json", FORGED[case](forms["answer"]))
    told = run("verify", path, "--index", desk.index)
    assert (told.exit_code, told.stderr) == (1, ""), told.output
    whole = run("verify", path, "--index", desk.index, "--json")
    assert whole.exit_code == 1
    assert json.loads(whole.stdout)["stands"] is False


@rows("V03", "csl-json", "web-annotation")
def test_a_citation_with_a_field_too_many_does_not_stand(
    desk: Newsroom, forms: dict[str, Any], tmp_path: Path, case: str
) -> None:
    (first, *others) = forms[case]
    found = verified(desk, tmp_path / "saved.json", [first | {"abstract": "All is well."}, *others])
    assert [d.field for d in found.quotes[0].differences] == ["[0].abstract"]
    twice = verified(desk, tmp_path / "saved.json", [first, first])
    assert [checked.stands for checked in twice.quotes] == [True, False]


@rows("V03", "one character of the words")
def test_one_character_anywhere_in_the_words_is_noticed(
    desk: Newsroom, forms: dict[str, Any], tmp_path: Path, case: str
) -> None:
    assert case
    text = forms["answer"]["quotes"][0]["text"]
    for at in range(0, len(text), 5):
        other = text[:at] + ("x" if text[at] != "x" else "y") + text[at + 1 :]
        found = verified(desk, tmp_path / "saved.json", of_quotes(forms["answer"], text=other))
        assert not found.quotes[0].stands
