"""The sample archive reads without a fault, and its questions point at the words that answer them."""

import json
from collections import Counter
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import PurePath
from typing import Any

import pytest

from corpus.article import Article, DateOrigin, Rejected
from corpus.formats.read import read_archive
from corpus.sample import ARTICLES, CONVERSATIONS, QUESTIONS

Archive = Mapping[str, Article]
Question = dict[str, Any]
KINDS_ASKED = {"who", "where", "when", "how many", "how much", "why", "what", "said", "yes/no"}


@pytest.fixture(scope="module")
def items() -> list[Article | Rejected]:
    return list(read_archive(ARTICLES))


@pytest.fixture(scope="module")
def archive(items: list[Article | Rejected]) -> Archive:
    return {item.id: item for item in items if isinstance(item, Article)}


@pytest.fixture(scope="module")
def questions() -> list[Question]:
    return [json.loads(line) for line in QUESTIONS.read_text(encoding="utf-8").splitlines()]


@pytest.fixture(scope="module")
def answerable(questions: list[Question]) -> list[Question]:
    return [question for question in questions if question["answers"]]


@pytest.fixture(scope="module")
def unanswerable(questions: list[Question]) -> list[Question]:
    return [question for question in questions if not question["answers"]]


def test_every_file_is_read(items: list[Article | Rejected], archive: Archive) -> None:
    assert [item for item in items if isinstance(item, Rejected)] == []
    assert 36 <= len(archive) == len(items) <= 48


def test_nothing_in_the_archive_contradicts_its_labels(archive: Archive) -> None:
    assert {article.id: article.warnings for article in archive.values() if article.warnings} == {}


def test_all_formats_are_there(archive: Archive) -> None:
    formats = {PurePath(article_id.partition("#")[0]).suffix for article_id in archive}
    assert formats == {".txt", ".md", ".jsonl", ".csv"}


def test_six_sources_and_one_article_without(archive: Archive) -> None:
    sources = Counter(article.source for article in archive.values())
    assert sources.pop(None) == 1
    assert set(sources) == {
        "Halyard",
        "The Ilvet Courier",
        "The Working Tide",
        "Voice of Sarvane",
        "Ledger & Anchor",
        "The Tin Weathercock",
    }


def test_dates_lie_within_five_weeks_and_one_article_has_none(archive: Archive) -> None:
    undated = [article.id for article in archive.values() if article.published is None]
    dates = [article.published for article in archive.values() if article.published is not None]
    assert undated == ["working-tide/the-wall-at-korrun.txt"]
    assert (min(dates), max(dates)) == (date(2031, 3, 3), date(2031, 4, 4))


def test_every_origin_of_a_date_occurs(archive: Archive) -> None:
    assert {article.date_origin for article in archive.values()} == set(DateOrigin)


def test_kinds_are_stated_beside_the_text_alone(archive: Archive) -> None:
    kinds = {article.kind for article in archive.values()}
    assert kinds >= {"news", "opinion", "satire", "correction"}
    marked = [article for article in archive.values() if article.kind in {"opinion", "satire"}]
    assert not any(article.kind in article.body.lower() for article in marked if article.kind)


def test_a_photo_credit_opens_an_article_and_is_not_its_source(archive: Archive) -> None:
    article = archive["working-tide/gate-six.txt"]
    assert article.body.lstrip().startswith("© Ivo Kestrin / FERNBILD\n")
    assert article.source == "The Working Tide"


def test_one_wire_story_ran_in_five_outlets(archive: Archive) -> None:
    sentence = "Drone flights are forbidden."
    assert len({article.source for article in archive.values() if sentence in article.body}) == 5


def test_a_correction_names_the_article_it_replaces(archive: Archive) -> None:
    earlier = archive["ilvet-courier/2031-03-17-sella-ford.md"]
    later = archive["ilvet-courier/2031-03-19-sella-ford-corrected.md"]
    assert "Correction: an earlier version of this article, published on March 17," in later.body
    assert later.url == earlier.url


@pytest.mark.parametrize(
    ("article_id", "present"),
    [
        ("working-tide/strike-kitchen.txt", lambda article: "\N{WATER WAVE}" in article.body),
        (
            "halyard/feed.jsonl#https://halyard.example/2031/03/21/teral-quiet",
            lambda article: "\N{ZERO WIDTH NON-JOINER}" in article.body,
        ),
        (
            "halyard/feed.jsonl#https://halyard.example/2031/03/21/teral-quiet",
            lambda article: article.title.startswith("\N{ARABIC LETTER ALEF WITH MADDA ABOVE}"),
        ),
        ("working-tide/sella-ford-names.txt", lambda article: "themselves.The buses" in article.body),
        ("halyard/2031-03-06-talks-open.txt", lambda article: "\r" not in article.text),
        ("voice-of-sarvane/bulletins.csv#3", lambda article: "Tobiaš Renk" in article.body),
        ("voice-of-sarvane/bulletins.csv#5", lambda article: article.body.count("is under control.") == 2),
        ("received/ferry-at-nebrin.txt", lambda article: article.source is None),
    ],
)
def test_a_special_case_is_where_it_was(
    archive: Archive, article_id: str, present: Callable[[Article], bool]
) -> None:
    assert present(archive[article_id])


