"""A build embeds what is new, forgets what is gone, and leaves the index alone when it fails."""

from __future__ import annotations

import errno
import json
import shutil
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from index import build as build_module
from index.build import NothingToIndex, build
from index.embedder import Encoded
from index.generation import current_number, hash_files, open_current
from index.hits import IndexMissing
from index.words import analyze
from tests.fakes import BagOfWords
from tests.newsroom import BRIDGE, FLOOD, STRIKE, Newsroom, shown
from tests.odd_texts import ODD_TEXTS

LABELS = '[[files]]\nmatch = "strike.txt"\nsource = "{source}"\ntitle = "{title}"\n'


def words_of(newsroom: Newsroom, question: str) -> str:
    return "\n".join(quote.text for quote in shown(newsroom.ask(question)))


def untouched(newsroom: Newsroom, number: str = "000001") -> None:
    """The index is the one that was there, answers, and nothing half made lies beside it."""
    assert current_number(newsroom.index) == number
    assert {p.name for p in newsroom.index.iterdir()} <= {"CURRENT", "generations", "lock"}
    assert "1,400 dockers" in words_of(newsroom, "How many dockers joined the strike?")


def test_a_first_build_embeds_everything(newsroom: Newsroom) -> None:
    newsroom.print("bridge.txt", BRIDGE, "2031-03-01")
    newsroom.print("sub/flood.txt", FLOOD)
    newsroom.print("photo.jpg", "not an article")
    report = newsroom.build()
    assert (report.generation, report.articles, report.new, report.passages) == ("000001", 2, 2, 2)
    assert (report.changed, report.unchanged, report.removed, report.reused) == (0, 0, 0, 0)
    assert sorted(newsroom.embedder.asked) == sorted([BRIDGE, FLOOD])
    assert [r.path for r in report.rejected] == ["photo.jpg"]
    assert [r.path for r in newsroom.generation().archive.rejected()] == ["photo.jpg"]


def test_only_the_new_and_the_changed_are_embedded(printed: Newsroom) -> None:
    printed.print("tram.txt", "A tram derailed at noon on Mill Street.", "2031-03-04")
    printed.withdraw("flood.txt")
    printed.print("strike.txt", STRIKE.replace("1,400", "1,900"), "2031-03-02")
    open_assistant = printed.assistant()
    assert "1,400" in "".join(
        q.text for q in shown(open_assistant.ask("How many dockers joined the strike?"))
    )
    report = printed.build()
    assert (report.new, report.changed, report.unchanged, report.removed) == (1, 1, 1, 1)
    assert (report.embedded, report.reused) == (2, 1)
    assert sorted(printed.embedder.asked) == sorted(
        [STRIKE.replace("1,400", "1,900"), "A tram derailed at noon on Mill Street."]
    )
    assert "derailed" in open_assistant.ask("Where was the tram derailed at noon?").quotes[0].text
    questions = ("How many dockers joined the strike at Port Caldry?", "Which river flooded nine villages?")
    for question in (*questions, "Who reached the last villages with boats at noon?"):
        found = open_assistant.ask(question)
        assert found.coverage.articles == 3
        assert not any("1,400" in q.text or "flood" in q.article_id for q in shown(found))
        assert not any(
            "1,400" in h.text or "flood" in h.article_id for h in open_assistant.search(question).hits
        )
    with pytest.raises(LookupError):
        open_assistant.article("flood.txt")


def test_a_changed_article_is_cut_anew(printed: Newsroom) -> None:
    texts = {
        "strike.txt": "Gulls. " + STRIKE,
        "flood.txt": FLOOD[:38],
        "bridge.txt": BRIDGE + " Nobody was seen.",
    }
    for name, text in texts.items():
        printed.print(name, text, "2031-03-02")
    printed.build()
    archive = printed.generation().archive
    for number, article in enumerate(archive.articles()):
        body = texts[article.id]
        spans = archive.sentences(number)
        assert article.text[spans[0].start : spans[-1].end] == body
        assert all(article.text[s.start : s.end].endswith(".") for s in spans)


