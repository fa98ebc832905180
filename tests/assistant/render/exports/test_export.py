"""A conversation is kept whole, reads back, is verified, and nothing in it is markup."""

from __future__ import annotations

import json
import re
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.integrity.saved import read_saved
from assistant.integrity.verify import Verdict, Verified, verify, verify_lines
from assistant.render.exports.conversation import DIFFERING, PROMISE, UNVERIFIED
from assistant.render.exports.export import FORMATS, SUFFIXES, Conversation, export, read_conversation
from assistant.render.exports.html_document import POLICY
from assistant.render.phrases import NO_ANSWER
from assistant.types.answer import Answer, Coverage, Quote, Understood
from corpus.article import Article
from tests.assistant.desk import SmallDesk, quote_of, reprinted
from tests.assistant.documents import read_page, texts_of
from tests.assistant.payloads import OWN_ATTRIBUTES, OWN_TAGS, PAYLOADS, hostile_article
from tests.assistant.render.citations.parsers import rendered
from tests.assistant.telling_desk import spoken, table
from tests.looped import each
from tests.newsroom import Newsroom
from tests.odd_texts import ODD_TEXTS

AT = datetime(2026, 5, 4, 9, 30, tzinfo=UTC)
QUESTIONS = (
    "How many dockers are on strike?",
    "Who won the chess final?",
    "What does the payload article say?",
)


@pytest.fixture(scope="module")
def talk() -> Conversation:
    desk = SmallDesk()
    narrowed = desk.ask("How often will the ferry run?", since=date(2024, 3, 1), sources=["Nobody"])
    turns = (*(desk.ask(question) for question in QUESTIONS), narrowed)
    return Conversation(title="Harbour archive", exported=AT, turns=turns)


def about(words: str, quotes: tuple[Quote, ...], misses: tuple[Quote, ...] = ()) -> Answer:
    return Answer(
        question=words,
        understood=Understood(since=date(2024, 1, 1), sources=(words,)),
        status="answered" if quotes else "no_answer",
        reason=None if quotes else words,
        quotes=quotes,
        near_misses=misses,
        coverage=Coverage(articles=1, sources=1, undated=0, first=date(2024, 3, 1), last=date(2024, 3, 1)),
    )


def hostile(payload: str) -> tuple[Conversation, Quote]:
    article = hostile_article(payload.replace("\r\n", "\n").replace("\r", "\n"))
    quote = quote_of(article, 0, len(article.text)).model_copy(update={"marks": ((0, 1),)})
    quote = reprinted(quote, article, f"{article.title} Body")
    turns = (about(payload, (quote,)), about(payload, (), (quote,)))
    return Conversation(title=payload, turns=turns), quote


def test_an_unknown_format_is_answered_with_the_known_ones(talk: Conversation) -> None:
    with pytest.raises(ValueError, match="'pdf'; choose one of: markdown, json, html"):
        export(talk, "pdf")
    assert set(SUFFIXES) == set(FORMATS)


@pytest.mark.parametrize("wanted", FORMATS)
def test_every_question_and_quote_is_kept_with_its_citation(talk: Conversation, wanted: str) -> None:
    kept = export(talk, wanted)
    for turn in talk.turns:
        for quote in (*turn.quotes, *turn.near_misses):
            assert quote.article_sha256 in kept
            assert str(quote.start) in kept
    assert "Harbour archive" in kept
    assert "2024" in kept


def test_json_reads_back_as_the_same_conversation(talk: Conversation) -> None:
    kept = export(talk, "json")
    assert read_conversation(kept) == talk
    assert read_conversation(kept.encode()) == talk
    saved = json.loads(kept)
    assert (saved["format"], saved["version"]) == ("onrecord-conversation", 1)
    assert Answer.model_validate(saved["turns"][0]) == talk.turns[0]


