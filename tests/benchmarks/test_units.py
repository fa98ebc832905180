"""What the peers are given to rank is what On Record ranks."""

from __future__ import annotations

import pytest

from assistant.types.answer import Answer, Coverage, Quote, Understood
from benchmarks.measures import Reply, Span
from benchmarks.on_record import OnRecord, as_reply
from benchmarks.peers.contract import Unit
from benchmarks.units import read_units
from corpus.article import DateOrigin
from tests.newsroom import BRIDGE, FLOOD, STRIKE, Newsroom


@pytest.fixture
def archive(newsroom: Newsroom) -> Newsroom:
    """Short articles and one of several passages."""
    newsroom.print("bridge.txt", BRIDGE, "2031-03-01")
    newsroom.print_records("feed.jsonl", [{"title": "Strike", "text": STRIKE}, {"text": FLOOD * 40}])
    return newsroom


def test_the_passages_are_those_of_the_index(archive: Newsroom) -> None:
    units = read_units(archive.articles, archive.embedder)
    archive.build()
    stored = archive.generation().archive
    assert len(units.passages) > 3
    assert {span.id for span in units.passages} == {
        f"{article.id}:{p.start}-{p.end}"
        for article in stored.articles()
        for p in stored.layout(article).passages
    }


def test_spans_are_their_articles_words_and_come_with_its_title(archive: Newsroom) -> None:
    units = read_units(archive.articles, archive.embedder)
    texts = {article.id: article.text for article in units.articles}
    assert all(s.text == texts[s.place][s.start : s.end] for s in (*units.passages, *units.sentences))
    (first,) = [s for s in units.sentences if s.place == "feed.jsonl#1" and s.start == 0]
    assert units.titled([first])[0].titled == f"Strike\n{first.text}"
    assert units.whole()[0] == Unit("bridge.txt", "", BRIDGE)


def test_an_archive_with_a_rejected_record_is_not_measured(newsroom: Newsroom) -> None:
    newsroom.print_records("feed.jsonl", [{"title": "A title alone"}])
    with pytest.raises(ValueError, match=r"feed\.jsonl"):
        read_units(newsroom.articles, newsroom.embedder)


def test_a_sentence_is_quoted_with_what_it_leans_on(newsroom: Newsroom) -> None:
    newsroom.print("a.txt", "Ada Lund opened the port. She said it would stay open.")
    units = read_units(newsroom.articles, newsroom.embedder)
    assert [units.quotes[span.id].text for span in units.sentences] == [
        "Ada Lund opened the port.",
        "Ada Lund opened the port. She said it would stay open.",
    ]


@pytest.fixture
def system(archive: Newsroom) -> OnRecord:
    """On Record over that archive."""
    archive.build()
    return OnRecord(archive.retriever(), archive.assistant())


def test_on_record_ranks_these_units(archive: Newsroom, system: OnRecord) -> None:
    passages = system.passages("How many dockers joined the strike?")
    known = {span.id for span in read_units(archive.articles, archive.embedder).passages}
    assert passages[0] == f"feed.jsonl#1:0-{len(STRIKE)}"
    assert set(passages) <= known
    articles = system.articles("How many dockers joined the strike?")
    assert articles[0] == "feed.jsonl#1"
    assert len(articles) == len(set(articles)) <= 3


def test_durations_come_for_every_stage_and_question(system: OnRecord) -> None:
    timed = system.durations(["Who was hurt?", "How many villages?"])
    assert [len(values) for values in timed.values()] == [2, 2, 2]
    assert all(value > 0 for values in timed.values() for value in values)


def test_a_reply_is_what_is_shown(system: OnRecord) -> None:
    shown = system.reply("How many dockers joined the strike at Port Caldry?")
    assert shown.quotes[0].text == "About 1,400 dockers joined the strike at Port Caldry."
    assert shown.answered is True
    silent = system.reply("Who baked the wedding cake?")
    assert silent.answered is False
    assert shown.sure["probability"] > silent.sure["probability"]


def quote(text: str, start: int) -> Quote:
    return Quote(
        text=text, article_id="a", start=start, end=start + len(text), prefix="", suffix="", article_sha256="",
        title=None, source=None, published=None, date_origin=DateOrigin.NONE, url=None, kind=None, score=0.5,
    )  # fmt: skip


def answer(quotes: tuple[Quote, ...], near: tuple[Quote, ...], probability: float | None) -> Answer:
    return Answer(
        question="q",
        understood=Understood(),
        status="answered" if quotes else "no_answer",
        reason=None if quotes else "none",
        probability=probability,
        quotes=quotes,
        near_misses=near,
        coverage=Coverage(articles=1, sources=0, undated=1, first=None, last=None),
    )


def test_near_misses_stand_for_what_was_not_said() -> None:
    shown = as_reply(answer((quote("Yes.", 3),), (), 0.9))
    assert shown == Reply((Span("a", 3, 7, "Yes."),), {"probability": 0.9}, answered=True)
    silent = as_reply(answer((), (quote("No.", 0),), 0.1))
    assert silent == Reply((Span("a", 0, 3, "No."),), {"probability": 0.1}, answered=False)
    assert as_reply(answer((), (), None)) == Reply((), {"probability": 0.0}, answered=False)