def test_a_headline_that_is_named_later_is_quoted_no_more(printed: Newsroom) -> None:
    headline = "Fire broke out at the mill."
    printed.print("fire.txt", f"{headline}\n\nThe mill burned for a day.", "2031-03-05")
    printed.build()
    assert headline in words_of(printed, headline).splitlines()
    (printed.articles / "labels.toml").write_text(
        f'[[files]]\nmatch = "fire.txt"\ntitle = "{headline}"\n', "utf-8"
    )
    assert printed.build().changed == 0
    assert headline not in words_of(printed, headline).splitlines()


def test_nothing_new_embeds_nothing(printed: Newsroom) -> None:
    before = [printed.generation().vectors.rows(range(3))]  # type: ignore[arg-type]
    report = printed.build()
    assert (report.unchanged, report.embedded, report.reused, printed.embedder.asked) == (3, 0, 3, [])
    assert (before[0] == printed.generation().vectors.rows(range(3))).all()  # type: ignore[arg-type]


def test_the_same_words_in_another_place_are_not_embedded_again(printed: Newsroom) -> None:
    printed.withdraw("strike.txt")
    printed.print("moved/strike.txt", STRIKE, "2031-03-08")
    report = printed.build()
    assert (report.new, report.removed, report.embedded) == (1, 1, 0)
    assert {q.article_id for q in printed.ask("How many dockers joined the strike?").quotes} == {
        "moved/strike.txt"
    }


def test_copies_are_embedded_once_and_stay_two_articles(newsroom: Newsroom) -> None:
    newsroom.print("one.txt", STRIKE, "2031-03-01")
    newsroom.print("two.txt", STRIKE, "2031-03-02")
    report = newsroom.build()
    assert (report.articles, report.passages, report.embedded) == (2, 2, 1)
    assert newsroom.embedder.asked == [STRIKE]
    (quote,) = [q for q in newsroom.ask("How many dockers joined the strike?").quotes if "1,400" in q.text]
    assert quote.origin.articles == 2


def test_a_label_shows_and_embeds_nothing(printed: Newsroom) -> None:
    for source, title in (("Halyard", "At the gates"), ("The Tide", "Talks fail")):
        (printed.articles / "labels.toml").write_text(LABELS.format(source=source, title=title), "utf-8")
        report = printed.build()
        assert (report.embedded, report.new, report.removed, printed.embedder.asked) == (0, 0, 0, [])
        quote = printed.ask("How many dockers joined the strike?", sources=[source]).quotes[0]
        assert (quote.source, quote.title) == (source, title)
        assert printed.generation().archive.sources() == [source]
        words = printed.generation().words
        assert len(words.search(analyze(f"{source} {title}"), 9)) == 1
    (printed.articles / "labels.toml").unlink()
    printed.build()
    assert printed.ask("How many dockers joined the strike?").quotes[0].source is None


def test_a_new_date_shows_and_embeds_nothing(printed: Newsroom) -> None:
    printed.print("strike.txt", STRIKE, "2031-04-30")
    report = printed.build()
    assert (report.changed, report.embedded) == (1, 0)
    answer = printed.ask("How many dockers joined the strike?", since=date(2031, 4, 30))
    assert [str(q.published) for q in answer.quotes] == ["2031-04-30"]


def test_another_model_embeds_everything_anew(printed: Newsroom) -> None:
    other = BagOfWords("another-model@1")
    report = build(printed.index, [printed.articles], other)
    assert (report.embedded, report.reused) == (3, 0)
    assert printed.generation().manifest.model == "another-model@1"


def test_articles_are_numbered_from_the_oldest(newsroom: Newsroom) -> None:
    newsroom.print("b.txt", "Second news.", "2031-03-02")
    newsroom.print("c.txt", "First news.", "2031-03-01")
    newsroom.print("d.txt", "Undated news.")
    newsroom.print("a.txt", "Also second news.", "2031-03-02")
    newsroom.build()
    assert [a.id for a in newsroom.generation().archive.articles()] == ["d.txt", "c.txt", "a.txt", "b.txt"]


def test_several_folders_are_one_archive_and_an_id_is_used_once(newsroom: Newsroom) -> None:
    newsroom.print("one/same.txt", BRIDGE)
    newsroom.print("two/same.txt", FLOOD)
    newsroom.print("two/other.txt", STRIKE)
    roots = [newsroom.articles / "one", newsroom.articles / "two"]
    report = build(newsroom.index, roots, newsroom.embedder)
    assert report.articles == 2
    assert [(r.path, "another article has this id" in r.reason) for r in report.rejected] == [
        ("same.txt", True)
    ]
    assert newsroom.generation().archive.article("same.txt").text == BRIDGE
    assert newsroom.generation().manifest.roots == tuple(map(str, roots))


