"""A saved quote stands as long as its words are printed where it says, and no longer."""

from __future__ import annotations

import json
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assistant.integrity.saved import read_saved
from assistant.integrity.verify import Checked, Verdict, Verified, verify, verify_file, verify_lines
from assistant.provenance.corrections import Afterwards
from assistant.render.citations.cite import cite
from assistant.render.citations.reference import Reference
from tests.newsroom import STRIKE, Newsroom

QUESTION = "How many dockers joined the strike at Port Caldry?"


@pytest.fixture
def saved(printed: Newsroom) -> Path:
    """An answer of one quote, saved as `onrecord ask --json` prints it."""
    path = printed.articles.parent / "answer.json"
    path.write_text(printed.ask(QUESTION).model_dump_json(), "utf-8")
    return path


def checked(printed: Newsroom, saved: Path) -> Checked:
    (only,) = verify(read_saved(saved), [printed.articles]).quotes
    return only


def test_an_untouched_quote_stands(printed: Newsroom, saved: Path) -> None:
    found = checked(printed, saved)
    assert (found.place, found.verdict, found.stands) == ("quotes[0]", Verdict.STANDS, True)
    assert list(verify_lines(Verified((found,)))) == [
        "quotes[0], strike.txt, characters 16–69: stands",
        "1 of 1 quotes stand.",
    ]


@pytest.mark.parametrize("place", range(16, 69, 7))
def test_one_changed_byte_of_the_quote_is_named(printed: Newsroom, saved: Path, place: int) -> None:
    path = printed.articles / "strike.txt"
    data = bytearray(path.read_bytes())
    data[place] ^= 0x01
    path.write_bytes(data)
    found = checked(printed, saved)
    assert (found.place, found.verdict, found.stands) == ("quotes[0]", Verdict.CHANGED, False)
    lines = list(verify_lines(Verified((found,))))
    assert lines[0].startswith("quotes[0], strike.txt, characters 16–69: ")
    assert found.new_sha256
    assert found.new_sha256 in lines[1]
    assert found.quote.article_sha256 in lines[1]
    assert lines[-1] == "0 of 1 quotes stand."


def test_words_that_moved_are_not_where_the_quote_says(printed: Newsroom, saved: Path) -> None:
    printed.print("strike.txt", "Again: " + STRIKE, "2031-03-02")
    found = checked(printed, saved)
    assert (found.verdict, found.stands, found.moved) == (Verdict.CHANGED, False, (23, 76))
    assert "  its words still stand in the article, at characters 23–76" in list(
        verify_lines(Verified((found,)))
    )


def test_words_that_are_gone_are_nowhere(printed: Newsroom, saved: Path) -> None:
    printed.print("strike.txt", STRIKE.replace("1,400", "900"), "2031-03-02")
    assert "  its words stand nowhere in the article now" in list(
        verify_lines(Verified((checked(printed, saved),)))
    )


def test_what_the_metadata_says_since_is_told(newsroom: Newsroom) -> None:
    record = {"text": STRIKE, "url": "https://wire.example/strike", "date": "2031-03-02", "kind": "opinion"}
    newsroom.print_records("feed.jsonl", [record])
    newsroom.build()
    path = newsroom.articles.parent / "answer.json"
    path.write_text(newsroom.ask(QUESTION).model_dump_json(), "utf-8")
    (before,) = verify_file(path, newsroom.index).quotes
    later = record | {"text": "It was 900 dockers.", "kind": "correction", "date": "2031-03-04"}
    newsroom.print_records("feed.jsonl", [record | {"corrected": "2031-03-04", "kind": "news"}, later])
    newsroom.build()
    (after,) = verify_file(path, newsroom.index).quotes
    assert (before.verdict, before.differences, after.verdict) == (Verdict.STANDS, (), Verdict.DIFFERS)
    told = [line for line in verify_lines(Verified((after,))) if line.startswith("  ")]
    assert (after.quote.article_id, after.now) == ("feed.jsonl#https://wire.example/strike", "feed.jsonl#1")
    assert told[:3] == [
        "  its article is now feed.jsonl#1",
        "  quotes[0].kind: saved “opinion”, the index has “news”",
        "  quotes[0].corrected: saved nothing, the index has “2031-03-04”",
    ]
    assert told[3].startswith("  quotes[0].correction: saved nothing, the index has {")
    assert "feed.jsonl#2" in told[3]


@pytest.mark.parametrize("form", ["csl-json", "web-annotation"])
def test_citations_are_verified_too(printed: Newsroom, form: str) -> None:
    path = printed.articles.parent / "cited.json"
    answer = printed.ask(QUESTION)
    path.write_text(cite([Reference(quote) for quote in answer.quotes], form), "utf-8")
    (only,) = verify(read_saved(path), [printed.articles]).quotes
    assert (only.place, only.verdict, only.quote.text) == ("[0]", Verdict.STANDS, answer.quotes[0].text)
    printed.print("strike.txt", STRIKE.replace("1,400", "900"), "2031-03-02")
    assert not checked(printed, path).stands


