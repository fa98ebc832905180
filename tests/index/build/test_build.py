"""A build embeds what is new and forgets what is gone."""

from __future__ import annotations

from datetime import date

import pytest

from index.build.build import build
from index.words.bm25 import analyze
from tests.fakes import BagOfWords
from tests.index.answers import words_of
from tests.newsroom import BRIDGE, FLOOD, STRIKE, Newsroom, shown

LABELS = '[[files]]\nmatch = "strike.txt"\nsource = "{source}"\ntitle = "{title}"\n'


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
