"""What is taken off the page is what its session holds, in words of the formats' own."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from datetime import UTC, date, datetime
from typing import Any

import pytest

from assistant.render.citations import cite
from assistant.render.citations.reference import Reference
from assistant.render.exports import export
from assistant.render.exports.conversation import DIFFERING, PROMISE, UNVERIFIED
from assistant.render.exports.export import read_conversation
from assistant.render.markup import Safe
from assistant.types.answer import Answer, Quote
from assistant.web.gradio.offline import gr
from assistant.web.page.chat_events import Turn
from assistant.web.page.downloads import NOT_HERE, Taking
from assistant.web.page.form import Form
from assistant.web.page.tools import tools
from index.errors import IndexMissing
from tests.assistant.desk import ARTICLES, SmallDesk, edited
from tests.assistant.payloads import PAYLOADS, seen

AT = datetime(2026, 5, 4, 9, 30, 7, tzinfo=UTC)
QUESTION = "How many dockers are on strike?"
NOBODY = "Who won the ferry trophy?"


@pytest.fixture
def desk() -> SmallDesk:
    return SmallDesk()


def turn(desk: SmallDesk, question: str) -> Turn:
    return Turn(Form(question), Safe("<section>"), desk.ask(question))


def taking(desk: SmallDesk, title: str = "Desk") -> Taking:
    return Taking(desk, title, lambda: AT)


def event(**told: object) -> gr.EventData:
    return gr.EventData(None, {"ticket": 7, **told})


def place(quote: Quote, wanted: str = "bibtex") -> gr.EventData:
    where = {"article": quote.article_id, "start": quote.start, "end": quote.end}
    return event(format=wanted, sha256=quote.article_sha256, **where)


def made(text: str) -> dict[str, Any]:
    found = json.loads(text)
    assert found["ticket"] == 7
    assert isinstance(found, dict)
    return found


@pytest.mark.parametrize("wanted", cite.FORMATS)
def test_a_quote_or_near_miss_is_cited_with_its_author(desk: SmallDesk, wanted: str) -> None:
    said = [turn(desk, NOBODY), turn(desk, QUESTION)]
    for found in said:
        assert found.found is not None
        quotes = (*found.found.quotes, *found.found.near_misses)
        assert quotes
        for quote in quotes:
            reference = Reference(quote, author=desk.article(quote.article_id).author)
            text = made(taking(desk).cite(said, place(quote, wanted)))["text"]
            assert text == cite.cite([reference], wanted)


def test_a_quote_is_cited_as_it_was_shown_after_its_article_has_changed_or_gone(desk: SmallDesk) -> None:
    said = [turn(desk, QUESTION)]
    quote = next(q for q in desk.ask(QUESTION).quotes if q.article_id == ARTICLES[0].id)
    desk.put(edited(ARTICLES[0]))
    changed = made(taking(desk).cite(said, place(quote)))["text"]
    desk.drop(ARTICLES[0].id)
    gone = made(taking(desk).cite(said, place(quote)))["text"]
    assert changed == gone == cite.cite([Reference(quote)], "bibtex")  # the author was not read in time
    assert quote.article_sha256 in gone


def test_what_the_session_does_not_hold_is_told(desk: SmallDesk) -> None:
    (quote, *_) = desk.ask(QUESTION).quotes
    other = place(quote.model_copy(update={"article_sha256": "0" * 64}))
    waiting = [Turn(Form(QUESTION), None)]
    for said, asked in (([turn(desk, QUESTION)], other), (waiting, place(quote)), ([], place(quote))):
        assert made(taking(desk).cite(said, asked)) == {"ticket": 7, "told": NOT_HERE} | EMPTY
    assert made(taking(desk).save([], event(format="json", turns=1)))["told"] == NOT_HERE


EMPTY = {"text": "", "name": "", "type": ""}


@pytest.mark.parametrize("wanted", ["docx", "", "../x", None])
def test_a_format_that_is_none_is_told_with_those_that_are(desk: SmallDesk, wanted: Any) -> None:
    said = [turn(desk, QUESTION)]
    (quote, *_) = desk.ask(QUESTION).quotes
    assert "choose one of" in made(taking(desk).cite(said, place(quote, wanted)))["told"]
    assert "choose one of" in made(taking(desk).save(said, event(format=wanted, turns=1)))["told"]


@pytest.mark.parametrize("title", ["../../etc/passwd", "a\u202egnp", "CON", "x" * 300, *PAYLOADS[:5]])
def test_a_file_s_name_is_dated_and_takes_nothing_from_the_conversation(desk: SmallDesk, title: str) -> None:
    said = [Turn(Form(title), Safe(), desk.ask(QUESTION))]
    for wanted in export.FORMATS:
        file = made(taking(desk, title).save(said, event(format=wanted, turns=1)))
        assert file["name"] == f"on-record-2026-05-04-093007{export.SUFFIXES[wanted]}"
        assert re.fullmatch(r"[a-z]+/[a-z]+;charset=utf-8", file["type"])


def test_a_conversation_is_saved_with_its_unanswered_questions_apart(desk: SmallDesk) -> None:
    earlier = Turn(Form("Who sailed?", date(2024, 3, 1), None, ("Wire <b>",)), None)
    faulty = Turn(Form("What broke?"), Safe("<p>"))
    said = [earlier, turn(desk, QUESTION), faulty, turn(desk, NOBODY)]
    saved = {
        wanted: made(taking(desk).save(said, event(format=wanted, turns=4)))["text"]
        for wanted in export.FORMATS
    }
    talk = read_conversation(saved["json"])
    assert (talk.title, talk.exported) == ("Desk", AT)
    assert talk.turns == (desk.ask(QUESTION), desk.ask(NOBODY))
    assert [asked.question for asked in talk.unanswered] == ["Who sailed?", "What broke?"]
    assert talk.unanswered[0].understood.sources == ("Wire <b>",)
    assert "\n- Who sailed? Only articles since 2024-03-01 and from Wire \\<b\\>;" in saved["markdown"]
    assert "4 questions, 2 of them not answered here · exported 4 May 2026, 09:30 UTC" in saved["markdown"]
    assert "Who sailed?Only articles since 2024-03-01 and from Wire <b>;" in "".join(
        seen(saved["html"].partition("</head>")[2].removesuffix("</html>\n")).texts["div.or-unasked"]
    )


@pytest.mark.parametrize("wanted", ["markdown", "html"])
def test_a_file_promises_its_quotes_where_the_index_still_has_them(desk: SmallDesk, wanted: str) -> None:
    said = [turn(desk, QUESTION)]
    kept = made(taking(desk).save(said, event(format=wanted, turns=1)))["text"]
    assert PROMISE in kept
    desk.drop(ARTICLES[0].id)
    changed = made(taking(desk).save(said, event(format=wanted, turns=1)))["text"]
    assert (PROMISE in changed, DIFFERING in changed) == (False, True)
    assert "courier/strike.txt" in changed.partition(DIFFERING)[2].partition("blockquote")[0]


class Indexless(SmallDesk):
    def differing(self, answers: Sequence[Answer]) -> list[str]:
        raise IndexMissing("There is no index.")


@pytest.mark.parametrize("wanted", ["markdown", "html"])
def test_a_file_without_an_index_to_compare_with_says_so(wanted: str) -> None:
    desk = Indexless()
    kept = made(taking(desk).save([turn(desk, QUESTION)], event(format=wanted, turns=1)))["text"]
    assert (PROMISE in kept, UNVERIFIED in kept) == (False, True)


def test_the_tools_offer_every_format() -> None:
    markup = tools()
    assert re.findall(r'<option value="([^"]+)">', markup) == list(cite.FORMATS)
    assert re.findall(r'data-as="([^"]+)"', markup) == list(export.FORMATS)
    assert cite.FORMATS[0] == "text"  # which needs no server, and is what a card holds