def test_a_removed_article_is_gone(printed: Newsroom, saved: Path) -> None:
    printed.withdraw("strike.txt")
    found = checked(printed, saved)
    assert (found.verdict, found.stands, found.new_sha256) == (Verdict.GONE, False, None)


def test_an_edit_elsewhere_lets_the_quote_stand_and_is_told(printed: Newsroom, saved: Path) -> None:
    printed.print("strike.txt", STRIKE + " Talks resumed.", "2031-03-02")
    found = checked(printed, saved)
    assert (found.verdict, found.stands) == (Verdict.ARTICLE_CHANGED, True)


def test_another_article_s_edit_does_not_matter(printed: Newsroom, saved: Path) -> None:
    printed.print("bridge.txt", "Nothing.")
    assert checked(printed, saved).verdict is Verdict.STANDS


def test_passages_and_records_are_verified_too(newsroom: Newsroom) -> None:
    newsroom.print_records("feed.jsonl", [{"text": "It rained."}, {"text": "The dockers left."}])
    newsroom.build()
    path = newsroom.articles.parent / "found.json"
    path.write_text(newsroom.assistant().search("dockers").model_dump_json(), "utf-8")
    assert [c.verdict for c in verify(read_saved(path), [newsroom.articles]).quotes] == [Verdict.STANDS] * 2
    newsroom.print_records("feed.jsonl", [{"text": "It rained."}])
    places = {c.quote.article_id: c for c in verify(read_saved(path), [newsroom.articles]).quotes}
    assert (places["feed.jsonl#1"].stands, places["feed.jsonl#2"].verdict) == (True, Verdict.GONE)


FEED = [{"text": "The dockers left."}, {"text": "It rained."}]


def test_a_record_that_moved_in_its_file_stands_and_is_no_change(newsroom: Newsroom) -> None:
    newsroom.print_records("feed.jsonl", FEED)
    newsroom.build()
    path = newsroom.articles.parent / "found.json"
    path.write_text(newsroom.assistant().search("dockers").model_dump_json(), "utf-8")
    (sha256,) = {
        quote.article_sha256 for _, quote in read_saved(path).quotes if quote.article_id == "feed.jsonl#1"
    }
    newsroom.print_records("feed.jsonl", [{"text": "News."}, *FEED])
    report = newsroom.build()
    assert (report.new, report.changed, report.unchanged, report.removed) == (1, 0, 2, 0)
    assert report.embedded == 1
    verified = verify_file(path, newsroom.index)
    checked = verified.quotes
    assert {(c.quote.article_id, c.now, c.verdict) for c in checked} == {
        ("feed.jsonl#1", "feed.jsonl#2", Verdict.RENAMED), ("feed.jsonl#2", "feed.jsonl#3", Verdict.RENAMED),
    }  # fmt: skip
    assert all(c.stands and c.replaced is None for c in checked)
    assert next(verify_lines(verified)).endswith(": stands: its article is now feed.jsonl#2")
    assert newsroom.assistant().afterwards("feed.jsonl#1", sha256) == Afterwards(moved="feed.jsonl#2")
    newsroom.print_records("feed.jsonl", [{"text": "News."}, FEED[1]])
    newsroom.build()
    gone = {c.quote.article_id: c for c in verify_file(path, newsroom.index).quotes}
    assert gone["feed.jsonl#1"].verdict is Verdict.SUPERSEDED
    assert gone["feed.jsonl#1"].replaced == newsroom.generation().manifest.created


def test_another_source_s_record_of_the_same_words_is_not_the_article(newsroom: Newsroom) -> None:
    own, other = ({"id": name, "source": name, "text": "The dockers left."} for name in "AB")
    newsroom.print_records("feed.jsonl", [own])
    newsroom.build()
    path = newsroom.articles.parent / "found.json"
    path.write_text(newsroom.assistant().search("dockers").model_dump_json(), "utf-8")
    newsroom.print_records("feed.jsonl", [other])
    assert [c.verdict for c in verify(read_saved(path), [newsroom.articles]).quotes] == [Verdict.GONE]


def test_the_first_of_several_folders_counts_as_it_does_in_the_index(printed: Newsroom, saved: Path) -> None:
    other = printed.articles.parent / "other"
    other.mkdir()
    (other / "strike.txt").write_text("Something else.", "utf-8")
    quotes = read_saved(saved)
    assert [c.stands for c in verify(quotes, [printed.articles, other]).quotes] == [True]
    assert [c.stands for c in verify(quotes, [other, printed.articles]).quotes] == [False]