def test_another_version_and_another_file_are_told_apart(talk: Conversation) -> None:
    newer = json.dumps({**json.loads(export(talk, "json")), "version": 2})
    with pytest.raises(ValueError, match=r"another version of On Record \(2, not 1\)"):
        read_conversation(newer)
    for other in ("", "[]", "{}", talk.turns[0].model_dump_json(), '{"version": "x"}'):
        with pytest.raises(ValueError, match="not an exported conversation"):
            read_conversation(other)


def test_an_exported_conversation_is_verified_quote_by_quote(printed: Newsroom) -> None:
    asked = ("How many dockers joined the strike at Port Caldry?", "Who won the chess final?", "Who drowned?")
    turns = (*(printed.ask(question) for question in asked), printed.ask(asked[0]))
    path = printed.articles.parent / "talk.json"
    path.write_text(export(Conversation(title="Desk", turns=turns), "json"), "utf-8")
    places = [
        f"turns[{t}].{name}[{n}]"
        for t, turn in enumerate(turns)
        for name, quotes in (("quotes", turn.quotes), ("near_misses", turn.near_misses))
        for n in range(len(quotes))
    ]
    checked = verify(read_saved(path), [printed.articles]).quotes
    assert [found.place for found in checked] == places
    assert {"turns[0].quotes[0]", "turns[3].quotes[0]"} <= set(places)
    assert all(found.stands for found in checked)
    withdrawn = turns[0].quotes[0].article_id
    of_it = [found.place for found in checked if found.quote.article_id == withdrawn]
    printed.withdraw(withdrawn)
    fallen = [found for found in verify(read_saved(path), [printed.articles]).quotes if not found.stands]
    assert [(found.place, found.verdict) for found in fallen] == [(place, Verdict.GONE) for place in of_it]
    assert "0 of 2 quotes stand." in list(verify_lines(Verified(tuple(fallen))))


@pytest.mark.parametrize("turns", ['"x"', "[1]", "[null]", "{}x", '[{"quotes": [{}]}]', "7"])
def test_turns_that_are_none_are_no_saved_answer(tmp_path: Path, turns: str) -> None:
    path = tmp_path / "saved.json"
    path.write_text(f'{{"turns": {turns}}}', "utf-8")
    with pytest.raises(ValueError, match="is not a saved answer"):
        read_saved(path)


@each("payload", PAYLOADS)
def test_a_hostile_page_is_our_markup_and_its_words(payload: str) -> None:
    talk, quote = hostile(payload)
    page = export(talk, "html")
    found = read_page(page)
    assert "<" not in page.partition("<title>")[2].partition("</title>")[0]
    assert found.tags <= (OWN_TAGS | {"h4"})
    assert {key for key, _ in found.attributes} <= (OWN_ATTRIBUTES | {"http-equiv"})
    assert (found.stack, found.odd) == ([], [])
    assert found.texts["blockquote.or-quote"] == quote.text * 2
    assert found.texts["h1."] == payload
    assert found.texts["h2."] == f"1. {payload}2. {payload}"
    assert not [value for key, value in found.attributes if key == "href"]


@each("payload", PAYLOADS)
def test_hostile_markdown_shows_its_words_and_is_no_markup(payload: str) -> None:
    talk, quote = hostile(payload)
    printable = str.maketrans({"\x0b": " ", "\x0c": " ", "\x1b": "\ufffd", "\x7f": "\ufffd", "\x85": " "})
    plain = payload.replace("\r\n", "\n").replace("\r", "\n").translate(printable)
    texts = texts_of(export(talk, "markdown"))
    assert texts[0] == plain
    assert texts.count(quote.text.translate(printable)) == 2
    assert [text for text in texts if text.startswith("1. ")] == [f"1. {plain}"]
    assert f"{NO_ANSWER}. {plain}" in texts
    assert texts.count(f"Title: {plain}") == texts.count(f"Source: {plain}") == 2


