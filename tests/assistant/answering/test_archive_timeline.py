"""A timeline has every sentence that speaks of something and names a day, and nothing else."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pytest

from assistant.integrity.saved import read_saved
from assistant.integrity.verify import verify
from assistant.query.subject import read_subject
from assistant.types.timeline import Timeline
from tests.newsroom import Newsroom, assert_exact

CHRONICLE = (
    "Rebels held Saraqib from 2012 onward, Ada Kern said. On February 3 regime forces reached Saraqib. "
    "Saraqib has a market. They left Nerab on Tuesday. The Hamas office near SARAQIB closed on 1 March 2015."
)


@pytest.fixture(scope="module")
def chronicle(tmp_path_factory: pytest.TempPathFactory) -> Newsroom:
    """Two articles, a copy of one of them, and one without a date: to be read, never written."""
    newsroom = Newsroom(tmp_path_factory.mktemp("chronicle"))
    newsroom.print("one.txt", CHRONICLE, "2020-02-06")
    newsroom.print_records(
        "feed.jsonl",
        [
            {"text": CHRONICLE, "date": "2020-02-05", "source": "Courier"},
            {
                "text": "Shells fell on Saraqib last week. The Sella Bridge fell on Monday.",
                "date": "2020-02-11",
            },
            {"text": "Saraqib was quiet on Monday. Saraqib was bombed on 5 March 2018.", "source": "Post"},
        ],
    )
    newsroom.build()
    return newsroom


def days_of(found: Timeline) -> list[tuple[str, str | None]]:
    return [
        (
            entry.event_date.text if entry.event_date else "",
            entry.published.isoformat() if entry.published else None,
        )
        for entry in found.entries
    ]


def test_every_sentence_with_a_day_in_the_order_of_days(chronicle: Newsroom) -> None:
    found = chronicle.assistant().timeline("Saraqib")
    assert days_of(found) == [
        ("from 2012 onward", "2020-02-05"),
        ("1 March 2015", "2020-02-05"),
        ("5 March 2018", None),
        ("February 3", "2020-02-05"),
        ("last week", "2020-02-11"),
    ]
    assert (found.sought, found.sentences, found.left_out) == (("saraqib",), 7, 0)
    assert [entry.origin.articles for entry in found.entries] == [2, 2, 1, 2, 1]
    assert found.coverage.articles == 4


def test_entries_are_whole_sentences_with_their_day_marked(chronicle: Newsroom) -> None:
    archive = chronicle.generation().archive
    entries = chronicle.assistant().timeline("Saraqib").entries
    assert len(entries) == 5
    for entry in entries:
        article = archive.article(entry.article_id)
        assert_exact(entry, article)
        assert entry.text.endswith(".")
        ((start, end),) = entry.marks
        assert entry.event_date
        assert article.text[start:end] == entry.event_date.text
        assert entry.speaker is None


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("saraqib market", []),  # named together, but on no day
        ("Regime Forces", ["February 3"]),
        ("regime force", ["February 3"]),  # a word in another form
        ("SARÁQIB regime", ["February 3"]),
        ("Kern Saraqib", ["from 2012 onward"]),  # no name of two words: each by itself
        ("Sella Bridge", ["Monday"]),
        ('"bridge sella"', []),
        ("hama", []),  # not Hamas
        ("Saraqi", []),
        ("What happened in Nerab?", ["Tuesday"]),
    ],
)
def test_what_a_sentence_must_say(chronicle: Newsroom, query: str, words: list[str]) -> None:
    found = chronicle.assistant().timeline(query)
    assert [entry.event_date.text for entry in found.entries if entry.event_date] == words


def test_filters_of_print_and_of_what_is_spoken_of(chronicle: Newsroom) -> None:
    assistant = chronicle.assistant()
    found = assistant.timeline("Saraqib", event_since=date(2018, 3, 5), event_until=date(2020, 2, 2))
    assert [day for day, _ in days_of(found)] == ["from 2012 onward", "5 March 2018"]
    assert found.understood.event_since == date(2018, 3, 5)
    # the days are asked of entries: what is counted and searched is the same without them
    whole = assistant.timeline("Saraqib")
    assert (found.sentences, found.coverage) == (whole.sentences, whole.coverage)
    assert days_of(assistant.timeline("Saraqib", since=date(2020, 2, 10))) == [("last week", "2020-02-11")]
    assert days_of(assistant.timeline("Saraqib", sources=["post"])) == [("5 March 2018", None)]
    assert days_of(assistant.timeline("Saraqib", until=date(2020, 2, 6), event_since=date(2020, 2, 3))) == [
        ("from 2012 onward", "2020-02-05"),
        ("February 3", "2020-02-05"),
    ]


def test_the_latest_are_left_out_and_counted(chronicle: Newsroom) -> None:
    found = chronicle.assistant().timeline("Saraqib", k=2)
    assert ([day for day, _ in days_of(found)], found.left_out) == (["from 2012 onward", "1 March 2015"], 3)


def test_a_sentence_longer_than_a_passage_is_one_entry(newsroom: Newsroom) -> None:
    newsroom.embedder.max_pieces = 20
    newsroom.print(
        "long.txt", f"Korrun fell{' and rose again' * 60}, on 3 May 2019, with Nebrin.", "2020-02-06"
    )
    newsroom.build()
    (entry,) = newsroom.assistant().timeline("Korrun Nebrin").entries
    assert (entry.text[:11], entry.text[-12:]) == ("Korrun fell", "with Nebrin.")


def test_a_sentence_that_names_two_days_is_an_entry_for_each(newsroom: Newsroom) -> None:
    newsroom.print(
        "a.txt", "Korrun fell on 3 May 2019 and again on 5 May 2019, as on 3 May 2019.", "2020-02-06"
    )
    newsroom.build()
    found = newsroom.assistant().timeline("korrun")
    assert [day for day, _ in days_of(found)] == ["3 May 2019", "5 May 2019"]
    assert found.sentences == 1


def test_a_copy_cut_otherwise_is_no_other_sentence(newsroom: Newsroom) -> None:
    told = "Rebels took the town of Korrun on Monday after two weeks of shelling, a monitor said. "
    rest = "Nobody could say how many of those who had fled would come back before winter. " * 2
    newsroom.print("a.txt", told + rest, "2020-02-06")
    newsroom.print("b.txt", "Font size " + told + rest, "2020-02-06")
    newsroom.build()
    (entry,) = newsroom.assistant().timeline("Korrun").entries
    assert (entry.article_id, entry.origin.articles) == ("a.txt", 2)


@pytest.mark.parametrize(
    ("query", "options", "words"),
    [
        ("  ", {}, "no word"),
        ("what did they say", {}, "no word"),
        ("Korrun", {"k": 0}, "k” needs a whole number"),
        ("Korrun", {"event_since": date(2020, 2, 2), "event_until": date(2020, 2, 1)}, "swap them"),
    ],
)
def test_what_cannot_be_asked(standing: Newsroom, query: str, options: dict[str, object], words: str) -> None:
    with pytest.raises(ValueError, match=words):
        standing.assistant().timeline(query, **options)  # type: ignore[arg-type]


def test_a_saved_timeline_is_verified(chronicle: Newsroom, tmp_path: Path) -> None:
    path = tmp_path / "timeline.json"
    path.write_text(chronicle.assistant().timeline("Saraqib").model_dump_json(), "utf-8")
    checked = verify(read_saved(path), [chronicle.articles]).quotes
    assert [c.place for c in checked] == [f"entries[{n}]" for n in range(5)]
    assert all(c.stands for c in checked)


@pytest.mark.parametrize(
    ("query", "sought"),
    [
        ("Bashar al-Assad", ["bashar al assad"]),
        ("attacks on Idlib, Saraqib", ["idlib", "saraqib", "attacks"]),
        ("Ministry of Defence statement", ["ministry of defence", "statement"]),
        ('"cease fire" in Idlib', ["cease fire", "idlib"]),
        ("WHO report", ["who", "report"]),
        ("حلب", ["حلب"]),
        ("Zürich", ["zurich"]),
        ("Zu\u0308rich", ["zurich"]),
    ],
)
def test_how_a_query_is_read(query: str, sought: Sequence[str]) -> None:
    assert read_subject(query).sought == tuple(sought)