def test_the_files_keep_their_bytes() -> None:
    assert b"\r\n" in (ARTICLES / "halyard/2031-03-06-talks-open.txt").read_bytes()
    assert "“".encode("cp1252") in (ARTICLES / "voice-of-sarvane/bulletins.csv").read_bytes()


def test_names_occur_with_and_without_diacritics(archive: Archive) -> None:
    for spellings in (("Şelin Ordavé", "Selin Ordave"), ("Tobiaš Renk", "Tobias Renk"), ("Tølvik", "Tolvik")):
        assert all(any(name in article.body for article in archive.values()) for name in spellings)


def test_one_outlet_quotes_another_word_for_word(archive: Archive) -> None:
    words = "reckons the anchored ships alone cost their owners more each day"
    quoting = {article.source for article in archive.values() if words in article.body}
    assert quoting == {"The Working Tide", "Ledger & Anchor"}


def test_question_ids_and_questions_are_unique(questions: list[Question]) -> None:
    assert len({question["id"] for question in questions}) == len(questions)
    assert len({question["question"] for question in questions}) == len(questions)


def test_every_kind_of_question_is_asked(answerable: list[Question]) -> None:
    asked = Counter(question["kind"] for question in answerable)
    assert set(asked) == KINDS_ASKED
    assert len(answerable) >= 85
    assert min(asked.values()) >= 5


def test_questions_limited_by_source_and_by_date(answerable: list[Question]) -> None:
    assert sum(bool(question["sources"]) for question in answerable) >= 8
    assert sum(bool(question["since"] or question["until"]) for question in answerable) >= 8


def test_questions_the_archive_cannot_answer(unanswerable: list[Question]) -> None:
    near = sum(question["near"] for question in unanswerable)
    assert len(unanswerable) >= 30
    assert near >= 15
    assert len(unanswerable) - near >= 15


def test_every_answer_is_the_words_at_its_place(archive: Archive, answerable: list[Question]) -> None:
    for question in answerable:
        for answer in question["answers"]:
            article = archive[answer["article_id"]]
            assert answer["text"] == article.text[answer["start"] : answer["end"]], question["id"]
            assert answer["start"] >= article.body_start, question["id"]
            assert answer["text"].strip() == answer["text"] != "", question["id"]


def test_answers_are_listed_once_and_within_limits(archive: Archive, answerable: list[Question]) -> None:
    for question in answerable:
        places = [(answer["article_id"], answer["start"]) for answer in question["answers"]]
        assert len(set(places)) == len(places), question["id"]
        assert all(within(archive[article_id], question) for article_id, _ in places), question["id"]


def within(article: Article, question: Question) -> bool:
    """Whether an article passes the dates and sources a question is limited to."""
    day = article.published.isoformat() if article.published else None
    since, until, sources = question["since"], question["until"], question["sources"]
    if day is None and (since or until):
        return False
    in_time = day is None or (since or day) <= day <= (until or day)
    return in_time and (not sources or article.source in sources)


@pytest.fixture(scope="module")
def conversations() -> list[dict[str, Any]]:
    return [json.loads(line) for line in CONVERSATIONS.read_text(encoding="utf-8").splitlines()]


def test_conversations_lean_and_change_the_subject(conversations: list[dict[str, Any]]) -> None:
    later = [[turn["carries"] for turn in talk["turns"][1:]] for talk in conversations]
    assert len({talk["id"] for talk in conversations}) == len(conversations) == 40
    assert {len(talk["turns"]) for talk in conversations} == {2, 3}
    assert sum(any(turns) for turns in later) >= 28
    assert sum(not all(turns) for turns in later) >= 12
    assert not any(talk["turns"][0]["carries"] for talk in conversations)


def test_every_answer_in_a_conversation_is_the_words_at_its_place(
    archive: Archive, conversations: list[dict[str, Any]]
) -> None:
    answers = [(talk["id"], a) for talk in conversations for turn in talk["turns"] for a in turn["answers"]]
    assert answers
    for talk_id, answer in answers:
        article = archive[answer["article_id"]]
        assert answer["text"] == article.text[answer["start"] : answer["end"]], talk_id
        assert answer["start"] >= article.body_start, talk_id