def test_an_id_is_never_a_path(printed: Newsroom, saved: Path) -> None:
    (printed.articles.parent / "secret.txt").write_text("password", "utf-8")
    answer = json.loads(saved.read_text("utf-8"))
    for article_id in ("../secret.txt", str(printed.articles.parent / "secret.txt"), "./strike.txt"):
        answer["quotes"][0] |= {"article_id": article_id, "text": "password", "start": 0, "end": 8}
        saved.write_text(json.dumps(answer), "utf-8")
        assert checked(printed, saved).verdict is Verdict.GONE


def test_a_span_longer_than_its_words_does_not_stand(printed: Newsroom, saved: Path) -> None:
    answer = json.loads(saved.read_text("utf-8"))
    text = (printed.articles / "strike.txt").read_text("utf-8")
    answer["quotes"][0] |= {"text": text[16:], "start": 16, "end": 10_000}
    saved.write_text(json.dumps(answer), "utf-8")
    assert checked(printed, saved).verdict is Verdict.CHANGED


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\xff",
        b"[]",
        b"[7]",
        b'[{"custom": 3}]',
        b'[{"selector": [], "source": {}}]',
        b"7",
        b'"quotes"',
        b'{"quotes": 3}',
        b'{"quotes": [3]}',
        b'{"quotes": [{"text": "x"}]}',
        b'{"quotes": [{"text": "x", "article_id": "a", "start": -1, "end": 0, "article_sha256": ""}]}',
        b"[" * 100_000,
    ],
)
def test_what_is_no_saved_answer_says_how_to_save_one(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "answer.json"
    path.write_bytes(content)
    with pytest.raises(ValueError, match="onrecord ask QUESTION --json"):
        read_saved(path)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(content=st.binary(max_size=200))
def test_any_bytes_are_a_saved_answer_or_are_not(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "answer.json"
    path.write_bytes(content)
    with suppress(ValueError):
        assert read_saved(path).quotes


def test_a_file_that_is_not_there_says_so(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="can't be read"):
        read_saved(tmp_path / "none.json")


def test_a_silence_without_a_near_miss_holds_nothing_to_verify(standing: Newsroom, tmp_path: Path) -> None:
    path = tmp_path / "answer.json"
    silence = standing.ask("Zwölf Boxkämpfer").model_copy(update={"near_misses": ()})
    path.write_text(silence.model_dump_json(), "utf-8")
    with pytest.raises(ValueError, match="is not a saved answer: it holds no quote; save one with"):
        read_saved(path)


def test_near_misses_are_verified_and_counted_apart(printed: Newsroom, tmp_path: Path) -> None:
    path = tmp_path / "answer.json"
    path.write_text(printed.ask("How many dockers joined the strike at Selmouth?").model_dump_json(), "utf-8")
    found = verify_file(path, printed.index)
    assert {c.place.partition("[")[0] for c in found.quotes} == {"near_misses"}
    lines = list(verify_lines(found))
    assert lines[-1] == f"{len(found.quotes)} of {len(found.quotes)} near misses stand."


def test_an_article_that_the_index_lacks_is_compared_with_its_file(printed: Newsroom, saved: Path) -> None:
    answer = json.loads(saved.read_text("utf-8"))
    printed.print("again.txt", STRIKE, "2031-03-02")
    answer["quotes"][0]["article_id"] = "again.txt"
    saved.write_text(json.dumps(answer), "utf-8")
    assert verify_file(saved, printed.index, [printed.articles]).quotes[0].verdict is Verdict.STANDS
    answer["quotes"][0]["published"] = "2031-03-09"
    saved.write_text(json.dumps(answer), "utf-8")
    (found,) = verify_file(saved, printed.index, [printed.articles]).quotes
    assert [d.line for d in found.differences] == [
        "quotes[0].published: saved “2031-03-09”, its file has “2031-03-02”"
    ]


def test_a_hash_that_the_index_never_held_is_named(printed: Newsroom, saved: Path) -> None:
    answer = json.loads(saved.read_text("utf-8"))
    answer["quotes"][0]["article_sha256"] = "0" * 64
    saved.write_text(json.dumps(answer), "utf-8")
    (found,) = verify_file(saved, printed.index, [printed.articles]).quotes
    assert (found.verdict, [d.field for d in found.differences]) == (
        Verdict.DIFFERS,
        ["quotes[0].article_sha256"],
    )


def test_words_that_the_index_has_otherwise_than_the_disk_are_named(printed: Newsroom, saved: Path) -> None:
    printed.print("strike.txt", STRIKE.replace("1,400", "9,400"), "2031-03-02")
    answer = json.loads(saved.read_text("utf-8"))
    answer["quotes"][0]["text"] = answer["quotes"][0]["text"].replace("1,400", "9,400")
    saved.write_text(json.dumps(answer), "utf-8")
    (found,) = verify_file(saved, printed.index, [printed.articles]).quotes
    assert (found.verdict, found.differences[0].field) == (Verdict.DIFFERS, "quotes[0].text")
