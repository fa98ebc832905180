"""Passages come with their provenance, from the newest index, and only from articles the filter lets through."""

from __future__ import annotations

import shutil
import sqlite3
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path

import pytest

from assistant.query.question import read_question
from assistant.retrieval import retriever as retriever_module
from assistant.retrieval.retriever import Retriever, cite
from assistant.retrieval.snapshot import Snapshot
from assistant.types.answer import Cited
from corpus.article import DateOrigin
from index.errors import IndexDamaged, IndexForeign, IndexMissing
from index.filters import Filter
from index.generation.generation import Generation
from index.sqlite.archive import Archive
from tests.fakes import BagOfWords
from tests.newsroom import BRIDGE, Newsroom, assert_exact

QUESTION = "How many dockers joined the strike at Port Caldry?"


def test_each_hit_is_its_article_s_text_with_its_provenance(standing: Newsroom) -> None:
    hits = standing.retriever().search(QUESTION)
    assert hits[0].article_id == "strike.txt"
    assert len(hits) == 3
    for hit in hits:
        article = standing.generation().archive.article(hit.article_id)
        assert_exact(hit, article)
        assert (hit.published, hit.date_origin) == (article.published, DateOrigin.HEADER)
    assert [h.score for h in hits] == sorted((h.score for h in hits), reverse=True)


def test_no_more_hits_than_asked_for(standing: Newsroom) -> None:
    assert len(standing.retriever().search(QUESTION, k=1)) == 1


def test_what_a_record_states_comes_with_the_hit(newsroom: Newsroom) -> None:
    record = {
        "title": "Gates shut",
        "date": "2031-03-02",
        "source": "Halyard",
        "url": "https://h.example/1",
        "kind": "opinion",
        "text": "The dockers shut the gates.",
    }
    newsroom.print_records("feed.jsonl", [{"text": "Other news."}, record])
    newsroom.build()
    hit = newsroom.retriever().search("Who shut the gates?")[0]
    assert hit.model_dump(exclude={"score", "article_sha256", "origin", "marks"}, mode="json") == {
        "text": "The dockers shut the gates.",
        "article_id": "feed.jsonl#https://h.example/1",
        "start": 0,
        "end": 27,
        "prefix": "",
        "suffix": "",
        "title": "Gates shut",
        "source": "Halyard",
        "published": "2031-03-02",
        "date_origin": "metadata",
        "url": "https://h.example/1",
        "kind": "opinion",
        "speaker": None,
        "event_date": None,
        "variants": None,
        "corrected": None,
        "correction": None,
        "claims": [],
        "looks_like": [],
    }


def test_a_better_passage_outside_the_filter_pushes_nothing_out(newsroom: Newsroom) -> None:
    strike = "Dockers joined the strike at Port Caldry"
    newsroom.print_records(
        "feed.jsonl", [{"text": f"{strike}, report {n}.", "source": "Loud"} for n in range(250)]
    )
    newsroom.print_records("quiet.jsonl", [{"text": "A strike was mentioned in passing.", "source": "Quiet"}])
    newsroom.build()
    hits = newsroom.retriever().search(QUESTION, k=5, sources=["quiet"])
    assert [h.article_id for h in hits] == ["quiet.jsonl#1"]
    assert all(h.source == "Loud" for h in newsroom.retriever().search(QUESTION, k=5))


def test_passages_that_speak_of_a_day(newsroom: Newsroom) -> None:
    newsroom.print("then.txt", "On 3 May 2030 a tram derailed at noon.", "2031-03-04")
    newsroom.print("now.txt", "A tram derailed at noon.", "2031-03-04")
    newsroom.build()
    day = date(2030, 5, 3)
    hits = newsroom.retriever().search("Where did the tram derail?", event_since=day, event_until=day)
    assert [hit.article_id for hit in hits] == ["then.txt"]


def test_an_open_retriever_sees_the_next_generation(printed: Newsroom) -> None:
    retriever = printed.retriever()
    first = retriever.generation()
    assert retriever.generation() is first
    printed.print("tram.txt", "A tram derailed at noon.", "2031-03-04")
    printed.build()
    assert retriever.search("Where did the tram derail?")[0].article_id == "tram.txt"
    assert retriever.generation() is not first


def test_a_call_in_progress_keeps_its_generation(printed: Newsroom) -> None:
    retriever = printed.retriever()
    held = retriever.generation()
    for n in range(3):
        printed.print("strike.txt", f"The strike is over, report {n}.", "2031-03-02")
        printed.build()
    hits = retriever.search_in(held, QUESTION, Filter(), 3)
    assert "1,400 dockers" in hits[0].text
    assert "strike is over, report 2" in retriever.search(QUESTION)[0].text


def test_an_index_of_another_model_is_refused(standing: Newsroom) -> None:
    with pytest.raises(IndexForeign, match="run `onrecord index` again"):
        Retriever.open(standing.index, BagOfWords("another-model@1"))


def test_an_index_rebuilt_by_another_model_is_refused_by_an_open_retriever(printed: Newsroom) -> None:
    retriever = printed.retriever()
    printed.embedder = BagOfWords("another-model@1")
    printed.build()
    with pytest.raises(IndexForeign):
        retriever.search(QUESTION)


def test_an_index_that_goes_away_is_missed(printed: Newsroom) -> None:
    retriever = printed.retriever()
    shutil.rmtree(printed.index)
    with pytest.raises(IndexMissing):
        retriever.search(QUESTION)


