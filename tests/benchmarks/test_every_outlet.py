"""What the benchmark of events counts: quotes of an event's own articles, and the outlets that they come from."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest

from benchmarks import every_outlet
from benchmarks.basil import Report, reports
from benchmarks.every_outlet import NAME, Covered, covered, headlines, line, names, over, thinned
from index.generation.generation import open_current
from tests.fakes import BagOfWords
from tests.newsroom import Newsroom

QUESTION = "How many dockers joined the strike at Port Caldry?"
REPORTS = [
    Report(
        "1", "Dockers strike", "Fox", "Dockers out", "2031-03-02", "Some 1,400 dockers joined the strike."
    ),
    Report(
        "1", "Dockers strike", "Nyt", "Port idle", "2031-03-02", "A strike of 900 dockers closed Port Caldry."
    ),
    Report(
        "2",
        "Board strikes back",
        "Nyt",
        "Board",
        "2031-03-03",
        "Of the dockers of Port Caldry 30 joined the strike board.",
    ),
    Report("3", "", "Hpo", "Rain", "2031-03-04", "Rain fell."),
]


def test_quotes_count_where_they_are_of_the_event(tmp_path: Path) -> None:
    room = Newsroom(tmp_path)
    room.print_records(NAME, [{"title": r.title, "source": r.source, "text": r.text} for r in REPORTS])
    room.build()
    asked = [("1", QUESTION), ("2", QUESTION), ("1", "Who won?")]
    assert covered(room.assistant(), REPORTS, asked, 6) == [
        Covered(QUESTION, 3, 2, 2, 2),
        Covered(QUESTION, 3, 1, 1, 1),
        Covered("Who won?", 0, 0, 0, 2),
    ]


def test_an_archive_of_reports_is_asked_by_the_number_of_their_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(every_outlet, "model_named", BagOfWords)
    over(REPORTS, tmp_path)
    archive = open_current(tmp_path / "index").archive
    found = {a.id: (a.title, a.source, str(a.published)) for a in archive.articles()}
    assert found == {f"{NAME}#{n}": (r.title, r.source, r.date) for n, r in enumerate(REPORTS, 1)}


def test_every_event_is_asked_about_by_its_name_and_headlines() -> None:
    assert names(REPORTS) == [("1", "Dockers strike"), ("2", "Board strikes back")]
    other = replace(REPORTS[0], event_name="Strike at Caldry")
    assert names([other, *REPORTS])[0] == ("1", "Dockers strike")
    assert names([other, REPORTS[0]])[0] == ("1", "Strike at Caldry")
    untitled = replace(REPORTS[3], title="")
    assert headlines([*REPORTS[:2], untitled]) == [("1", "Dockers out"), ("1", "Port idle")]


def test_a_thinned_archive_has_every_event_and_not_every_report() -> None:
    whole = [replace(REPORTS[0], event=str(n // 3), source=str(n % 3)) for n in range(300)]
    kept = thinned(whole)
    assert kept == thinned(whole)
    outlets = Counter(r.event for r in kept)
    assert len(outlets) == 100
    assert set(outlets.values()) == {1, 2, 3}
    assert len(set(kept)) == len(kept)


def test_the_line_gives_shares_of_questions_and_of_quotes() -> None:
    some = [
        Covered("a", 6, 5, 3, 3),
        Covered("b", 2, 2, 1, 2),
        Covered("c", 2, 1, 1, 1),
        Covered("d", 0, 0, 0, 1),
    ]
    assert line("name", some) == (
        "name: 4 asked, 3 answered; all outlets quoted by 0.500; "
        "8 of 10 quotes (0.800) are of the event's articles"
    )


def test_a_report_is_read_with_its_paragraphs_and_without_the_margins_of_its_title(tmp_path: Path) -> None:
    folder = tmp_path / "basil" / "articles" / "2010"
    folder.mkdir(parents=True)
    printed = {
        "triplet-uuid": "1", "main-event": "Dockers strike ", "source": "nyt", "title": "Port idle ",
        "date": "2031-03-02", "body-paragraphs": [["A strike.", "It goes on."], ["Nobody works."]],
    }  # fmt: skip
    (folder / "0_nyt.json").write_text(json.dumps(printed), "utf-8")
    (read,) = reports(tmp_path)
    assert read == Report(
        "1", "Dockers strike", "nyt", "Port idle", "2031-03-02", "A strike. It goes on.\n\nNobody works."
    )
