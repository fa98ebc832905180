"""A name of a source that is easily taken for another's is marked, and the two stay two."""

from __future__ import annotations

import json

import pytest

from assistant.cli.indexing import report_lines
from assistant.cli.status import status
from assistant.render.terminal import citation
from assistant.web.page.cards import card
from assistant.web.page.coverage_chart import coverage_chart
from assistant.web.page.surroundings import source_choices
from assistant.wording import citation as copied
from corpus.duplicates.lookalikes import lookalikes, source_warnings
from tests.newsroom import FLOOD, STRIKE, Newsroom

FORGED = "Н\u0430lyard"  # two Cyrillic letters
PAIRS = [FORGED, "Hal\u200byard", "HaIyard", "Hal yard", "ha1yard", "Ｈalyard", "\u2067Halyard\u2069"]


@pytest.mark.parametrize("other", PAIRS)
def test_both_names_are_marked_and_the_later_one_is_warned_of(other: str) -> None:
    assert lookalikes(["Halyard", other, "The Tide"]) == {
        "halyard": (other,),
        other.casefold(): ("Halyard",),
    }
    ((place, warning),) = source_warnings([("Halyard", "a"), ("The Tide", "b"), (other, "c"), (other, "d")])
    assert place == "c"
    assert warning.startswith(f"source {other!r} looks like 'Halyard'")


def test_a_warning_names_the_letters_that_can_not_be_told_apart() -> None:
    ((_, warning),) = source_warnings([("Halyard", "a"), (FORGED, "b")])
    assert "U+041D cyrillic capital letter en, U+0430 cyrillic small letter a" in warning


def test_another_case_is_the_same_source_and_is_told() -> None:
    names = [("Halyard", "a"), (FORGED, "b"), ("HALYARD", "c")]
    assert lookalikes(name for name, _ in names) == {
        "halyard": (FORGED,),
        FORGED.casefold(): ("HALYARD",),
    }
    assert [place for place, _ in source_warnings(names)] == ["b", "c"]
    assert list(source_warnings(names))[1][1] == (
        "source 'HALYARD' is written 'Halyard' elsewhere; both count as one source"
    )


@pytest.mark.parametrize("other", ["Halyards", "The Halyard", "Halfyard", "Hâlyard", "هاليارد"])
def test_other_names_are_not_marked(other: str) -> None:
    assert lookalikes(["Halyard", other]) == {}
    assert list(source_warnings([("Halyard", "a"), (other, "b")])) == []


@pytest.fixture
def forged(newsroom: Newsroom) -> Newsroom:
    """An archive whose second article is of a source that looks like the first one's."""
    records = [{"source": "Halyard", "text": FLOOD}, {"source": FORGED, "text": STRIKE}]
    newsroom.print_records("feed.jsonl", records)
    return newsroom


def test_indexing_warns_and_status_still_does_after_the_next_run(forged: Newsroom) -> None:
    for report in (forged.build(), forged.build()):
        assert [place for place, _ in report.warnings] == ["feed.jsonl#2"]
        assert any("looks like 'Halyard'" in line for line in report_lines(report, forged.index))
        assert status(forged.index).warnings == report.warnings


def test_a_card_and_the_lists_of_sources_say_so(forged: Newsroom) -> None:
    forged.build()
    quote = forged.ask("How many dockers joined the strike at Port Caldry?").quotes[0]
    assert (quote.source, quote.looks_like) == (FORGED, ("Halyard",))
    assert "looks like “Halyard”" in card(quote, 1)
    assert f"{FORGED} (looks like “Halyard”)" in citation(quote)
    assert f"{FORGED} (looks like “Halyard”)" in copied(quote)
    assistant = forged.assistant()
    shown = {name: label for label, name in source_choices(assistant.source_counts())}
    assert "looks like “Halyard”" in shown[FORGED]
    assert f"looks like “{FORGED}”" in shown["Halyard"]
    assert "looks like “Halyard”" in coverage_chart(assistant.months())
    assert json.loads(quote.model_dump_json())["looks_like"] == ["Halyard"]


def test_who_claims_a_correction_under_such_a_name_is_told_with_the_mark(newsroom: Newsroom) -> None:
    own = {"source": "Halyard", "text": STRIKE, "url": "https://h.example/a", "date": "2031-03-01"}
    newsroom.print_records("feed.jsonl", [own, own | {"source": FORGED, "text": FLOOD, "kind": "retraction"}])
    newsroom.build()
    quote = newsroom.ask("How many dockers joined the strike at Port Caldry?").quotes[0]
    assert quote.correction is None
    assert f"{FORGED} (looks like “Halyard”) says that this was retracted" in copied(quote)