def test_another_form_of_the_same_model_is_told_apart(standing: Newsroom) -> None:
    with pytest.raises(IndexForeign) as told:
        Retriever.open(standing.index, BagOfWords("bag-of-words@2"))
    assert str(told.value) == (
        f"the index was made with another form of the model bag-of-words ({standing.embedder.model_id}, "
        "now bag-of-words@2), whose vectors are not the same; run `onrecord index` on the articles again"
    )


def test_without_an_embedder_the_index_s_model_is_used(
    standing: Newsroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[str] = []

    def model(name: str) -> BagOfWords:
        opened.append(name)
        return BagOfWords()

    monkeypatch.setattr(retriever_module, "model_named", model)
    Retriever.open(str(standing.index))
    assert opened == ["bag-of-words"]


def test_a_passage_that_is_not_what_was_stored_is_never_cited(printed: Newsroom) -> None:
    generation = printed.generation()
    path = printed.index / "generations" / generation.number / "archive.sqlite"
    with sqlite3.connect(path) as connection:
        connection.execute('UPDATE passages SET start = start + 1, "end" = "end" + 1')
    moved = Generation(
        generation.number,
        generation.sha256,
        generation.manifest,
        Archive(path),
        generation.words,
        generation.vectors,
        generation.tokens,
    )
    (passage,) = moved.archive.passages([0])
    with pytest.raises(IndexDamaged, match="run `onrecord index` again"):
        cite(Cited, Snapshot(moved), passage, passage.start, passage.end, 1.0)


def test_candidates_come_best_first_however_many_there_are(newsroom: Newsroom) -> None:
    texts = [{"text": f"Dockers at gate {n} joined the strike."} for n in range(60)]
    newsroom.print_records("feed.jsonl", texts)
    newsroom.build()
    retriever = newsroom.retriever()
    generation = retriever.generation()
    asked = retriever.asked(generation, read_question("Did dockers at gate 41 join the strike?"))
    found = retriever.candidates(Snapshot(generation), asked, Filter())
    assert len({c.passage.id for c in found}) == len(found) == 60
    assert [c.score for c in found] == sorted((c.score for c in found), reverse=True)
    best = generation.archive.article_at(found[0].passage.article)
    assert best.text == "Dockers at gate 41 joined the strike."


def test_passages_that_are_not_compared_follow_where_the_compared_ones_end(newsroom: Newsroom) -> None:
    words = ["ferry", "quay", "crane", "tide", "wharf", "pier", "mole", "rope", "net", "sail"]
    texts = [
        {"text": f"Dockers {' '.join(words[: n % 10])} {'struck ' * (n // 10 + 1)} {n}."} for n in range(60)
    ]
    newsroom.print_records("feed.jsonl", texts)
    newsroom.build()
    retriever = newsroom.retriever()
    generation = retriever.generation()
    asked = retriever.asked(generation, read_question("Where have dockers struck?"))
    found = retriever.candidates(retriever.snapshot(), asked, Filter())
    compared = [c.pieces is not None for c in found]
    assert compared == [True] * 20 + [False] * 40
    scores = [c.score for c in found]
    assert scores[20] == pytest.approx(scores[19])
    assert scores[20] - scores[-1] > 0.01


def test_a_passage_that_meets_each_word_goes_before_one_that_is_near_as_a_whole(newsroom: Newsroom) -> None:
    whole = "Strike, strike, strike and strike again: the strike of the dockers was a strike."
    newsroom.print("whole.txt", whole)
    newsroom.print(
        "word.txt", "In a long report on grain, weather, tolls and a strike, Caldry is named once."
    )
    newsroom.print("other.txt", BRIDGE)
    newsroom.build()
    retriever = newsroom.retriever()
    generation = retriever.generation()
    asked = retriever.asked(generation, read_question("strike Caldry"))
    dense = generation.vectors.search(asked.encoded.vector, 3)
    names = [generation.archive.article_at(p.article).id for p in generation.archive.passages([0, 1, 2])]
    assert names[dense[0].passage_id] == "whole.txt"
    found = retriever.candidates(Snapshot(generation), asked, Filter())
    assert generation.archive.article_at(found[0].passage.article).id == "word.txt"


def test_many_threads_get_the_answers_that_one_gets(standing: Newsroom) -> None:
    retriever = standing.retriever()
    asked = [(QUESTION, ()), ("Which river flooded?", ()), ("Who was hurt?", ("Nobody",))] * 20
    alone = [retriever.search(question, sources=sources) for question, sources in asked]
    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(lambda one: retriever.search(one[0], sources=one[1]), asked)) == alone


def test_readers_see_whole_generations_while_they_are_replaced(printed: Newsroom) -> None:
    retriever = printed.retriever()
    seen: list[str] = []

    def rebuild() -> None:
        for n in range(5):
            printed.print("strike.txt", f"Report {n}: {n} dockers joined the strike, {n} left.", "2031-03-02")
            printed.build()

    with ThreadPoolExecutor(2) as pool:
        running = pool.submit(rebuild)
        while not running.done():
            seen.append(retriever.search(QUESTION, until=date(2031, 3, 2))[0].text)
        running.result()
    wholes = ["About 1,400 dockers joined the strike at Port Caldry. Talks with the harbour board failed."]
    wholes += [f"Report {n}: {n} dockers joined the strike, {n} left." for n in range(5)]
    assert set(seen) <= set(wholes)
    order = [wholes.index(text) for text in seen]
    assert order == sorted(order)
    assert "Report 4" in retriever.search(QUESTION)[0].text


def test_a_path_may_be_text(standing: Newsroom, tmp_path: Path) -> None:
    assert Retriever.open(str(standing.index), BagOfWords()).search(QUESTION)
    with pytest.raises(IndexMissing, match="onrecord index"):
        Retriever.open(tmp_path / "none", BagOfWords())