@each("payload", PAYLOADS)
def test_hostile_json_reads_back(payload: str) -> None:
    talk, _ = hostile(payload)
    kept = export(talk, "json")
    assert read_conversation(kept) == talk
    assert not set(kept) & {"\x1b", "\u202e", "\u2028", "\x7f", "\x85", "\u2066"}


@settings(deadline=None, max_examples=50)
@given(ODD_TEXTS.filter(bool), st.sampled_from(["markdown", "json", "html"]))
def test_any_words_are_kept(text: str, wanted: str) -> None:
    quote = quote_of(Article("a.txt", text), 0, len(text))
    kept = export(Conversation(title=text, turns=(about(text, (quote,)),)), wanted)
    if wanted == "json":
        assert read_conversation(kept).turns[0].quotes[0].text == text
    elif wanted == "html":
        assert read_page(kept).texts["blockquote.or-quote"] == text
    else:
        assert [token.type for token in rendered(kept)].count("blockquote_open") == 1


@pytest.mark.parametrize("form", ["markdown", "html"])
def test_only_what_was_compared_is_promised(talk: Conversation, form: str) -> None:
    said = {None: UNVERIFIED, (): PROMISE, ("quotes[0].source: <b>",): DIFFERING}
    for differing, words in said.items():
        kept = export(talk, form, differing)
        assert [statement in kept for statement in said.values()] == [s == words for s in said.values()]
    shown = read_page(kept).texts["li."] if form == "html" else texts_of(kept)
    assert "quotes[0].source: <b>" in shown


def test_an_address_no_program_should_follow_is_no_link() -> None:
    kept = export(Conversation(title="t", turns=(SmallDesk().ask(QUESTIONS[0]),)), "markdown")
    assert "- Address: <https://courier.example/strike>" in kept
    assert "- Address: javascript\\:alert(1)" in kept


def test_the_page_needs_nothing_and_lets_nothing_in(talk: Conversation) -> None:
    page = export(talk, "html")
    assert "<script" not in page
    assert "default-src 'none'" in POLICY
    assert "unsafe" not in POLICY
    assert not re.search(r"url\(|@import|src=", page.partition("</style>")[0])
    assert page.count('href="https://courier.example/strike"') >= 1
    assert "@media print" in page
    assert "break-inside: avoid" in page


def test_an_empty_conversation_is_still_a_file(talk: Conversation) -> None:
    empty = Conversation(title="Nothing asked", turns=())
    assert read_conversation(export(empty, "json")) == empty
    assert "0 questions" in export(empty, "markdown")
    assert "0 questions" in export(empty, "html")


@each("payload", PAYLOADS)
def test_hostile_speakers_days_and_figures_are_text(payload: str) -> None:
    talk, quote = hostile(payload)
    told = spoken(quote, payload, payload if payload in quote.text else quote.text)
    read = Understood(read=(payload,), carried=(payload,), completed=payload)
    turn = talk.turns[0].model_copy(
        update={"quotes": (told,), "figures": table((told,), payload), "understood": read}
    )
    whole = talk.model_copy(update={"turns": (turn,)})
    assert read_conversation(export(whole, "json")) == whole
    page = read_page(export(whole, "html"))
    assert page.tags <= (OWN_TAGS | {"h4"})
    assert {key for key, _ in page.attributes} <= (OWN_ATTRIBUTES | {"http-equiv"})
    assert (page.stack, page.odd) == ([], [])
    assert f"“{payload}” · killed" in page.texts["li."]
    assert f"denied by {payload} ({payload}), “reportedly”" in page.texts["dd."]
    assert f"Searched for: “{payload}”" in page.texts["p.or-soft"]
    printable = str.maketrans({"\x0b": " ", "\x0c": " ", "\x1b": "\ufffd", "\x7f": "\ufffd", "\x85": " "})
    plain = payload.replace("\r\n", "\n").replace("\r", "\n").translate(printable)
    texts = texts_of(export(whole, "markdown"))
    assert f"Searched for: “{plain}”" in texts
    assert f"Speaker: denied by {plain} ({plain}), “reportedly”" in texts
