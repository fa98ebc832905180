"""What an article holds is the text it is in citations, saved conversations, filters and on a terminal."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import UTC, datetime
from io import StringIO
from urllib.parse import unquote

import pytest
from rich.console import Console

from assistant.render.citations.cite import FORMATS, cite
from assistant.render.citations.reference import Reference, one_line
from assistant.render.exports.conversation import Unanswered
from assistant.render.exports.export import Conversation, export, read_conversation
from assistant.render.terminal import safe, show_answer
from assistant.types.answer import Cited
from assistant.web.page import surroundings
from assistant.web.page.coverage_chart import coverage_chart
from assistant.web.page.form import Form
from assistant.wording import citation
from index.sqlite.records import Month
from tests.assistant.documents import read_page, texts_of
from tests.assistant.payloads import OWN_ATTRIBUTES, OWN_TAGS, PAYLOADS, assert_own, seen
from tests.assistant.render.citations.parsers import read_bibtex, read_ris, rendered, unescape
from tests.assistant.render.citations.parsers import shown as shown_of
from tests.looped import check_each
from tests.newsroom import shown
from tests.threats.rows import row
from tests.threats.texts import COMMANDS, OBEYED, STYLE, TEXTS, UNSEEN_TEXTS, Archive

AT = datetime(2026, 5, 4, 9, 30, tzinfo=UTC)
ROWS = [
    row("T01", "payloads", PAYLOADS),
    row("T02", "terminal commands", COMMANDS),
    row("T03", "unseen characters", UNSEEN_TEXTS),
]


def printable(text: str) -> str:
    """A text as Markdown can carry it: its control characters are no characters of a document."""
    return "".join(c if c in "\n\u2028\u2029" else one_line(c) for c in text)


def references(archive: Archive, text: str) -> list[Reference]:
    found = shown(archive.ask(text))
    assert found
    return [Reference(quote, author=archive.assistant.article(quote.article_id).author) for quote in found]


def test_there_are_many_texts_and_they_reach_a_quote(archive: Archive) -> None:
    assert len(PAYLOADS) >= 50
    quoted = [text for text in TEXTS if any(text in quote.text for quote in shown(archive.ask(text)))]
    assert len(quoted) >= 80  # of the others, some words: they end in sentences of their own


@pytest.mark.parametrize("texts", ROWS)
def test_a_quote_is_read_back_from_each_citation(archive: Archive, texts: Sequence[str]) -> None:
    check_each(texts, lambda text: _is_read_back_from_citations(archive, text))


def _is_read_back_from_citations(archive: Archive, text: str) -> None:
    for reference in references(archive, text):
        quote, written = reference.quote, {wanted: cite([reference], wanted) for wanted in FORMATS}
        assert written["text"] == citation(quote) + "\n"
        _reads_json(quote, reference.author, written)
        (record,) = read_ris(written["ris"])
        assert ("N1", f"“{one_line(quote.text)}”") in record
        assert [value for tag, value in record if tag in {"TI", "T2"}] == [
            one_line(fact) for fact in (quote.title, quote.source) if fact
        ]
        ((_, _, fields),) = read_bibtex(written["bibtex"])
        assert unescape(fields["annote"]).startswith(f"“{one_line(quote.text)}” (")
        blocks = [shown_of(token) for token in rendered(written["markdown"]) if token.type == "inline"]
        assert blocks[0] == printable(quote.text)
        assert len(blocks) == 2


def _reads_json(quote: Cited, author: str | None, written: dict[str, str]) -> None:
    (item,) = json.loads(written["csl-json"])
    assert item["custom"]["quote"] == quote.text
    assert (item.get("title"), item.get("container-title")) == (quote.title, quote.source)
    assert item.get("author") == ([{"literal": author}] if author else None)
    (resource,) = json.loads(written["web-annotation"])
    assert resource["selector"][0]["exact"] == quote.text
    assert unquote(resource["source"]["id"]) == quote.article_id
    assert not OBEYED.search(written["csl-json"] + written["web-annotation"])


@pytest.mark.parametrize("texts", ROWS)
def test_a_conversation_is_read_back_from_each_document(archive: Archive, texts: Sequence[str]) -> None:
    check_each(texts, lambda text: _is_read_back_from_documents(archive, text))


def _is_read_back_from_documents(archive: Archive, text: str) -> None:
    found = archive.ask(text)
    talk = Conversation(title=text, exported=AT, turns=(found,), unanswered=(Unanswered(question=text),))
    assert read_conversation(export(talk, "json")) == talk
    assert not OBEYED.search(export(talk, "json"))
    page = read_page(export(talk, "html"))
    assert page.tags <= OWN_TAGS | {"h4"}
    assert {key for key, _ in page.attributes} <= OWN_ATTRIBUTES | {"http-equiv"}
    assert (page.stack, page.odd) == ([], [])
    assert page.texts["h1."] == page.texts["div.or-unasked"] == text
    assert page.texts["blockquote.or-quote"] == "".join(quote.text for quote in shown(found))
    blocks = texts_of(export(talk, "markdown"))
    assert blocks[0] == blocks[-1] == printable(text.replace("\r\n", "\n").replace("\r", "\n"))
    assert {printable(quote.text) for quote in shown(found)} <= set(blocks)


@pytest.mark.parametrize("texts", ROWS)
def test_a_source_s_name_is_text_in_every_filter(texts: Sequence[str]) -> None:
    check_each(texts, _is_text_in_every_filter)


def _is_text_in_every_filter(text: str) -> None:
    assert surroundings.source_choices([(text, 2)]) == [(f"\u2068{text}\u2069 · 2 articles", text)]
    page = seen(
        surroundings.active(Form("", sources=(text,))) + surroundings.waiting(Form("Who?", sources=(text,)))
    )
    assert_own(page)
    assert "".join(found for owner, found in page.texts.items() if owner.startswith("button.or-drop")) == text
    assert page.texts["p.or-filters"] == f"Only: source {text}"
    assert ("aria-label", f"Remove filter: source {text}") in page.attributes
    chart = seen(coverage_chart([Month(text, "2024-01", 1)]))
    assert chart.texts["span.or-chart-name"] == text


@pytest.mark.parametrize("terminal", [True, False])
@pytest.mark.parametrize("texts", ROWS)
def test_an_answer_is_printed_with_marks_for_what_would_be_obeyed(
    archive: Archive, texts: Sequence[str], terminal: bool
) -> None:
    check_each(texts, lambda text: _is_printed_with_marks(archive, text, terminal))


def _is_printed_with_marks(archive: Archive, text: str, terminal: bool) -> None:
    found = archive.ask(text).model_copy(update={"question": text})
    written = StringIO()
    show_answer(
        Console(file=written, force_terminal=terminal, no_color=True, width=100_000, legacy_windows=False),
        found,
    )
    plain = STYLE.sub("", written.getvalue()) if terminal else written.getvalue()
    assert not OBEYED.search(plain)
    flat = " ".join(plain.split())
    for quote in shown(found):
        assert " ".join(safe(f"“{quote.text}”").split()) in flat