def test_progress_is_told_up_to_the_last_passage(newsroom: Newsroom) -> None:
    newsroom.print_records("feed.jsonl", [{"text": f"Report number {n} came in."} for n in range(150)])
    told: list[tuple[int, int]] = []
    build(
        newsroom.index, [newsroom.articles], newsroom.embedder, lambda done, total: told.append((done, total))
    )
    assert told == [(0, 150), (64, 150), (128, 150), (150, 150)]


@pytest.mark.parametrize("first_build", [True, False])
def test_an_empty_archive_is_an_error_and_changes_nothing(
    newsroom: Newsroom, printed: Newsroom, first_build: bool
) -> None:
    if first_build:
        shutil.rmtree(printed.index)
    for path in printed.articles.iterdir():
        path.unlink()
    with pytest.raises(NothingToIndex, match="no article could be read"):
        printed.build()
    if first_build:
        with pytest.raises(IndexMissing):
            open_current(printed.index)
    else:
        untouched(printed)


def test_a_missing_archive_is_an_error_and_changes_nothing(printed: Newsroom) -> None:
    shutil.rmtree(printed.articles)
    with pytest.raises(FileNotFoundError):
        printed.build()
    untouched(printed)


def test_articles_without_a_sentence_are_an_error_and_change_nothing(printed: Newsroom) -> None:
    for path in printed.articles.iterdir():
        path.unlink()
    printed.print("credit.txt", "© Jo Doe / AFP", "2031-03-01")
    with pytest.raises(NothingToIndex, match="the index is as it was"):
        printed.build()
    untouched(printed)


class Failing(BagOfWords):
    """Gives up at a text of one kind, after some others."""

    def embed_passages(self, texts: Sequence[str]) -> list[Encoded]:
        if any("derailed" in text for text in texts):
            raise RuntimeError("the model has no memory left")
        return super().embed_passages(texts)


def test_an_embedder_that_fails_changes_nothing(printed: Newsroom) -> None:
    printed.print("tram.txt", "A tram derailed at noon.", "2031-03-04")
    printed.withdraw("strike.txt")
    with pytest.raises(RuntimeError, match="no memory"):
        build(printed.index, [printed.articles], Failing())
    untouched(printed)
    printed.build()
    assert "derailed" in words_of(printed, "Where was the tram derailed at noon?")


@pytest.mark.parametrize("full_at", ["write_archive", "write_words", "hash_files", "publish"])
def test_a_full_disk_changes_nothing(
    printed: Newsroom, monkeypatch: pytest.MonkeyPatch, full_at: str
) -> None:
    printed.withdraw("strike.txt")

    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(build_module, full_at, full)
        with pytest.raises(OSError, match="No space left"):
            printed.build()
    untouched(printed)
    assert printed.build().removed == 1


@pytest.mark.parametrize("name", ["manifest.json", "vectors.faiss", "CURRENT.tmp"])
def test_a_disk_full_at_one_file_changes_nothing(
    printed: Newsroom, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    printed.withdraw("strike.txt")
    real = Path.write_bytes

    def write_bytes(self: Path, data: bytes) -> int:
        if self.name == name:
            real(self, data[: len(data) // 2])
            raise OSError(errno.ENOSPC, "No space left on device", str(self))
        return real(self, data)

    def write_text(self: Path, data: str, encoding: str | None = None) -> int:
        return write_bytes(self, data.encode(encoding or "utf-8"))

    with monkeypatch.context() as patch:
        patch.setattr(Path, "write_bytes", write_bytes)
        patch.setattr(Path, "write_text", write_text)
        with pytest.raises(OSError, match="No space left"):
            printed.build()
    assert current_number(printed.index) == "000001"
    assert not (printed.index / "draft").exists()
    assert "1,400 dockers" in words_of(printed, "How many dockers joined the strike?")
    assert printed.build().removed == 1


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


def test_the_manifest_is_json_a_person_can_read(standing: Newsroom) -> None:
    text = (standing.index / "generations" / "000001" / "manifest.json").read_text("utf-8")
    assert json.loads(text)["articles"] == 3
    assert text.count("\n") > 10
