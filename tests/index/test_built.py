"""What a build has written is whole: exact passages, ordered articles, a manifest that fits."""

from __future__ import annotations

import json
import shutil

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from index.generation.manifest import hash_files
from tests.newsroom import BRIDGE, FLOOD, STRIKE, Newsroom
from tests.odd_texts import ODD_TEXTS


def test_a_generation_holds_what_its_manifest_hashes(standing: Newsroom) -> None:
    folder = standing.index / "generations" / "000001"
    held = hash_files(folder)
    held.pop("manifest.json")
    assert held == standing.generation().manifest.files


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(texts=st.lists(ODD_TEXTS, min_size=3, max_size=12))
def test_every_passage_of_odd_texts_is_exact(
    texts: list[str], tmp_path_factory: pytest.TempPathFactory
) -> None:
    newsroom = Newsroom(tmp_path_factory.mktemp("odd"))
    newsroom.print("always.txt", BRIDGE)
    for n, text in enumerate(texts):
        newsroom.print(f"{n}.txt", text.replace("\n", "\r\n") if n % 2 else text)
    newsroom.print_records("feed.jsonl", [{"title": text[:9], "text": text} for text in texts])
    newsroom.build()
    generation = newsroom.generation()
    given_texts = {"always.txt": BRIDGE, **{f"{n}.txt": text for n, text in enumerate(texts)}}
    for row in range(generation.manifest.passages):
        (passage,) = generation.archive.passages([row])
        article = generation.archive.article_at(passage.article)
        sentences = generation.archive.sentences(passage.article)[passage.first : passage.last + 1]
        assert article.body_start <= passage.start < passage.end <= len(article.text)
        assert all(s.start < s.end for s in sentences)
        assert passage.start >= sentences[0].start
        assert passage.end <= sentences[-1].end
        if article.id in given_texts:
            assert article.text == given_texts[article.id].removeprefix("\ufeff")
    shutil.rmtree(newsroom.index)


def test_an_entry_s_origin_is_the_first_copy_of_its_text(newsroom: Newsroom) -> None:
    newsroom.print_records("feed.jsonl", [{"text": STRIKE + f" {n}"} for n in range(3)] + [{"text": FLOOD}])
    newsroom.build()
    archive = newsroom.generation().archive
    assert archive.origin("feed.jsonl#2")[0] == 3
    assert archive.origin("feed.jsonl#4")[0] == 1


STORY = (
    f"{STRIKE} {FLOOD} {BRIDGE} The harbour board meets again on Friday to hear what both sides have to say."
)
TEXTS = st.sampled_from([
    STORY,
    STORY.replace("Friday", "Sunday"),
    STORY[:190],
    f"{STORY} {STORY[::-1]}",
    STORY[::-1],
    f"{FLOOD} {FLOOD[::-1]}",
    STRIKE,
])  # fmt: skip


@settings(max_examples=2, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(days=st.lists(st.dictionaries(st.sampled_from("abcde"), TEXTS, min_size=1), min_size=2, max_size=2))
def test_origins_are_those_of_an_index_built_from_nothing(
    days: list[dict[str, str]], tmp_path_factory: pytest.TempPathFactory
) -> None:
    newsroom, fresh = (Newsroom(tmp_path_factory.mktemp(name)) for name in ("grown", "fresh"))
    for day in days:
        for path in newsroom.articles.iterdir():
            path.unlink()
        for name, text in day.items():
            newsroom.print(f"{name}.txt", text)
        newsroom.build()
    for name, text in days[-1].items():
        fresh.print(f"{name}.txt", text)
    fresh.build()
    assert origins_of(newsroom) == origins_of(fresh)
    for made in (newsroom, fresh):
        shutil.rmtree(made.index)


def test_an_article_that_joined_two_groups_splits_them_when_it_goes(newsroom: Newsroom) -> None:
    texts = {"whole.txt": STORY, "cut.txt": STORY[:190], "end.txt": STORY[-190:], "other.txt": STORY[::-1]}
    for name, text in texts.items():
        newsroom.print(name, text)
    newsroom.build()
    joined = newsroom.generation().archive.copies("whole.txt")
    assert len(joined) == 1  # of two parts that share nothing one joins
    newsroom.withdraw("whole.txt")
    newsroom.build()
    archive = newsroom.generation().archive
    assert [archive.origin(name)[0] for name in ("cut.txt", "end.txt", "other.txt")] == [1, 1, 1]


def origins_of(newsroom: Newsroom) -> dict[str, set[str]]:
    archive = newsroom.generation().archive
    return {id_: {copy.article_id for copy in archive.copies(id_)} for id_ in archive.known()}


def test_the_manifest_is_json_a_person_can_read(standing: Newsroom) -> None:
    text = (standing.index / "generations" / "000001" / "manifest.json").read_text("utf-8")
    assert json.loads(text)["articles"] == 3
    assert text.count("\n") > 10


def test_articles_are_numbered_from_the_oldest(newsroom: Newsroom) -> None:
    newsroom.print("b.txt", "Second news.", "2031-03-02")
    newsroom.print("c.txt", "First news.", "2031-03-01")
    newsroom.print("d.txt", "Undated news.")
    newsroom.print("a.txt", "Also second news.", "2031-03-02")
    newsroom.build()
    assert [a.id for a in newsroom.generation().archive.articles()] == ["d.txt", "c.txt", "a.txt", "b.txt"]
